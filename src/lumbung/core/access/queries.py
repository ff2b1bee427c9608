"""Reading accounts and grants."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.core.access import permissions, registry
from lumbung.core.access.models import Account, Grant
from lumbung.core.access.viewers import NOBODY, HeldRole, Viewer
from lumbung.core.base.actors import pseudonym_of
from lumbung.core.base.errors import NotFound
from lumbung.core.events import queries as events
from lumbung.core.events import registry as event_registry


def grants_in_force(day: date) -> QuerySet[Grant]:
    """Grants that count on a day: begun, not ended, not revoked, of an active account."""
    return Grant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        valid_from__lte=day,
        revoked_at__isnull=True,
        account__is_active=True,
    )


def viewer_for(account: Account | None, *, day: date, opened: Iterable[str] = ()) -> Viewer:
    """Who this account is today; a guest when there is none."""
    codes = frozenset(opened)
    if account is None or not account.is_active:
        return Viewer(opened=codes) if codes else NOBODY
    held = tuple(
        HeldRole(
            role=grant.role,
            organisation_code=grant.organisation_id or "",
            region_code=grant.region_id or "",
            standing=grant.standing,
        )
        for grant in grants_in_force(day).filter(account=account)
    )
    return Viewer(account=account, held=held, opened=codes)


def accounts_with(
    roles: Iterable[str], *, day: date, organisation_code: str = "", region_code: str = ""
) -> list[Account]:
    """Active accounts holding one of these roles in an organisation or a region."""
    grants = grants_in_force(day).filter(role__in=list(roles)).select_related("account")
    if organisation_code:
        grants = grants.filter(organisation_id=organisation_code)
    if region_code:
        grants = grants.filter(region_id=region_code)
    return list({grant.account_id: grant.account for grant in grants}.values())


def account_by_id(account_id: str) -> Account | None:
    """The account of that id."""
    try:
        key = uuid.UUID(account_id)
    except ValueError:
        return None
    return Account.objects.filter(pk=key).first()


def accounts_for(viewer: Viewer, *, words: str = "") -> QuerySet[Account]:
    """Every account, by name, for an administrator; narrowed by words in name or e-mail."""
    permissions.administrator(viewer)
    found = Account.objects.order_by("name", "email")
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found


def account_for(viewer: Viewer, account_id: str | uuid.UUID) -> Account:
    """One account, for an administrator."""
    permissions.administrator(viewer)
    account = account_by_id(str(account_id))
    if account is None:
        raise NotFound("no-such-account", _("There is no such account. Go back to the list."))
    return account


def grants_of(account: Account) -> list[Grant]:
    """Every grant of an account, also those that ended, newest first."""
    with_names = account.grants.select_related("organisation", "region", "granted_by", "revoked_by")
    return list(with_names.order_by("-valid_from", "-pk"))


def roles_held_by(accounts: Iterable[Account], *, day: date) -> dict[uuid.UUID, list[str]]:
    """What each account is today, in words: "Koordinator · Nusa Tenggara Barat"."""
    told: dict[uuid.UUID, list[str]] = {}
    grants = grants_in_force(day).filter(account__in=list(accounts)).select_related("organisation", "region")
    for grant in grants:
        place = grant.organisation or grant.region
        told.setdefault(grant.account_id, []).append(
            f"{title_of(grant.role)} · {place}" if place else title_of(grant.role)
        )
    return told


def grants_of_viewer(viewer: Viewer, *, day: date) -> list[Grant]:
    """The viewer's own grants in force, for their own page."""
    if viewer.account is None:
        return []
    return list(grants_in_force(day).filter(account=viewer.account).select_related("organisation", "region"))


def unrevoked_grants(account: Account) -> list[Grant]:
    """Grants that nobody took back, whatever their dates."""
    return list(account.grants.filter(revoked_at__isnull=True))


def grant_for(viewer: Viewer, grant_id: int) -> Grant:
    """One grant, for an administrator."""
    permissions.administrator(viewer)
    grant = Grant.objects.select_related("account", "organisation", "region").filter(pk=grant_id).first()
    if grant is None:
        raise NotFound("no-such-grant", _("There is no such role. Go back to the account."))
    return grant


@dataclass(frozen=True, slots=True)
class Access:
    """Who holds a role where, since when and by whom; whether it sees personal data and is protected."""

    grant: Grant
    role_title: str
    sees_personal_data: bool
    has_two_step: bool


def who_has_access(viewer: Viewer, *, day: date, role: str = "") -> list[Access]:
    """Every grant in force, roles that see personal data first."""
    permissions.administrator(viewer)
    grants = grants_in_force(day).select_related("account", "organisation", "region", "granted_by")
    if role:
        grants = grants.filter(role=role)
    protected = with_two_step()
    rows = [
        Access(grant, title_of(grant.role), permissions.sees_personal_data(grant.role), grant.account_id in protected)
        for grant in grants.order_by("role", "region_id", "organisation_id", "account__name")
    ]
    return sorted(rows, key=lambda row: not row.sees_personal_data)


def with_two_step() -> set[uuid.UUID]:
    """Accounts with an authenticator app; recovery codes alone do not count."""
    return set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True))


def title_of(role_key: str) -> str:
    """The role's name in the language active now; a role no part declares any more keeps its key."""
    known = {role.key: role for role in registry.all_roles()}
    return str(known[role_key].title) if role_key in known else role_key


def history_for(viewer: Viewer, account: Account) -> list[tuple[date, str]]:
    """What happened to an account, newest first, each with its day."""
    permissions.administrator(viewer)
    entries = events.history_of("account", pseudonym_of(str(account.pk)))
    return [(entry.on, _told(entry)) for entry in reversed(entries)]


def _told(entry: events.HistoryEntry) -> str:
    data = dict(entry.data)
    if "role" in data:
        data["role"] = title_of(data["role"])
    return str(event_registry.sentence(entry.key)) % data
