"""A portal is found by its address, shows only its modules, and keeps what receipts carry."""

import re
from dataclasses import fields
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from lumbung.core.access.tests.cast import holding, signed_in, viewer
from lumbung.core.base.errors import NotPermitted
from lumbung.core.events.queries import history_of
from lumbung.core.portals import actions, queries
from lumbung.core.portals.actions import PortalSettings
from lumbung.core.portals.models import RESERVED_WORDS, Portal

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SETTINGS = PortalSettings("KSB Baru", "New KSB", "Lapor KSB", "Report KSB", "teal", ["reports"])


@pytest.mark.parametrize("word", sorted(RESERVED_WORDS))
def test_a_reserved_word_is_no_portal(people, word):
    with pytest.raises(IntegrityError), transaction.atomic():
        Portal.objects.filter(pk="ksb").update(slug=word)


def test_every_address_at_the_root_is_a_reserved_word():
    roots = set()
    for entry in get_resolver().url_patterns:
        inner = (
            entry.url_patterns
            if isinstance(entry, URLResolver) and "LocalePrefix" in str(type(entry.pattern))
            else [entry]
        )
        for each in inner:
            first = str(each.pattern).lstrip("^").split("/")[0]
            below = each.url_patterns if isinstance(each, URLResolver) and not first else []
            roots.update([first, *(str(one.pattern).split("/")[0] for one in below)])
    named = {root for root in roots if root and "<" not in root}
    assert {"akun", "kelola", "kalender", "gaya"} <= named
    assert named <= RESERVED_WORDS


def test_an_unknown_portal_is_not_found(people):
    for address in ("/xyz/", "/xyz/laporan/", "/xyz/cari/", "/xyz/organisasi/"):
        assert Client().get(address).status_code == 404


def test_a_module_that_is_not_enabled_is_not_found(people):
    Portal.objects.filter(pk="ksb").update(modules=["action_plan"])
    for address in ("/ksb/laporan/", "/ksb/laporan/kirim/", "/ksb/laporan/unduh.csv"):
        assert Client().get(address).status_code == 404
    assert Client().get("/ksb/").status_code == 200
    assert Client().get("/ntb/laporan/").status_code == 200


def test_a_module_that_is_not_enabled_takes_no_posts_either(people):
    Portal.objects.filter(pk="ksb").update(modules=[])
    assert Client().post("/ksb/laporan/kirim/", {"text": "x"}).status_code == 404


def test_the_menu_shows_enabled_modules_only(people):
    assert "/ksb/laporan/kirim/" in Client().get("/ksb/organisasi/").content.decode()
    Portal.objects.filter(pk="ksb").update(modules=[])
    assert "/ksb/laporan/kirim/" not in Client().get("/ksb/organisasi/").content.decode()


@pytest.mark.parametrize(
    ("region", "slug"), [("52.07.02.2001", "ksb"), ("52.07", "ksb"), ("52.01.01", "ntb"), ("52", "ntb"), ("11", None)]
)
def test_a_place_belongs_to_the_smallest_portal_around_it(people, region, slug):
    found = queries.portal_for_region(region)
    assert (found.pk if found else None) == slug


def test_one_region_has_one_portal(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        Portal.objects.filter(pk="ksb").update(region_id="52")


def test_number_prefixes_differ(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        Portal.objects.filter(pk="ksb").update(number_prefix="NTB")


def test_an_administrator_changes_names_colour_and_modules(people):
    wira = holding("Wira", "administrator")
    actions.change_portal(portal=people.ksb, wanted=SETTINGS, by=viewer(wira), now=NOW)
    assert "KSB Baru" in Client().get("/ksb/").content.decode()
    assert "New KSB" in Client().get("/en/ksb/").content.decode()
    assert [entry.key for entry in history_of("portal", "ksb")] == ["portals.portal_changed"]
    stays = Portal.objects.get(pk="ksb")
    assert (stays.number_prefix, stays.region_id) == ("KSB", "52.07")


def test_a_second_tab_does_not_undo_in_silence_what_the_first_saved(people):
    admin, address = signed_in(holding("Wira", "administrator")), "/kelola/portal/ksb/"
    seen = re.search(r'name="seen" value="(\w+)"', admin.get(address).content.decode()).group(1)
    form = {field.name: getattr(SETTINGS, field.name) for field in fields(SETTINGS)} | {"seen": seen}
    assert admin.post(address, {**form, "name_id": "Dari tab pertama"}).status_code == 303
    answer = admin.post(address, {**form, "name_id": "Dari tab kedua"})
    assert answer.status_code == 422
    assert Portal.objects.get(pk="ksb").name_id == "Dari tab pertama"
    again = re.search(r'name="seen" value="(\w+)"', answer.content.decode()).group(1)
    assert admin.post(address, {**form, "name_id": "Dari tab kedua", "seen": again}).status_code == 303


@pytest.mark.parametrize("email", ["koordinator.ksb", "pupr.ksb", "kader.ksb"])
def test_nobody_else_does(people, email):
    with pytest.raises(NotPermitted):
        actions.change_portal(portal=people.ksb, wanted=SETTINGS, by=people.viewer(email), now=NOW)
    client = Client()
    client.force_login(people.account(email), backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in ("/kelola/portal/", "/kelola/portal/ksb/", "/kelola/"):
        assert client.get(address).status_code == 403
    assert client.post("/kelola/portal/ksb/", {"name_id": "X"}).status_code == 403


def test_through_the_page(people):
    admin = signed_in(holding("Wira", "administrator"))
    form = {
        "name_id": "KSB Baru",
        "name_en": "New KSB",
        "report_service_id": "Lapor",
        "report_service_en": "Report",
        "accent": "teal",
        "modules": ["reports"],
    }
    assert admin.post("/kelola/portal/ksb/", {**form, "accent": "pink"}).status_code == 422
    assert admin.post("/kelola/portal/ksb/", {**form, "modules": ["nothing"]}).status_code == 422
    assert admin.post("/kelola/portal/ksb/", {**form, "name_id": ""}).status_code == 422
    assert admin.post("/kelola/portal/ksb/", form).status_code == 303
    assert "KSB Baru" in admin.get("/kelola/portal/ksb/").content.decode()
    assert admin.get("/kelola/portal/xyz/").status_code == 404
    assert "/kelola/organisasi/" in admin.get("/kelola/").content.decode()


def test_the_form_holds_everything_a_portal_has_switched_on(people):
    """What the form leaves out, saving it would switch off without a word."""
    every = ["reports", "action_plan", "datasets", "indicators"]
    Portal.objects.filter(pk="ksb").update(modules=every)
    page = signed_in(holding("Wira", "administrator")).get("/kelola/portal/ksb/").content.decode()
    assert set(re.findall(r'name="modules" value="(\w+)"[^>]*checked', page)) == set(every)
