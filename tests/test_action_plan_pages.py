"""The plan's pages: nine commitments on one screen, three assessments side by side, figures anyone can recompute."""

from decimal import Decimal

import pytest
from django.test import Client

from lumbung.core.indicators import queries as indicators
from lumbung.core.indicators import registry
from lumbung.core.indicators.models import IndicatorResult
from lumbung.core.portals.models import Portal
from lumbung.modules.action_plan.models import Partner, PlanMember
from lumbung.modules.action_plan.pages import figures
from lumbung.modules.open_data.queries import catalogue
from lumbung.site import demo, demo_story
from tests import shared_rows
from tests.cast import NOW

pytestmark = pytest.mark.django_db
SLUGS = ("satu-data-ntb", "ntb-care", "posyandu-ntb", "gotong-royong-stbm", "posyandu-gotong-royong")
SLUGS += ("ksb-satu-data", "forum-yasinan", "perlindungan-pmks", "penataan-perangkat-daerah")


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture(scope="module")
def sixty_reports(django_db_setup, django_db_blocker, tmp_path_factory):
    def play():
        demo_story.play(count=60, now=NOW, progress=lambda _done: None)
        demo.publish(now=NOW, say=lambda _text: None)

    with shared_rows.written(django_db_blocker, play, LUMBUNG_DATASETS=tmp_path_factory.mktemp("datasets")):
        yield


@pytest.fixture
def published(sixty_reports, people):
    return people


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


def test_ntb_care_shows_its_figures_with_definition_version_hash_data_and_script(published):
    shown = page("/ksb/rencana-aksi/ntb-care/")
    figure = indicators.figures([("reports.on_time_share", "52")])[("reports.on_time_share", "52")]
    assert figures.value_words(figure, figure.newest) in shown
    for words in (
        figure.newest.snapshot_sha256,
        figure.newest.definition_sha256,
        "/ntb/data/reports_public/v1/data.csv",
        "/ntb/indikator/reports.on_time_share/hitung-ulang.py",
        "/ntb/indikator/reports.median_days_to_finish/hitung-ulang.py",
        "Hitung ulang sendiri",
        "<svg",
    ):
        assert words in shown


def test_a_month_with_reports_not_yet_due_is_not_drawn(published):
    """The newest months hold only what was finished fast, and would look better than they are."""
    figure = indicators.figures([("reports.on_time_share", "52")])[("reports.on_time_share", "52")]
    drawn = {month.period for month in figures.complete_months(figure)}
    running = {month.period for month in figure.months if month.excluded["not_yet_due"]}
    assert running
    assert not drawn & running


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


def test_the_band_of_a_month_is_wide_where_few_reports_stand_behind_it(published):
    figure = indicators.figures([("reports.on_time_share", "52")])[("reports.on_time_share", "52")]
    for month in figure.months:
        if month.value is not None:
            point = figures._point(figure, month)
            assert point.low <= float(month.value) <= point.high
            assert point.high - point.low > 0.3 or month.n > 30


@pytest.mark.parametrize(
    ("key", "names"), [("reports.on_time_share", {"Overall", "Keseluruhan"}), ("open_data.open_datasets", set())]
)
def test_only_what_months_have_in_common_is_drawn_as_a_level_over_all(key, names):
    newest = IndicatorResult(indicator_key=key, value=Decimal(31))
    drawn = figures._rules(indicators.Figure(registry.get(key), newest, (newest,)))
    assert {rule.label for rule in drawn if rule.kind == "baseline"} <= names
    assert bool(names) == any(rule.kind == "baseline" for rule in drawn)


def test_the_home_of_a_portal_shows_its_own_commitments_with_figure_and_its_data(published):
    ntb, ksb = page("/ntb/"), page("/ksb/")
    assert "Komitmen kami 2021–2023" in ntb
    assert "/ntb/rencana-aksi/ntb-care/" in ntb
    assert "tepat waktu" in ntb
    newest = catalogue.listed(Portal.objects.get(slug="ntb"))[:5]
    assert newest
    assert all(f'href="/ntb/data/{listing.dataset.key}/"' in ntb for listing in newest)
    assert "/ksb/rencana-aksi/forum-yasinan/" in ksb
    assert "ntb-care" not in ksb


def test_the_median_comes_with_its_curve_the_reports_at_risk_and_every_step_as_csv(published):
    shown = page("/ntb/rencana-aksi/ntb-care/")
    assert "Berapa lama sampai laporan selesai" in shown
    assert "Laporan yang diamati paling sedikit selama ini" in shown
    head, first, *_rest = page("/ntb/indikator/reports.median_days_to_finish/kurva.csv").split()
    figure = indicators.figures([("reports.median_days_to_finish", "52")])[("reports.median_days_to_finish", "52")]
    assert head == "days,at_risk,ended,share_open"
    assert first.split(",")[1] == str(figure.newest.n)
    assert Client().get("/ntb/indikator/reports.on_time_share/kurva.csv").status_code == 404


def test_figures_are_drawn_beside_what_law_and_promise_ask_for(published):
    shown = page("/ntb/rencana-aksi/ntb-care/")
    for words in ("Ketentuan 100%", "Janji 100%", "Batas aturan 60"):
        assert words in shown


def test_the_home_of_each_portal_shows_how_its_reports_are_handled(published):
    for address in ("/ntb/", "/ksb/"):
        assert "Bagaimana laporan ditangani" in page(address), address


def test_what_can_be_checked_stands_above_what_waits_for_its_service(published):
    home = page("/ntb/")
    assert home.index("/ntb/rencana-aksi/ntb-care/") < home.index("/ntb/rencana-aksi/satu-data-ntb/")


def test_the_home_costs_at_most_twenty_two_queries(published, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        page("/ksb/")


def test_the_plan_as_json_has_every_commitment_with_sources_and_figures(published):
    record = Client().get("/ntb/rencana-aksi/rencana.json").json()["told"]
    assert [each["slug"] for each in record["commitments"]] == list(SLUGS)
    care = record["commitments"][1]
    assert care["assessments"]["independent"]["ambition"] == "binding"
    assert {figure["indicator"] for figure in care["figures"]} == {
        "reports.on_time_share",
        "reports.promise_kept_share",
        "reports.median_days_to_finish",
    }
    assert all(len(figure["snapshot_sha256"]) == 64 for figure in care["figures"])
    assert record["commitments"][3]["public_id"] is None


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
