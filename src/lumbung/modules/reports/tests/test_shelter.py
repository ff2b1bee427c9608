"""Stepping back, pressure, the code of a neighbour, and finding personal data."""

import pytest
from django.test import Client

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.kernels import personal_data
from lumbung.modules.reports import permissions, queries
from lumbung.modules.reports.actions import conflicts, reporter
from lumbung.modules.reports.models import PublicVersion, Report
from lumbung.modules.reports.permissions import Reading
from lumbung.modules.reports.states import State
from lumbung.modules.reports.tests import stage
from lumbung.modules.reports.tests.stage import LATER, opened_by, signed_in

pytestmark = pytest.mark.django_db
REASON = "Perlu menghubungi pelapor untuk peninjauan"


# Stepping back


def test_an_officer_who_steps_back_loses_the_report_and_the_coordinator_sees_it(people):
    report, officer = stage.in_progress(people), people.viewer("pupr.ksb")
    conflicts.recuse(report=report, by=officer, reason="Pelapor kakak saya", now=LATER)
    assert not queries.inbox_of(officer).filter(pk=report.pk).exists()
    assert permissions.reading_of(officer, report) is Reading.NOTHING
    client = signed_in(people, "pupr.ksb")
    assert client.get(f"/ksb/laporan/{report.number}/kerja/").status_code == 404
    with pytest.raises(NotPermitted):
        stage.answered(people, report)
    page = signed_in(people, "koordinator.ksb").get(f"/ksb/laporan/{report.number}/kerja/").content.decode()
    assert "Pelapor kakak saya" in page
    head = signed_in(people, "kepala.pupr.ksb").get(f"/ksb/laporan/{report.number}/kerja/").content.decode()
    assert "Pelapor kakak saya" not in head


def test_nobody_steps_back_twice(people):
    report, officer = stage.in_progress(people), people.viewer("pupr.ksb")
    conflicts.recuse(report=report, by=officer, reason="Ipar", now=LATER)
    with pytest.raises(Refused, match="recused-already"):
        conflicts.recuse(report=report, by=officer, reason="Ipar", now=LATER)


# Pressure


@pytest.mark.parametrize("state", [stage.assigned, stage.in_progress, stage.finished])
def test_pressure_brings_the_report_to_the_inspectorate_and_closes_it_to_the_agency(people, state):
    report = state(people)
    assert Client().get(f"/ksb/laporan/{report.number}/").status_code == 200
    pressed = conflicts.report_pressure(
        report=report, by=stage.reporter_of(report), text="Saya didatangi malam-malam", now=LATER
    )
    assert (pressed.state, pressed.agency_id, pressed.reported_office_id) == (
        State.ASSIGNED,
        "ksb-inspektorat",
        "ksb-pupr",
    )
    assert pressed.is_confidential
    for email in ("pupr.ksb", "kepala.pupr.ksb", "koordinator.ksb"):
        assert queries.conversation(stage.again(report), people.viewer(email)) == []
    words = queries.conversation(stage.again(report), people.viewer("inspektorat.ksb"))
    assert words[-1][2] == "Saya didatangi malam-malam"
    page = Client().get(f"/ksb/laporan/{report.number}/").content.decode()
    assert stage.VERSION["text"] not in page


def test_whoever_was_pressed_to_withdraw_can_still_say_so(people):
    report = stage.in_progress(people)
    reporter.withdraw_report(report=report, by=stage.reporter_of(report), now=LATER)
    pressed = conflicts.report_pressure(report=report, by=stage.reporter_of(report), text="Dipaksa", now=LATER)
    assert pressed.state == State.ASSIGNED


def test_pressure_by_the_inspectorate_itself_goes_to_the_one_above(people):
    report = stage.routed(people)
    pressed = conflicts.report_pressure(report=report, by=stage.reporter_of(report), text="Dipaksa", now=LATER)
    assert pressed.agency_id == "ntb-inspektorat"


def test_pressure_before_any_agency_had_it_is_answered_with_the_way(people):
    report = stage.verify(people, stage.file(people))
    with pytest.raises(Refused, match="pressure-not-now"):
        conflicts.report_pressure(report=report, by=stage.reporter_of(report), text="x", now=LATER)


def test_the_log_does_not_say_who_spoke_up(people):
    report = stage.assigned(people)
    conflicts.report_pressure(report=report, by=stage.reporter_of(report), text="Dipaksa", now=LATER)
    assert stage.keys_of(report)[-1] == "report_routed"


def test_pressure_needs_the_code(people):
    report = stage.assigned(people)
    assert Client().get(f"/ksb/laporan/{report.number}/tekanan/").status_code == 403
    assert Client().post(f"/ksb/laporan/{report.number}/tekanan/", {"text": "x"}).status_code == 403
    assert opened_by(report).get(f"/ksb/laporan/{report.number}/tekanan/").status_code == 200


# The code of a neighbour


def test_the_code_of_a_neighbours_report_is_shown_once_and_sealed_from_the_kader(people):
    kader = signed_in(people, "kader.ksb")
    base = "/ksb/laporan/kirim/"
    kader.post(base, {"category": people.road.pk, "text": stage.TEXT})
    kader.post(f"{base}lokasi/", {"district": people.village.parent_id, "village": people.village.pk})
    sent = kader.post(f"{base}pelapor/", {"channel": "kader", "received_on": "", "sp4n_number": ""})
    report = Report.objects.get()
    address = f"/ksb/laporan/{report.number}/serahkan-kode/"
    assert sent.headers["Location"] == address
    before = kader.get(address).content.decode()
    receipt = kader.post(address).content.decode()
    again = kader.post(address).content.decode()
    link = receipt.split('href="http://testserver/ksb/laporan/buka/')[1].split('"')[0]
    assert link not in before
    assert link not in again
    assert stage.TEXT not in kader.get(f"/ksb/laporan/{report.number}/").content.decode()
    citizen = Client()
    opened = citizen.get(f"/ksb/laporan/buka/{link}", follow=True).content.decode()
    assert stage.TEXT in opened


# Finding personal data


@pytest.mark.parametrize(
    "text",
    [
        "NIK 5207011203459876",
        "NIK 5207 0112 0345 9876",
        "5.2.0.7.0.1.1.2.0.3.4.5.9.8.7.6",
        "hp 081234509876",
        "hp 0812.3450.9876",
        "+62 812-3450-9876",
        "(0812) 3450 9876",
        "0812\u200b3450\u200b9876",
        "surel warga@contoh.id",
        "warga (at) contoh (dot) id",
        "motor DR 1234 AB",
    ],
)
def test_personal_data_is_found_however_it_is_spaced(text):
    assert personal_data.find(text)
    assert not any(character.isdigit() for character in personal_data.mask(text))


@pytest.mark.parametrize("text", ["Rp 1.500.000 sejak 12-03-2026", "RT 04 RW 02 No. 17", "Perda 5/2019 pasal 12"])
def test_sums_dates_and_addresses_are_no_personal_data(text):
    assert personal_data.find(text) == []


def test_a_name_after_pak_or_bu_is_a_warning_and_no_bar(people):
    assert [item.kind for item in personal_data.find_names("Menurut Pak Budi Santoso dan Bu Camat")] == ["name"]
    verified = stage.verify(people, stage.file(people), text="Menurut Pak Budi Santoso jalan rusak.")
    assert PublicVersion.objects.get(report=verified).text.startswith("Menurut")


def test_the_pieces_of_a_text_are_the_whole_text():
    text = "Pak Budi Santoso, 0812 3450 9876, DR 1234 AB, lalu 5207011203459876."
    assert "".join(piece.text for piece in personal_data.pieces(text)) == text


def test_findings_that_overlap_leave_no_digit_behind():
    assert not any(c.isdigit() for c in personal_data.mask("5207 0812 3450 9876 5432 0812 3450 9876"))
