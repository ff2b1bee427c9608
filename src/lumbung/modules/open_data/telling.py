"""What the manifest says about people: what they ask, who follows, and what is told to whom."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, JobType, NoticeTopic, Reaction
from lumbung.modules.open_data import jobs
from lumbung.modules.open_data.actions import asking_telling, draft_telling
from lumbung.modules.open_data.events import askings, classes
from lumbung.modules.open_data.models import FOLLOW, Asking, Dataset

NIGHT = time(2, 40)
KINDS = {"kind": lambda key: Asking.Kind(key).label}
OUTCOMES = {"outcome": lambda key: Asking.Outcome(key).label}
ACCESS = {"access": lambda key: Dataset.Access(key).label}

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
    EventType(classes.DatasetClassified, _("The class of the dataset is now: %(access)s"), words=ACCESS),
    EventType(classes.SharingAsked, _("%(agency)s asks for access to the restricted data")),
    EventType(classes.SharingGranted, _("%(agency)s may use the restricted data from %(since)s to %(until)s")),
    EventType(classes.SharingRefused, _("%(agency)s got no access to the restricted data")),
    EventType(classes.SharingEnded, _("The access of %(agency)s to the restricted data was ended early")),
    EventType(classes.ReleaseAnnounced, _("A release of %(dataset)s was announced for %(day)s")),
    EventType(classes.ReleaseDayMoved, _("The release day was moved to %(day)s")),
    EventType(askings.ReleaseRestored, _("Release %(older)s stands again as release %(number)s")),
)
JOBS = (
    JobType("open_data.recount_askings", jobs.recount_askings),
    JobType("open_data.forget_contacts", jobs.forget_contacts, daily_at=NIGHT),
    JobType("open_data.tell_of_draft", jobs.tell_of_draft),
    JobType("open_data.tell_of_story", jobs.tell_of_story),
    JobType("open_data.tell_followers", jobs.tell_followers),
    JobType("open_data.tell_hooks", jobs.tell_hooks),
    JobType("open_data.deliver_hook", jobs.deliver_hook),
    JobType("open_data.discard_data_addresses", jobs.discard_data_addresses, daily_at=NIGHT),
)
STORIES = ("story_submitted", "story_returned", "story_published")
MOVED = ("draft_submitted", "draft_passed", "draft_returned", "release_published")
FOLLOWED = ("open_data.release_published", "open_data.release_withdrawn", "open_data.dataset_withdrawn")
REACTIONS = (
    Reaction("calendar.day_changed", "open_data.recount_askings"),
    Reaction("calendar.year_seeded", "open_data.recount_askings"),
    *(Reaction(f"open_data.{event}", "open_data.tell_of_draft") for event in MOVED),
    *(Reaction(f"open_data.{event}", "open_data.tell_of_story") for event in STORIES),
    *(Reaction(event, "open_data.tell_followers", passes="event") for event in FOLLOWED),
    *(Reaction(event, "open_data.tell_hooks", passes="event") for event in FOLLOWED),
)
NOTICES = (
    NoticeTopic(asking_telling.DESK, _("requests and questions that wait on the data desk")),
    NoticeTopic(draft_telling.TOPIC, _("drafts and data stories on the data desk")),
    NoticeTopic(FOLLOW, _("data you follow")),
)
