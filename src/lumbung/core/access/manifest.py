"""What access gives to the house."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.access import jobs, registry
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


def said_role(key: str) -> Any:
    """The title of a role; one that no part declares any more by its key."""
    try:
        return registry.role(key).title
    except LookupError:
        return key


ROLE = {"role": said_role}

MANIFEST = Manifest(
    name="access",
    title=_("Accounts and roles"),
    verbs=(Verb(MANAGE, _("Manage accounts and roles")),),
    roles=(Role("administrator", _("Administrator"), "installation", (MANAGE,)),),
    events=(
        EventType(AccountInvited, _("An account was invited")),
        EventType(RoleGranted, _("The role “%(role)s” was granted"), words=ROLE),
        EventType(RoleRevoked, _("The role “%(role)s” was taken back"), words=ROLE),
        EventType(InvitationRenewed, _("A new invitation was sent")),
        EventType(AccountDeactivated, _("The account was deactivated")),
        EventType(AccountReactivated, _("The account was activated again")),
        EventType(InboxHandedOver, _("The inbox was handed over (%(count)s roles)")),
    ),
    jobs=(JobType("access.mail_invitation", jobs.mail_invitation),),
)
