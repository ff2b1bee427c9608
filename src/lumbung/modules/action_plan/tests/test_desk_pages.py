"""The desk of a plan leads everybody to what they may bring, and nobody to a page that refuses them."""

import re

import pytest
from tests.world import sign_in

from lumbung.modules.action_plan.models import StageDate
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
