"""Who appears in the tests of the calendar."""

from datetime import UTC, date, datetime

from lumbung.core.access.models import Account, Grant
from lumbung.core.access.queries import viewer_for
from lumbung.core.access.viewers import Viewer

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def keeper_account() -> Account:
    """Lalu Wira, who keeps the calendar."""
    account = Account.objects.create_user("wira@contoh.test", "kata-sandi-panjang", name="Lalu Wira")
    Grant.objects.create(account=account, role="calendar_keeper", valid_from=date(2020, 1, 1))
    return account


def keeper() -> Viewer:
    return viewer_for(keeper_account(), day=TODAY)


def outsider_account() -> Account:
    """Baiq Sari, who has an account and no role."""
    return Account.objects.create_user("sari@contoh.test", "kata-sandi-panjang", name="Baiq Sari")


def outsider() -> Viewer:
    return viewer_for(outsider_account(), day=TODAY)
