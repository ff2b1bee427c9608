"""Whoever looks twice a day learns of an anonymous report on Mondays only; and no number tells when it was given.

`surfaces` is the list of all channels by which the public can look (ADR 16): what is added to the public side of
reports is added there.
"""

import io
import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import URLPattern
from PIL import Image
from tests import cast, shared_rows

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base import clock
from lumbung.core.events import actions as log
from lumbung.core.events.models import LogLeaf
from lumbung.core.search.models import IndexRow
from lumbung.modules.reports import datasets, queries, urls
from lumbung.modules.reports.actions import agency, conflicts, deadlines, indexing, photos, reporter, routing, triage
from lumbung.modules.reports.datasets import confidential
from lumbung.modules.reports.models import Rating, Report, ReportPhoto
from lumbung.modules.reports.queries import photos as photo_queries
from lumbung.modules.reports.tests import stage, steps, stories

pytestmark = pytest.mark.django_db

BEFORE = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)  # the Wednesday of the week before
WEDNESDAY = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)
MORNING, EVENING = WEDNESDAY - timedelta(hours=2), WEDNESDAY + timedelta(hours=10)
SUNDAY_NIGHT = datetime(2026, 3, 29, 15, 30, tzinfo=UTC)
MONDAY = datetime(2026, 3, 29, 23, 0, tzinfo=UTC)  # seven in the morning of NTB
LIST = "/ksb/laporan/"
STATES = ("verified", "assigned", "in_progress", "planned", "finished", "confirmed")
ADDRESSES = (LIST, f"{LIST}?sort=oldest", f"{LIST}?agency=ksb-pupr", f"{LIST}?q=jalan", f"{LIST}peta/")
ADDRESSES += tuple(f"{LIST}?state={state}" for state in STATES)
ADDRESSES += (
    f"{LIST}unduh.csv",
    f"{LIST}umpan.atom",
    f"{LIST}umpan.atom?state=finished",
    "/ksb/",
    "/ksb/cari/?q=jalan",
)
OF_ONE = ("", "mengapa-tanggal-ini/", "ikuti/", "tanda-terima/")


@pytest.fixture
def at(monkeypatch):
    """Set the clock of the machine."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_clock


@pytest.fixture(scope="module")
def others(django_db_setup, django_db_blocker):
    """Reports beside it that do not change: rated ones and confidential ones, enough for every count to be shown."""
    with shared_rows.written(django_db_blocker, _write_others):
        yield


def _write_others() -> None:
    for _turn in range(5):
        stories.finished(cast.named(), now=BEFORE - timedelta(days=9), after=timedelta(days=1), score=3)
        stories.verified(cast.named(), now=BEFORE - timedelta(days=9), is_confidential=True)


def seen(address: str) -> str:
    answer = Client().get(address)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    if "<feed" in text and "<entry>" not in text:
        return "a feed without entries"  # and changed now, as it says
    return f"{answer.status_code} {answer.headers.get('Last-Modified', '')} {answer.headers.get('Location', '')} {text}"


def surfaces(people, report: Report, at: Callable[[datetime], None], moment: datetime) -> dict[str, object]:
    """Everything the public can look at, as it stands at a moment."""
    at(moment)
    today = clock.local_day(moment)
    log.sequence(today=today)
    indexing.index_appeared(now=moment)
    told: dict[str, object] = {address: seen(address) for address in ADDRESSES}
    told |= {f"N/{page}": seen(f"{LIST}{report.number}/{page}").replace(report.number, "N") for page in OF_ONE}
    told["track"] = seen(f"{LIST}lacak/?number={report.number}").replace(report.number, "N")
    told["index"] = list(IndexRow.objects.filter(index="public").order_by("object_id").values("object_id", "on"))
    told["log"] = [bytes(leaf.event.body) for leaf in LogLeaf.objects.select_related("event").order_by("index")]
    told["summary"] = queries.monthly_summaries(people.ksb, date(2026, 3, 1), as_of=today)
    told["figures"] = queries.monthly_figures(people.ksb, date(2026, 3, 1), months=3, as_of=today)
    told["confidential"] = (
        queries.confidential_count(people.ksb),
        queries.confidential_in(people.ksb, date(2026, 3, 1)),
        list(confidential.rows(moment, "52.07")),
    )
    # An open report grows older each night, whoever sent it.
    told["dataset"] = [
        {name: value for name, value in row.items() if name not in {"as_of", "days"}}
        for row in datasets.report_rows(moment, "52.07")
    ]
    told["photos"] = [
        photo_queries.audience_of_photo(photo, NOBODY, day=today)
        for photo in ReportPhoto.objects.select_related("report").order_by("pk")
    ]
    return told


def changed(before: dict[str, object], after: dict[str, object]) -> list[str]:
    return [name for name in before if before[name] != after[name]]


# What may happen to a report, each with the state it needs


def sent(people, _report):
    return steps.sent(people, now=WEDNESDAY, is_anonymous=True)[0]


def verified(people, report):
    return steps.verified(people, report, now=WEDNESDAY)


def asked(people, report):
    by = people.viewer("koordinator.ksb")
    return triage.ask_for_more(report=report, by=by, question="Di mana?", now=WEDNESDAY)


def archived(people, report):
    by = people.viewer("koordinator.ksb")
    return triage.archive_report(report=report, by=by, reason="Tidak jelas", now=WEDNESDAY)


def assigned(people, report):
    return steps.assigned(people, report, now=WEDNESDAY)


def accepted(people, report):
    return steps.accepted(people, report, now=WEDNESDAY)


def planned(people, report):
    by = people.viewer("pupr.ksb")
    return agency.plan_report(report=report, by=by, year=2027, document="RKPD 2027", now=WEDNESDAY)


def answered_on_the_way(people, report):
    return steps.approved(people, steps.answered(people, report, "progress", now=WEDNESDAY), now=WEDNESDAY)


def finished(people, report):
    return steps.approved(people, steps.answered(people, report, now=WEDNESDAY), now=WEDNESDAY)


def confirmed(people, report):
    by = steps.reporter_of(report)
    kept = reporter.confirm_finished(report=report, by=by, score=1, now=WEDNESDAY)
    assert Rating.objects.filter(report=report).exists()
    return kept


def reopened(people, report):
    return reporter.reopen_report(report=report, by=steps.reporter_of(report), text="Belum.", now=WEDNESDAY)


def withdrawn(people, report):
    return reporter.withdraw_report(report=report, by=steps.reporter_of(report), now=WEDNESDAY)


def taken_back(people, report):
    by = people.viewer("koordinator.ksb")
    return routing.take_back_report(report=report, by=by, reason="Diam", now=WEDNESDAY)


def photo_cleared(people, report):
    by = people.viewer("koordinator.ksb")
    return photos.clear_photo(photo=report.photos.get(), by=by, description="", now=WEDNESDAY)


def deadline_moved(people, report):
    Report.objects.filter(pk=report.pk).update(due_on=report.due_on + timedelta(days=1))
    return deadlines.recompute_open_deadlines(now=WEDNESDAY)


def everything_at_once(people, report):
    for step in (assigned, accepted, planned, finished, confirmed, reopened):
        report = stage.again(report)
        step(people, report)


HAPPENINGS = [
    (None, sent),
    ("submitted", verified),
    ("submitted", asked),
    ("submitted", archived),
    ("submitted", withdrawn),
    ("verified", assigned),
    ("verified", archived),
    ("verified", withdrawn),
    ("verified", photo_cleared),
    ("verified", deadline_moved),
    ("verified", everything_at_once),
    ("assigned", accepted),
    ("assigned", taken_back),
    ("in_progress", answered_on_the_way),
    ("in_progress", planned),
    ("in_progress", finished),
    ("finished", confirmed),
    ("finished", reopened),
]


def brought_to(people, state: str, now: datetime) -> Report:
    """An anonymous report with a photo nobody examined yet, in the state it needs, since the week before."""
    report, _code = steps.sent(people, now=now, is_anonymous=True, name="")
    kept = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(kept, "JPEG")
    upload = photos.Upload(kept.getvalue(), len(kept.getvalue()))
    photos.add_photo_to_report(report=report, by=steps.reporter_of(report), upload=upload, now=now)
    if state == "submitted":
        return report
    steps.verified(people, report, now=now)
    if state in {"assigned", "in_progress", "finished"}:
        steps.assigned(people, report, now=now)
    if state in {"in_progress", "finished"}:
        steps.accepted(people, report, now=now)
    if state == "finished":
        steps.approved(people, steps.answered(people, report, now=now), now=now)
    return stage.again(report)


# One of each kind of change; the others differ by their event alone and are asked in the heavy run.
QUICK = {sent, verified, photo_cleared, everything_at_once, accepted, finished, confirmed}
ASKED = [
    pytest.param(*each, id=f"{each[0]}-{each[1].__name__}", marks=() if each[1] in QUICK else pytest.mark.heavy)
    for each in HAPPENINGS
]


@pytest.mark.parametrize(("state", "happens"), ASKED)
def test_what_happens_to_an_anonymous_report_on_wednesday_is_told_on_monday_everywhere(
    people, others, at, settings, tmp_path, state, happens
):
    settings.LUMBUNG_FILES = tmp_path
    settings.LUMBUNG_LIMIT_FACTOR = 1000
    at(BEFORE)
    report = brought_to(people, state or "submitted", BEFORE)
    looked_at = report if state else Report(number="KSB-2026-999999")
    before = surfaces(people, looked_at, at, MORNING)
    happened = happens(people, stage.again(report))
    if state is None:
        looked_at = happened
    for moment in (EVENING, SUNDAY_NIGHT):
        assert changed(before, surfaces(people, looked_at, at, moment)) == []
    assert changed(before, surfaces(people, looked_at, at, MONDAY)) != [], "what nobody can ever see proves nothing"


def test_the_words_of_confidential_reports_change_on_mondays_only_and_counts_by_the_quarter(people, others, at):
    at(BEFORE)
    report, _code = steps.sent(people, now=BEFORE, is_confidential=True)
    before = surfaces(people, report, at, MORNING)
    steps.verified(people, report, now=WEDNESDAY)
    steps.assigned(people, stage.again(report), now=WEDNESDAY)
    assert changed(before, surfaces(people, report, at, SUNDAY_NIGHT)) == []
    found = changed(before, surfaces(people, report, at, MONDAY))
    assert "N/" in found
    assert "confidential" not in found, "counts are told by quarters that are over"


def test_an_anonymous_report_becomes_overdue_in_the_summary_on_a_monday(people):
    brought_to(people, "verified", BEFORE)
    days = [clock.local_day(BEFORE) + timedelta(days=number) for number in range(5, 60)]
    rows = [queries.monthly_summaries(people.ksb, date(2026, 3, 1), as_of=day)[-1] for day in days]
    turns = [day for day, earlier, row in zip(days[1:], rows, rows[1:], strict=False) if row.overdue != earlier.overdue]
    assert len(turns) == 1
    assert turns[0].weekday() == 0


def test_the_sheet_printed_for_the_agency_tells_the_week_of_an_anonymous_report(people):
    report = brought_to(people, "assigned", BEFORE)
    sheet = stage.signed_in(people, "koordinator.ksb").get(f"{LIST}{report.number}/kerja/lembar-disposisi/")
    assert "pekan 16 Maret 2026" in sheet.content.decode().replace("Mar 2026", "Maret 2026")
    assert "18 Maret 2026" not in sheet.content.decode()


def test_the_reporter_sees_at_once_what_the_public_learns_on_monday(people, at):
    at(EVENING)
    report = brought_to(people, "in_progress", BEFORE)
    finished(people, report)
    own = stage.opened_by(report).get(f"{LIST}{report.number}/").content.decode()
    other = Client().get(f"{LIST}{report.number}/").content.decode()
    assert "Lubang sudah ditambal." in own
    assert "Lubang sudah ditambal." not in other
    assert "sudah selesai" in own
    assert "Selesai" not in other


def test_an_open_report_tells_its_change_on_the_day(people, at):
    at(EVENING)
    report = stories.accepted(people, now=BEFORE)
    finished(people, report)
    assert "Lubang sudah ditambal." in Client().get(f"{LIST}{report.number}/").content.decode()
    assert report.number in Client().get(f"{LIST}?state=finished").content.decode()


def test_a_report_under_pressure_is_taken_from_the_public_at_once(people, at):
    at(EVENING)
    report = brought_to(people, "in_progress", BEFORE)
    assert queries.is_public(report, day=clock.local_day(WEDNESDAY))
    pressed = conflicts.report_pressure(report=report, by=steps.reporter_of(report), text="Saya diancam", now=WEDNESDAY)
    assert not queries.is_public(pressed, day=clock.local_day(WEDNESDAY))
    assert report.number not in Client().get(LIST).content.decode()


def test_of_several_changes_in_a_week_the_public_knows_how_the_week_began(people):
    report = brought_to(people, "verified", BEFORE)
    everything_at_once(people, report)
    current = stage.again(report)
    told = queries.as_told(current, day=clock.local_day(SUNDAY_NIGHT))
    assert (told.state, told.agency, told.reopened_count) == ("verified", None, 0)
    assert (current.state, current.reopened_count) == ("in_progress", 1)
    assert queries.as_told(current, day=clock.local_day(MONDAY)).state == "in_progress"


def test_what_is_held_back_keeps_what_was_told(people):
    from django.db import IntegrityError, transaction  # noqa: PLC0415

    report, _code = steps.sent(people, now=WEDNESDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(held_due_on=None)


# Numbers


def addresses_with_a_number() -> list[str]:
    """Every address of reports in which a number stands."""
    found = []
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern)
        if "<str:number>" in route:
            found.append(re.sub(r"<uuid:\w+>", str(uuid.UUID(int=7)), route))
    return found


MOVING = {"Content-Length", "Expires", "Last-Modified"}


def answer(client: Client, method: str, number: str, rest: str, typed: dict[str, str]) -> str:
    given = client.generic("GET", f"{LIST}{rest.replace('<str:number>', number)}")
    if method == "POST":
        given = client.post(f"{LIST}{rest.replace('<str:number>', number)}", typed)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", given.content.decode())
    headers = {name: value for name, value in given.headers.items() if name not in MOVING}
    return f"{given.status_code} {headers} {text}".replace(number, "N")


@pytest.mark.parametrize(
    "role", ["guest", *(pytest.param(each, marks=pytest.mark.heavy) for each in ("pupr.ksb", "koordinator.ntb"))]
)
@pytest.mark.parametrize("modes", [{}, {"is_anonymous": True}, {"is_confidential": True}], ids=["open", "anon", "conf"])
def test_no_address_tells_a_number_just_given_from_one_that_does_not_exist(people, role, modes):
    report, _code = steps.sent(people, now=clock.now(), **modes)
    client = Client() if role == "guest" else stage.signed_in(people, role)
    for rest in [*addresses_with_a_number(), "lacak/?number=<str:number>"]:
        for method, typed in (("GET", {}), ("POST", {}), ("POST", {"text": "Masih begitu", "score": "3"})):
            given = answer(client, method, report.number, rest, typed)
            assert given == answer(client, method, "KSB-2026-999999", rest, typed), (method, rest)


def test_a_number_without_public_news_helps_whoever_mistyped_or_lost_the_link(people):
    page = Client().get(f"{LIST}KSB-2026-999999/")
    assert page.status_code == 404
    text = page.content.decode()
    assert "Belum ada kabar umum tentang nomor ini" in text
    assert f"{LIST}lacak/" in text
    assert f"{LIST}tautan-hilang/" in text


@pytest.mark.parametrize(
    ("modes", "days"),
    [({}, 1), ({"is_anonymous": True}, 5), ({"is_confidential": True}, 5)],
    ids=["open", "anon", "conf"],
)
def test_an_unverified_number_answers_from_the_day_it_may_be_told(people, at, modes, days):
    report, _code = steps.sent(people, now=WEDNESDAY, **modes)
    for after, status in ((days - 1, 404), (days, 200)):
        at(WEDNESDAY + timedelta(days=after))
        assert Client().get(f"{LIST}{report.number}/").status_code == status
    assert "Menunggu verifikasi" in Client().get(f"{LIST}{report.number}/").content.decode()


def test_its_reporter_opens_it_by_its_number_at_once(people):
    report, _code = steps.sent(people, now=clock.now(), is_anonymous=True)
    browser = stage.opened_by(report)
    assert browser.get(f"{LIST}lacak/?number={report.number}").status_code == 302
    assert browser.get(f"{LIST}{report.number}/").status_code == 200


def test_the_page_to_add_photos_answers_in_its_own_portal_only(people):
    report, _code = steps.sent(people, now=clock.now())
    browser = stage.opened_by(report)
    assert browser.get(f"/ksb/laporan/{report.number}/foto/").status_code == 200
    assert browser.get(f"/ntb/laporan/{report.number}/foto/").status_code == 403
