"""What the verifiable log gives to the house."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, JobType, Manifest, Role, Verb
from lumbung.core.log import jobs
from lumbung.core.log.events import WitnessAdded, WitnessEnded
from lumbung.core.log.permissions import KEEP_WITNESSES

MANIFEST = Manifest(
    name="log",
    title=_("Public log"),
    verbs=(Verb(KEEP_WITNESSES, _("Add and end witnesses of the public log")),),
    roles=(Role("administrator", _("Administrator"), "installation", (KEEP_WITNESSES,)),),
    events=(
        EventType(WitnessAdded, _("%(witness)s became a witness of this log")),
        EventType(WitnessEnded, _("%(witness)s is no longer a witness of this log")),
    ),
    jobs=(
        JobType("log.extend", jobs.extend, every_seconds=30),
        JobType("log.examine", jobs.examine, daily_at=time(2)),
    ),
)
