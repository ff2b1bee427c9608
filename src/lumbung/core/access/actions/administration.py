"""What an administrator does to accounts and roles. Every action ends the sessions of those it touches."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.core.access import permissions, queries, registry
from lumbung.core.access.actions import accounts, grants
from lumbung.core.access.events import AccountDeactivated, AccountReactivated, InboxHandedOver, InvitationRenewed
from lumbung.core.access.models import Account, Grant
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.actors import Actor, pseudonym_of
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.jobs import actions as jobs


@dataclass(frozen=True, slots=True)
class WantedRole:
    """A role as the form hands it over."""

    role: str
    organisation_code: str
    region_code: str
    standing: str
    since: date
    until: date | None


def invite(*, email: str, name: str, language: str, by: Viewer, now: datetime) -> Account:
    """Make an account that sets its own password by a link sent to its e-mail address."""
    actor = permissions.administrator(by)
    try:
        with transaction.atomic():
            _refuse_known(email)
            account = accounts.invite_account(email=email, name=name, password=None, actor=actor, now=now)
            account.language = language
            account.save(update_fields=["language"])
            _mail_link(account, now)
    except IntegrityError as error:  # invited by two at the same moment
        raise _account_exists() from error
    return account


def _refuse_known(email: str) -> None:
    if Account.objects.filter(email=email.lower()).exists():
        raise _account_exists()


def _account_exists() -> Refused:
    return Refused(
        "account-exists",
        _("This e-mail address has an account already. Search for it in the list."),
        field="email",
    )


def renew_invitation(*, account: Account, by: Viewer, now: datetime) -> Account:
    """Send another set-password link, because the first expired or the password is lost; earlier ones end."""
    actor = permissions.administrator(by)
    with transaction.atomic():
        current = Account.objects.select_for_update().get(pk=account.pk)
        if not current.is_active:
            raise Refused("account-not-active", _("This account is deactivated. Activate it first."))
        end_links(current)
        _tell(InvitationRenewed(pseudonym_of(str(current.pk))), current, actor, now)
        _mail_link(current, now)
    return current


def end_links(account: Account) -> None:
    """Every set-password link sent so far stops working."""
    Account.objects.filter(pk=account.pk).update(link_epoch=F("link_epoch") + 1)


def _mail_link(account: Account, now: datetime) -> None:
    jobs.enqueue("access.mail_invitation", account_id=str(account.pk), now=now)


def give_role(*, account: Account, wanted: WantedRole, by: Viewer, now: datetime) -> Grant:
    """Grant a role. Nobody gives a role that sees personal data to themselves (ADR 0005)."""
    actor = permissions.administrator(by)
    _refuse_incomplete(wanted)
    _refuse_own_personal_data([wanted.role], receiver=account, by=by)
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        _refuse_double(account, wanted)
        return _granted(account, wanted, by, actor, now)


def _granted(account: Account, wanted: WantedRole, by: Viewer, actor: Actor, now: datetime) -> Grant:
    grant = Grant.objects.create(
        account=account,
        role=wanted.role,
        organisation_id=wanted.organisation_code or None,
        region_id=wanted.region_code or None,
        standing=wanted.standing,
        valid_from=wanted.since,
        valid_to=wanted.until,
        granted_by=by.account,
    )
    grants.record_grant(grant, actor=actor, now=now)
    grants.end_sessions(account)
    return grant


def _refuse_incomplete(wanted: WantedRole) -> None:
    scope = registry.role(wanted.role).scope
    if (scope == "organisation") != bool(wanted.organisation_code):
        raise Refused(
            "grant-organisation",
            _("Choose an organisation for a role of an organisation, and none for any other role."),
            field="organisation",
        )
    if (scope == "portal") != bool(wanted.region_code):
        raise Refused(
            "grant-region",
            _("Choose a region for a role of a government, and none for any other role."),
            field="region",
        )
    if wanted.standing != Grant.Standing.HOLDER and wanted.until is None:
        raise Refused("acting-needs-end", _("Plt. and Plh. need an end date. Enter the last day."), field="until")
    if wanted.until is not None and wanted.until < wanted.since:
        raise Refused("ends-before-it-begins", _("The last day lies before the first. Correct one."), field="until")


def _refuse_own_personal_data(roles: list[str], *, receiver: Account, by: Viewer) -> None:
    is_own = by.account is not None and by.account.pk == receiver.pk
    if is_own and any(permissions.sees_personal_data(role) for role in roles):
        raise Refused(
            "second-person-needed",
            _("A role that sees personal data is given by a second person. Ask another administrator."),
            field="role",
        )


def _refuse_double(account: Account, wanted: WantedRole) -> None:
    same = Grant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=wanted.since),
        account=account,
        role=wanted.role,
        organisation_id=wanted.organisation_code or None,
        region_id=wanted.region_code or None,
        revoked_at__isnull=True,
    )
    if wanted.until is not None:
        same = same.filter(valid_from__lte=wanted.until)
    if same.exists():
        raise Refused(
            "role-held-already",
            _("The account holds this role in that time already. Take that one back first."),
            field="role",
        )


def take_role(*, grant: Grant, by: Viewer, now: datetime) -> Grant:
    """Take a role back; the last administrator keeps theirs."""
    actor = permissions.administrator(by)
    with transaction.atomic():
        if _manages(grant):
            _refuse_without_administrator(now, without_grant=grant)
        current = Grant.objects.select_for_update(of=("self",)).select_related("account").get(pk=grant.pk)
        return grants.revoke_role(grant=current, by=by.account, actor=actor, now=now)


def deactivate(*, account: Account, by: Viewer, now: datetime) -> Account:
    """Close an account: its sessions end and nobody can sign in with it; its grants stay readable."""
    actor = permissions.administrator(by)
    if by.account is not None and by.account.pk == account.pk:
        raise Refused("own-account", _("You cannot deactivate your own account. Ask another administrator."))
    with transaction.atomic():
        _refuse_without_administrator(now, without_account=account)
        return _switch(account, False, AccountDeactivated(pseudonym_of(str(account.pk))), actor, now)


def reactivate(*, account: Account, by: Viewer, now: datetime) -> Account:
    """Open an account again, with the grants that still count."""
    actor = permissions.administrator(by)
    roles = [grant.role for grant in queries.unrevoked_grants(account)]
    _refuse_own_personal_data(roles, receiver=account, by=by)
    with transaction.atomic():
        return _switch(account, True, AccountReactivated(pseudonym_of(str(account.pk))), actor, now)


def _switch(account: Account, wanted: bool, event: Event, actor: Actor, now: datetime) -> Account:  # noqa: FBT001
    current = Account.objects.select_for_update().get(pk=account.pk)
    if current.is_active == wanted:
        raise Refused("account-unchanged", _("The account is in this state already. Nothing was changed."))
    current.is_active = wanted
    current.save(update_fields=["is_active"])
    grants.end_sessions(current)
    end_links(current)
    _tell(event, current, actor, now)
    return current


def hand_over_inbox(*, sender: Account, receiver: Account, by: Viewer, now: datetime) -> int:
    """Move every role in force from one account to another, so that the receiver opens the same inbox.

    Returns how many roles moved. Roles the receiver holds already are only taken from the sender.
    """
    actor = permissions.administrator(by)
    if sender.pk == receiver.pk:
        raise Refused("same-account", _("Choose another account to receive the inbox."), field="receiver")
    today = clock.local_day(now)
    with transaction.atomic():
        if not Account.objects.select_for_update().get(pk=receiver.pk).is_active:
            raise Refused("account-not-active", _("This account is deactivated. Activate it first."), field="receiver")
        moving = list(queries.grants_in_force(today).filter(account=sender).select_for_update(of=("self",)))
        if not moving:
            raise Refused("nothing-to-hand-over", _("This account holds no role today; there is nothing to hand over."))
        _refuse_own_personal_data([grant.role for grant in moving], receiver=receiver, by=by)
        for grant in moving:
            _move(grant, receiver, by, actor, now)
        event = InboxHandedOver(pseudonym_of(str(sender.pk)), pseudonym_of(str(receiver.pk)), len(moving))
        _tell(event, sender, actor, now)
        _tell(event, receiver, actor, now)
    return len(moving)


def _move(grant: Grant, receiver: Account, by: Viewer, actor: Actor, now: datetime) -> None:
    today = clock.local_day(now)
    held = queries.grants_in_force(today).filter(
        account=receiver, role=grant.role, organisation_id=grant.organisation_id, region_id=grant.region_id
    )
    # A receiver who acts until Friday does not hold what is handed over without an end.
    as_long = Q(valid_to__isnull=True)
    if grant.valid_to is not None:
        as_long |= Q(valid_to__gte=grant.valid_to)
    if not held.filter(as_long).exists():
        same = WantedRole(
            role=grant.role,
            organisation_code=grant.organisation_id or "",
            region_code=grant.region_id or "",
            standing=grant.standing,
            since=today,
            until=grant.valid_to,
        )
        _granted(receiver, same, by, actor, now)
    grants.revoke_role(grant=grant, by=by.account, actor=actor, now=now)


def _manages(grant: Grant) -> bool:
    return permissions.MANAGE in registry.verbs_of(grant.role)


def _refuse_without_administrator(
    now: datetime, *, without_account: Account | None = None, without_grant: Grant | None = None
) -> None:
    # Locking every administrator's grant lets two administrators who remove each other pass one after the other.
    managing = Grant.objects.filter(role__in=registry.roles_with(permissions.MANAGE), revoked_at__isnull=True)
    list(managing.select_for_update().order_by("pk"))
    lasting = queries.grants_in_force(clock.local_day(now)).filter(pk__in=managing, valid_to__isnull=True)
    if without_account is not None:
        lasting = lasting.exclude(account=without_account)
    if without_grant is not None:
        lasting = lasting.exclude(pk=without_grant.pk)
    if not lasting.exists():
        raise Refused(
            "last-administrator",
            _("This is the last lasting administrator. Give another account the role first, without an end date."),
        )


def _tell(event: Event, account: Account, actor: Actor, now: datetime) -> None:
    events.record(event, subject_type="account", subject_id=pseudonym_of(str(account.pk)), actor=actor, now=now)
