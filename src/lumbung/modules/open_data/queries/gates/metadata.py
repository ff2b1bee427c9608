"""Metadata that are needed and say nothing."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Draft, DraftTable
from lumbung.modules.open_data.queries.gates.gaps import Gap

NEEDS = _("“%(field)s” is empty. Fill it in.")
NEEDS_INDICATOR = _("Indicator %(number)s: “%(field)s” is empty. Fill it in.")
NEEDS_COLUMN = _("Column %(column)s: “%(field)s” is empty. Fill it in.")


def gaps(draft: Draft, tables: list[DraftTable]) -> Iterator[Gap]:
    """One gap a field."""
    for field, place in shape.missing(draft.metadata | {"variables": variables_of(draft, tables)}):
        column = place.rsplit(":", 1)[-1] if place.startswith("variables:") else ""
        part, _sign, number = place.partition(":")
        params = (("field", str(field.label)), ("column", column))
        if part == "indicators":
            yield Gap(place, NEEDS_INDICATOR, (*params, ("number", str(int(number) + 1))))
        else:
            yield Gap(place, NEEDS_COLUMN if column else NEEDS, params)


def variables_of(draft: Draft, tables: list[DraftTable]) -> dict[str, dict[str, dict[str, object]]]:
    """The description of every column there is; empty for those nobody described."""
    described = draft.metadata.get("variables", {})
    return {
        table.slug: {name: described.get(table.slug, {}).get(name, {}) for name in columns_of(table)}
        for table in tables
    }


def columns_of(table: DraftTable) -> list[str]:
    """Names of the columns a table will be published with."""
    return [str(field["name"]) for field in (table.schema or {}).get("fields", [])]
