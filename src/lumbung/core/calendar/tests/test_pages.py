"""The public page of a year, and the pages of the keeper."""

from datetime import date

import pytest
from django.urls import reverse

from lumbung.core.access.models import Grant
from lumbung.core.calendar import actions
from lumbung.core.calendar.models import CalendarDay
from lumbung.core.calendar.tests.cast import NOW, keeper_account, outsider_account
from lumbung.core.events.models import EventRecord

pytestmark = pytest.mark.django_db

FORM = {
    "on": "2026-09-17",
    "kind": "public_holiday",
    "name_id": "Hari Pemilihan",
    "name_en": "Election Day",
    "source": "Keppres 1/2026",
}


@pytest.fixture
def seeded():
    actions.seed_from_library(years=[2026, 2027, 2028], now=NOW)


@pytest.fixture
def keeper_client(client):
    client.force_login(keeper_account(), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def nyepi():
    return CalendarDay.objects.get(on=date(2026, 3, 19))


def page(client, year):
    return client.get(reverse("calendar:year", kwargs={"year": year}))


def test_everyone_sees_each_day_with_its_source(client, seeded):
    text = page(client, 2026).content.decode()
    assert "Hari Suci Nyepi" in text
    assert "Kamis, 19 Maret 2026" in text
    assert "holidays 0." in text


def test_estimated_days_are_marked(client, seeded):
    assert page(client, 2027).content.decode().count('<span class="tag warn">') == 3


def test_a_year_without_decree_carries_a_notice(client, seeded):
    notice = 'class="notice warn"'
    assert notice in page(client, 2028).content.decode()
    assert notice not in page(client, 2027).content.decode()


def test_an_empty_year_says_what_that_means(client, seeded):
    response = page(client, 2040)
    assert response.status_code == 200
    assert 'class="empty"' in response.content.decode()


@pytest.mark.parametrize("year", [1999, 2101, 99999])
def test_a_year_out_of_range_is_not_found(client, year):
    assert page(client, year).status_code == 404


def test_the_calendar_leads_to_a_year(client):
    assert client.get(reverse("calendar:this-year")).status_code == 302


def test_the_public_page_costs_few_queries(client, seeded, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page(client, 2026)


def test_the_public_sees_no_button_to_edit(client, seeded):
    assert "/ubah/" not in page(client, 2026).content.decode()


def test_the_keeper_adds_a_day_and_the_history_tells_it(keeper_client):
    response = keeper_client.post(reverse("calendar:add"), FORM)
    assert (response.status_code, response["Location"]) == (303, "/kalender/2026/")
    text = page(keeper_client, 2026).content.decode()
    assert "Hari Pemilihan" in text
    assert "Keppres 1/2026" in text
    assert "/ubah/" in text


def test_a_form_with_mistakes_keeps_what_was_typed_and_says_how_to_mend_it(keeper_client):
    response = keeper_client.post(reverse("calendar:add"), {**FORM, "on": "besok", "source": ""})
    text = response.content.decode()
    assert response.status_code == 400
    assert 'class="errors"' in text
    assert "Hari Pemilihan" in text
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [{"on": "0001-01-01"}, {"on": "9999-12-31"}, {"kind": "weekend"}, {"name_id": "x" * 201}, {"name_en": "\x00"}],
)
def test_bad_input_is_refused_beside_its_field(keeper_client, bad):
    assert keeper_client.post(reverse("calendar:add"), {**FORM, **bad}).status_code == 400
    assert not CalendarDay.objects.exists()


def test_a_date_listed_twice_is_refused_beside_the_field(keeper_client):
    keeper_client.post(reverse("calendar:add"), FORM)
    response = keeper_client.post(reverse("calendar:add"), FORM)
    assert response.status_code == 400
    assert "Hari Pemilihan" in response.content.decode()


def test_html_in_a_name_is_shown_as_text(keeper_client):
    keeper_client.post(reverse("calendar:add"), {**FORM, "name_id": "<b>x</b>"})
    assert "<b>x</b>" not in page(keeper_client, 2026).content.decode()


def test_the_keeper_changes_a_name(keeper_client, seeded):
    url = reverse("calendar:change", kwargs={"day_id": nyepi().pk})
    assert "Hari Suci Nyepi" in keeper_client.get(url).content.decode()
    changed = {"name_id": "Nyepi Saka 1948", "name_en": "Nyepi", "source": "SKB 2026"}
    assert keeper_client.post(url, changed).status_code == 303
    assert "Nyepi Saka 1948" in page(keeper_client, 2026).content.decode()


def test_the_keeper_removes_a_day_only_with_a_reason(keeper_client, seeded):
    url = reverse("calendar:remove", kwargs={"day_id": nyepi().pk})
    assert keeper_client.get(url).status_code == 200
    assert keeper_client.post(url, {"source": " "}).status_code == 400
    assert keeper_client.post(url, {"source": "SKB diubah"}).status_code == 303
    assert nyepi().removed_at is not None


def test_opening_a_page_changes_nothing(keeper_client, seeded):
    before = EventRecord.objects.count()
    for name in ("change", "remove"):
        keeper_client.get(reverse(f"calendar:{name}", kwargs={"day_id": nyepi().pk}))
    assert EventRecord.objects.count() == before


def test_a_day_that_is_gone_is_not_found(keeper_client):
    assert keeper_client.get(reverse("calendar:change", kwargs={"day_id": 999})).status_code == 404


def edit_addresses():
    return [
        reverse("calendar:add"),
        *(reverse(f"calendar:{name}", kwargs={"day_id": nyepi().pk}) for name in ("change", "remove")),
    ]


def test_a_guest_is_sent_to_sign_in(client, seeded):
    for url in edit_addresses():
        for method in (client.get, client.post):
            assert method(url, FORM)["Location"].startswith("/akun/")


def test_an_account_without_the_role_is_refused(client, seeded):
    client.force_login(outsider_account(), backend="allauth.account.auth_backends.AuthenticationBackend")
    for url in edit_addresses():
        for method in (client.get, client.post):
            assert method(url, FORM).status_code == 403
    assert nyepi().removed_at is None


def test_the_administrator_may_edit_too(client):
    account = outsider_account()
    Grant.objects.create(account=account, role="administrator", valid_from=date(2020, 1, 1))
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(reverse("calendar:add"), FORM).status_code == 303
