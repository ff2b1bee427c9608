"""What can happen to accounts and grants; accounts appear by pseudonym only."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class AccountInvited(Event):
    key: ClassVar[str] = "access.account_invited"
    account: str


@dataclass(frozen=True, slots=True)
class RoleGranted(Event):
    key: ClassVar[str] = "access.role_granted"
    account: str
    role: str
    organisation: str
    region: str
    standing: str


@dataclass(frozen=True, slots=True)
class RoleRevoked(Event):
    key: ClassVar[str] = "access.role_revoked"
    account: str
    role: str


@dataclass(frozen=True, slots=True)
class InvitationRenewed(Event):
    key: ClassVar[str] = "access.invitation_renewed"
    account: str


@dataclass(frozen=True, slots=True)
class AccountDeactivated(Event):
    key: ClassVar[str] = "access.account_deactivated"
    account: str


@dataclass(frozen=True, slots=True)
class AccountReactivated(Event):
    key: ClassVar[str] = "access.account_reactivated"
    account: str


@dataclass(frozen=True, slots=True)
class InboxHandedOver(Event):
    """Recorded in the history of both accounts."""

    key: ClassVar[str] = "access.inbox_handed_over"
    sender: str
    receiver: str
    count: int
