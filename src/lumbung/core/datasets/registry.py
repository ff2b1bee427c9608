"""Which tables exist, and the policy a snapshot must pass before it is published."""

from collections.abc import Callable
from pathlib import Path

from lumbung.core.base.declarations import Dataset, TablePages
from lumbung.core.datasets.snapshots import Written

# Raises Refused to stop a publication: policy(dataset, place, what was written, the CSV as written).
PublishPolicy = Callable[[Dataset, str, Written, Path], None]

_datasets: dict[str, Dataset] = {}


def _no_further_gate(dataset: Dataset, place: str, written: Written, csv_file: Path) -> None:
    """Declared columns and types are always checked while writing; nothing more is asked by default."""


_policy: list[PublishPolicy] = [_no_further_gate]


def register(dataset: Dataset) -> None:
    """Add a table; a key belongs to one declaration."""
    known = _datasets.get(dataset.key)
    if known is not None and known.rows is not dataset.rows:
        raise ValueError(f"dataset {dataset.key!r} is registered twice (datasets.key)")
    _datasets[dataset.key] = dataset


def get(key: str) -> Dataset:
    """The table of that key."""
    if key not in _datasets:
        raise LookupError(f"dataset {key!r} is unknown; registered: {sorted(_datasets)}")
    return _datasets[key]


def is_registered(key: str) -> bool:
    """Whether a table of that key is declared."""
    return key in _datasets


def all_datasets() -> list[Dataset]:
    """Every table, by key."""
    return [_datasets[key] for key in sorted(_datasets)]


def publish_policy() -> PublishPolicy:
    """The gate every snapshot passes."""
    return _policy[-1]


def set_publish_policy(policy: PublishPolicy) -> None:
    """Put another gate in place; the module open_data does so."""
    _policy[:] = [policy]


_pages: list[TablePages] = []


def set_pages(pages: TablePages) -> None:
    """Say where tables are shown; the module open_data does so."""
    _pages[:] = [pages]


def pages() -> TablePages:
    """Where tables are shown."""
    if not _pages:
        raise LookupError("no part shows tables; expected a manifest with table_pages (datasets.registry)")
    return _pages[-1]
