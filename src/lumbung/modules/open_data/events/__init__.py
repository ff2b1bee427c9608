"""What happens to datasets, their drafts and releases. Public facts only: keys, codes, numbers, hashes."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class DatasetBegun(Event):
    key: ClassVar[str] = "open_data.dataset_begun"
    dataset: str
    portal: str
    producer: str


@dataclass(frozen=True, slots=True)
class DraftBegun(Event):
    """A draft of the next release of a dataset."""

    key: ClassVar[str] = "open_data.draft_begun"
    dataset: str


@dataclass(frozen=True, slots=True)
class DraftSubmitted(Event):
    key: ClassVar[str] = "open_data.draft_submitted"
    dataset: str
    to: str
    metadata_sha256: str


@dataclass(frozen=True, slots=True)
class DraftTakenBack(Event):
    key: ClassVar[str] = "open_data.draft_taken_back"
    dataset: str


@dataclass(frozen=True, slots=True)
class DraftPassed(Event):
    """`level` is who looked at it: supporting, steward or supervisor."""

    key: ClassVar[str] = "open_data.draft_passed"
    dataset: str
    level: str
    to: str


@dataclass(frozen=True, slots=True)
class DraftReturned(Event):
    key: ClassVar[str] = "open_data.draft_returned"
    dataset: str
    level: str
    remarks: int


@dataclass(frozen=True, slots=True)
class DraftDiscarded(Event):
    key: ClassVar[str] = "open_data.draft_discarded"
    dataset: str


@dataclass(frozen=True, slots=True)
class PersonalColumnDecided(Event):
    """Which column of which table looked like personal data, and what was decided; the reason stays inside."""

    key: ClassVar[str] = "open_data.personal_column_decided"
    dataset: str
    table: str
    column: str
    kind: str
    choice: str


@dataclass(frozen=True, slots=True)
class ReleasePublished(Event):
    """`tables` holds "slug:version number:sha256 of its CSV" for each table."""

    key: ClassVar[str] = "open_data.release_published"
    dataset: str
    portal: str
    number: int
    metadata_sha256: str
    tables: list[str]


@dataclass(frozen=True, slots=True)
class ReleaseWithdrawn(Event):
    key: ClassVar[str] = "open_data.release_withdrawn"
    dataset: str
    number: int
    metadata_sha256: str


@dataclass(frozen=True, slots=True)
class DatasetWithdrawn(Event):
    key: ClassVar[str] = "open_data.dataset_withdrawn"
    dataset: str
