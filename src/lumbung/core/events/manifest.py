"""What the log gives to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import JobType, Manifest
from lumbung.core.events import jobs

MANIFEST = Manifest(
    name="events",
    title=_("Public log"),
    jobs=(JobType("events.sequence_log", jobs.sequence_log, every_seconds=30),),
)
