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
