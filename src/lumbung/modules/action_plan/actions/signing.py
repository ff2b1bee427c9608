"""What everything signed has in common: whose words they are, and how the log keeps them."""

import secrets
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock, sealing
from lumbung.core.base.errors import Refused
from lumbung.core.calendar import queries as calendar
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.web import formatting, public_words
from lumbung.kernels import deadlines
from lumbung.kernels.deadlines import ALL_DAYS_OFF, Rule, Unit
from lumbung.modules.action_plan import permissions, states
from lumbung.modules.action_plan.models import Commitment
from lumbung.modules.action_plan.queries import clocks

YEARS_AHEAD = 1


def signed(words: str, *, organisation: str, held: HeldRole, by: Viewer, now: datetime) -> dict[str, Any]:
    """The fields of words an institution stands for. They are for everybody to read, so they hold no personal data."""
    public_words.refuse_personal_data("words", words)
    salt = secrets.token_bytes(16)
    return {
        "words": words,
        "salt": salt,
        "words_hash": sealing.salted_hash(words, salt),
        "organisation_id": organisation,
        "written_by": permissions.account_of(by),
        "written_role": held.role,
        "written_at": now,
    }


def reply_due_on(now: datetime) -> date:
    """The last day of the right of reply to what is published now."""
    rules, today = states.monitoring_rules(), clock.local_day(now)
    rule = Rule("right_of_reply", rules.reply_working_days, Unit.WORKING_DAY, ALL_DAYS_OFF, rules.reply_source)
    known = calendar.calendar_between(today, date(today.year + YEARS_AHEAD, 12, 31))
    return deadlines.due(rule, now, known, zone=clock.WITA).due_on


def refuse_before_its_end(commitment: Commitment, now: datetime) -> None:
    """Nobody tells how a commitment ended while it runs; an amendment may have moved its last day."""
    last_day = clocks.last_day(Commitment.objects.select_related("plan").get(pk=commitment.pk))
    if clock.local_day(now) <= last_day:
        raise Refused(
            "commitment-still-runs",
            _("This commitment runs until %(day)s. Assess and report on its end after that day."),
            day=formatting.date_medium(last_day),
        )


def held_for_writing(commitment: Commitment) -> Commitment:
    """The commitment, held until the transaction ends: two presses at once become two turns."""
    return Commitment.objects.select_for_update().get(pk=commitment.pk)


def record(event: Event, commitment: Commitment, held: HeldRole, by: Viewer, now: datetime) -> None:
    """Tell what happened to a commitment."""
    events.record(event, subject_type="commitment", subject_id=commitment.pk, actor=by.acting_as(held), now=now)
