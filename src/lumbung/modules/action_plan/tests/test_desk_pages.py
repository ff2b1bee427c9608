"""The desk of a plan leads everybody to what they may bring, and nobody to a page that refuses them."""

import re
from datetime import date

import pytest
from tests.cast import NOW
from tests.world import sign_in

from lumbung.core.portals.models import Portal
from lumbung.modules.action_plan import queries
from lumbung.modules.action_plan.actions.plans import PlanFacts, begin_plan
from lumbung.modules.action_plan.models import StageDate
from lumbung.modules.action_plan.queries.plans import government
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
DESK = f"/ntb/rencana-aksi/kelola/{here.KEY}/"
EVERYBODY = ["sekretariat.ntb", "ketua.ntb", "gubernur.ntb", "fasilitator.ntb", "oms.ntb", "pemantau.ksb", "nasional"]


@pytest.fixture
def undated(people):
    """A plan nobody has worked on, without dates."""
    StageDate.objects.all().delete()
    return here.plan()


@pytest.mark.parametrize("account", EVERYBODY)
def test_no_way_from_the_desk_ends_in_a_refusal(people, undated, account):
    browser = sign_in(people, account)
    main = browser.get(DESK).content.decode().split("<main")[1].split("</main>")[0]
    ways = set(re.findall(r'href="(/ntb/rencana-aksi/[^"#?]*)"', main))
    assert f"{DESK}forum/" in ways
    assert {way: code for way in ways if (code := browser.get(way).status_code) != 200} == {}


def test_whoever_leads_the_plan_goes_from_a_missing_item_to_its_page(people, undated):
    html = sign_in(people, "sekretariat.ntb").get(DESK).content.decode()
    listed = html.split('<ul class="missing">')[1].split("</ul>")[0]
    assert f'href="{DESK}peta-jalan/ntb/"' in listed
    assert listed.count("<li>") == listed.count("<li><a ")


def test_an_illustration_never_hides_the_plan_that_is_really_drawn_up(people):
    facts = PlanFacts(
        "ntb-sungguhan", "Rencana", "Plan", date(2026, 6, 1), date(2028, 5, 31), {government("ntb"): "province-eight"}
    )
    begin_plan(facts=facts, by=people.viewer("sekretariat.ntb"), now=NOW)
    here.plan().__class__.objects.filter(pk=here.KEY).update(starts_on=date(2029, 1, 1))
    assert queries.plan_in_the_making(Portal.objects.get(pk="ntb")).pk == "ntb-sungguhan"
