"""Who reads how much of a report: the two modes and forced confidentiality."""

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events.models import EventRecord
from lumbung.modules.reports import permissions, queries
from lumbung.modules.reports.actions import reporter, routing, triage
from lumbung.modules.reports.permissions import Reading
from lumbung.modules.reports.tests import stage
from lumbung.modules.reports.tests.stage import LATER, opened_by, signed_in

pytestmark = pytest.mark.django_db
REASON = "Perlu menghubungi pelapor untuk peninjauan"


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
    with django_assert_max_num_queries(9):
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
