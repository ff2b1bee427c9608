"""Who appears in the tests of access."""

from datetime import UTC, date, datetime

from django.test import Client

from lumbung.core.access.models import Account, Grant
from lumbung.core.access.queries import viewer_for
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "kata-sandi-panjang"


def account(name: str) -> Account:
    """Someone with an account and no role."""
    return Account.objects.create_user(f"{name.lower()}@contoh.test", PASSWORD, name=name)


def holding(name: str, role: str, *, organisation: str = "", region: str = "", **dates: date) -> Account:
    """Someone who holds a role."""
    made = account(name)
    Grant.objects.create(
        account=made,
        role=role,
        organisation_id=organisation or None,
        region_id=region or None,
        valid_from=dates.get("since", date(2020, 1, 1)),
        valid_to=dates.get("until"),
        standing="plt" if "until" in dates else "holder",
    )
    return made


def viewer(of: Account) -> Viewer:
    return viewer_for(of, day=TODAY)


def signed_in(as_account: Account) -> Client:
    client = Client()
    client.force_login(as_account, backend=BACKEND)
    return client


def today() -> date:
    return clock.local_day(clock.now())
