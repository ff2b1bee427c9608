"""Organisations begin, change, end, and are never deleted."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from lumbung.core.access.tests.cast import holding, signed_in, viewer
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.queries import history_of
from lumbung.core.organisations import actions, queries
from lumbung.core.organisations.actions import OrganisationFacts
from lumbung.core.organisations.models import Organisation

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
FORM = {
    "code": "ksb-uji",
    "name_id": "Dinas Uji",
    "name_en": "Test Office",
    "kind": "agency",
    "region": "52.07",
    "since": "2026-01-01",
}


@pytest.fixture
def wira(people):
    return holding("Wira", "administrator")


def facts(**changes) -> OrganisationFacts:
    told = {"name_id": "Dinas Uji", "name_en": "Test Office", "kind": "agency", "agency_kind": "uji", "parent": None}
    return OrganisationFacts(**{**told, **changes})


def added(wira, code: str = "ksb-uji", **changes) -> Organisation:
    return actions.add_organisation(
        code=code, region_code="52.07", since=DAY, facts=facts(**changes), by=viewer(wira), now=NOW
    )


def test_an_organisation_is_added_with_its_history(wira):
    made = added(wira)
    assert queries.agency_for_duty("52.07", "uji", day=DAY) == made
    assert [entry.key for entry in history_of("organisation", "ksb-uji")] == ["organisations.organisation_added"]


def test_a_code_is_given_once(wira):
    added(wira)
    with pytest.raises(Refused) as refused:
        added(wira)
    assert (refused.value.code, refused.value.field) == ("code-taken", "code")


def test_an_organisation_cannot_stand_below_itself(wira):
    top = added(wira)
    below = added(wira, "ksb-uji-bidang", parent=top)
    with pytest.raises(Refused) as refused:
        actions.change_organisation(organisation=top, facts=facts(parent=below), by=viewer(wira), now=NOW)
    assert refused.value.code == "parent-below-itself"
    with pytest.raises(Refused):
        actions.change_organisation(organisation=top, facts=facts(parent=top), by=viewer(wira), now=NOW)


def test_two_who_put_each_below_the_other_do_not_make_a_circle(wira):
    first, second = added(wira), added(wira, "ksb-uji-dua")
    seen_before = Organisation.objects.get(pk=first.pk)  # what the second tab still shows
    actions.change_organisation(organisation=first, facts=facts(parent=second), by=viewer(wira), now=NOW)
    with pytest.raises(Refused) as refused:
        actions.change_organisation(organisation=second, facts=facts(parent=seen_before), by=viewer(wira), now=NOW)
    assert refused.value.code == "parent-below-itself"


def test_a_second_tab_does_not_end_an_organisation_again(wira):
    seen_before = added(wira)
    actions.close_organisation(organisation=queries.by_code("ksb-uji"), on=date(2026, 4, 1), by=viewer(wira), now=NOW)
    with pytest.raises(Refused) as refused:
        actions.close_organisation(organisation=seen_before, on=date(2026, 5, 1), by=viewer(wira), now=NOW)
    assert refused.value.code == "organisation-already-ended"
    assert queries.by_code("ksb-uji").valid_to == date(2026, 4, 1)


def test_a_second_tab_does_not_undo_in_silence_what_the_first_saved(wira):
    added(wira)
    admin, address = signed_in(wira), "/kelola/organisasi/ksb-uji/ubah/"
    seen = re.search(r'name="seen" value="(\w+)"', admin.get(address).content.decode()).group(1)
    form = {"name_id": "Dinas Uji", "name_en": "Test Office", "kind": "agency", "seen": seen}
    assert admin.post(address, {**form, "name_id": "Dari tab pertama"}).status_code == 303
    answer = admin.post(address, {**form, "name_id": "Dari tab kedua"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dari tab kedua" in page  # nothing typed is lost
    assert queries.by_code("ksb-uji").name_id == "Dari tab pertama"
    again = re.search(r'name="seen" value="(\w+)"', page).group(1)
    assert admin.post(address, {**form, "name_id": "Dari tab kedua", "seen": again}).status_code == 303


def test_no_organisation_takes_the_address_of_a_page(wira):
    with pytest.raises(Refused) as refused:
        added(wira, "tambah")
    assert refused.value.field == "code"


def test_an_ended_organisation_has_no_duty_and_keeps_its_name(wira):
    made = added(wira)
    actions.close_organisation(organisation=made, on=date(2026, 4, 1), by=viewer(wira), now=NOW)
    assert queries.agency_for_duty("52.07", "uji", day=date(2026, 3, 31)) == made
    assert queries.agency_for_duty("52.07", "uji", day=date(2026, 4, 1)) is None
    assert queries.by_code("ksb-uji").name_id == "Dinas Uji"


def test_an_organisation_ends_once_and_after_it_began(wira):
    made = added(wira)
    with pytest.raises(Refused) as refused:
        actions.close_organisation(organisation=made, on=DAY, by=viewer(wira), now=NOW)
    assert refused.value.code == "ends-before-it-begins"
    actions.end_organisation(organisation=made, on=date(2026, 4, 1), actor=SYSTEM, now=NOW)
    with pytest.raises(Refused) as refused:
        actions.end_organisation(organisation=made, on=date(2026, 5, 1), actor=SYSTEM, now=NOW)
    assert refused.value.code == "organisation-already-ended"


@pytest.mark.parametrize("wrong", [{"valid_to": DAY}, {"code": ""}])
def test_the_database_refuses_what_cannot_be(wira, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(
            **{
                "code": "x",
                "name_id": "X",
                "name_en": "X",
                "kind": "agency",
                "region_id": "52.07",
                "valid_from": DAY,
                **wrong,
            }
        )


@pytest.mark.parametrize("email", ["koordinator.ksb", "pupr.ksb", "kepala.pupr.ksb", "kader.ksb", "kalender"])
def test_only_an_administrator_edits(people, wira, email):
    made, by = added(wira), people.viewer(email)
    steps = [
        lambda: actions.add_organisation(code="y", region_code="52", since=DAY, facts=facts(), by=by, now=NOW),
        lambda: actions.change_organisation(organisation=made, facts=facts(), by=by, now=NOW),
        lambda: actions.close_organisation(organisation=made, on=date(2027, 1, 1), by=by, now=NOW),
        lambda: queries.all_for(by),
    ]
    for step in steps:
        with pytest.raises(NotPermitted):
            step()
    client = Client()
    client.force_login(people.account(email), backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in ("tambah/", "ksb-uji/ubah/", "ksb-uji/akhiri/"):
        assert client.post(f"/kelola/organisasi/{address}", FORM).status_code == 403
        assert client.get(f"/kelola/organisasi/{address}").status_code == 403


def test_through_the_pages_from_adding_to_ending(wira):
    admin = signed_in(wira)
    assert admin.post("/kelola/organisasi/tambah/", FORM).status_code == 303
    assert "Dinas Uji" in admin.get("/kelola/organisasi/?q=uji").content.decode()
    changed = {"name_id": "Dinas Uji Coba", "name_en": "Trial Office", "kind": "agency", "parent": "ksb-pupr"}
    assert admin.post("/kelola/organisasi/ksb-uji/ubah/", changed).status_code == 303
    assert admin.post("/kelola/organisasi/ksb-uji/akhiri/", {"on": "2026-09-01"}).status_code == 303
    page = admin.get("/kelola/organisasi/ksb-uji/").content.decode()
    for told in ("Dinas Uji Coba", "berakhir", "diubah", "ditambahkan"):
        assert told in page


@pytest.mark.parametrize(
    "wrong",
    [{"code": "ada spasi"}, {"code": ""}, {"region": "99"}, {"kind": "kingdom"}, {"since": "x"}, {"name_id": ""}],
)
def test_wrong_fields_are_answered_beside_them(wira, wrong):
    answer = signed_in(wira).post("/kelola/organisasi/tambah/", {**FORM, **wrong})
    assert answer.status_code == 422
    assert 'class="errors"' in answer.content.decode()
    assert queries.by_code("ksb-uji") is None


def test_anyone_reads_the_page_of_an_organisation_in_its_portal(people):
    listed = Client().get("/ksb/organisasi/").content.decode()
    assert "/ksb/organisasi/ksb-pupr/" in listed
    assert Client().get("/ksb/organisasi/ksb-pupr/").status_code == 200
    assert Client().get("/ntb/organisasi/ksb-pupr/").status_code == 200
    assert Client().get("/ksb/organisasi/ntb-pupr/").status_code == 404
    assert Client().get("/ksb/organisasi/tidak-ada/").status_code == 404


def test_the_name_follows_the_language(people):
    assert "Public Works" in Client().get("/en/ksb/organisasi/ksb-pupr/").content.decode()
