"""What is found, what is not, and in which order; the same sets on both databases."""

import math
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from lumbung.core.base.declarations import SearchKind
from lumbung.core.search import actions, queries, registry
from lumbung.core.search.actions import Findable, StaffFindable
from lumbung.core.search.matching import as_text
from lumbung.core.search.models import IndexRow, IndexWord

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)

# A small judged set: title, text, village. Made up by us.
DOCUMENTS = {
    "jalan1": ("Jalan berlubang di depan pasar", "Jalan rusak parah, motor sering jatuh.", "52.07.02.2001"),
    "jalan2": ("Aspal terkelupas", "Kerusakan jalan menuju sekolah dasar.", "52.07.02.2002"),
    "jalan3": ("Jembatan retak", "Jembatan di jalan desa retak setelah banjir.", "52.07.03.2001"),
    "lampu1": ("Lampu jalan padam", "Penerangan jalan umum mati tiga malam.", "52.07.02.2001"),
    "lampu2": ("PJU mati di simpang empat", "Sudah lama gelap.", "52.07.04.2001"),
    "got1": ("Got tersumbat sampah", "Air meluap ke rumah ketika hujan.", "52.07.02.2001"),
    "sampah1": ("Tumpukan sampah di pinggir sungai", "Sampah menumpuk dan berbau.", "52.07.02.2003"),
    "bansos1": ("Bantuan sosial belum diterima", "Nama tidak ada dalam daftar penerima.", "52.07.02.2001"),
    "air1": ("Air PDAM tidak mengalir", "Sudah lima hari air ledeng mati.", "52.71.01.1001"),
    "pkl1": ("Pedagang kaki lima menutup trotoar", "Pejalan kaki turun ke jalan.", "52.71.01.1002"),
}
QUESTIONS = {
    "jalan rusak": {"jalan1": 3, "jalan2": 3},
    "kerusakan jalan": {"jalan1": 3, "jalan2": 3},
    "jln berlobang": {"jalan1": 3},
    "pju mati": {"lampu1": 3, "lampu2": 3},
    "lampu jalan": {"lampu1": 3, "lampu2": 3},
    "selokan tersumbat": {"got1": 3},
    "bansos": {"bansos1": 3},
    "pkl": {"pkl1": 3},
    "sampah sungai": {"sampah1": 3},
    "ledeng": {"air1": 3},
    "jembtan": {"jalan3": 3},
    "lampuu jalan": {"lampu1": 3, "lampu2": 3},
}


@pytest.fixture(autouse=True)
def a_kind(people):
    IndexRow.objects.all().delete()
    IndexWord.objects.all().delete()
    known = dict(registry._kinds)
    registry.register(SearchKind("thing", "Thing", "calendar:year", "calendar:year", "calendar.edit"))
    yield
    registry._kinds.clear()
    registry._kinds.update(known)


def thing(name: str, title: str, text: str = "", place: str = "52.07.02.2001", on: date = DAY) -> Findable:
    return Findable("thing", name, title, text, place, on, {"year": 2026})


@pytest.fixture
def judged():
    for number, (name, (title, text, place)) in enumerate(DOCUMENTS.items()):
        actions.index_public(thing(name, title, text, place, DAY + timedelta(days=number)))


def found(typed: str, region: str = "52") -> list[str]:
    return [hit.object_id for hit in queries.search(region, typed)[1]]


@pytest.mark.parametrize(("typed", "wanted"), QUESTIONS.items())
def test_a_question_finds_exactly_what_it_asks_for(judged, typed, wanted):
    assert set(found(typed)) == set(wanted)


def test_ranking_is_good_on_the_judged_set(judged):
    scores, recalls = [], []
    for typed, wanted in QUESTIONS.items():
        hits = found(typed)[:10]
        gain = sum(wanted.get(name, 0) / math.log2(place + 2) for place, name in enumerate(hits))
        best = sum(grade / math.log2(place + 2) for place, grade in enumerate(sorted(wanted.values(), reverse=True)))
        scores.append(gain / best)
        recalls.append(len(set(hits) & set(wanted)) / len(wanted))
    assert sum(scores) / len(scores) >= 0.95
    assert sum(recalls) / len(recalls) >= 0.95


def test_a_word_in_the_title_weighs_more():
    actions.index_public(thing("text", "Keluhan warga", "Ada jembatan di dekat rumah kami yang lama"))
    actions.index_public(thing("title", "Jembatan lama", "Ada keluhan warga di dekat rumah kami"))
    assert found("jembatan") == ["title", "text"]


def test_among_equals_the_newer_comes_first():
    for name, on in (("old", DAY), ("new", DAY + timedelta(days=5)), ("middle", DAY + timedelta(days=2))):
        actions.index_public(thing(name, "Pohon tumbang", on=on))
    assert found("pohon tumbang") == ["new", "middle", "old"]


def test_of_a_very_common_word_the_newest_are_ranked(monkeypatch):
    monkeypatch.setattr(queries, "MOST_RANKED", 2)
    for number in range(4):
        actions.index_public(thing(str(number), "Pohon tumbang", on=DAY + timedelta(days=number)))
    total, hits = queries.search("52", "pohon")
    assert (total, [hit.object_id for hit in hits]) == (4, ["3", "2"])


def test_a_portal_finds_only_what_lies_in_its_region(judged):
    assert found("air mati", "52.71") == ["air1"]
    assert found("air mati", "52.07") == []
    assert found("jalan rusak", "52.7") == []  # a code is not a beginning of letters


def test_a_changed_thing_is_found_by_its_new_words_only():
    actions.index_public(thing("a", "Pohon tumbang"))
    actions.index_public(thing("a", "Tiang miring"))
    assert found("pohon") == []
    assert found("tiang") == ["a"]
    assert IndexRow.objects.count() == 1


def test_a_removed_thing_is_found_no_more():
    actions.index_public(thing("a", "Pohon tumbang"))
    actions.remove_public("thing", "a")
    assert found("pohon tumbang") == []


def test_indexing_is_part_of_the_change():
    def indexed_and_undone():
        with transaction.atomic():
            actions.index_public(thing("a", "Pohon tumbang"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        indexed_and_undone()
    assert found("pohon") == []


def test_words_of_removed_things_are_forgotten_by_the_nightly_job():
    actions.index_public(thing("a", "Pohon tumbang"))
    actions.index_public(thing("b", "Tiang miring"))
    actions.remove_public("thing", "a")
    actions.forget_unused_words()
    assert set(IndexWord.objects.values_list("word", flat=True)) == {"tiang", "miring"}


def test_a_mistyped_word_is_reported_as_read_otherwise(judged):
    assert queries.question("jembtan").corrected == ("jembtan",)
    assert queries.question("jembatan").corrected == ()


@pytest.mark.parametrize(
    "typed", ["", "   ", "\x00", "';--", '"', "NEAR(", "a:b", "* OR *", "!", "& |", "😀", "-" * 500, "x" * 5000, "yang"]
)
def test_no_question_breaks_the_search(judged, typed):
    assert queries.search("52", typed)[0] >= 0


def test_a_word_with_signs_never_reaches_the_database():
    with pytest.raises(ValueError, match="signs"):
        as_text([["jalan' OR 1=1"]], "sqlite")


def staff(name: str, number: str, *, region: str = "52.07", organisation: str = "") -> StaffFindable:
    return StaffFindable(
        "thing", name, number, "52.07.02.2001", DAY, {"year": 2026}, region, organisation, ("Jalan rusak",)
    )


def test_staff_find_by_number_what_their_role_handles(people):
    registry._kinds.clear()
    registry.register(SearchKind("thing", "Thing", "calendar:year", "calendar:year", "reports.work"))
    actions.index_for_staff(staff("mine", "KSB-2026-000012"))
    actions.index_for_staff(staff("others", "NTB-2026-000012", region="52"))
    actions.index_for_staff(staff("agency", "NTB-2026-000077", region="52", organisation="ksb-pupr"))
    coordinator, officer = people.viewer("koordinator.ksb"), people.viewer("pupr.ksb")
    assert [hit.object_id for hit in queries.search_as_staff(coordinator, "000012")[1]] == ["mine"]
    assert [hit.object_id for hit in queries.search_as_staff(coordinator, "jalan rusak")[1]] == ["mine"]
    assert [hit.object_id for hit in queries.search_as_staff(officer, "jalan")[1]] == ["agency"]


def test_nobody_else_searches_the_staff_index(people):
    from lumbung.core.access.viewers import NOBODY  # noqa: PLC0415

    actions.index_for_staff(staff("mine", "KSB-2026-000012"))
    assert queries.search_as_staff(NOBODY, "000012") == (0, [])
    assert queries.search_as_staff(people.viewer("kader.ksb"), "000012") == (0, [])
    assert queries.search("52", "000012") == (0, [])


def test_the_public_index_does_not_say_who_handles():
    actions.index_public(thing("a", "Pohon"))
    with pytest.raises(IntegrityError), transaction.atomic():
        IndexRow.objects.update(handling_organisation="ksb-pupr")


def test_a_thing_has_one_row_in_an_index():
    actions.index_public(thing("a", "Pohon"))
    row = IndexRow.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_kind_is_declared_once():
    with pytest.raises(ValueError, match="twice"):
        registry.register(SearchKind("thing", "Other", "x", "y", "z"))
    with pytest.raises(LookupError, match="not registered"):
        registry.get("none")


def test_a_search_costs_few_queries(judged, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        queries.search("52", "jalan rusak jembtan")
    assert connection.vendor in {"sqlite", "postgresql"}
