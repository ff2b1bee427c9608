"""What portals give to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, Manifest, Role, Verb
from lumbung.core.portals.events import PortalChanged
from lumbung.core.portals.permissions import EDIT

MANIFEST = Manifest(
    name="portals",
    title=_("Portals"),
    verbs=(Verb(EDIT, _("Change portals")),),
    roles=(Role("administrator", _("Administrator"), scope="installation", verbs=(EDIT,)),),
    events=(EventType(PortalChanged, _("“%(name)s” was changed: colour %(accent)s, modules %(modules)s")),),
)
