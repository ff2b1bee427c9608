"""Shares of kept deadlines: who counts, who is left out and told, and how it is rounded."""

from datetime import date
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
    share = share_of([report(state=state, promise="kept", finished_on="2026-03-05")], AS_OF)
    assert (share.denominator, share.excluded[state]) == (0, 1)


@pytest.mark.parametrize(("mark", "counted", "kept"), [("kept", 1, 1), ("missed", 1, 0), ("running", 0, 0)])
def test_where_the_due_date_is_hidden_the_mark_of_the_publisher_decides(mark, counted, kept):
    share = on_time_share([finished("2026-03-05", due_on="", deadline=mark)], AS_OF)
    assert (share.denominator, share.numerator) == (counted, kept)


def test_where_the_due_date_is_told_the_dates_decide_whatever_the_mark_says():
    assert on_time_share([finished("2026-03-31", deadline="kept")], AS_OF).numerator == 0


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


def test_the_promise_is_the_share_of_kept_marks_and_running_ones_are_left_out():
    share = promise_kept_share([report(promise=mark) for mark in ("kept", "missed", "running")], AS_OF)
    assert (share.numerator, share.n, share.excluded["not_yet_due"]) == (1, 2, 1)


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


@pytest.mark.parametrize("mark", ["", "ja", "KEPT"])
def test_a_mark_that_is_none_of_the_three_is_refused(mark):
    with pytest.raises(ValueError, match="promise is"):
        promise_kept_share([report(promise=mark)], AS_OF)


def test_both_stand_alone_files_know_the_same_states():
    names = ["STATES", "OPEN_STATES", "CLOSED_STATES", "EXCLUDED_STATES"]
    assert [getattr(shares, name) for name in names] == [getattr(survival, name) for name in names]
    assert len(STATES) == 11


days = st.dates(date(2026, 1, 1), date(2026, 4, 30)).map(date.isoformat)
any_row = st.builds(
    lambda state, due, deadline, promise, end: report(
        state=state,
        due_on=due,
        deadline=deadline,
        promise=promise,
        finished_on=end if state in CLOSED_STATES else "",
    ),
    st.sampled_from(sorted(STATES)),
    st.one_of(st.just(""), days),
    st.sampled_from(["kept", "missed", "running"]),
    st.sampled_from(["kept", "missed", "running"]),
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
