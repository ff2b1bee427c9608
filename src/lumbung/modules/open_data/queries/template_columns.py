"""The columns a blank template of a row has: of its dataset where there is one, else of its data standard."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from lumbung.core.organisations import queries as organisations
from lumbung.core.regions import queries as regions
from lumbung.core.tables import descriptors
from lumbung.core.tables.schemas import SchemaField
from lumbung.core.tables.shapes import MARK_SUFFIX
from lumbung.modules.open_data.models import DraftTable, ListRow
from lumbung.modules.open_data.queries import code_lists, drafts, releases

Codes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column to fill in, and the codes it takes."""

    name: str
    label: str = ""
    unit: str = ""
    kind: str = "string"
    codes: Codes = ()
    is_needed: bool = False


# Where nobody has said yet which columns there are: what most tables of a region need.
USUAL = ("kode_wilayah", "wilayah", "tahun", "nilai", "satuan")


def columns_of(row: ListRow, *, today: date) -> tuple[TemplateColumn, ...]:
    """Columns in order, and whether they are only the usual ones is told by `is_known`."""
    region = row.data_list.portal.region_id
    schema = _schema_of(row)
    if schema:
        fields = descriptors.read(schema).fields
        return tuple(_of_field(field, region, today) for field in fields if not field.name.endswith(MARK_SUFFIX))
    if row.columns:
        return tuple(_of_standard(each, region, today) for each in row.columns)
    return tuple(
        TemplateColumn(name, codes=_codes("wilayah", region, today) if name == "kode_wilayah" else ()) for name in USUAL
    )


def is_known(row: ListRow) -> bool:
    """Whether dataset or data standard say which columns there are."""
    return bool(_schema_of(row) or row.columns)


def _schema_of(row: ListRow) -> Mapping[str, Any] | None:
    """Of the newest release, else of what its producer confirmed in the open draft."""
    if row.dataset is None:
        return None
    release = releases.newest_of(row.dataset)
    table = release.tables.order_by("resource__position").first() if release else None
    if table is not None:
        return releases.schema_of(table)
    draft = drafts.open_draft_of(row.dataset)
    confirmed = DraftTable.objects.filter(draft=draft, schema_confirmed_at__isnull=False).first() if draft else None
    return confirmed.schema if confirmed else None


def _of_field(field: SchemaField, region: str, today: date) -> TemplateColumn:
    codes = _codes(field.code_list, region, today) or tuple((code, "") for code in field.constraints.enum)
    label = field.title.id or field.title.en
    return TemplateColumn(field.name, label, field.unit, field.type, codes, is_needed=bool(field.constraints.required))


def _of_standard(told: Mapping[str, Any], region: str, today: date) -> TemplateColumn:
    codes = _codes(told.get("codes", ""), region, today)
    return TemplateColumn(told["name"], told.get("label", ""), told.get("unit", ""), codes=codes)


def _codes(name: str, region: str, today: date) -> Codes:
    return LISTS[name](region, today) if name in LISTS else code_lists.pairs(name) if name else ()


def _regions(region: str, _today: date) -> Codes:
    """The region and those right below it."""
    found = chain([regions.region(region)], regions.children_of(region))
    return tuple((each.code, each.full_name) for each in found)


def _organisations(region: str, today: date) -> Codes:
    found = organisations.agencies_of(region, day=today)
    return tuple((each.code, each.name_id) for each in found.order_by("code"))


LISTS: Mapping[str, Callable[[str, date], Codes]] = {"wilayah": _regions, "organisasi": _organisations}
