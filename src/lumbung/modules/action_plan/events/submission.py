"""What happens around the submission: reviewed, exported, submitted."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class ReviewNoteWritten(Event):
    key: ClassVar[str] = "action_plan.review_note_written"
    plan: str
    number: int
    about: str
    text_hash: str


@dataclass(frozen=True, slots=True)
class ReviewNoteAnswered(Event):
    key: ClassVar[str] = "action_plan.review_note_answered"
    plan: str
    number: int
    answer_hash: str


@dataclass(frozen=True, slots=True)
class ReviewFinished(Event):
    """`sha256` is of the frozen or enacted text that was read."""

    v: ClassVar[int] = 2
    key: ClassVar[str] = "action_plan.review_finished"
    plan: str
    notes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PlanExported(Event):
    """`files` maps kind and language ("pdf.id") to the SHA-256 of the file."""

    key: ClassVar[str] = "action_plan.plan_exported"
    plan: str
    number: int
    sha256: str
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class PlanSubmitted(Event):
    key: ClassVar[str] = "action_plan.plan_submitted"
    plan: str
    submitted_on: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PublicIdReceived(Event):
    """OGP gave a commitment its id and address."""

    key: ClassVar[str] = "action_plan.public_id_received"
    plan: str
    commitment: str
    public_id: str


@dataclass(frozen=True, slots=True)
class OgpAnswered(Event):
    """What OGP answered was kept; `sha256` is empty where it is only at an address.

    `named_hash` is the salted hash of its title and address; since version 2.
    """

    key: ClassVar[str] = "action_plan.ogp_answered"
    v: ClassVar[int] = 2
    plan: str
    record: str
    received_on: str
    sha256: str
    named_hash: str
