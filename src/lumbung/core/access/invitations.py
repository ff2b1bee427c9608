"""The link by which an invited person sets a password. It works once and expires (PASSWORD_RESET_TIMEOUT)."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lumbung.core.access.models import Account

DAYS_VALID = settings.PASSWORD_RESET_TIMEOUT // 86_400


def path_for(account: Account) -> str:
    """The path of the set-password page for this account; whoever holds it becomes the account."""
    key = default_token_generator.make_token(account)
    kwargs = {"uidb36": user_pk_to_url_str(account), "key": key}
    return reverse("account_reset_password_from_key", kwargs=kwargs)


def send(account: Account) -> None:
    """Mail the invitation in the account's language."""
    with translation.override(account.language):
        context = {"name": account.name, "link": f"{settings.LUMBUNG_URL}{path_for(account)}", "days": DAYS_VALID}
        body = render_to_string("access/invitation.txt", context)
        send_mail(_("Your Lumbung account"), body, settings.DEFAULT_FROM_EMAIL, [account.email])
