"""What the manifest says about people: what they ask, who follows, and what is told to whom."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, JobType, NoticeTopic, Reaction
from lumbung.modules.open_data import jobs
from lumbung.modules.open_data.actions import asking_telling
from lumbung.modules.open_data.events import askings
from lumbung.modules.open_data.models import Asking

NIGHT = time(2, 40)
KINDS = {"kind": lambda key: Asking.Kind(key).label}
OUTCOMES = {"outcome": lambda key: Asking.Outcome(key).label}

EVENTS = (
    EventType(askings.AskingSent, _("%(number)s came in: %(kind)s"), words=KINDS),
    EventType(askings.AskingCleared, _("%(number)s was cleared for the public")),
    EventType(askings.AskingHidden, _("The words of %(number)s were hidden, with a reason")),
    EventType(askings.AskingHandedTo, _("%(number)s was handed to %(agency)s")),
    EventType(askings.AskingExtended, _("The time limit of %(number)s was extended to %(due_on)s")),
    EventType(askings.AskingDueMoved, _("The calendar changed: %(number)s is due on %(due_on)s, not %(before)s")),
    EventType(askings.AskingAnswered, _("%(number)s was answered: %(outcome)s"), words=OUTCOMES),
    EventType(askings.FaultMended, _("%(number)s: the fault is mended in release %(release)s")),
    EventType(askings.ReuseShown, _("Something made with %(dataset)s is shown")),
    EventType(askings.ReuseDeclined, _("Something made with %(dataset)s is not shown")),
    EventType(askings.ReleaseRestored, _("Release %(older)s stands again as release %(number)s")),
)
JOBS = (
    JobType("open_data.recount_askings", jobs.recount_askings),
    JobType("open_data.forget_contacts", jobs.forget_contacts, daily_at=NIGHT),
)
REACTIONS = (
    Reaction("calendar.day_changed", "open_data.recount_askings"),
    Reaction("calendar.year_seeded", "open_data.recount_askings"),
)
NOTICES = (NoticeTopic(asking_telling.DESK, _("requests and questions that wait on the data desk")),)
