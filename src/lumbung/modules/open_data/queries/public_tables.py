"""Tables whose rows are open to everyone, found by the name of their dataset."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import NotFound, Refused
from lumbung.core.tables.schemas import SchemaField
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.queries import catalogue, releases
from lumbung.modules.open_data.queries.rows import columns_of


class Gone(Refused):
    """It was public and was withdrawn; says why."""

    status = 410


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A table whose rows are open to everyone."""

    dataset: Dataset
    release: Release
    shown: catalogue.TableShown

    @property
    def columns(self) -> tuple[SchemaField, ...]:
        return columns_of(self.shown)

    @property
    def fingerprint(self) -> str:
        return self.shown.version.parquet_sha256


def public_table(name: str, *, number: int | None = None, slug: str = "") -> PublicTable:
    """A table of the newest release that was not withdrawn, or of the release of that number.

    raises  NotFound, or Gone with the reason of the withdrawal
    """
    release = releases.newest_named(name, number=number) or _missing(name, number)
    dataset = release.dataset
    if dataset.withdrawn_at is not None:
        raise _gone(dataset.withdrawn_reason)
    if release.withdrawn_at is not None:
        raise _gone(release.withdrawn_reason)
    if release.access != Dataset.Access.OPEN:
        raise NotFound(
            "rows-not-public", _("Only the description of this dataset is public. Ask the producer for access.")
        )
    return PublicTable(dataset, release, _table(release, slug))


def _missing(name: str, number: int | None) -> Release:
    """The last release, where all of them were withdrawn."""
    dataset = Dataset.objects.filter(name=name).first()
    last = releases.last_of(dataset) if dataset is not None else None
    if dataset is None or last is None:
        raise NotFound(
            "dataset-not-found", _("There is no dataset of this name. Look in the catalogue."), field="dataset"
        )
    if number is None or dataset.withdrawn_at is not None:
        return last
    raise NotFound(
        "release-not-found",
        _("This dataset has no release of that number. Leave `release` out for the newest."),
        field="release",
    )


def _table(release: Release, slug: str) -> catalogue.TableShown:
    tables = catalogue.tables_of(release)
    found = next((each for each in tables if each.slug == slug), None) if slug else next(iter(tables), None)
    if found is None:
        names = ", ".join(each.slug for each in tables)
        sentence = _("This release has no table of that name. It has: %(names)s.")
        raise NotFound("table-not-found", sentence, field="table", names=names)
    if found.version.is_withdrawn:
        raise _gone(found.version.withdrawn_reason)
    return found


def _gone(reason: str) -> Gone:
    return Gone("withdrawn", _("These data were withdrawn: %(reason)s"), reason=reason)
