"""What access gives to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.events import AccountInvited, RoleGranted, RoleRevoked
from lumbung.core.base.declarations import EventType, Manifest, Role, Verb

MANIFEST = Manifest(
    name="access",
    title=_("Accounts and roles"),
    verbs=(Verb("access.manage", _("Manage accounts and roles")),),
    roles=(Role("administrator", _("Administrator"), "installation", ("access.manage",)),),
    events=(
        EventType(AccountInvited, _("An account was invited")),
        EventType(RoleGranted, _("The role %(role)s was granted")),
        EventType(RoleRevoked, _("The role %(role)s was taken back")),
    ),
)
