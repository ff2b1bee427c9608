"""What ties between things give to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, Manifest
from lumbung.core.links.events import Linked, Unlinked

MANIFEST = Manifest(
    name="links",
    title=_("Links"),
    events=(
        EventType(Linked, _("%(source)s was linked to %(target)s")),
        EventType(Unlinked, _("The link from %(source)s to %(target)s was removed")),
    ),
)
