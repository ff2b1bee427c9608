"""The plan's pages and the portals' homes when services have published: figures anyone can recompute, drawn."""

import pytest
from django.test import Client

from lumbung.core.indicators import queries as indicators
from lumbung.core.portals.models import Portal
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


def test_the_band_of_a_month_is_wide_where_few_reports_stand_behind_it(published):
    figure = indicators.figures([("reports.on_time_share", "52")])[("reports.on_time_share", "52")]
    for month in figure.months:
        if month.value is not None:
            point = figures._point(figure, month)
            assert point.low <= float(month.value) <= point.high
            assert point.high - point.low > 0.3 or month.n > 30


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
