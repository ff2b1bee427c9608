"""What makes a set-password link valid: once, for three days, for an active account, and not after it was withdrawn."""

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class LinkTokens(PasswordResetTokenGenerator):
    """Links die with the password they set, with the next sign-in, and with the account's `link_epoch`."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.link_epoch}"

    def check_token(self, user: Any, token: str | None) -> bool:
        return user is not None and user.is_active and super().check_token(user, token)
