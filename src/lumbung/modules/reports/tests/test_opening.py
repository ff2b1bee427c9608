"""What appears when, names, the trace of each opening, and what closed reports show."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted
from lumbung.core.events.models import AccessEvent
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import identity, originals, reporter, routing, triage
from lumbung.modules.reports.states import State
from lumbung.modules.reports.tests import stage
from lumbung.modules.reports.tests.stage import LATER, opened_by, signed_in

pytestmark = pytest.mark.django_db
TODAY = clock.local_day(LATER)
REASON = "Perlu menghubungi pelapor untuk peninjauan"


# The delayed day, the coarse date


@pytest.mark.parametrize(
    ("verified_on", "appears"), [(date(2026, 3, 23), date(2026, 3, 30)), (date(2026, 3, 29), date(2026, 3, 30))]
)
def test_an_anonymous_report_appears_on_the_monday_after(people, verified_on, appears):
    moment = NOW + (verified_on - clock.local_day(NOW))
    report = stage.verify(people, stage.file(people, now=moment, is_anonymous=True), now=moment)
    for day, is_there in ((appears - timedelta(days=1), False), (appears, True)):
        assert queries.public_reports(people.ksb, day=day).filter(pk=report.pk).exists() is is_there
        assert queries.is_public(report, day=day) is is_there


def test_hiding_the_person_later_takes_the_page_away_until_monday(people):
    report = stage.verify(people, stage.file(people))
    version = {**stage.VERSION, "hides_person": "on", "hides_text": ""}
    hidden = triage.correct_public_version(report=report, by=people.viewer("koordinator.ksb"), now=LATER, **version)
    assert not queries.is_public(hidden, day=clock.local_day(LATER))
    assert all(entry.precision == "week" and entry.on.weekday() == 0 for entry in queries.history(hidden))


def test_a_mode_is_never_taken_away(people):
    report = stage.verify(people, stage.file(people, is_anonymous=True, is_confidential=True))
    version = {**stage.VERSION, "hides_person": "", "hides_text": ""}
    kept = triage.correct_public_version(report=report, by=people.viewer("koordinator.ksb"), now=LATER, **version)
    assert (kept.is_anonymous, kept.is_confidential) == (True, True)


# Names


@pytest.mark.parametrize(
    ("modes", "shown"),
    [({}, "Siti Contoh"), ({"is_anonymous": True}, ""), ({"is_confidential": True}, "")],
)
def test_a_name_is_shown_after_verification_and_never_beside_a_mode(people, modes, shown):
    report = stage.file(people, name="Siti Contoh", shows_name=True, **modes)
    assert queries.shown_name(report, day=TODAY) == ""
    assert queries.shown_name(stage.verify(people, report), day=TODAY) == shown


def test_a_name_disappears_when_the_person_is_hidden_later(people):
    report = stage.file(people, name="Siti Contoh", shows_name=True)
    assert queries.shown_name(stage.verify(people, report, hides_person="on"), day=TODAY) == ""


def test_a_name_without_the_wish_is_not_shown(people):
    assert queries.shown_name(stage.verify(people, stage.file(people, name="Siti Contoh")), day=TODAY) == ""


# Opening, and the trace it leaves


def test_every_page_on_which_an_original_is_read_is_recorded_once(people):
    report = stage.file(people)
    client = signed_in(people, "koordinator.ksb")
    for _view in range(2):
        client.get(f"/ksb/laporan/{report.number}/kerja/")
    entries = AccessEvent.objects.filter(subject_id=str(report.pk))
    assert [(entry.role, entry.fields) for entry in entries] == [("coordinator", "text,landmark")] * 2


def test_a_page_that_shows_no_original_records_no_reading(people):
    report = stage.assigned(people, is_anonymous=True)
    assert originals.open_original(report=report, by=people.viewer("pupr.ksb"), now=LATER).words is None
    assert not AccessEvent.objects.filter(subject_id=str(report.pk)).exists()


def test_the_reporter_reads_who_opened_their_data_and_why(people):
    report = stage.file(people, name="Siti Contoh")
    client = signed_in(people, "koordinator.ksb")
    client.post(f"/ksb/laporan/{report.number}/kerja/identitas/", {"reason": REASON})
    page = opened_by(report).get(f"/ksb/laporan/{report.number}/").content.decode()
    assert REASON in page
    assert "Siapa yang pernah membuka data saya?" in page
    assert queries.openings_of(report, people.viewer("koordinator.ksb")) is None


@pytest.mark.parametrize(
    ("given", "opens", "refused"),
    [
        ({}, "inspektorat.ksb", ["koordinator.ksb", "pupr.ksb"]),
        ({"is_anonymous": True}, "koordinator.ksb", ["inspektorat.ksb", "kepala.inspektorat.ksb"]),
    ],
)
def test_of_a_protected_report_nobody_holds_words_and_a_hidden_person(people, given, opens, refused):
    report = stage.routed(people, name="Siti Contoh", **given)
    for email in refused:
        with pytest.raises(NotPermitted):
            identity.open_identity(report=report, by=people.viewer(email), reason=REASON, now=LATER)
    shown = identity.open_identity(report=report, by=people.viewer(opens), reason=REASON, now=LATER)
    assert shown.name == "Siti Contoh"


# What the public sees of what is closed


@pytest.mark.parametrize("state", ["archived", "withdrawn", "handed_out"])
def test_a_closed_report_shows_a_word_to_the_public_and_the_reason_to_its_reporter(people, state):
    desk, report = people.viewer("koordinator.ksb"), stage.verify(people, stage.file(people))
    said = "Sudah ditangani tetangga dinas"
    if state == "archived":
        triage.archive_report(report=report, by=desk, reason=said, now=LATER)
    elif state == "withdrawn":
        reporter.withdraw_report(report=report, by=stage.reporter_of(report), now=LATER)
    else:
        routing.hand_out_report(report=report, by=desk, handed_to=said, contact="112", now=LATER)
    public = Client().get(f"/ksb/laporan/{report.number}/").content.decode()
    assert str(State(state).label) in public
    for hidden in (said, stage.VERSION["text"], report.village.name):
        assert hidden not in public
    if state != "withdrawn":
        assert said in opened_by(report).get(f"/ksb/laporan/{report.number}/").content.decode()
