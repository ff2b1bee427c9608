"""To whom, and about what. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address and the language its owner reads."""

    address: str
    language: str = "id"


@dataclass(frozen=True, slots=True)
class Topic:
    """What a message is about, so that its reader can stop it; no key: it cannot be stopped.

    key      a declared topic ("reports.follow")
    subject  the one thing it is about, or "" for all of the topic
    """

    key: str = ""
    subject: str = ""


ALWAYS = Topic()
