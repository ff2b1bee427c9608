"""Who did it in the synthetic stories: each office's officer and head, and the coordinators.

A report is verified, assigned and answered by officers, and the log says so. Offices that have no account of the
demonstration get two without a password or a role: they stand for those who worked there, and nobody signs in as them.
"""

from datetime import datetime

from lumbung.core.access import actions as access
from lumbung.core.access.models import Account
from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base.actors import SYSTEM
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.site import demo

LONGEST_NAME = 110
ACCOUNT_OF = {(each.role, each.organisation or each.region): each.email for each in demo.ACCOUNTS}


class Officers:
    """The viewers of the stories; an account is made when its office first acts."""

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._known: dict[HeldRole, Viewer] = {}

    def coordinator(self, portal: Portal) -> Viewer:
        """Who verifies and assigns at the government behind a portal."""
        held = HeldRole("coordinator", "", portal.region_id)
        return self._viewer(held, f"koordinator.{portal.slug}", f"Admin Koordinator {portal.slug.upper()}")

    def intake_agent(self, portal: Portal) -> Viewer:
        """The kader who enters what a neighbour tells."""
        held = HeldRole("intake_agent", "", portal.region_id)
        return self._viewer(held, f"kader.{portal.slug}", f"Kader {portal.slug.upper()}")

    def officer(self, office: Organisation, *, is_receiving: bool = False) -> Viewer:
        """Who accepts and answers at an agency, or at the unit that examines confidential reports."""
        held = HeldRole("receiving_officer" if is_receiving else "agency_officer", office.code, "")
        return self._viewer(held, f"petugas.{office.code}", f"Pejabat Penghubung {office.name_id}")

    def head(self, office: Organisation) -> Viewer:
        """Who approves answers there: never the one who wrote them."""
        held = HeldRole("agency_head", office.code, "")
        return self._viewer(held, f"kepala.{office.code}", f"Kepala {office.name_id}")

    def data_producer(self, office: Organisation) -> Viewer:
        """Who brings the data of an agency."""
        held = HeldRole("data_producer", office.code, "")
        return self._viewer(held, f"produsen.{office.code}", f"Produsen Data {office.name_id}")

    def supporting_steward(self, office: Organisation) -> Viewer:
        """Who checks them first, where the agency has somebody for it."""
        held = HeldRole("supporting_steward", office.code, "")
        return self._viewer(held, f"pendukung.{office.code}", f"Walidata Pendukung {office.name_id}")

    def data_steward(self, portal: Portal) -> Viewer:
        """Who checks and publishes the data of a government."""
        held = HeldRole("data_steward", "", portal.region_id)
        return self._viewer(held, f"walidata.{portal.slug}", f"Walidata {portal.slug.upper()}")

    def data_supervisor(self, portal: Portal) -> Viewer:
        """Who checks priority data a second time."""
        held = HeldRole("data_supervisor", "", portal.region_id)
        return self._viewer(held, f"pembina.{portal.slug}", f"Pembina Data {portal.slug.upper()}")

    def _viewer(self, held: HeldRole, box: str, name: str) -> Viewer:
        if held not in self._known:
            self._known[held] = Viewer(account=self._account(held, box, name), held=(held,))
        return self._known[held]

    def _account(self, held: HeldRole, box: str, name: str) -> Account:
        place = held.organisation_code or held.region_code
        email = ACCOUNT_OF.get((held.role, place), f"{box}@contoh.id")
        title = f"{name[:LONGEST_NAME]} (contoh)"
        return access.invite_account(email=email, name=title, password=None, actor=SYSTEM, now=self._now)
