"""Which planned day a release keeps, and how far the rows of a list have come."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOW

from lumbung.modules.open_data import release_days
from lumbung.modules.open_data.actions import connecting
from lumbung.modules.open_data.queries import data_lists, progress
from lumbung.modules.open_data.release_days import Outcome
from lumbung.modules.open_data.tests import bringing, planning, publishing

FIRST = date(2026, 1, 1)
DAYS = st.sets(st.integers(0, 700), max_size=8)


def outcomes(planned, released, today="12-31"):
    days = [[date.fromisoformat(f"2026-{day}") for day in each] for each in (planned, released)]
    found = release_days.kept(*days, today=date.fromisoformat(f"2026-{today}"))
    return [(each.outcome.value, each.days_after) for each in found]


@pytest.mark.parametrize(
    ("planned", "released", "expected"),
    [
        (["03-31"], ["03-31"], [("kept", 0)]),
        (["03-31"], ["02-10"], [("kept", 0)]),  # early
        (["03-31"], ["04-03"], [("later", 3)]),
        (["03-31"], [], [("waiting", 0)]),
        (["03-31", "06-30"], ["03-30", "03-31"], [("kept", 0), ("waiting", 0)]),  # the second is a correction
        (["03-31", "06-30"], ["04-02"], [("later", 2), ("waiting", 0)]),  # one release answers one day
        (["03-31", "06-30"], ["04-02", "06-29"], [("later", 2), ("kept", 0)]),
        (["03-31", "06-30"], ["07-01", "07-02"], [("waiting", 0), ("later", 1)]),
    ],
)
def test_one_release_answers_one_planned_day(planned, released, expected):
    assert outcomes(planned, released) == expected


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(DAYS, DAYS, st.integers(0, 700))
def test_no_release_answers_two_days_and_only_what_is_over_waits(planned, released, today):
    planned, released = ({FIRST + timedelta(days=each) for each in offsets} for offsets in (planned, released))
    today = FIRST + timedelta(days=today)
    found = release_days.kept(planned, released, today=today)
    answers = [each.released_on for each in found if each.released_on]
    assert [each.on for each in found] == sorted(planned)
    assert len(answers) == len(set(answers))
    assert set(answers) <= set(released)
    assert all(each.on < today for each in found if each.outcome == Outcome.WAITING)
    assert all(each.released_on <= each.on for each in found if each.outcome == Outcome.KEPT)


@pytest.mark.parametrize(
    ("frequency", "count", "last"),
    [("monthly", 12, (12, 31)), ("quarterly", 4, (10, 31)), ("semiannual", 2, (7, 31)), ("yearly", 1, (1, 31))],
)
def test_a_frequency_plans_the_days_of_its_year(frequency, count, last):
    days = release_days.planned_by(frequency, date(2026, 1, 31))
    assert (len(days), days[-1]) == (count, date(2026, *last))
    if frequency == "monthly":
        assert days[1] == date(2026, 2, 28)


@pytest.mark.django_db
def test_progress_follows_the_draft_to_the_release_and_is_never_typed(people, tmp_path):
    data_list, today = planning.opened(people), NOW.date()
    row = planning.proposed(people, data_list)
    planning.proposed(people, data_list, title="Jembatan", days=(today + timedelta(days=30),))
    planning.agreed(people, data_list)
    sums = progress.by_agency(data_list, today=today)[1]
    assert (sums.planned, sums.not_begun, sums.late) == (2, 2, 1)  # 31 January is over
    draft = bringing.ready(people, tmp_path)
    connecting.connect(row=row, dataset=draft.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    assert progress.by_agency(data_list, today=today)[1].drafted == 1
    publishing.release_of(people, draft)
    lines, sums = progress.by_agency(data_list, today=today)
    assert (sums.not_begun, sums.drafted, sums.published, sums.late) == (1, 0, 1, 0)
    assert [line.agency.code for line in lines] == ["ntb-pupr"]
    assert len(list(data_lists.listed_rows(data_list))) == 2
