"""Time limits follow the calendar: a changed holiday moves every open one, and says so."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from lumbung.core.base.actors import SYSTEM
from lumbung.modules.open_data.actions import asking
from lumbung.modules.open_data.actions.asking_clearing import locked
from lumbung.modules.open_data.events.askings import AskingDueMoved
from lumbung.modules.open_data.models import Asking
from lumbung.modules.open_data.queries import asking_clocks as counting

# Of the law, dated; loaded once and kept by whoever keeps the calendar.
DEADLINE_RULES = Path(__file__).parents[1] / "data" / "deadline_rules.csv"


def recount(*, now: datetime) -> int:
    """Count every open time limit anew; a second run finds nothing to move. Returns how many moved."""
    return sum(_recount(found, now) for found in Asking.objects.filter(outcome="", due_on__isnull=False))


def _recount(found: Asking, now: datetime) -> int:
    with transaction.atomic():
        current = locked(found)
        due_on = counting.due_on(current)
        if not current.is_open or due_on is None or due_on == current.due_on:
            return 0
        before, current.due_on = current.due_on, due_on
        current.save(update_fields=["due_on"])
        event = AskingDueMoved(current.number, before.isoformat() if before else "", due_on.isoformat())
        asking.record(current, event, actor=SYSTEM, now=now)
        return 1
