"""Every write of accounts and grants."""

from lumbung.core.access.actions.accounts import invite_account
from lumbung.core.access.actions.grants import end_sessions, grant_role, revoke_role

__all__ = ["end_sessions", "grant_role", "invite_account", "revoke_role"]
