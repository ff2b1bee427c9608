"""The lists a coded column takes its codes from: regions and agencies of this installation, and published code lists.

A published code list is a dataset like any other (MS: "made by" reference), with its releases, its fingerprint and its
address. Its codes stand in the column `kode`, else in the first one whose name begins with it. Cells are checked by the
newest release of that moment; what was checked by an older one stays as it is.
"""

import csv
from collections.abc import Callable, Collection, Mapping

from django.db.models import QuerySet

from lumbung.core.datasets import queries as versions
from lumbung.core.organisations.models import Organisation
from lumbung.core.regions.models import Region
from lumbung.core.tables.schemas import Schema
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Dataset, Listing, ReleaseTable
from lumbung.modules.open_data.queries import releases

MADE_BY, CODE = "reference", "kode"
MOST_CODES = 5_000


def _regions() -> Collection[str]:
    return frozenset(Region.objects.values_list("code", flat=True))


def _organisations() -> Collection[str]:
    return frozenset(Organisation.objects.values_list("code", flat=True))


LISTS: Mapping[str, Callable[[], Collection[str]]] = {"wilayah": _regions, "organisasi": _organisations}


def offered() -> list[tuple[str, str]]:
    """Every published code list: its key, and what it is called."""
    return [(table.release.dataset.name, _title(table)) for table in _tables() if _code_place(table) is not None]


def _title(table: ReleaseTable) -> str:
    return shape.words(releases.metadata_of(table.release)["dataset"].get("title"))


def is_known(key: str) -> bool:
    """Whether a column may name this list."""
    return shape.choice_of("code_lists", key) is not None or _published(key) is not None


def pairs(key: str) -> tuple[tuple[str, str], ...]:
    """Codes of a published list with their meaning, in its order; none where there is no such list."""
    table = _published(key)
    place = _code_place(table) if table else None
    if table is None or place is None:
        return ()
    with versions.path_of(table.version, "csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    # What a code means stands right behind it, where anything does.
    return tuple((row[place], row[place + 1] if len(row) > place + 1 else "") for row in rows if row[place])


def all_codes(schema: Schema) -> dict[str, Collection[str]]:
    """The codes of every list the columns of a schema name."""
    named = {column.code_list for column in schema.fields if column.code_list}
    return {key: codes for key in sorted(named) if (codes := _codes(key)) is not None}


def _codes(key: str) -> Collection[str] | None:
    if key in LISTS:
        return LISTS[key]()
    found = pairs(key)
    return frozenset(code for code, _meaning in found) if found else None


def _published(key: str) -> ReleaseTable | None:
    found = _tables().filter(release__dataset__name=key).first()
    return found if found is not None and _code_place(found) is not None else None


def _tables() -> QuerySet[ReleaseTable]:
    """The first table of the newest release of every open dataset that says it is a code list."""
    found = ReleaseTable.objects.filter(
        release__in=Listing.objects.filter(harvested_from="").values("release"),
        release__access=Dataset.Access.OPEN,
        # The text is canonical JSON (RFC 8785): no spaces, and quotes inside words are escaped.
        release__metadata__contains=f'"made_by":"{MADE_BY}"',
        version__withdrawn_at__isnull=True,
        version__row_count__lte=MOST_CODES,
        resource__position=1,
    )
    return found.select_related("release__dataset", "version").order_by("release__dataset__name")


def _code_place(table: ReleaseTable) -> int | None:
    """Where the codes stand: in the column of texts that is called so."""
    texts = {
        str(field["name"]): place
        for place, field in enumerate(releases.schema_of(table)["fields"])
        if field.get("type") == "string"
    }
    named = [name for name in texts if name == CODE or name.startswith(f"{CODE}_")]
    return texts[CODE if CODE in texts else named[0]] if named else None
