"""How two-step verification of the library fits our rules: codes are not guessed, not used twice, and sealed."""

import base64

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock, sealing
from lumbung.core.limits import actions as limits
from lumbung.core.limits import visitors
from lumbung.core.limits.actions import Limit

HOUR = 3600
GUESS_ACCOUNT = Limit("two-step-account", count=10, per_seconds=HOUR)
GUESS_ADDRESS = Limit("two-step-address", count=60, per_seconds=HOUR)
CODE_USED = "two-step-used"
# A code is shown for 30 seconds and taken for one such step before and after (MFA_TOTP_TOLERANCE).
CODE_LIVES_SECONDS = 120
SEALED = "sealed:"
PLACE = "mfa_authenticator.data"


class TwoStepAdapter(DefaultMFAAdapter):
    """Our words, and secrets that a copy of the database does not give away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong or too old. Enter the one the app shows now."),
    }

    def encrypt(self, text: str) -> str:
        return SEALED + base64.b64encode(sealing.seal(text, place=PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        if not encrypted_text.startswith(SEALED):  # switched on before secrets were sealed
            return encrypted_text
        return sealing.unseal(base64.b64decode(encrypted_text.removeprefix(SEALED)), place=PLACE)


class SignInForm(forms.AuthenticateForm):
    """The code asked for after the password."""

    def clean_code(self) -> str:
        _take(self.user)
        return _kept(super().clean_code(), self.user)


class AgainForm(forms.ReauthenticateForm):
    """The code asked for before something delicate."""

    def clean_code(self) -> str:
        _take(self.user)
        return _kept(super().clean_code(), self.user)


def _take(account: object) -> None:
    # The library counts in a memory of each process, which forgets at every start; these counts are shared and stay.
    now = clock.now()
    limits.take(GUESS_ADDRESS, visitors.address_of(context.request), now=now)
    limits.take(GUESS_ACCOUNT, _id(account), now=now)


def _kept(code: str, account: object) -> str:
    now = clock.now()
    subject = f"{_id(account)}:{normalize_user_code(code)}"
    if not limits.is_first(kind=CODE_USED, subject=subject, for_seconds=CODE_LIVES_SECONDS, now=now):
        raise TwoStepAdapter().validation_error("incorrect_code")
    limits.forget(GUESS_ACCOUNT, _id(account))
    limits.give_back(GUESS_ADDRESS, visitors.address_of(context.request), now=now)
    return code


def _id(account: object) -> str:
    return str(account.pk)  # type: ignore[attr-defined]
