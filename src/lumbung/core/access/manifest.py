"""What access gives to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.access import jobs
from lumbung.core.access.events import (
    AccountDeactivated,
    AccountInvited,
    AccountReactivated,
    InboxHandedOver,
    InvitationRenewed,
    RoleGranted,
    RoleRevoked,
)
from lumbung.core.access.permissions import MANAGE
from lumbung.core.base.declarations import EventType, JobType, Manifest, Role, Verb

MANIFEST = Manifest(
    name="access",
    title=_("Accounts and roles"),
    verbs=(Verb(MANAGE, _("Manage accounts and roles")),),
    roles=(Role("administrator", _("Administrator"), "installation", (MANAGE,)),),
    events=(
        EventType(AccountInvited, _("An account was invited")),
        EventType(RoleGranted, _("The role %(role)s was granted")),
        EventType(RoleRevoked, _("The role %(role)s was taken back")),
        EventType(InvitationRenewed, _("A new invitation was sent")),
        EventType(AccountDeactivated, _("The account was deactivated")),
        EventType(AccountReactivated, _("The account was activated again")),
        EventType(InboxHandedOver, _("The inbox was handed over (%(count)s roles)")),
    ),
    jobs=(JobType("access.mail_invitation", jobs.mail_invitation),),
)
