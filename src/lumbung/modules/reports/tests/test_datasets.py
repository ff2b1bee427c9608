"""What open data may tell of reports, and what it may not: nothing in it names the writer in a village of 800."""

import csv
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.datasets import actions as publishing
from lumbung.core.datasets import queries as versions
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.kernels import shares
from lumbung.modules.reports import datasets, states
from lumbung.modules.reports.actions import agency, responses, routing, submission, triage
from lumbung.modules.reports.datasets import confidential, report_rows
from lumbung.modules.reports.models import Category, Report, Response

pytestmark = pytest.mark.django_db

# A Thursday, in the morning of NTB.
NOW = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)
MONDAY = date(2026, 3, 23)
WORDS = "Lubang dalam di depan rumah bercat hijau"


def coordinator(people):
    return Viewer(held=(HeldRole("coordinator", "", people.ksb.region_id),))


def sent(people, *, at=NOW, category=None, portal=None, **modes):
    made = submission.Submission(
        category=category or people.road,
        village=people.village,
        text=WORDS,
        landmark="dekat surau",
        latitude=-8.6,
        longitude=116.8,
        is_anonymous=modes.get("anonymous", False),
        is_confidential=modes.get("confidential", False),
        name="Penulis Rahasia",
        phone="081234567890",
        email="",
        shows_name=False,
        channel="web",
    )
    by = coordinator(people)
    where = portal or people.ksb
    return submission.submit_report(submission=made, draft_id=uuid.uuid4(), portal=where, by=by, now=at).report


def verified(people, report, *, at, urgency="important"):
    return triage.verify_report(
        report=report,
        by=coordinator(people),
        title="Jalan berlubang",
        text="Jalan berlubang.",
        place="",
        urgency=urgency,
        hides_person="",
        hides_text="",
        now=at,
    )


def finished(people, report, *, at):
    by = coordinator(people)
    office = Viewer(held=(HeldRole("agency_officer", "ksb-pupr", ""), HeldRole("agency_head", "ksb-pupr", "")))
    assigned = routing.assign_report(report=report, by=by, agency=Organisation.objects.get(pk="ksb-pupr"), now=at)
    accepted = agency.accept_report(report=assigned, by=office, now=at)
    answer = responses.write_response(
        report=accepted, by=office, kind=Response.Kind.FINAL, text="Lubang sudah ditambal.", now=at
    )
    return responses.approve_response(response=answer, by=office, now=at)


def only_row(as_of=NOW, place="52.07"):
    rows = report_rows(as_of, place)
    assert len(rows) == 1
    return rows[0]


def test_the_table_has_the_declared_columns_and_none_holds_words_names_or_points(people):
    row = {}
    verified(people, sent(people, at=NOW - timedelta(days=30)), at=NOW - timedelta(days=29))
    row = only_row()
    assert set(row) == {column.name for column in datasets.REPORTS_COLUMNS}
    told = " ".join(str(value) for value in row.values())
    for secret in (WORDS, "surau", "hijau", "Penulis", "0812", "-8.6", "116.8", "Jalan berlubang"):
        assert secret not in told


def test_a_verified_report_tells_topic_place_agency_and_days(people):
    at = NOW - timedelta(days=30)
    report = finished(people, verified(people, sent(people, at=at), at=at + timedelta(hours=2)), at=NOW)
    row = only_row()
    assert (row["number"], row["category"], row["agency_code"]) == (report.number, "road", "ksb-pupr")
    assert (row["village_code"], row["received_on"], row["finished_on"]) == (
        people.village.pk,
        date(2026, 2, 24),
        date(2026, 3, 26),
    )
    assert (row["days"], row["due_on"]) == (30, report.due_on)


def test_before_verification_only_number_day_and_state_are_told(people):
    report = sent(people, at=NOW - timedelta(days=1))
    row = only_row()
    assert (row["number"], row["state"], row["received_on"]) == (report.number, "submitted", date(2026, 3, 25))
    empty = ("class", "category", "urgency", "district_code", "village_code", "agency_code", "due_on")
    assert not any(row[name] for name in empty)
    assert (row["deadline"], row["promise"]) == ("running", "running")


@pytest.mark.parametrize("ending", ["archived", "handed_out"])
def test_archived_and_handed_out_reports_keep_number_and_state_only(people, ending):
    report = sent(people, at=NOW - timedelta(days=3))
    by = coordinator(people)
    if ending == "archived":
        triage.archive_report(report=report, by=by, reason="Tidak jelas", now=NOW)
    else:
        routing.hand_out_report(report=report, by=by, handed_to="PT PLN", now=NOW)
    assert only_row()["state"] == "submitted", "what has no page is told by the day"
    row = only_row(NOW + timedelta(days=1))
    assert (row["number"], row["state"]) == (report.number, ending)
    empty = ("category", "district_code", "village_code", "due_on", "deadline", "promise", "days")
    assert not any(row[name] for name in empty)


def test_an_anonymous_report_tells_the_week_and_no_number_village_or_due_date(people):
    at = NOW - timedelta(days=20)  # Friday 6 March
    report = finished(people, verified(people, sent(people, at=at, anonymous=True), at=at), at=NOW - timedelta(days=9))
    row = only_row()
    assert report.number not in row.values()
    assert (row["number"], row["village_code"], row["due_on"]) == ("", "", None)
    assert (row["received_on"], row["finished_on"], row["received_as"]) == (
        date(2026, 3, 2),
        date(2026, 3, 16),
        "week",
    )
    assert row["district_code"] == people.village.parent_id
    assert row["deadline"] == "kept"


def test_an_anonymous_report_joins_on_the_monday_after(people):
    sent(people, at=NOW - timedelta(days=1), anonymous=True)
    following_monday = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)
    assert report_rows(NOW, "52.07") == []
    assert report_rows(following_monday - timedelta(days=1), "52.07") == []
    assert only_row(following_monday)["received_on"] == MONDAY


def test_the_marks_of_an_anonymous_report_move_on_mondays_only(people):
    at = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
    report = sent(people, at=at, anonymous=True)
    nights = [at + timedelta(days=number) for number in range(7, 60)]
    marks = [(report_rows(night, "52.07") or [{"deadline": ""}])[0]["deadline"] for night in nights]
    first_missed = nights[marks.index("missed")]
    assert report.due_on < first_missed.date()
    assert first_missed.weekday() == 0


def test_a_confidential_report_is_no_row_anywhere(people):
    sent(people, confidential=True, at=NOW - timedelta(days=30))
    sent(people, category=people.levy, at=NOW - timedelta(days=30))
    assert report_rows(NOW, "52.07") == []
    assert report_rows(NOW, "52") == []


def published(place, at=NOW):
    version = publishing.publish_on_schedule(dataset_key="reports_confidential", place=place, now=at)
    with versions.path_of(version, "csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["quarter"], row["place_code"], row["topic"]): (row["received"], row["standing"]) for row in rows}


def test_confidential_reports_are_counted_from_5_up_from_10_where_violence_is_concerned_and_hidden_below(
    people, settings, tmp_path
):
    settings.LUMBUNG_DATASETS = tmp_path
    violence = Category.objects.get(pk="violence")
    for month, count in ((2, 5), (5, 4)):
        for _ in range(count):
            sent(people, confidential=True, at=datetime(2025, month, 10, tzinfo=UTC))
    for _ in range(9):
        sent(people, category=violence, at=datetime(2025, 11, 10, tzinfo=UTC))
    found = published("52.07")
    assert found["2025-Q1", "52.07", "all"] == ("5", "shown")
    assert found["2025-Q2", "52.07", "all"] == found["2025-Q3", "52.07", "all"] == ("", "hidden")
    assert found["2025-Q4", "52.07", "violence"] == ("", "hidden")
    assert found["2025-Q4", people.village.parent_id, "violence"] == ("", "hidden")


def test_a_quarter_is_counted_once_nothing_can_join_it_any_more(people):
    """A count that grows would tell that somebody reported; what is held back until Monday belongs to its quarter."""
    for _ in range(6):
        sent(people, confidential=True, at=datetime(2026, 3, 31, tzinfo=UTC))
    for day, counted in ((datetime(2026, 4, 5, tzinfo=UTC), 0), (datetime(2026, 4, 6, 2, tzinfo=UTC), 6)):
        rows = list(confidential.rows(day, "52.07"))
        assert sum(row["received"] for row in rows if row["quarter"] == "2026-Q1") == counted


def test_a_province_counts_only_what_it_received_itself_so_no_difference_gives_a_regency_away(people):
    for portal in (people.ksb, people.ntb):
        for _ in range(5):
            sent(people, confidential=True, portal=portal, at=datetime(2025, 11, 10, tzinfo=UTC))
    assert sum(row["received"] for row in confidential.rows(NOW, "52")) == 5


def test_the_province_shows_the_reports_of_its_regencies_and_a_regency_only_its_own(people):
    at = NOW - timedelta(days=5)
    here, there = sent(people, at=at), sent(people, portal=people.ntb, at=at)
    assert [row["number"] for row in report_rows(NOW, "52.07")] == [here.number]
    assert {row["number"] for row in report_rows(NOW, "52")} == {here.number, there.number}


@pytest.mark.parametrize(
    ("urgency", "minutes", "mark"),
    [("urgent", 60, "kept"), ("urgent", 61, "missed"), ("important", 1440, "kept"), ("ordinary", 2881, "missed")],
)
def test_the_promise_is_marked_from_the_exact_minute_which_stays_hidden(people, urgency, minutes, mark):
    at = NOW - timedelta(days=10)
    report = sent(people, at=at)
    Report.objects.filter(pk=report.pk).update(urgency=urgency)
    verified(people, Report.objects.get(pk=report.pk), at=at + timedelta(minutes=minutes), urgency=urgency)
    assert only_row()["promise"] == mark


def test_an_unanswered_report_breaks_its_promise_once_the_hours_are_over(people):
    at = NOW - timedelta(hours=25)
    report = sent(people, at=at)
    assert report.urgency == "important"
    assert only_row(NOW - timedelta(hours=2))["promise"] == "running"
    assert only_row(NOW)["promise"] == "missed"


def test_an_open_report_past_its_due_date_is_missed_and_one_whose_clock_stands_still_is_not(people):
    at = NOW - timedelta(days=90)
    asked = sent(people, at=at)
    verified(people, sent(people, at=at), at=at)
    triage.ask_for_more(report=asked, by=coordinator(people), question="Di mana tepatnya?", now=at)
    marks = {row["state"]: row["deadline"] for row in report_rows(NOW, "52.07")}
    assert marks == {"needs_more": "running", "verified": "missed"}


def test_marks_agree_with_the_dates_wherever_the_dates_are_told(people):
    at = NOW - timedelta(days=60)
    finished(people, verified(people, sent(people, at=at), at=at), at=NOW)
    row = {name: "" if value is None else str(value) for name, value in only_row().items()}
    by_dates = shares.on_time_share([row], row["as_of"])
    by_mark = shares.on_time_share([{**row, "due_on": ""}], row["as_of"])
    assert (by_dates.value, by_dates.n) == (by_mark.value, by_mark.n)


def test_rows_come_in_an_order_that_does_not_tell_when_anonymous_reports_came(people):
    at = NOW - timedelta(days=15)
    for hours, anonymous in enumerate([True, False, True, False]):
        verified(people, sent(people, at=at + timedelta(hours=hours), anonymous=anonymous), at=NOW)
    rows = report_rows(NOW, "52.07")
    assert [bool(row["number"]) for row in rows] == [True, True, False, False]
    assert rows == report_rows(NOW, "52.07")


def test_formula_and_table_know_the_same_states():
    assert {state.value for state in states.State} == shares.STATES
    assert {state.value for state in states.COUNTED_BESIDE} == shares.EXCLUDED_STATES


def test_a_portal_that_never_took_reports_publishes_none_and_one_that_did_goes_on(people):
    Portal.objects.filter(pk="ksb").update(modules=["open_data"])
    assert [dataset.places() for dataset in datasets.DATASETS] == [{"52": "ntb"}] * 2
    sent(people)
    assert [dataset.places() for dataset in datasets.DATASETS] == [{"52": "ntb", "52.07": "ksb"}] * 2
