"""Retryable entry points of access."""

from lumbung.core.access import invitations, queries


def mail_invitation(account_id: str) -> None:
    """Send the link that sets a password; an account deactivated meanwhile gets none."""
    account = queries.account_by_id(account_id)
    if account is not None and account.is_active:
        invitations.send(account)
