"""The piece of the manifest about data lists: their events, each with its sentence. Pure."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType
from lumbung.modules.open_data.events import data_lists as events

FIELDS = {
    "title": _("title"),
    "producer": _("data producer"),
    "purpose": _("purpose"),
    "frequency": _("frequency"),
    "days": _("days of release"),
    "standard": _("data standard"),
    "is_priority": _("priority"),
    "priority_reason": _("reason of the priority"),
    "bps_number": _("BPS recommendation number"),
    "ewalidata_code": _("e-Walidata code"),
    "columns": _("columns"),
    "state": _("state"),
    "dataset": _("dataset"),
}
KINDS = {"added": _("added"), "changed": _("changed"), "left_out": _("left out")}


def fields_told(names: Sequence[str]) -> str:
    """What the fields of a row are called, in one line."""
    return ", ".join(str(FIELDS.get(name, name)) for name in names)


def kind_told(key: str) -> Any:
    """What an amendment did."""
    return KINDS.get(key, key)


EVENTS = (
    EventType(events.DataListOpened, _("The data list of %(year)s was opened; rows carried over: %(rows)s")),
    EventType(events.ListRowProposed, _("Row %(number)s was proposed")),
    EventType(events.ListRowChanged, _("Row %(number)s was changed: %(fields)s"), words={"fields": fields_told}),
    EventType(events.ListRowTaken, _("Row %(number)s was put on the list")),
    EventType(events.ListRowLeftOut, _("Row %(number)s was left out")),
    EventType(
        events.ListRowConnected,
        _("Row %(number)s: the dataset is now %(dataset)s"),
        words={"dataset": lambda name: name or _("none")},
    ),
    EventType(
        events.DataListAgreed,
        _("The Forum agreed on the data list of %(year)s: %(rows)s rows, %(priority)s of them priority data"),
    ),
    EventType(
        events.DataListAmended,
        _("Amendment %(amendment)s of the agreed list. Row %(number)s, %(kind)s: %(fields)s"),
        words={"fields": fields_told, "kind": kind_told},
    ),
    EventType(events.PriorityBegan, _("By the data list of %(year)s the dataset has priority")),
    EventType(events.PriorityEnded, _("By the data list of %(year)s the dataset has no priority any more")),
)
