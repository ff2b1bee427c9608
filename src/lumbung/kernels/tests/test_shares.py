"""Shares of kept deadlines: who counts, who is left out and told, and how it is rounded."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.kernels import shares, survival
from lumbung.kernels.shares import CLOSED_STATES, OPEN_STATES, STATES, on_time_share, promise_kept_share
from lumbung.kernels.tests.rows import report

AS_OF = "2026-04-30"


def finished(on, **columns):
    return report(state="finished", finished_on=on, **columns)


def test_finished_on_the_due_date_is_on_time_and_a_day_later_is_not():
    share = on_time_share([finished("2026-03-30"), finished("2026-03-31")], AS_OF)
    assert (share.value, share.numerator, share.denominator) == (Decimal("0.5000"), 1, 2)


def test_open_overdue_work_counts_against_the_share():
    assert on_time_share([finished("2026-03-10"), report(state="in_progress")], AS_OF).value == Decimal("0.5000")


def test_a_report_is_not_overdue_on_its_due_date():
    share = on_time_share([report(due_on=AS_OF)], AS_OF)
    assert (share.denominator, share.excluded["not_yet_due"]) == (0, 1)


def test_a_reopened_report_counts_as_open_whatever_its_old_finish_says():
    row = report(state="in_progress", finished_on="2026-03-05", reopened_count="1")
    assert on_time_share([row], AS_OF).numerator == 0


@pytest.mark.parametrize("state", ["archived", "handed_out", "withdrawn"])
@pytest.mark.parametrize("share_of", [on_time_share, promise_kept_share])
def test_archived_handed_out_and_withdrawn_are_left_out_and_counted_beside(share_of, state):
    share = share_of([report(state=state, first_answer_hours="2", finished_on="2026-03-05")], AS_OF)
    assert (share.denominator, share.excluded[state]) == (0, 1)


def test_a_report_without_legal_due_date_is_left_out_and_counted_beside():
    assert on_time_share([finished("2026-03-05", due_on="")], AS_OF).excluded["no_due_date"] == 1


@pytest.mark.parametrize("share_of", [on_time_share, promise_kept_share])
def test_no_rows_give_no_value_rather_than_zero(share_of):
    assert share_of([], AS_OF).value is None


def test_the_share_is_rounded_once_half_to_even():
    rows = [finished("2026-03-05")] + [finished("2026-04-05")] * 2
    assert on_time_share(rows, AS_OF).value == Decimal("0.3333")
    halfway = [finished("2026-03-05")] + [finished("2026-04-05")] * 79_999  # 0.0000125 -> below half
    assert on_time_share(halfway, AS_OF).value == Decimal("0.0000")
    tie = [finished("2026-03-05")] + [finished("2026-04-05")] * 19_999  # exactly 0.00005, to the even 0.0000
    assert on_time_share(tie, AS_OF).value == Decimal("0.0000")
    odd_tie = [finished("2026-03-05")] * 3 + [finished("2026-04-05")] * 19_997  # exactly 0.00015, to the even 0.0002
    assert on_time_share(odd_tie, AS_OF).value == Decimal("0.0002")


@pytest.mark.parametrize(("urgency", "hours"), [("urgent", "1"), ("important", "24"), ("ordinary", "48")])
def test_an_answer_at_the_promised_hour_keeps_the_promise_and_later_does_not(urgency, hours):
    kept = report(urgency=urgency, first_answer_hours=hours)
    late = report(urgency=urgency, first_answer_hours=f"{hours}.01")
    share = promise_kept_share([kept, late], AS_OF)
    assert (share.numerator, share.denominator) == (1, 2)


@pytest.mark.parametrize(
    ("urgency", "last_open_day"), [("urgent", "2026-03-03"), ("important", "2026-03-03"), ("ordinary", "2026-03-04")]
)
def test_an_unanswered_report_counts_once_its_promise_has_surely_come_due(urgency, last_open_day):
    row = report(urgency=urgency)
    day_after = (date.fromisoformat(last_open_day) + timedelta(days=1)).isoformat()
    assert promise_kept_share([row], last_open_day).excluded["not_yet_due"] == 1
    share = promise_kept_share([row], day_after)
    assert (share.value, share.denominator) == (Decimal("0.0000"), 1)


@pytest.mark.parametrize(
    ("row", "names"),
    [
        (report(state="lost"), "state 'lost'"),
        (finished(""), "finished_on is ''"),
        (finished("2026-05-01"), "later than the snapshot"),
        (finished("31/03/2026"), "expected a date"),
        (report(due_on="soon"), "due_on is 'soon'"),
    ],
)
def test_a_row_that_cannot_be_read_names_report_and_column(row, names):
    with pytest.raises(ValueError, match=names) as error:
        on_time_share([row], AS_OF)
    assert "NTB-2026-000001" in str(error.value)


@pytest.mark.parametrize("hours", ["-1", "NaN", "soon"])
def test_hours_that_are_no_number_are_refused(hours):
    with pytest.raises(ValueError, match="first_answer_hours"):
        promise_kept_share([report(first_answer_hours=hours)], AS_OF)


def test_an_unknown_urgency_is_refused():
    with pytest.raises(ValueError, match="urgency"):
        promise_kept_share([report(urgency="mendesak")], AS_OF)


def test_both_stand_alone_files_know_the_same_states():
    names = ["STATES", "OPEN_STATES", "CLOSED_STATES", "EXCLUDED_STATES"]
    assert [getattr(shares, name) for name in names] == [getattr(survival, name) for name in names]
    assert len(STATES) == 11


days = st.dates(date(2026, 1, 1), date(2026, 4, 30)).map(date.isoformat)
any_row = st.builds(
    lambda state, urgency, due, hours, end: report(
        state=state,
        urgency=urgency,
        due_on=due,
        first_answer_hours=hours,
        finished_on=end if state in CLOSED_STATES else "",
    ),
    st.sampled_from(sorted(STATES)),
    st.sampled_from(["urgent", "important", "ordinary"]),
    st.one_of(st.just(""), days),
    st.one_of(st.just(""), st.decimals(0, 900, places=2).map(str)),
    days,
)
many_rows = st.lists(any_row, max_size=30)


@given(many_rows)
def test_every_row_is_either_counted_or_told_beside(rows):
    for share in (on_time_share(rows, AS_OF), promise_kept_share(rows, AS_OF)):
        assert share.denominator + sum(share.excluded.values()) == len(rows)
        assert 0 <= share.numerator <= share.denominator
        assert (share.value is None) == (share.denominator == 0)


@given(many_rows, st.randoms())
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert on_time_share(rows, AS_OF) == on_time_share(shuffled, AS_OF)


@given(many_rows, st.sampled_from(sorted(OPEN_STATES)))
def test_another_open_overdue_report_never_raises_the_share(rows, state):
    before = on_time_share(rows, AS_OF).value
    after = on_time_share([*rows, report(state=state)], AS_OF).value
    assert before is None or after <= before
