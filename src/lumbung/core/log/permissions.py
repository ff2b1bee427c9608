"""Who may add and end witnesses."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer, role_for
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import NotPermitted

KEEP_WITNESSES = "log.keep_witnesses"


def keeper(viewer: Viewer) -> Actor:
    """The public face of whoever may change the list of witnesses, or a refusal."""
    held = role_for(viewer, KEEP_WITNESSES)
    if held is None:
        raise NotPermitted(
            "witnesses-not-yours", _("Your role may not change the witnesses. Ask the administrator of this site.")
        )
    return viewer.acting_as(held)
