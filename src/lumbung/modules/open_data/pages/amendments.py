"""Amendments of a list in words: what stood there, what stands there now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lumbung.core.organisations.models import Organisation
from lumbung.core.web import formatting
from lumbung.modules.open_data import list_sentences, shape
from lumbung.modules.open_data.models import Amendment, DataList, ListRow
from lumbung.modules.open_data.queries import data_lists


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a row, before and after."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Told:
    """An amendment as a page shows it."""

    amendment: Amendment
    changes: tuple[Change, ...]


def told_of(data_list: DataList) -> list[Told]:
    """Every amendment of a list, newest first; of what was added only what it is."""
    found = data_lists.amendments_of(data_list)
    codes = {
        str(each[side])
        for one in found
        for each in one.changes
        for side in ("old", "new")
        if each["field"] == "producer"
    }
    names = {each.pk: each.name for each in Organisation.objects.filter(pk__in=codes)} if codes else {}
    return [Told(one, tuple(_change(each, names) for each in _shown(one))) for one in found]


def _shown(amendment: Amendment) -> list[dict[str, Any]]:
    return amendment.changes if amendment.kind == Amendment.Kind.CHANGED else []


def _change(each: dict[str, Any], names: dict[str, str]) -> Change:
    field = each["field"]
    return Change(
        formatting.capitalised(list_sentences.FIELDS.get(field, field)),
        _value(field, each["old"], names),
        _value(field, each["new"], names),
    )


def _value(field: str, value: Any, names: dict[str, str]) -> str:
    if field == "days":
        return ", ".join(formatting.date_medium(date.fromisoformat(day)) for day in value)
    if field == "is_priority":
        return _("Yes") if value else _("No")
    if field == "frequency":
        return str(getattr(shape.choice_of("frequencies", value), "words", value))
    if field == "columns":
        return ", ".join(column["name"] for column in value) or _("(empty)")
    if field == "state":
        return str(ListRow.State(value).label)
    return names.get(value, value) if field == "producer" else value or _("(empty)")
