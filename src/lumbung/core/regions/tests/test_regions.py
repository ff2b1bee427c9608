"""The tree: what is in it, how it is read and written."""

import itertools
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import NotFound, Refused
from lumbung.core.events.models import EventRecord
from lumbung.core.regions import actions, codes, queries
from lumbung.core.regions.models import Region

NOW = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    actions.load_regions(now=NOW)


def test_the_province_has_10_regencies_117_districts_and_1166_villages(tree):
    assert Counter(Region.objects.values_list("level", flat=True)) == {
        "province": 1,
        "regency": 10,
        "district": 117,
        "village": 1166,
    }
    assert Counter(Region.objects.values_list("kind", flat=True)) == {
        "provinsi": 1, "kabupaten": 8, "kota": 2, "kecamatan": 117, "kelurahan": 145, "desa": 1021,
    }  # fmt: skip


def test_every_region_hangs_below_the_region_its_code_names(tree):
    for region in Region.objects.all():
        assert region.parent_id == codes.parent_of(region.code)
        assert region.level == codes.level_of(region.code)


def test_no_name_is_in_capitals_or_carries_its_kind(tree):
    names = Region.objects.values_list("name", flat=True)
    assert not [name for name in names if len(name) > 3 and name.isupper()]
    assert not [name for name in names if name.startswith(("Kabupaten ", "Kecamatan ", "Kelurahan "))]


def test_loading_twice_changes_nothing_and_records_nothing_more(tree):
    assert EventRecord.objects.filter(key="regions.regions_loaded").count() == 1
    assert actions.load_regions(now=NOW) == 0
    assert EventRecord.objects.filter(key="regions.regions_loaded").count() == 1


def test_loading_again_mends_a_changed_name_and_shows_progress(tree):
    Region.objects.filter(pk="52.07").update(name="Lain")
    seen = []
    assert actions.load_regions(now=NOW, progress=lambda done, total: seen.append((done, total))) == 1
    assert seen[-1] == (1, 1)
    assert queries.region("52.07").name == "Sumbawa Barat"


def test_subtree_is_the_region_and_everything_below_it(tree):
    whole = set(Region.objects.values_list("code", flat=True))
    for code in ("52", "52.07", "52.07.02", "52.71"):
        assert set(queries.subtree_of(code).values_list("code", flat=True)) == {
            other for other in whole if codes.is_under(other, code)
        }


def test_subtree_of_a_foreign_key_needs_no_join(tree):
    query = str(Region.objects.filter(parent__code__under="52.07").query)
    assert "JOIN" not in query
    assert Region.objects.filter(parent__code__under="52.07").count() == 8 + queries.villages_in("52.07").count()


def test_villages_of_a_district_come_by_name(tree):
    names = [region.name for region in queries.villages_in("52.07.03")]
    assert names == sorted(names)
    assert "Seteluk Tengah" in names


def test_place_fields_offer_districts_by_regency_and_villages_once_one_is_chosen(tree):
    choices = queries.place_choices("52")
    assert len(choices.districts) == 10
    assert sum(len(group.options) for group in choices.districts) == 117
    assert choices.villages == ()
    chosen = queries.place_choices("52.07", "52.07.03")
    assert [group.label for group in chosen.districts] == ["Kabupaten Sumbawa Barat"]
    assert "Desa Seteluk Tengah" in [name for _code, name in chosen.villages]
    assert queries.place_choices("52.07", "52.01.01").district == ""


def test_breadcrumb_and_address(tree):
    village = queries.villages_in("52.07.03").get(name="Seteluk Tengah")
    assert [step.name for step in queries.breadcrumb_of(village.code)] == [
        "Nusa Tenggara Barat", "Sumbawa Barat", "Seteluk", "Seteluk Tengah",
    ]  # fmt: skip
    assert queries.address_of(village.code) == "Desa Seteluk Tengah, Kecamatan Seteluk, Kabupaten Sumbawa Barat"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("taliwang", "52.07.02"),
        ("KSB", "52.07"),
        ("ntb", "52"),
        ("selaparang", "52.71.05"),
        ("52.07", "52.07"),
        ("  sumbawa   barat ", "52.07"),
    ],
)
def test_search_puts_the_region_people_mean_first(tree, typed, first):
    assert queries.regions_matching(typed)[0].code == first


@pytest.mark.parametrize("typed", ["", "  ", "\0", "%", "_", "🙂", "x" * 10_000])
def test_search_finds_nothing_for_noise(tree, typed):
    assert queries.regions_matching(typed) == []


def test_search_stays_below_the_region_asked_for(tree):
    assert {region.code[:5] for region in queries.regions_matching("a", under="52.07")} == {"52.07"}


def test_unknown_region_is_refused():
    for code in ("52.99", "5207", "", "<script>", "52.07\n"):
        with pytest.raises(NotFound):
            queries.region(code)


def test_blocks_get_the_next_code_of_their_village(tree):
    first = actions.add_block(village_code="52.07.02.1004", name=" Peliuk  Satu ", by=SYSTEM, now=NOW)
    second = actions.add_block(village_code="52.07.02.1004", name="Peliuk Dua", by=SYSTEM, now=NOW)
    assert (first.code, first.name, first.kind) == ("52.07.02.1004.P01", "Peliuk Satu", "peliuk")
    assert second.code == "52.07.02.1004.P02"
    assert [region.code for region in queries.children_of("52.07.02.1004")] == [first.code, second.code]
    assert EventRecord.objects.filter(key="regions.block_added", subject_id=second.code).exists()


def test_a_block_needs_a_village_and_a_name_of_its_own(tree):
    actions.add_block(village_code="52.07.02.1004", name="Barat", by=SYSTEM, now=NOW)
    for village, name, code in (
        ("52.07.02", "Timur", "village-unknown"),
        ("52.07.02.1004", "  ", "block-name-unusable"),
        ("52.07.02.1004", "x" * 121, "block-name-unusable"),
        ("52.07.02.1004", "barat", "block-exists"),
    ):
        with pytest.raises(Refused) as refusal:
            actions.add_block(village_code=village, name=name, by=SYSTEM, now=NOW)
        assert refusal.value.code == code


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"code": "52.0799"}, "region_code_fits_its_level"),
        ({"kind": "kota"}, "region_kind_fits_its_level"),
        ({"parent_id": None}, "only_a_province_has_no_parent"),
        ({"parent_id": "52.01"}, "region_code_begins_with_its_parent"),
        ({"name": ""}, "region_has_a_name"),
        ({"latitude": -8.5}, "region_has_both_coordinates_or_none"),
        ({"latitude": 116.1, "longitude": -8.5}, "region_has_both_coordinates_or_none"),
        ({"valid_from": "2026-01-02", "valid_to": "2026-01-01"}, "region_ends_after_it_begins"),
    ],
)
def test_the_database_refuses(tree, changes, constraint):
    good = {"code": "52.07.99", "parent_id": "52.07", "level": "district", "name": "Baru", "kind": "kecamatan"}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Region.objects.create(**(good | changes))
    Region.objects.create(**good)


def test_bad_code_error_names_value_shapes_and_field():
    for code in ("5207", "52.7", "52.07.01.3001", "52.07.01.2001.01", "५२", "52.07\n", ""):
        with pytest.raises(codes.BadRegionCode, match=r"another shape; expected like .*\(regions\.code\)"):
            codes.level_of(code)


def test_every_level_has_its_code_shape():
    samples = ("52", "52.07", "52.07.01", "52.07.01.2001", "52.07.01.2001.P01")
    assert tuple(codes.level_of(code) for code in samples) == codes.LEVELS
    for parent, child in itertools.pairwise(samples):
        assert codes.parent_of(child) == parent
    assert codes.ancestors_of(samples[-1]) == list(samples[:-1])
