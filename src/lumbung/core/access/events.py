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
