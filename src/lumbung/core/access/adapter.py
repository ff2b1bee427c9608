"""How the sign-in library fits our rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock
from lumbung.core.limits import actions as limits
from lumbung.core.limits import visitors
from lumbung.core.limits.actions import Limit

HOUR = 3600
GUESS_ACCOUNT = Limit("password-account", count=10, per_seconds=HOUR)
GUESS_ADDRESS = Limit("password-address", count=60, per_seconds=HOUR)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations, never from a sign-up page; passwords are not guessed.

    The library counts failures in a cache of each process; these counts are shared by all of them.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-mail address or password is wrong. Check both, then try again."),
        "incorrect_password": _("The password is wrong. Try again."),
        "enter_current_password": _("Your current password is different. Enter it again."),
        "incorrect_code": _("The code is wrong or too old. Enter the one the app shows now."),
        "too_many_login_attempts": _("Too many wrong attempts. Wait an hour, or ask for a new password."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        # The library's own counts, too, must see the visitor and not our proxy.
        return visitors.address_of(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        # Our own address, not the one the asker's browser named: the link goes to somebody else.
        kwargs = dict(zip(("uidb36", "key"), key.split("-", 1), strict=True))
        return f"{settings.LUMBUNG_URL}{reverse('account_reset_password_from_key', kwargs=kwargs)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        now = clock.now()
        limits.take(GUESS_ADDRESS, visitors.address_of(request), now=now)
        limits.take(GUESS_ACCOUNT, _name_of(credentials), now=now)
        super().pre_authenticate(request, **credentials)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        limits.forget(GUESS_ACCOUNT, user.email.lower())
        limits.give_back(GUESS_ADDRESS, visitors.address_of(request), now=clock.now())


def _name_of(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "").strip().lower()
