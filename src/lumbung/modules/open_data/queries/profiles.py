"""What a large table holds, for its page: only while its rows are open, and of releases that still are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lumbung.core.regions import queries as regions
from lumbung.modules.open_data.models import Dataset, Release, ReleaseTable, TableProfile
from lumbung.modules.open_data.queries import catalogue
from lumbung.modules.open_data.queries.rows import is_open

# Smaller tables are seen as a whole on their page.
FEWEST_ROWS = 1_000
MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """Rows of one year or place; `share` is of the longest bar, 0 to 100."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class ProfileShown:
    """The figures of one table; `left_out` counts the places there was no room for."""

    told: Mapping[str, Any]
    years: tuple[Bar, ...]
    places: tuple[Bar, ...]
    left_out: int
    series: tuple[tuple[int, int, tuple[str | None, ...]], ...]


def is_profiled(table: ReleaseTable) -> bool:
    """Whether a table is large enough, and its rows are open to everyone."""
    release, version = table.release, table.version
    is_public = release.access == Dataset.Access.OPEN and release.withdrawn_at is None and not version.is_withdrawn
    return is_public and version.row_count >= FEWEST_ROWS


def of_tables(release: Release, tables: list[catalogue.TableShown]) -> dict[str, ProfileShown]:
    """By the slug of the table, those that have one."""
    shown = {table.version.pk: table for table in tables if is_open(release, table)}
    found = TableProfile.objects.in_bulk(shown)
    return {table.slug: _shown(release, table, found[pk].told) for pk, table in shown.items() if pk in found}


def _shown(release: Release, table: catalogue.TableShown, told: Mapping[str, Any]) -> ProfileShown:
    places = sorted(_counts(told["places"]), key=lambda each: -each[1])
    names = regions.short_names_of(key for key, _count in places[:MOST_BARS])
    return ProfileShown(
        told=told,
        years=_bars(_counts(told["years"])[-MOST_BARS:], {}),
        places=_bars(places[:MOST_BARS], names),
        left_out=max(len(places) - MOST_BARS, 0),
        series=_series(release, table, told["series"]),
    )


def _counts(told: Mapping[str, Any] | None) -> list[tuple[str, int]]:
    return [(key, count) for key, count in (told or {"counts": ()})["counts"] if key is not None]


def _bars(counts: list[tuple[str, int]], names: Mapping[str, str]) -> tuple[Bar, ...]:
    most = max((count for _key, count in counts), default=1)
    return tuple(Bar(names.get(key, key), count, round(100 * count / most)) for key, count in counts)


def _series(
    release: Release, table: catalogue.TableShown, told: Mapping[str, Any] | None
) -> tuple[tuple[int, int, tuple[str | None, ...]], ...]:
    """Releases that are still open: what was withdrawn since is not told."""
    if told is None:
        return ()
    still = set(
        ReleaseTable.objects.filter(
            resource=table.table.resource_id,
            release__access=Dataset.Access.OPEN,
            release__withdrawn_at__isnull=True,
            version__withdrawn_at__isnull=True,
        ).values_list("release__number", flat=True)
    )
    found = [(number, rows, tuple(totals)) for number, rows, totals in told["releases"] if number in still]
    return tuple(reversed(found)) if len(found) > 1 else ()
