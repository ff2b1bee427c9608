"""What a notice says, in one language. Pure."""

import json
from dataclasses import dataclass

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject, some paragraphs, and where to go.

    subject     one line; stands unsealed in the outbox, so never a name, a secret or a citizen's words
    paragraphs  plain text
    links       (label, address); an address that begins with "/" is one of ours
    """

    subject: str
    paragraphs: tuple[str, ...]
    links: tuple[Link, ...] = ()

    def body(self) -> str:
        """Everything but the subject, as one text that can be sealed."""
        return json.dumps({"paragraphs": self.paragraphs, "links": self.links}, ensure_ascii=False)


def read(subject: str, body: str) -> Letter:
    """The letter that `Letter.body` put into one text."""
    told = json.loads(body)
    return Letter(subject, tuple(told["paragraphs"]), tuple((label, address) for label, address in told["links"]))


def absolute(letter: Letter, root: str) -> Letter:
    """The same letter with our own addresses written in full, as mail needs them."""
    links = tuple(
        (label, f"{root}{address}" if address.startswith("/") else address) for label, address in letter.links
    )
    return Letter(letter.subject, letter.paragraphs, links)


def from_plain_text(subject: str, text: str) -> Letter:
    """A letter from a text another library wrote: its paragraphs, and no links of ours."""
    paragraphs = tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())
    return Letter(" ".join(subject.split()), paragraphs)
