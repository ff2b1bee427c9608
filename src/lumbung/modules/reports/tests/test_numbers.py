"""Report numbers: each is given once, and none tells its neighbours in time."""

import pytest

from lumbung.modules.reports.models import NumberCounter, Report
from lumbung.modules.reports.tests import stage

pytestmark = pytest.mark.django_db


def test_two_reports_of_one_hour_do_not_get_neighbouring_places_in_order(people):
    places = [int(stage.file(people).number.rpartition("-")[2]) for _each in range(8)]
    assert len(set(places)) == 8
    assert all(1 <= place <= 1000 for place in places)
    assert places != sorted(places)


def test_a_number_taken_before_a_restore_is_passed_over(people):
    first = stage.file(people)
    NumberCounter.objects.update(last=0)
    second = stage.file(people)
    assert second.number != first.number
    assert Report.objects.filter(number=first.number).count() == 1
