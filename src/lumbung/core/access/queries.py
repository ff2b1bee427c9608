"""Reading accounts and grants."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from lumbung.core.access.models import Account, Grant
from lumbung.core.access.viewers import NOBODY, HeldRole, Viewer


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
