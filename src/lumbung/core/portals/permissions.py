"""Who may change a portal's settings."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer, role_for
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import NotPermitted

EDIT = "portals.edit"


def editor(viewer: Viewer) -> Actor:
    """The public face of whoever edits, or a refusal."""
    held = role_for(viewer, EDIT)
    if held is None:
        raise NotPermitted("portals-edit-not-permitted", _("Only an administrator may change a portal."))
    return viewer.acting_as(held)
