"""Making accounts. These trust their caller; pages go through `administration`, which asks who may."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from lumbung.core.access.events import AccountInvited
from lumbung.core.access.models import Account
from lumbung.core.base.actors import Actor, pseudonym_of
from lumbung.core.events import actions as events


def invite_account(*, email: str, name: str, password: str | None, actor: Actor, now: datetime) -> Account:
    """Make an account, or return the one with this e-mail; without a password it is set by mail."""
    known = Account.objects.filter(email=email.lower()).first()
    if known is not None:
        return known
    with transaction.atomic():
        account = Account.objects.create_user(email, password, name=name, invited_at=now)
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
        events.record(
            AccountInvited(account=pseudonym_of(str(account.pk))),
            subject_type="account",
            subject_id=pseudonym_of(str(account.pk)),
            actor=actor,
            now=now,
        )
    return account
