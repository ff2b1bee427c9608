"""Granting and revoking roles. These trust their caller (the demonstration, the command line); pages go through
`administration`, which asks who may."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lumbung.core.access import registry
from lumbung.core.access.events import RoleGranted, RoleRevoked
from lumbung.core.access.models import Account, Grant
from lumbung.core.base.actors import Actor, pseudonym_of
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events


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
            record_grant(grant, actor=actor, now=now)
            end_sessions(account)
    return grant


def end_sessions(account: Account) -> None:
    """Sign an account out everywhere: what it may do has changed."""
    Account.objects.filter(pk=account.pk).update(session_epoch=F("session_epoch") + 1)


def record_grant(grant: Grant, *, actor: Actor, now: datetime) -> None:
    """Tell the log which role was granted, where and how."""
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
        end_sessions(grant.account)
    return grant
