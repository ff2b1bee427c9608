"""What happens to the Daftar Data of a year. Public facts: portal, year, numbers, keys, hashes."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class DataListOpened(Event):
    """`rows` were carried over from the year before as proposals."""

    key: ClassVar[str] = "open_data.data_list_opened"
    portal: str
    year: int
    rows: int


@dataclass(frozen=True, slots=True)
class ListRowProposed(Event):
    key: ClassVar[str] = "open_data.list_row_proposed"
    portal: str
    year: int
    number: int
    producer: str


@dataclass(frozen=True, slots=True)
class ListRowChanged(Event):
    """Before the list was agreed."""

    key: ClassVar[str] = "open_data.list_row_changed"
    portal: str
    year: int
    number: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class ListRowTaken(Event):
    """The secretariat put a proposal on the list."""

    key: ClassVar[str] = "open_data.list_row_taken"
    portal: str
    year: int
    number: int


@dataclass(frozen=True, slots=True)
class ListRowLeftOut(Event):
    """Its reason stands on the page of the list."""

    key: ClassVar[str] = "open_data.list_row_left_out"
    portal: str
    year: int
    number: int


@dataclass(frozen=True, slots=True)
class ListRowConnected(Event):
    """A row is the dataset of that name from now on; an empty name takes the tie away."""

    key: ClassVar[str] = "open_data.list_row_connected"
    portal: str
    year: int
    number: int
    dataset: str


@dataclass(frozen=True, slots=True)
class DataListAgreed(Event):
    """`listed_sha256` is the hash of the RFC 8785 text of the list, which its record keeps."""

    key: ClassVar[str] = "open_data.data_list_agreed"
    portal: str
    year: int
    rows: int
    priority: int
    held_on: str
    listed_sha256: str


@dataclass(frozen=True, slots=True)
class DataListAmended(Event):
    """`changes_sha256`: of the RFC 8785 text of changes and reason, which the page of the list shows."""

    key: ClassVar[str] = "open_data.data_list_amended"
    portal: str
    year: int
    amendment: int
    number: int
    kind: str
    fields: list[str]
    changes_sha256: str


@dataclass(frozen=True, slots=True)
class PriorityBegan(Event):
    """By the list of that year the dataset is priority data: its drafts get a second check."""

    key: ClassVar[str] = "open_data.priority_began"
    dataset: str
    year: int


@dataclass(frozen=True, slots=True)
class PriorityEnded(Event):
    key: ClassVar[str] = "open_data.priority_ended"
    dataset: str
    year: int
