"""The map: its numbers are those of the list, and it shows no point."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from lumbung.core.base import clock
from lumbung.modules.reports.tests.stories import finished, verified

pytestmark = pytest.mark.django_db
MAP = "/ksb/laporan/peta/"


def counts(address: str) -> dict[str, int]:
    page = Client().get(address).content.decode()
    return {code: int(value) for code, value in re.findall(r'data-code="([^"]+)" data-value="(\d+)"', page)}


def listed(address: str) -> int:
    found = re.search(r'<p class="count">([\d.]+) laporan', Client().get(address).content.decode())
    return int(found[1].replace(".", "")) if found else 0


def village_elsewhere(people):
    return people.village.parent.parent.children.exclude(pk=people.village.parent_id).first().children.first()


@pytest.mark.parametrize("query", ["", "?state=finished", "?category=road&since=2018-01-01", "?agency=ksb-pupr"])
def test_the_numbers_of_the_map_are_those_of_the_list(people, query):
    now = clock.now() - timedelta(days=10)
    elsewhere = village_elsewhere(people)
    verified(people, now=now)
    verified(people, now=now, is_anonymous=True)
    finished(people, now=now, after=timedelta(days=1), village=elsewhere)
    by_district = counts(MAP + query)
    assert sum(by_district.values()) == listed(f"/ksb/laporan/{query}") > 0
    for code, count in by_district.items():
        joined = f"{query}&" if query else "?"
        assert listed(f"/ksb/laporan/{joined}place={code}") == count


def test_confidential_reports_are_in_no_number_of_the_map(people):
    verified(people, now=clock.now() - timedelta(days=3), is_confidential=True)
    assert counts(MAP) == {}


def test_no_point_reaches_the_map(people):
    verified(people, now=clock.now() - timedelta(days=3), latitude=-8.71234, longitude=116.87654)
    page = Client().get(MAP).content.decode()
    assert "8.71234" not in page
    assert "116.87654" not in page


def test_the_map_is_drawn_without_a_script_beside_its_table(people):
    verified(people, now=clock.now() - timedelta(days=3))
    page = Client().get(MAP).content.decode()
    assert page.count('class="area') == page.count('<th scope="row">')
    assert "Batas indikatif" in page


def test_the_map_costs_few_queries(people, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        Client().get(MAP)
