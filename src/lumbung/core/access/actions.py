"""Inviting accounts, granting and revoking roles."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access import registry
from lumbung.core.access.events import AccountInvited, RoleGranted, RoleRevoked
from lumbung.core.access.models import Account, Grant
from lumbung.core.base.actors import Actor, pseudonym_of
from lumbung.core.base.errors import Refused
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


def grant_role(
    *,
    account: Account,
    role: str,
    organisation_code: str,
    region_code: str,
    since: date,
    until: date | None,
    standing: str,
    by: Account | None,
    actor: Actor,
    now: datetime,
) -> Grant:
    """Give a role within its scope; the same grant twice is one grant."""
    kind = registry.role(role).scope
    if (kind == "organisation" and not organisation_code) or (kind == "portal" and not region_code):
        raise Refused("grant-lacks-scope", _("Say for which organisation or region this role holds."))
    with transaction.atomic():
        grant, is_new = Grant.objects.get_or_create(
            account=account,
            role=role,
            organisation_id=organisation_code or None,
            region_id=region_code or None,
            standing=standing,
            revoked_at=None,
            defaults={"valid_from": since, "valid_to": until, "granted_by": by},
        )
        if is_new:
            _record_grant(grant, actor, now)
    return grant


def _record_grant(grant: Grant, actor: Actor, now: datetime) -> None:
    pseudonym = pseudonym_of(str(grant.account_id))
    event = RoleGranted(
        account=pseudonym,
        role=grant.role,
        organisation=grant.organisation_id or "",
        region=grant.region_id or "",
        standing=grant.standing,
    )
    events.record(event, subject_type="account", subject_id=pseudonym, actor=actor, now=now)


def revoke_role(*, grant: Grant, by: Account | None, actor: Actor, now: datetime) -> Grant:
    """Take a role back from now on; the grant stays readable."""
    if grant.revoked_at is not None:
        raise Refused("grant-already-revoked", _("This role was taken back already. Nothing was changed."))
    pseudonym = pseudonym_of(str(grant.account_id))
    with transaction.atomic():
        grant.revoked_at, grant.revoked_by = now, by
        grant.save(update_fields=["revoked_at", "revoked_by"])
        event = RoleRevoked(account=pseudonym, role=grant.role)
        events.record(event, subject_type="account", subject_id=pseudonym, actor=actor, now=now)
    return grant
