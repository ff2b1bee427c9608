"""The people of our tests, by what they are. Synthetic, every one."""

from dataclasses import dataclass
from datetime import UTC, datetime

from lumbung.core.access import queries as access
from lumbung.core.access.models import Account
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.modules.reports.models import Category
from lumbung.site import demo

NOW = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    """Two portals, a village in Seteluk, a category, and the accounts of the demonstration."""

    ntb: Portal
    ksb: Portal
    village: Region
    road: Category
    levy: Category

    def account(self, email: str) -> Account:
        return Account.objects.get(email=f"{email}@contoh.id")

    def viewer(self, email: str) -> Viewer:
        return access.viewer_for(self.account(email), day=clock.local_day(NOW))


def assemble() -> Cast:
    """Load the demonstration and name the parts a test needs."""
    demo.load(now=NOW, say=lambda _text: None)
    return named()


def named() -> Cast:
    """The parts a test needs of the demonstration that is loaded."""
    village = Region.objects.filter(level="village", code__startswith="52.07.").order_by("code").first()
    assert village is not None
    return Cast(
        ntb=Portal.objects.get(pk="ntb"),
        ksb=Portal.objects.get(pk="ksb"),
        village=village,
        road=Category.objects.get(pk="road"),
        levy=Category.objects.exclude(confidential_by_force="").order_by("position")[0],
    )
