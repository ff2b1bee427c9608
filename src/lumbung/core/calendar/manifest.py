"""What the calendar gives to the house."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, JobType, Manifest, Role, Verb
from lumbung.core.calendar import jobs
from lumbung.core.calendar.events import DayChanged, RulesLoaded, YearSeeded
from lumbung.core.calendar.permissions import EDIT

EARLY = time(0, 15)  # a new year has its days off before anything counts with them

MANIFEST = Manifest(
    name="calendar",
    title=_("Calendar"),
    verbs=(Verb(EDIT, _("Change the calendar of holidays")),),
    roles=(
        Role("calendar_keeper", _("Calendar keeper"), scope="installation", verbs=(EDIT,)),
        Role("administrator", _("Administrator"), scope="installation", verbs=(EDIT,)),
    ),
    events=(
        EventType(
            YearSeeded,
            _("Calendar %(year)s filled: %(holidays)s public holidays, %(collective_leave)s days of collective leave"),
        ),
        EventType(DayChanged, _("Day off %(on)s. Before: “%(before)s”. Now: “%(after)s”. Source: %(source)s")),
        EventType(RulesLoaded, _("%(count)s deadline rules were loaded for %(applies_to)s")),
    ),
    jobs=(JobType("calendar.seed_years", jobs.seed_years, daily_at=EARLY),),
)
