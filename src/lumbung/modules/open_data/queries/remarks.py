"""Where a remark of those who check may stand: a field of the metadata, a table, a column of it. Places as in gates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Draft, DraftTable, Remark
from lumbung.modules.open_data.queries import drafts

Places = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Marked:
    """One remark in words, and the place it is mended at."""

    place: str
    title: str
    text: str


def places_of(draft: Draft) -> Places:
    """Every place of a draft, in groups, as a list to choose from."""
    return [*_of_metadata(draft), *(_of_table(table) for table in drafts.tables_of(draft))]


def _of_metadata(draft: Draft) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Blocks about the dataset, and those about activity and indicators where the draft says something of them."""
    told: list[tuple[shape.Of, str, str]] = [("dataset", "dataset", "")]
    told += [("activity", "activity", "")] if draft.metadata.get("activity") else []
    for number, indicator in enumerate(draft.metadata.get("indicators") or []):
        name = shape.words(indicator.get("indicator_name")) or str(number + 1)
        told.append(("indicator", f"indicators:{number}", f": {name}"))
    for of, prefix, name in told:
        for block in shape.blocks_of(of):
            yield f"{block.title}{name}", [(f"{prefix}:{field.key}", str(field.label)) for field in block.fields]


def _of_table(table: DraftTable) -> tuple[str, list[tuple[str, str]]]:
    columns = [str(field["name"]) for field in (table.schema or {}).get("fields", [])]
    named = [(f"variables:{table.slug}:{name}", name) for name in columns]
    title = _("Table “%(table)s”") % {"table": table.title or table.slug}
    return title, [(f"table:{table.slug}", _("the whole table")), *named]


def told(draft: Draft, remarks: Iterable[Remark]) -> list[Marked]:
    """Remarks with the name of their place; words typed before places could be chosen stand as they are."""
    names = {place: name for _group, places in places_of(draft) for place, name in places}
    return [Marked(each.field, names.get(each.field, each.field), each.text) for each in remarks]


def open_at(draft: Draft, prefix: str) -> dict[str, list[str]]:
    """What is still to be mended below a place: the name of each field or column, and what was said of it."""
    found: dict[str, list[str]] = {}
    for remark in drafts.open_remarks_of(draft):
        if remark.field.startswith(f"{prefix}:"):
            found.setdefault(remark.field.removeprefix(f"{prefix}:"), []).append(remark.text)
    return found
