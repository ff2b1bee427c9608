"""What the limits give to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import JobType, Manifest
from lumbung.core.limits import jobs

MANIFEST = Manifest(
    name="limits",
    title=_("Limits"),
    jobs=(JobType("limits.purge", jobs.purge, every_seconds=3600),),
)
