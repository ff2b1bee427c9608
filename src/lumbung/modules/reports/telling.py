"""What the manifest declares about telling people: jobs, reactions, and the topics they can stop."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import JobType, NoticeTopic, Reaction
from lumbung.modules.reports import jobs
from lumbung.modules.reports.actions import call_backs, lost_link, mail_links, telling
from lumbung.modules.reports.models.contacts import FOLLOW

TELL = "reports.tell_of_event"

JOBS = (
    JobType(TELL, jobs.tell_of_event),
    JobType("reports.watch_due_dates", jobs.watch_due_dates, every_seconds=3600),
    JobType("reports.index_appeared", jobs.index_appeared, every_seconds=3600),
    JobType(lost_link.BY_NUMBER, jobs.renew_code),
    JobType(lost_link.BY_ADDRESS, jobs.renew_codes_of),
    JobType(call_backs.TAKE, jobs.take_call_back),
    JobType("reports.discard_call_backs", jobs.discard_call_backs, every_seconds=3600),
    JobType("reports.discard_addresses", jobs.discard_addresses, every_seconds=3600),
)
REACTIONS = tuple(Reaction(key, TELL, passes="event") for key in telling.TOLD)
TOPICS = (
    NoticeTopic(mail_links.MINE, _("the report you sent")),
    NoticeTopic(FOLLOW, _("a report you follow")),
    NoticeTopic(telling.WORK.key, _("reports in the care of your agency")),
)
