"""What happens when text becomes a promise: endorsed, enacted, amended."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class PlanEndorsed(Event):
    """`institution` is its code, or "" where it is not registered here: the register names it.

    Since version 2: `endorsement` is the id, `given_on` the day, `sha256` of the signed paper or "", and the salted
    hashes of the name of what is not registered and of the note.
    """

    key: ClassVar[str] = "action_plan.plan_endorsed"
    v: ClassVar[int] = 2
    plan: str
    member: str
    institution: str
    sector: str
    manner: str
    version: int
    endorsement: str
    given_on: str
    sha256: str
    name_hash: str
    note_hash: str


@dataclass(frozen=True, slots=True)
class PlanEnacted(Event):
    """`objects` maps the name of each object to the SHA-256 of its canonical bytes; `sha256` is that of the part."""

    key: ClassVar[str] = "action_plan.plan_enacted"
    plan: str
    member: str
    version: int
    decree_number: str
    decree_date: str
    sha256: str
    objects: dict[str, str]


@dataclass(frozen=True, slots=True)
class AmendmentProposed(Event):
    key: ClassVar[str] = "action_plan.amendment_proposed"
    plan: str
    commitment: str
    amendment: str
    place: str


@dataclass(frozen=True, slots=True)
class AmendmentDeclined(Event):
    """`objects` as in CommitmentAmended; the first version had none."""

    key: ClassVar[str] = "action_plan.amendment_declined"
    v: ClassVar[int] = 2
    plan: str
    commitment: str
    amendment: str
    place: str
    objects: dict[str, str]


@dataclass(frozen=True, slots=True)
class CommitmentAmended(Event):
    """`objects` holds the hash of the amendment: both texts, reason, decree; since version 2 the decision too."""

    key: ClassVar[str] = "action_plan.commitment_amended"
    v: ClassVar[int] = 2
    plan: str
    commitment: str
    amendment: str
    place: str
    objects: dict[str, str]
