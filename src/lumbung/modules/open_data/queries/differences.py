"""What is different between two releases of a dataset: description, columns, rows. Only what is open is compared."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import NotFound, Refused
from lumbung.core.datasets import queries as versions
from lumbung.core.tables import comparing, connections, difference_files
from lumbung.core.tables.comparing import Differences
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.queries import catalogue, releases, rows
from lumbung.modules.open_data.queries.catalogue import TableShown

FIRST = 100
MOST_ROWS, MOST_IN_FILE = 2_000_000, 200_000
MOST_BYTES = 50_000_000
TOO_SLOW = _("Comparing these releases takes longer than allowed here. Download both and compare them yourself.")
SNAPSHOT_DAY = "as_of"
# Columns that name a row, where no key was declared; tried in this order.
LIKELY_KEYS = ("id", "number", "nomor", "kode", "code", "key")


@dataclass(frozen=True, slots=True)
class Told:
    """A field of the description that says something else now."""

    label: str
    before: Any
    after: Any
    field: shape.Field


@dataclass(frozen=True, slots=True)
class TableDifference:
    """One table: whether it is in both, and what is different in it."""

    title: str
    slug: str
    state: str
    found: Differences | None = None
    left_out: tuple[str, ...] = ()


def earlier(dataset: Dataset, release: Release) -> list[Release]:
    """Releases before this one that still stand, the newest first."""
    return list(dataset.releases.filter(number__lt=release.number, withdrawn_at__isnull=True))


def described(old: Release, new: Release) -> list[Told]:
    """Fields of the dataset's description that differ, in the order of the form."""
    before, after = (releases.metadata_of(each)["dataset"] for each in (old, new))
    pairs = ((field, before.get(field.key), after.get(field.key)) for field in shape.fields_of("dataset"))
    return [Told(str(field.label), was, now, field) for field, was, now in pairs if (was or None) != (now or None)]


def between(old: Release, new: Release) -> list[TableDifference]:
    """Each table of either release."""
    was, now = ({each.slug: each for each in catalogue.tables_of(release)} for release in (old, new))
    return [_one(old, new, was.get(slug), now.get(slug)) for slug in dict.fromkeys([*now, *was])]


def _one(old: Release, new: Release, was: TableShown | None, now: TableShown | None) -> TableDifference:
    known = now or was
    assert known is not None
    told = TableDifference(known.table.title, known.slug, "compared")
    if was is None or now is None:
        return _as(told, "added" if was is None else "removed")
    if not (rows.is_open(old, was) and rows.is_open(new, now)):
        return _as(told, "closed")
    if was.version.pk == now.version.pk:
        return _as(told, "same")
    if was.version.row_count + now.version.row_count > MOST_ROWS:
        return _as(told, "large")
    names = {column.name for column in rows.columns_of(was)} & {column.name for column in rows.columns_of(now)}
    without = (SNAPSHOT_DAY,) if SNAPSHOT_DAY in names else ()
    return TableDifference(told.title, told.slug, "compared", _compared(was, now, without), without)


def _as(told: TableDifference, state: str) -> TableDifference:
    return TableDifference(told.title, told.slug, state)


def _compared(was: TableShown, now: TableShown, without: tuple[str, ...]) -> Differences:
    """By the declared key where both have it, by a column that names each row once, or as wholes."""
    old, new = (versions.path_of(each.version, "parquet") for each in (was, now))
    for key in _keys(was, now):
        try:
            return _kept(old, new, key, without)
        except Refused as refused:
            if refused.code not in {"compare-key-twice", "compare-key-unknown"}:
                raise
    return _kept(old, new, (), without)


def _keys(was: TableShown, now: TableShown) -> Iterator[tuple[str, ...]]:
    declared = [_primary_key(each.schema) for each in (was, now)]
    if declared[0] and declared[0] == declared[1]:
        yield declared[0]
    names = [column.name for column in rows.columns_of(now)]
    shared = [name for name in names if name in {column.name for column in rows.columns_of(was)}]
    yield from ((name,) for name in LIKELY_KEYS if name in shared)
    yield from ((name,) for name in shared if name.startswith(("kode_", "id_", "nomor_")))


def _primary_key(schema: Mapping[str, Any]) -> tuple[str, ...]:
    told = schema.get("primaryKey") or ()
    return (told,) if isinstance(told, str) else tuple(told)


def _fresh(old: Path, new: Path, key: tuple[str, ...], without: tuple[str, ...]) -> Differences:
    with _turn() as folder:
        return comparing.compare(old, new, key=key, without=without, temporary=folder, most=FIRST, watched=_watched)


# A version never changes, so neither does what differs between two of them.
_kept = lru_cache(maxsize=64)(_fresh)


def _watched(connection: duckdb.DuckDBPyConnection) -> AbstractContextManager[None]:
    return connections.stopped_after(connection, rows.FILE_SECONDS)


@contextmanager
def _turn() -> Iterator[Path]:
    """In turn with others who ask for rows, and as long as they may."""
    with (
        rows.turn(),
        rows.spoken(too_slow=TOO_SLOW),
        tempfile.TemporaryDirectory(prefix="lumbung-differences-") as folder,
    ):
        yield Path(folder)


@contextmanager
def written(old: Release, new: Release, slug: str) -> Iterator[Path]:
    """Every difference of one table as CSV, a line for each cell: whole, or refused; gone when this ends."""
    told = next((each for each in between(old, new) if each.slug == slug), None)
    if told is None or told.found is None:
        raise NotFound("nothing-to-compare", _("These two releases have no open table of that name to compare."))
    found = told.found
    if found.added + found.removed + found.changed > MOST_IN_FILE:
        raise rows.TooMuch("too-many-differences", _("Nearly everything is different. Download both releases instead."))
    was, now = (next(each for each in catalogue.tables_of(release) if each.slug == slug) for release in (old, new))
    with tempfile.TemporaryDirectory(prefix="lumbung-differences-") as folder:
        target = Path(folder) / "differences.csv"
        _write(was, now, found, target)
        yield target


def _write(was: TableShown, now: TableShown, found: Differences, target: Path) -> None:
    old, new = (versions.path_of(each.version, "parquet") for each in (was, now))
    try:
        with _turn() as folder:
            difference_files.write(
                old,
                new,
                key=found.key,
                compared=found.compared,
                into=target,
                temporary=folder,
                most_bytes=MOST_BYTES,
                watched=_watched,
            )
    except Refused as refused:
        if refused.code != "differences-too-large":
            raise
        raise rows.TooMuch(refused.code, refused.message, **refused.params) from refused
