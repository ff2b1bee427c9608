"""Regions and agencies as tables of their own: what coded columns are checked against, versions that tell a change."""

from datetime import timedelta

import pytest
from tests.cast import NOW

from lumbung.core.datasets import actions
from lumbung.core.organisations.models import Organisation
from lumbung.core.regions.models import Region
from lumbung.modules.open_data.actions import declared
from lumbung.modules.open_data.datasets import master
from lumbung.modules.open_data.models import Dataset
from lumbung.modules.open_data.queries import code_lists, releases

pytestmark = pytest.mark.django_db
NIGHT = timedelta(days=1)


def night(key, moment, place="52.07"):
    version = actions.publish_on_schedule(dataset_key=key, place=place, now=moment)
    declared.take_in(version_id=version.pk, now=moment)
    return version


def test_regions_are_those_of_the_government_a_parent_before_its_parts(people):
    told = list(master.REGIONS_PUBLIC.rows(NOW, "52.07"))
    codes = [row["region_code"] for row in told]
    assert (codes[0], told[0]["name"], told[0]["kind"]) == ("52.07", "Sumbawa Barat", "kabupaten")
    assert codes == sorted(codes)
    assert all(code.startswith("52.07") for code in codes)
    assert all(row["parent_code"] in codes for row in told[1:])
    assert set(codes) <= set(code_lists.LISTS["wilayah"]())


def test_agencies_are_parts_of_government_only_and_those_that_ended_stay(people):
    ended = Organisation.objects.filter(kind=Organisation.Kind.AGENCY, region__code__under="52.07").first()
    Organisation.objects.filter(pk=ended.pk).update(valid_to=NOW.date())
    told = {row["agency_code"]: row for row in master.AGENCIES_PUBLIC.rows(NOW, "52.07")}
    assert told[ended.code]["valid_to"] == NOW.date()
    kinds = set(Organisation.objects.filter(code__in=told).values_list("kind", flat=True))
    assert kinds <= {kind.value for kind in master.GOVERNMENT}
    assert set(told) <= set(code_lists.LISTS["organisasi"]())


@pytest.mark.parametrize("key", ["regions_public", "agencies_public"])
def test_a_night_without_change_makes_no_version_and_a_change_does(people, key):
    first = night(key, NOW)
    assert night(key, NOW + NIGHT).pk == first.pk
    Region.objects.create(code="52.07.01.2999", parent_id="52.07.01", level="village", kind="desa", name="Desa Contoh")
    Organisation.objects.create(
        code="ksb-desa-contoh",
        name_id="Pemerintah Desa Contoh",
        name_en="Village government of Contoh",
        kind=Organisation.Kind.VILLAGE,
        region_id="52.07.01.2999",
        valid_from=NOW.date(),
    )
    later = night(key, NOW + 2 * NIGHT)
    assert (later.number, later.row_count) == (first.number + 1, first.row_count + 1)


def test_the_table_of_regions_is_listed_with_its_own_licence_and_the_day_it_tells_of(people):
    night("regions_public", NOW)
    release = Dataset.objects.get(portal_id="ksb", key="regions_public").releases.get()
    told = releases.metadata_of(release)["dataset"]
    assert told["licence"] == "ODbL-1.0"
    assert told["period"] == {"from": "2026-03", "to": "2026-03"}
