"""Codes of the lists a column may name, for the check of its cells."""

from collections.abc import Callable, Collection, Mapping

from lumbung.core.organisations.models import Organisation
from lumbung.core.regions.models import Region
from lumbung.core.tables.schemas import Schema


def _regions() -> Collection[str]:
    return frozenset(Region.objects.values_list("code", flat=True))


def _organisations() -> Collection[str]:
    return frozenset(Organisation.objects.values_list("code", flat=True))


LISTS: Mapping[str, Callable[[], Collection[str]]] = {"wilayah": _regions, "organisasi": _organisations}


def all_codes(schema: Schema) -> dict[str, Collection[str]]:
    """The codes of every list the columns of a schema name."""
    named = {column.code_list for column in schema.fields if column.code_list}
    return {key: LISTS[key]() for key in sorted(named) if key in LISTS}
