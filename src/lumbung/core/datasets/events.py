"""What can happen to a published table."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class VersionPublished(Event):
    key: ClassVar[str] = "datasets.version_published"
    dataset: str
    place: str
    number: int
    as_of: str
    rows: int
    csv_sha256: str
    parquet_sha256: str


@dataclass(frozen=True, slots=True)
class VersionWithdrawn(Event):
    key: ClassVar[str] = "datasets.version_withdrawn"
    dataset: str
    place: str
    number: int
    csv_sha256: str


@dataclass(frozen=True, slots=True)
class PeriodCorrected(Event):
    """`number` is the version that holds the period as it is now."""

    key: ClassVar[str] = "datasets.period_corrected"
    dataset: str
    place: str
    period: str
    number: int


@dataclass(frozen=True, slots=True)
class PublicationHeld(Event):
    """A gate stopped the table; `code` says which rule, and nothing of what it found."""

    key: ClassVar[str] = "datasets.publication_held"
    dataset: str
    place: str
    code: str
