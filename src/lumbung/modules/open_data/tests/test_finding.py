"""What the catalogue finds: words of two languages, synonyms, slips, places, years; and why a thing was found."""

import csv
import io
import statistics

import pytest
from django.db import transaction
from django.test import Client
from tests.cast import NOW

from lumbung.core.portals.models import Portal
from lumbung.core.search.models import IndexRow
from lumbung.modules.open_data import jobs
from lumbung.modules.open_data.actions import listing
from lumbung.modules.open_data.models import FacetSet, Listing, Release
from lumbung.modules.open_data.queries import catalogue, catalogue_search, facets, found_lists
from lumbung.modules.open_data.queries.catalogue_search import NAME, Wanted
from lumbung.modules.open_data.tests import judged

pytestmark = pytest.mark.django_db

HELD_OUT_LEAST = 0.85
# Words → what stands first. None of these is a judged question.
FIRST = {
    "konsumsi listrik desa": "rasio-elektrifikasi",
    "maternal deaths": "kematian-ibu",
    "prokduksi jagung": "produksi-jagung",
    "perawat": "tenaga-kesehatan-menurut-jenis",
    "PAUD Sumbawa Barat": "paud-ksb",
    "berapa banyak kerbau di bima?": "populasi-ternak-sapi",
    "kapal nelayan": "kapal-nelayan",
}


@pytest.fixture(scope="module")
def texts(django_db_setup, django_db_blocker):
    """The corpus, listed once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        judged.publish_all(Portal.objects.get(pk="ntb"))
        yield
        transaction.set_rollback(True)


def keys(answer):
    return [row.dataset.key.removeprefix("judged-") for row in answer.rows]


def test_questions_nobody_tuned_for_find_what_a_reader_judged_to_fit(texts, people, record_property):
    scores = judged.figures(people.ntb)
    held_out = [value for name, value in scores.items() if judged.is_held_out(name)]
    tuned = [value for name, value in scores.items() if not judged.is_held_out(name)]
    record_property("ndcg_held_out", statistics.mean(held_out))
    record_property("ndcg_tuned", statistics.mean(tuned))
    assert len(held_out) >= 30
    assert len(tuned) >= 30
    assert statistics.mean(held_out) >= HELD_OUT_LEAST, f"tuned half: {statistics.mean(tuned):.3f}"


@pytest.mark.parametrize(("words", "wanted"), FIRST.items())
def test_what_people_type_finds_first_what_they_mean(texts, people, words, wanted):
    assert judged.found(people.ntb, words)[0] == wanted


def test_a_slip_is_read_as_the_nearest_word_and_told_with_a_way_back(texts, people):
    read = catalogue_search.answer(people.ntb, Wanted("prokduksi jagung"))
    assert read.asked.corrected == (("prokduksi", "produksi"),)
    page = Client().get("/ntb/data/?q=prokduksi+jagung").content.decode()
    assert "exact=1" in page
    exact = catalogue_search.answer(people.ntb, Wanted("prokduksi jagung", is_exact=True))
    assert exact.asked.corrected == ()
    assert exact.asked.unknown == ("prokduksi",)


def test_a_year_and_a_place_lift_what_fits_and_leave_out_nothing(texts, people):
    plain = catalogue_search.answer(people.ntb, Wanted("stunting"), most=50)
    wished = catalogue_search.answer(people.ntb, Wanted("stunting sumbawa barat 2022"), most=50)
    assert set(keys(plain)) == set(keys(wished))
    assert keys(wished)[0] == "stunting-kecamatan-ksb"


def test_what_the_title_does_not_show_is_said_by_column_value_or_other_word(texts, people):
    def why(words, key):
        answer = catalogue_search.answer(people.ntb, Wanted(words), most=50)
        row = answer.rows[keys(answer).index(key)]
        return {(reason.kind, reason.text) for reason in found_lists.reasons(answer)[row.pk]}

    assert why("dokter spesialis", "tenaga-kesehatan-menurut-jenis") == {("value", "dokter spesialis")}
    assert why("tengkes", "prevalensi-stunting-balita") == {("synonym", "stunting")}
    assert why("penyedia", "pengadaan-barang-jasa") == {("column", "Penyedia")}
    assert why("stunting", "prevalensi-stunting-balita") == set()


def test_every_number_beside_a_filter_is_what_choosing_it_would_leave(texts, people):
    for words, chosen in (
        ("", {}),
        ("jumlah", {"topic": "kesehatan"}),
        ("", {"place": "52.07", "year": "2021"}),
        ("data", {"producer": "judged-1", "licence": "CC-BY-4.0"}),
        ("", {"format": "CSV", "topic": "nobody-has-this"}),
    ):
        wanted = Wanted(words, chosen)
        answer = catalogue_search.answer(people.ntb, wanted)
        rows = catalogue_search.matching(catalogue.listed(people.ntb), wanted, answer.asked)
        assert answer.total == catalogue_search.filtered(rows, chosen).count()
        for facet, values in answer.counted.values.items():
            for value, count in values.items():
                assert count == catalogue_search.filtered(rows, {**chosen, facet: value}).count(), (facet, value)
        for facet, count in answer.counted.without.items():
            others = {name: value for name, value in chosen.items() if name != facet}
            assert count == catalogue_search.filtered(rows, others).count()


def test_an_empty_answer_says_which_filter_to_drop_and_offers_to_ask_for_the_data(texts):
    page = Client().get("/ntb/data/?q=stunting&topic=energi").content.decode()
    without = catalogue_search.answer(Portal.objects.get(pk="ntb"), Wanted("stunting")).total
    assert f"{without} dataset tanpa saringan ini" in page
    assert "/ntb/data/permohonan/kirim/" in page
    assert Client().get("/ntb/data/?topic=%00&year=x&place=&q=%00").status_code == 200


def test_the_list_as_csv_and_json_is_the_list_of_the_page(texts, people):
    told = Client().get("/ntb/data/daftar.json?q=puskesmas&year=2025&per_page=100").json()
    lines = b"".join(Client().get("/ntb/data/daftar.csv?q=puskesmas&year=2025").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert [row["alamat"] for row in rows] == [each["alamat"] for each in told["datasets"]]
    assert told["total"] == len(rows) > 0
    assert told["facets"]["topic"]["kesehatan"] > 0
    Listing.objects.filter(pk=catalogue_search.answer(people.ntb, Wanted("puskesmas")).rows[0].pk).update(
        title_id="=1+1 puskesmas"
    )
    spoilt = b"".join(Client().get("/ntb/data/daftar.csv?q=puskesmas").streaming_content).decode()
    assert "'=1+1 puskesmas" in spoilt


def test_an_old_link_behind_the_last_page_shows_the_last_page(texts):
    last = Client().get("/ntb/data/?q=puskesmas&page=99").content.decode()
    assert 'class="plain shelf datasets"><li>' in "".join(line.strip() for line in last.splitlines())


def test_ckan_counts_its_facets_as_the_page_does(texts, people):
    told = (
        Client()
        .get('/ntb/api/3/action/package_search?q=puskesmas&rows=0&facet.field=["groups","organization"]&facet.limit=-1')
        .json()["result"]
    )
    counted = catalogue_search.answer(people.ntb, Wanted("puskesmas")).counted
    assert told["count"] == counted.total
    assert told["facets"] == {"groups": counted.values["topic"], "organization": counted.values["producer"]}


def test_values_of_a_table_that_is_not_open_are_found_by_nobody(texts, people):
    row = Listing.objects.select_related("dataset", "release").get(dataset__key="judged-tenaga-kesehatan-menurut-jenis")
    assert "bidan" in IndexRow.objects.get(pk=row.found_as).rest_terms
    row.release.access = "restricted"
    listing.refresh(row.dataset, row.release)
    indexed = IndexRow.objects.get(pk=row.found_as)
    assert "bidan" not in indexed.rest_terms
    assert not [part for part in indexed.parts if part["kind"] == "value"]


def test_what_an_earlier_release_listed_is_listed_again_once(texts, people):
    Listing.objects.filter(dataset__key="judged-curah-hujan").update(facets=None, found_as=None)
    assert "curah-hujan" not in keys(catalogue_search.answer(people.ntb, Wanted("hujan")))
    jobs.list_again()
    assert "curah-hujan" in keys(catalogue_search.answer(people.ntb, Wanted("hujan")))
    assert listing.list_again() == 0


def test_a_set_of_facets_is_named_by_what_it_holds(texts):
    row = Listing.objects.exclude(facets=None).select_related("facets").first()
    told = {"period": {"from": str(row.period_from), "to": str(row.period_to)}}
    assert facets.of(row, told).pk == row.facets_id
    row.topic = "another"
    assert facets.of(row, told).pk != row.facets_id
    assert FacetSet.objects.count() < Listing.objects.count()


def test_words_in_another_order_than_the_best_keep_the_same_datasets(texts, people):
    best = catalogue_search.answer(people.ntb, Wanted("jalan"), most=100)
    named = catalogue_search.answer(people.ntb, Wanted("jalan", order=NAME), most=100)
    assert set(keys(best)) == set(keys(named))
    assert [row.title_id for row in named.rows] == sorted(row.title_id for row in named.rows)
    assert Release.objects.filter(published_at=NOW).exists()
