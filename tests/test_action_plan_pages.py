"""The plan's pages: nine commitments on one screen, three assessments side by side, figures anyone can recompute."""

from decimal import Decimal

import pytest
from django.test import Client

from lumbung.core.indicators import queries as indicators
from lumbung.core.indicators import registry
from lumbung.core.indicators.models import IndicatorResult
from lumbung.modules.action_plan.models import Partner, PlanMember
from lumbung.modules.action_plan.pages import figures

pytestmark = pytest.mark.django_db
SLUGS = ("satu-data-ntb", "ntb-care", "posyandu-ntb", "gotong-royong-stbm", "posyandu-gotong-royong")
SLUGS += ("ksb-satu-data", "forum-yasinan", "perlindungan-pmks", "penataan-perangkat-daerah")


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("portal", ["ntb", "ksb"])
def test_both_portals_show_all_nine_commitments_and_name_the_page_of_the_lead_as_canonical(people, settings, portal):
    shown = page(f"/{portal}/rencana-aksi/")
    assert all(f"/{portal}/rencana-aksi/{slug}/" in shown for slug in SLUGS)
    assert f'rel="canonical" href="{settings.LUMBUNG_URL}/ntb/rencana-aksi/"' in shown


@pytest.mark.parametrize("slug", SLUGS)
def test_each_commitment_shows_three_assessments_and_labels_its_milestones(people, slug):
    shown = page(f"/ksb/rencana-aksi/{slug}/")
    for words in ("Laporan instansi", "Hitungan dari data", "Penilaian pemantau", "ilustratif", "Belum ada laporan"):
        assert words in shown
    assert "Menunggu layanan tersedia" in shown


def test_a_commitment_without_a_service_says_what_will_be_measured(people):
    shown = page("/ksb/rencana-aksi/forum-yasinan/")
    assert "Persentase pengaduan forum yang dijawab dalam 3 hari" in shown
    assert "Positif, tetapi tidak mengikat" in shown
    assert "Belum diperbarui sejak" in page("/ksb/rencana-aksi/")


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("reports.on_time_share", "0.600000", "0.6000"),
        ("reports.median_days_to_finish", "20.000000", "20"),
        ("reports.median_days_to_finish", None, "null"),
    ],
)
def test_the_page_names_the_value_as_the_script_prints_it(key, value, text):
    result = IndicatorResult(indicator_key=key, value=None if value is None else Decimal(value))
    assert figures.printed(result) == text


@pytest.mark.parametrize(
    ("key", "names"), [("reports.on_time_share", {"Overall", "Keseluruhan"}), ("open_data.open_datasets", set())]
)
def test_only_what_months_have_in_common_is_drawn_as_a_level_over_all(key, names):
    newest = IndicatorResult(indicator_key=key, value=Decimal(31))
    drawn = figures._rules(indicators.Figure(registry.get(key), newest, (newest,)))
    assert {rule.label for rule in drawn if rule.kind == "baseline"} <= names
    assert bool(names) == any(rule.kind == "baseline" for rule in drawn)


def test_english_has_the_same_addresses_and_its_own_words(people):
    shown = page("/en/ntb/rencana-aksi/ntb-care/")
    assert "Three assessments" in shown
    assert "Few complaints are followed up" in shown


@pytest.mark.parametrize("address", ["/ntb/rencana-aksi/nothing/", "/xyz/rencana-aksi/"])
def test_what_does_not_exist_is_not_found(people, address):
    assert Client().get(address).status_code == 404


def test_a_government_without_a_plan_says_so_and_shows_the_way(people):
    Partner.objects.filter(plan_id="ntb-ksb-2021-2023").delete()
    PlanMember.objects.filter(plan_id="ntb-ksb-2021-2023").delete()
    assert "belum punya rencana aksi" in page("/ntb/rencana-aksi/")
    assert Client().get("/ntb/rencana-aksi/rencana.json").status_code == 404
