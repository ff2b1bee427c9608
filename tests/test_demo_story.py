"""The log of the demonstration says who did what: officers what officers do, never a citizen."""

import json

import pytest

from lumbung.core.access.models import Account
from lumbung.core.events.models import EventRecord
from lumbung.core.organisations.models import Organisation
from lumbung.site import demo_officers, demo_story
from tests.cast import NOW

pytestmark = pytest.mark.django_db

OFFICERS = {"agency_officer", "receiving_officer"}
OFFICIAL = {
    "reports.report_verified": {"coordinator"},
    "reports.report_assigned": {"coordinator"},
    "reports.report_archived": {"coordinator"},
    "reports.report_accepted": OFFICERS,
    "reports.response_written": OFFICERS,
    "reports.response_approved": {"agency_head"},
    "reports.report_finished": {"agency_head"},
}


@pytest.fixture
def told(people):
    """What the log says of twenty-five reports, as (key, actor)."""
    demo_story.play(count=25, now=NOW, progress=lambda _done: None)
    events = EventRecord.objects.filter(subject_type="report").order_by("id")
    return [(event.key, json.loads(bytes(event.body))["actor"]) for event in events]


def test_an_official_act_of_the_demonstration_is_never_told_of_a_citizen(told):
    official = [(key, actor) for key, actor in told if key in OFFICIAL]
    assert {key for key, _actor in official} >= {"reports.report_verified", "reports.report_finished"}
    assert [(key, actor["role"]) for key, actor in official if actor["role"] not in OFFICIAL[key]] == []
    assert {actor["kind"] for _key, actor in official} == {"account"}


def test_whoever_approves_an_answer_did_not_write_it(told):
    wrote = {actor["id"] for key, actor in told if key == "reports.response_written"} - {""}
    approved = {actor["id"] for key, actor in told if key == "reports.report_finished"} - {""}
    assert wrote
    assert approved
    assert not wrote & approved


def test_an_officer_without_an_account_of_the_demonstration_cannot_sign_in(people):
    account = demo_officers.Officers(now=NOW).officer(Organisation.objects.get(pk="ksb-dlh")).account
    assert not account.has_usable_password()
    assert not account.grants.exists()


def test_an_office_with_an_account_of_the_demonstration_acts_through_it(people):
    account = demo_officers.Officers(now=NOW).officer(Organisation.objects.get(pk="ksb-pupr")).account
    assert account == Account.objects.get(email="pupr.ksb@contoh.id")
