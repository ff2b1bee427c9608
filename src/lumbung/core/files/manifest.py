"""What stored files give to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import JobType, Manifest
from lumbung.core.files import jobs

MANIFEST = Manifest(
    name="files",
    title=_("Files"),
    jobs=(JobType("files.sweep_orphans", jobs.sweep_orphans, every_seconds=3600),),
)
