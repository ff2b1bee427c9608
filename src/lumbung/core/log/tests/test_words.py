"""Entries are told in the words of people: titles of roles and figures, names of places, values with their unit."""

import pytest
from django.utils import translation

from lumbung.core.events import registry
from lumbung.core.log import queries
from lumbung.core.log.standalone import downloads

pytestmark = pytest.mark.django_db
COMPUTED = {"indicator": "reports.on_time_share", "place": "52.07", "n": 19, "version": 1, "as_of": "2026-11-26"}


def test_a_role_is_told_by_its_title_and_one_nobody_knows_by_its_key(people):
    assert "Pimpinan" not in registry.told("access.role_granted", {"role": "gone_role"})
    told = registry.told("access.role_granted", {"role": "plan_agency_head"})
    assert "plan_agency_head" not in told
    assert "gone_role" in registry.told("access.role_granted", {"role": "gone_role"})


@pytest.mark.parametrize(
    ("indicator", "value", "said"),
    [
        ("reports.on_time_share", "0.5789", "58%"),
        ("reports.median_days_to_finish", "16", "16 hari"),
        ("reports.on_time_share", "", "tidak ada angka"),
        ("reports.gone", "3.5", "3,5"),
    ],
)
def test_a_figure_is_told_with_its_title_place_and_unit(people, indicator, value, said):
    with translation.override("id"):
        told = registry.told("indicators.indicator_computed", COMPUTED | {"indicator": indicator, "value": value})
    assert said in told
    assert "Sumbawa Barat" in told


def test_the_page_to_keep_knows_what_roles_and_parts_are_called():
    names = {language: queries.names_in(language) for language in ("id", "en")}
    page = downloads.checker(log_key="k", witness_keys=[], on="2026-11-26", language="id", names=names)
    assert names["id"]["coordinator"] in page
    assert names["en"]["action_plan"] == "Action plan"
    assert names["id"]["reporter"] == "Warga"
