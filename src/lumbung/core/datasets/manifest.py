"""What published tables give to the house."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, JobType, Manifest, Role, Verb
from lumbung.core.datasets import jobs
from lumbung.core.datasets.events import PeriodCorrected, PublicationHeld, VersionPublished, VersionWithdrawn
from lumbung.core.datasets.permissions import PUBLISH, WITHDRAW

NIGHTLY = time(1, 0)  # after the calendar, before anyone looks

MANIFEST = Manifest(
    name="datasets",
    title=_("Data"),
    verbs=(Verb(PUBLISH, _("Publish a table")), Verb(WITHDRAW, _("Withdraw a version of a table"))),
    roles=(Role("administrator", _("Administrator"), "installation", (PUBLISH, WITHDRAW)),),
    events=(
        EventType(VersionPublished, _("Version %(number)s of the table %(dataset)s was published: %(rows)s rows")),
        EventType(PeriodCorrected, _("Period %(period)s of the table %(dataset)s was corrected in version %(number)s")),
        EventType(PublicationHeld, _("The table %(dataset)s was not published: a gate held it back")),
        EventType(VersionWithdrawn, _("Version %(number)s of the table %(dataset)s was withdrawn to protect privacy")),
    ),
    jobs=(
        JobType("datasets.publish_all", jobs.publish_all, daily_at=NIGHTLY),
        JobType("datasets.publish", jobs.publish),
    ),
)
