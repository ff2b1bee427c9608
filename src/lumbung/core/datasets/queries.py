"""Reading published tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings

from lumbung.core.base import clock
from lumbung.core.base.declarations import Dataset
from lumbung.core.datasets import registry, snapshots
from lumbung.core.datasets.models import DatasetVersion, HeldBack, LastCheck, PeriodCorrection, ProtectedVersion

Kind = Literal["csv", "parquet"]
# One missed night is not late yet.
ALLOWED_AGE = {"daily": 2, "monthly": 40, "quarterly": 100, "yearly": 380}


@dataclass(frozen=True, slots=True)
class Shelf:
    """One table of one place, as a list shows it."""

    dataset: Dataset
    place: str
    newest: DatasetVersion | None
    checked_on: date | None

    def is_up_to_date(self, today: date) -> bool:
        """Whether it was compared with the records as often as it promises."""
        limit = timedelta(days=ALLOWED_AGE[self.dataset.frequency])
        return self.checked_on is not None and today - self.checked_on <= limit


def path_of(version: DatasetVersion, kind: Kind) -> Path:
    """Where a version's bytes lie; gone when it was withdrawn."""
    return settings.LUMBUNG_DATASETS / version.dataset_key / f"{version.pk}.{kind}"


def newest_version(dataset_key: str, place: str) -> DatasetVersion | None:
    """The newest version whose bytes are still there."""
    versions = DatasetVersion.objects.filter(dataset_key=dataset_key, place=place, withdrawn_at__isnull=True)
    return versions.order_by("-number").first()


def last_version(dataset_key: str, place: str) -> DatasetVersion | None:
    """The last version made, withdrawn or not."""
    return DatasetVersion.objects.filter(dataset_key=dataset_key, place=place).order_by("-number").first()


def version(dataset_key: str, place: str, number: int) -> DatasetVersion | None:
    """One version by its number."""
    return DatasetVersion.objects.filter(dataset_key=dataset_key, place=place, number=number).first()


def versions_of(dataset_key: str, place: str) -> list[DatasetVersion]:
    """Every version, newest first, withdrawn ones too."""
    return list(DatasetVersion.objects.filter(dataset_key=dataset_key, place=place).order_by("-number"))


def shelves_at(region_code: str) -> list[Shelf]:
    """The tables a region's portal shows: its own, and those of the whole installation."""
    datasets = registry.all_datasets()
    # Tables of one module share the question where they are published: it is asked once.
    answers = {ask: set(ask()) & {region_code, ""} for ask in {dataset.places for dataset in datasets}}
    held = [(dataset, place) for dataset in datasets for place in sorted(answers[dataset.places])]
    newest = _newest_by_table(place for _, place in held)
    checks = {
        (check.dataset_key, check.place): check for check in LastCheck.objects.filter(place__in=["", region_code])
    }
    return [_shelf(dataset, place, newest, checks) for dataset, place in held]


def _newest_by_table(places: Iterable[str]) -> dict[tuple[str, str], DatasetVersion]:
    rows = DatasetVersion.objects.filter(place__in=set(places), withdrawn_at__isnull=True).order_by("number")
    return {(row.dataset_key, row.place): row for row in rows}


def _shelf(
    dataset: Dataset,
    place: str,
    newest: dict[tuple[str, str], DatasetVersion],
    checks: dict[tuple[str, str], LastCheck],
) -> Shelf:
    check = checks.get((dataset.key, place))
    day = clock.local_day(check.checked_at) if check else None
    return Shelf(dataset=dataset, place=place, newest=newest.get((dataset.key, place)), checked_on=day)


def shelf(dataset_key: str, region_code: str) -> Shelf | None:
    """One table as the portal of a region shows it."""
    return next((each for each in shelves_at(region_code) if each.dataset.key == dataset_key), None)


def checked_on(version: DatasetVersion) -> date | None:
    """The day on which the table of a version was last compared with the records behind it."""
    check = LastCheck.objects.filter(dataset_key=version.dataset_key, place=version.place).first()
    return clock.local_day(check.checked_at) if check else None


def verified_csv(version: DatasetVersion) -> Path:
    """The CSV of a version, or ValueError when its bytes are not those that were published."""
    path = path_of(version, "csv")
    found = snapshots.sha256_of(path)
    if found != version.csv_sha256:
        raise ValueError(f"{version}: file has SHA-256 {found}; published was {version.csv_sha256}")
    return path


def late_checks(*, today: date) -> list[Shelf]:
    """Tables that were not compared with the records as often as they promise, of every place."""
    places = {place for dataset in registry.all_datasets() for place in dataset.places()}
    shelves = [shelf for place in sorted(places) for shelf in shelves_at(place)]
    return [shelf for shelf in shelves if not shelf.is_up_to_date(today)]


def held_back(dataset_key: str, place: str) -> HeldBack | None:
    """What stops a table of a place right now."""
    return HeldBack.objects.filter(dataset_key=dataset_key, place=place, released_at=None).first()


def held_back_at(places: Iterable[str]) -> list[HeldBack]:
    """Every table of these places that a gate stops right now, the longest first."""
    return list(HeldBack.objects.filter(place__in=list(places), released_at=None).order_by("held_at"))


def corrections_of(version: DatasetVersion) -> list[PeriodCorrection]:
    """Every correction of a published period that this version holds, newest first."""
    versions = DatasetVersion.objects.filter(
        dataset_key=version.dataset_key, place=version.place, number__lte=version.number
    )
    return list(PeriodCorrection.objects.filter(version__in=versions).select_related("version"))


def protection_of(version: DatasetVersion) -> ProtectedVersion | None:
    """How the small numbers of a version were hidden; None for tables that count no persons."""
    return ProtectedVersion.objects.filter(version=version).first()
