"""Who may manage accounts: a role for the whole installation, so a verb is asked for and no place."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.access import registry
from lumbung.core.access.viewers import Viewer, role_for
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import NotPermitted

MANAGE = "access.manage"


def administrator(viewer: Viewer) -> Actor:
    """The public face of whoever manages accounts, or a refusal."""
    held = role_for(viewer, MANAGE)
    if held is None or viewer.account is None:
        raise NotPermitted("not-an-administrator", _("Only an administrator may manage accounts and roles."))
    return viewer.acting_as(held)


def sees_personal_data(role_key: str) -> bool:
    """Whether a role may see personal data and so needs two-step verification."""
    return role_key in {role.key for role in registry.all_roles() if role.personal_data == "sees"}
