"""Who learns what of a report: the two modes, forced confidentiality, pressure, recusal, the sealed code."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import AccessEvent, EventRecord
from lumbung.modules.reports import permissions, personal_data, queries
from lumbung.modules.reports.actions import conflicts, identity, originals, reporter, routing, triage
from lumbung.modules.reports.models import PublicVersion, Report
from lumbung.modules.reports.permissions import Reading
from lumbung.modules.reports.states import State
from lumbung.modules.reports.tests import stage
from lumbung.modules.reports.tests.stage import LATER
from lumbung.modules.reports.tests.test_workflow import signed_in

pytestmark = pytest.mark.django_db
REASON = "Perlu menghubungi pelapor untuk peninjauan"


def opened_by(report: Report) -> Client:
    """A browser that opened the report with its code."""
    client = Client()
    session = client.session
    session["opened"] = [str(report.pk)]
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


# Who reads what

READINGS = [
    ({}, "koordinator.ksb", Reading.ALL),
    ({}, "pupr.ksb", Reading.MASKED),
    ({}, "pupr.ntb", Reading.NOTHING),
    ({}, "koordinator.ntb", Reading.NOTHING),
    ({}, "kader.ksb", Reading.NOTHING),
    ({}, "admin", Reading.NOTHING),
    ({"is_anonymous": True}, "koordinator.ksb", Reading.ALL),
    ({"is_anonymous": True}, "pupr.ksb", Reading.NOTHING),
    ({"is_anonymous": True}, "kepala.pupr.ksb", Reading.NOTHING),
    ({"is_confidential": True}, "pupr.ksb", Reading.NOTHING),
    ({"is_anonymous": True, "is_confidential": True}, "pupr.ksb", Reading.NOTHING),
    ({"is_anonymous": True, "is_confidential": True}, "koordinator.ksb", Reading.ALL),
]


@pytest.mark.parametrize(("modes", "email", "reading"), READINGS)
def test_each_role_reads_as_much_as_its_mode_allows(people, modes, email, reading):
    assert permissions.reading_of(people.viewer(email), stage.assigned(people, **modes)) is reading


@pytest.mark.parametrize(
    ("is_anonymous", "email", "reading"),
    [
        (False, "koordinator.ksb", Reading.NOTHING),
        (False, "inspektorat.ksb", Reading.ALL),
        (True, "inspektorat.ksb", Reading.MASKED),
        (True, "koordinator.ksb", Reading.NOTHING),
        (False, "inspektorat.ntb", Reading.NOTHING),
        (False, "pupr.ksb", Reading.NOTHING),
    ],
)
def test_a_protected_report_is_read_by_the_receiving_unit_alone(people, is_anonymous, email, reading):
    report = stage.routed(people, is_anonymous=is_anonymous)
    assert permissions.reading_of(people.viewer(email), report) is reading


def test_the_agency_reads_the_words_without_personal_data(people):
    report = stage.assigned(people, text="Jalan rusak. Hubungi 0812-3456-7890.")
    words = queries.words_of(report, people.viewer("pupr.ksb"))
    assert words is not None
    assert "3456" not in words.text
    assert "Jalan rusak" in words.text


def test_of_a_protected_report_the_coordinator_sees_topic_and_district_only(people):
    report = stage.file(people, category=people.levy)
    client = signed_in(people, "koordinator.ksb")
    for address in ("kotak-masuk/", f"{report.number}/kerja/", f"{report.number}/kerja/lembar-disposisi/"):
        page = client.get(f"/ksb/laporan/{address}").content.decode()
        assert report.district.name in page
        assert report.village.name not in page
        assert stage.TEXT not in page


@pytest.mark.parametrize(
    ("make", "modes", "email", "sees"),
    [
        (stage.assigned, {}, "pupr.ksb", True),
        (stage.assigned, {"is_anonymous": True}, "pupr.ksb", False),
        (stage.assigned, {"is_anonymous": True}, "koordinator.ksb", True),
        (stage.routed, {}, "koordinator.ksb", False),
        (stage.routed, {}, "inspektorat.ksb", True),
        (stage.routed, {"is_anonymous": True}, "inspektorat.ksb", False),
    ],
)
def test_the_channel_is_told_only_where_it_cannot_name_the_reporter(people, make, modes, email, sees):
    report = make(people, **modes)
    assert permissions.may_see_channel(people.viewer(email), report) is sees
    page = signed_in(people, email).get(f"/ksb/laporan/{report.number}/kerja/").content.decode()
    assert ("Situs web" in page) is sees


def test_the_public_page_of_a_report_costs_few_queries(people, django_assert_max_num_queries):
    report = stage.verify(people, stage.file(people, name="Siti Contoh", shows_name=True))
    with django_assert_max_num_queries(8):
        Client().get(f"/ksb/laporan/{report.number}/")


# Confidential by force


def test_a_protected_report_is_not_verified_archived_handed_out_or_assigned_unread(people):
    report, desk = stage.file(people, category=people.levy), people.viewer("koordinator.ksb")
    for attempt in (
        lambda: stage.verify(people, report),
        lambda: triage.archive_report(report=report, by=desk, reason="x", now=LATER),
        lambda: routing.hand_out_report(report=report, by=desk, handed_to="x", contact="y", now=LATER),
    ):
        with pytest.raises(Refused, match="route-it-unread"):
            attempt()


@pytest.mark.parametrize("code", ["ksb-pupr", "ksb-uptd-ppa", "ksb-kec-seteluk"])
def test_a_levy_goes_to_an_inspectorate_only(people, code):
    with pytest.raises(Refused, match="unit-may-not-examine"):
        stage.routed(people, code)


def test_a_report_never_goes_to_the_office_it_is_about(people):
    report, desk = stage.file(people, category=people.levy), people.viewer("koordinator.ksb")
    named = stage.office("ksb-inspektorat")
    with pytest.raises(Refused, match="never-to-the-office-named"):
        routing.route_report(report=report, by=desk, agency=named, reported_office=named, now=LATER)
    above = routing.route_report(
        report=report, by=desk, agency=stage.office("ntb-inspektorat"), reported_office=named, now=LATER
    )
    assert above.agency_id == "ntb-inspektorat"
    assert queries.inbox_of(people.viewer("inspektorat.ntb")).filter(pk=report.pk).exists()


def test_each_topic_goes_to_its_own_unit(people):
    from lumbung.modules.reports.models import Category  # noqa: PLC0415

    wanted = {"violence": "ksb-uptd-ppa", "illegal_levy": "ksb-inspektorat", "aid_fraud": "ksb-inspektorat"}
    for key, code in wanted.items():
        report = stage.file(people, category=Category.objects.get(pk=key))
        assert queries.receiving_units(report, day=clock.local_day(NOW))[0].pk == code
    report = stage.file(people, category=Category.objects.get(pk="village_office"))
    assert queries.receiving_units(report, day=clock.local_day(NOW))[0].region_id == report.district_id


def test_the_public_log_does_not_say_which_office_examines(people):
    report = stage.routed(people)
    bodies = b"".join(bytes(row.body) for row in EventRecord.objects.filter(subject_id=str(report.pk)))
    assert b"inspektorat" not in bodies.lower()
    assert people.levy.pk.encode() not in bodies


def test_the_unit_and_the_reporter_write_to_each_other_and_nobody_else_reads_it(people):
    report, unit = stage.routed(people), people.viewer("inspektorat.ksb")
    routing.write_to_reporter(report=report, by=unit, text="Kapan uang itu diminta?", now=LATER)
    reporter.add_to_report(report=report, by=stage.reporter_of(report), text="Hari Senin", now=LATER)
    told = [(side, text) for side, _at, text in queries.conversation(stage.again(report), unit)]
    assert told == [("unit", "Kapan uang itu diminta?"), ("reporter", "Hari Senin")]
    assert "Kapan uang itu diminta?" in opened_by(report).get(f"/ksb/laporan/{report.number}/").content.decode()
    assert queries.conversation(stage.again(report), people.viewer("koordinator.ksb")) == []


def test_an_ordinary_agency_asks_through_the_coordinator(people):
    with pytest.raises(Refused, match="ask-through-coordinator"):
        routing.write_to_reporter(
            report=stage.assigned(people), by=people.viewer("pupr.ksb"), text="Di mana?", now=LATER
        )


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
    assert Client().get(f"/ksb/laporan/{report.number}/tekanan/").status_code == 404
    assert Client().post(f"/ksb/laporan/{report.number}/tekanan/", {"text": "x"}).status_code == 404
    assert opened_by(report).get(f"/ksb/laporan/{report.number}/tekanan/").status_code == 200


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


def test_confidential_reports_are_counted_from_five_up(people):
    for _number in range(4):
        stage.file(people, is_confidential=True)
    assert queries.confidential_counts(people.ksb) == []
    stage.file(people, is_confidential=True)
    assert queries.confidential_counts(people.ksb) == [(people.road, 5)]


# Names


@pytest.mark.parametrize(
    ("modes", "shown"),
    [({}, "Siti Contoh"), ({"is_anonymous": True}, ""), ({"is_confidential": True}, "")],
)
def test_a_name_is_shown_after_verification_and_never_beside_a_mode(people, modes, shown):
    report = stage.file(people, name="Siti Contoh", shows_name=True, **modes)
    assert queries.shown_name(report) == ""
    assert queries.shown_name(stage.verify(people, report)) == shown


def test_a_name_disappears_when_the_person_is_hidden_later(people):
    report = stage.file(people, name="Siti Contoh", shows_name=True)
    assert queries.shown_name(stage.verify(people, report, hides_person="on")) == ""


def test_a_name_without_the_wish_is_not_shown(people):
    assert queries.shown_name(stage.verify(people, stage.file(people, name="Siti Contoh"))) == ""


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
