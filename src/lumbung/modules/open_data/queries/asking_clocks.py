"""Until when something people asked has to be answered, by the dated rules of the calendar."""

from datetime import date, datetime, time

from lumbung.core.base import clock
from lumbung.core.calendar import queries as calendar
from lumbung.kernels import deadlines
from lumbung.modules.open_data.models import Asking

PART = "open_data"
FIRST = {Asking.Kind.DATA: "data_request"}
EXTENSION, OBJECTION = "data_request_extension", "data_objection"


def deadlines_of(asking: Asking) -> list[deadlines.Deadline]:
    """The first time limit and the one extension, with each skipped day; nothing where no rule is in force."""
    first = _counted(FIRST.get(Asking.Kind(asking.kind), ""), asking.received_on, asking.received_on)
    if first is None or asking.extended_on is None:
        return [first] if first else []
    more = _counted(EXTENSION, first.due_on, asking.received_on)
    return [first, more] if more else [first]


def due_on(asking: Asking) -> date | None:
    """The day it has to be answered, the extension included."""
    found = deadlines_of(asking)
    return found[-1].due_on if found else None


def objection_until(asking: Asking) -> date | None:
    """The last day for an objection to a refusal."""
    if asking.outcome != Asking.Outcome.REFUSED or asking.answered_on is None:
        return None
    found = _counted(OBJECTION, asking.answered_on, asking.answered_on)
    return found.due_on if found else None


def may_be_extended(asking: Asking) -> bool:
    """Whether the law knows one extension, and it was not used."""
    has_rule = calendar.rule_in_force(PART, EXTENSION, on=asking.received_on) is not None
    return has_rule and asking.kind == Asking.Kind.DATA and asking.is_open and asking.extended_on is None


def days_left(askings: list[Asking], today: date) -> dict[str, int]:
    """Working days until each is due, negative once it has passed; one calendar for all."""
    dated = [asking for asking in askings if asking.due_on is not None]
    if not dated:
        return {}
    days = [asking.due_on for asking in dated if asking.due_on]
    counted_on = calendar.calendar_between(min(today, *days), max(today, *days))
    return {
        asking.number: deadlines.working_days_between(today, asking.due_on, counted_on)
        for asking in dated
        if asking.due_on
    }


def _counted(key: str, start: date, received_on: date) -> deadlines.Deadline | None:
    stored = calendar.rule_in_force(PART, key, on=received_on) if key else None
    if stored is None:
        return None
    moment = datetime.combine(start, time(12), tzinfo=clock.WITA)
    days = calendar.calendar_between(start, date(start.year + 2, 12, 31))
    return deadlines.due(calendar.as_kernel_rule(stored), moment, days, zone=clock.WITA)
