"""A meeting is announced, held and written down; people are counted and never named. Partnerships beside it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as events
from lumbung.core.events.models import EventRecord
from lumbung.core.files.tests import papers
from lumbung.core.organisations.queries import by_code
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import meetings, partnerships
from lumbung.modules.action_plan.actions.announcing import MeetingFacts
from lumbung.modules.action_plan.actions.meetings import Came
from lumbung.modules.action_plan.actions.papers import Upload
from lumbung.modules.action_plan.actions.partnerships import Agreement
from lumbung.modules.action_plan.documents import packs
from lumbung.modules.action_plan.models import Attendance, Decision, Material, Meeting
from lumbung.modules.action_plan.queries import meetings as reading
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
WORDS = "Kepada anggota forum, kami mengundang Anda."
MINUTES = "Forum membahas usulan satu per satu."


def facts(**more):
    told = {"kind": "drafting_workshop", "title": "Lokakarya draf", "place": "Aula Bappeda"}
    told |= {"starts_at": NOW + timedelta(days=5), "ends_at": NOW + timedelta(days=5, hours=3)}
    return MeetingFacts(**(told | more))


def planned(people, *, by="sekretariat.ntb", of="ntb", **more):
    member = here.member(of) if of else None
    return meetings.plan_meeting(plan=here.plan(), member=member, facts=facts(**more), by=people.viewer(by), now=NOW)


def invited(people, **more):
    meeting = planned(people, **more)
    return meetings.invite(meeting=meeting, invitation=WORDS, by=people.viewer("sekretariat.ntb"), now=NOW)


def came(people, meeting, rows=None, *, now=None):
    rows = rows or [Came("government", 2, 3, by_code("ntb-bappeda")), Came("media", 1, 1, None, "Koran Kita")]
    now = now or meeting.ends_at
    meetings.write_down_who_came(meeting=meeting, rows=rows, by=people.viewer("sekretariat.ntb"), now=now)


def hold(people, meeting, decisions=("Satu.", "Dua.")):
    by = people.viewer("sekretariat.ntb")
    return meetings.hold_meeting(meeting=meeting, minutes=MINUTES, decisions=decisions, by=by, now=meeting.ends_at)


def share(people, meeting, *, now=NOW, upload=None, url="https://contoh.id/bahan"):
    by = people.viewer("sekretariat.ntb")
    url = "" if upload else url
    return meetings.share_material(meeting=meeting, title="Bahan", url=url, upload=upload, by=by, now=now)


def codes(member, stage):
    template = states.templates()[member.template]
    found = standings.missing_of(here.plan(), member, template.stage(stage), today=clock.local_day(NOW))
    return [each.code for each in found if "meeting" in each.code or "notice" in each.code]


def test_a_meeting_goes_from_plan_to_minutes_and_its_history_tells(people):
    meeting = invited(people)
    share(people, meeting)
    came(people, meeting)
    held = hold(people, meeting)
    assert [decision.number for decision in held.decisions.all()] == [1, 2]
    told = [entry.key.removeprefix("action_plan.") for entry in events.history_of("meeting", str(meeting.pk))]
    assert told == ["meeting_planned", "meeting_invited", "material_shared", "meeting_held"]
    last = events.history_of("meeting", str(meeting.pk))[-1].data
    assert (last["women"], last["men"], last["sectors"]) == (3, 4, {"government": 5, "media": 2})


def test_what_was_written_stays_out_of_the_log_but_for_its_hash(people):
    meeting = invited(people)
    came(people, meeting)
    hold(people, meeting)
    log = "".join(bytes(row.body).decode() for row in EventRecord.objects.all())
    assert not [words for words in (WORDS, MINUTES, "Koran Kita") if words in log]


def test_a_document_shared_before_is_counted_and_one_shared_later_is_not(people):
    meeting, data = invited(people), papers.xlsx()
    share(people, meeting, upload=Upload(data, len(data)))
    share(people, meeting, now=meeting.ends_at)
    sheet = reading.sheet_of(meeting)
    assert (len(sheet.materials), sheet.before) == (2, 1)


def test_material_is_a_document_or_a_link(people):
    meeting, by, data = planned(people), people.viewer("sekretariat.ntb"), papers.pdf()
    for url, upload in (("", None), ("https://contoh.id", Upload(data, len(data)))):
        with pytest.raises(Refused) as refused:
            meetings.share_material(meeting=meeting, title="B", url=url, upload=upload, by=by, now=NOW)
        assert refused.value.code == "material-is-one-thing"


def test_nobody_is_invited_to_a_meeting_that_began(people):
    meeting = planned(people)
    with pytest.raises(Refused) as refused:
        meetings.invite(meeting=meeting, invitation=WORDS, by=people.viewer("sekretariat.ntb"), now=meeting.starts_at)
    assert refused.value.code == "meeting-began-already"


def test_nobody_is_counted_before_the_meeting_begins(people):
    with pytest.raises(Refused) as refused:
        came(people, invited(people), now=NOW)
    assert refused.value.code == "meeting-has-not-begun"


def test_an_institution_is_counted_once(people):
    rows = [Came("media", 1, 0, None, "Koran Kita"), Came("media", 1, 0, None, "koran kita")]
    with pytest.raises(Refused) as refused:
        came(people, invited(people), rows)
    assert refused.value.code == "institution-stands-twice"


def test_a_meeting_nobody_came_to_is_not_closed(people):
    with pytest.raises(Refused) as refused:
        hold(people, invited(people))
    assert refused.value.code == "nobody-came-yet"


def test_what_is_closed_is_not_written_again(people):
    meeting = invited(people)
    came(people, meeting)
    hold(people, meeting)
    for step in (lambda: hold(people, meeting), lambda: came(people, meeting)):
        with pytest.raises(Refused) as refused:
            step()
        assert refused.value.code == "meeting-is-settled"


def test_a_moved_meeting_tells_both_days_and_a_cancelled_one_why(people):
    meeting, by = invited(people), people.viewer("sekretariat.ntb")
    moved = facts(starts_at=NOW + timedelta(days=9), ends_at=NOW + timedelta(days=9, hours=2))
    meetings.change_meeting(meeting=meeting, facts=moved, by=by, now=NOW)
    cancelled = meetings.cancel_meeting(meeting=meeting, reason="Ruang dipakai tanggap darurat.", by=by, now=NOW)
    assert cancelled.state == "cancelled"
    told = [entry.key.removeprefix("action_plan.") for entry in events.history_of("meeting", str(meeting.pk))]
    assert told[-2:] == ["meeting_moved", "meeting_cancelled"]


@pytest.mark.parametrize(
    ("more", "field"), [({"place": ""}, "place"), ({"ends_at": NOW, "starts_at": NOW + timedelta(days=1)}, "ends")]
)
def test_a_meeting_is_somewhere_and_takes_time(people, more, field):
    with pytest.raises(Refused) as refused:
        planned(people, **more)
    assert refused.value.field == field


@pytest.mark.parametrize("by", ["sekretariat.ksb", "ketua.ntb", "oms.ntb"])
def test_only_the_members_own_secretariat_calls_a_meeting(people, by):
    with pytest.raises(NotPermitted):
        planned(people, by=by)


def test_any_secretariat_calls_a_meeting_of_all_members(people):
    assert planned(people, by="sekretariat.ksb", of=None).member is None


def test_each_thing_a_workshop_lacks_keeps_the_stage_open_by_name(people):
    ntb, stage = here.member(), "drafting_workshop"
    assert codes(ntb, stage) == [f"notice_shared_before.{stage}", f"meeting_documented.{stage}"]
    meeting = here.held_meeting(stage)
    assert codes(ntb, stage) == []
    Material.objects.update(shared_at=meeting.starts_at)
    assert codes(ntb, stage) == [f"meeting_documented.{stage}.materials"]
    Material.objects.update(shared_at=NOW - timedelta(days=5))
    Attendance.objects.filter(sector="media").delete()
    assert codes(ntb, stage) == [f"meeting_documented.{stage}.sectors"]
    Attendance.objects.all().delete()
    assert codes(ntb, stage) == [f"meeting_documented.{stage}.attendance"]
    here.held_meeting(stage)
    assert codes(ntb, stage) == []
    Meeting.objects.update(invited_at=meeting.starts_at - timedelta(days=2))
    assert codes(ntb, stage) == [f"notice_shared_before.{stage}"]


def test_a_meeting_of_all_members_counts_for_each(people):
    here.held_meeting("orientation")
    Meeting.objects.update(member=None)
    assert codes(here.member("ntb"), "orientation") == codes(here.member("ksb"), "proposal") == []


def test_a_forum_that_did_not_meet_for_six_months_is_late_by_itself(people):
    meeting, ntb = here.held_meeting(), here.member()
    assert reading.rhythm_of(ntb, [], today=date(2026, 9, 25)) is None
    days = {day: reading.rhythm_of(ntb, [meeting], today=day) for day in (date(2026, 9, 24), date(2026, 9, 25))}
    assert [(each.next_by, each.is_late) for each in days.values()] == [
        (date(2026, 9, 24), False),
        (date(2026, 9, 24), True),
    ]
    assert reading.rhythm_of(here.member("ksb"), [meeting], today=date(2026, 9, 25)) is None


def test_a_meeting_has_its_papers_in_each_state_and_they_name_nobody(people):
    meeting = planned(people)
    assert [key for key, _title in packs.available(meeting)] == ["daftar-hadir"]
    held = here.held_meeting()
    assert [key for key, _title in packs.available(held)] == list(packs.MAKERS)
    sheet = reading.sheet_of(held)
    record = packs.pack_of("berita-acara", sheet, [])
    assert record.rows[-1][1:] == ("2", "4", "2", "6")
    assert len(record.signatures) == 4
    assert record.mark
    listed = packs.pack_of("daftar-hadir", sheet, [here.seat("somasi-ntb", "civil_society")])
    assert [row[3:] for row in listed.rows] == [("", "", "")] * 11
    assert packs.pack_of("surat-cinta", sheet, []) is None


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("cancelled_meeting_says_why", {"state": "cancelled"}),
        ("held_meeting_has_minutes", {"minutes": ""}),
        ("meeting_has_a_place_or_an_address", {"place": ""}),
    ],
)
def test_the_database_refuses_a_meeting_that_cannot_be(people, rule, changes):
    meeting = here.held_meeting()
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**changes)


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("attendance_is_of_somebody", (Attendance, {"women": 0, "men": 0, "institution": "X", "sector": "media"})),
        ("attendance_is_of_one_institution", (Attendance, {"women": 1, "men": 0, "sector": "media"})),
        (
            "institution_attends_a_meeting_once|meeting_id",
            (Attendance, {"women": 1, "men": 0, "institution": "Lembaga media", "sector": "media"}),
        ),
        ("decision_says_something", (Decision, {"number": 1, "text": ""})),
        ("material_is_a_document_or_a_link", (Material, {"title": "B", "shared_at": NOW})),
        ("material_has_a_title", (Material, {"title": "", "url": "https://contoh.id", "shared_at": NOW})),
    ],
)
def test_the_database_refuses_what_cannot_stand_around_a_meeting(people, rule, row):
    meeting, (model, values) = here.held_meeting(), row
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        model.objects.create(meeting=meeting, **values)


def test_the_database_gives_a_decision_number_once_and_counts_an_organisation_once(people):
    meeting, bappeda = here.held_meeting(), by_code("ntb-bappeda")
    Decision.objects.create(meeting=meeting, number=1, text="Satu.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(meeting=meeting, number=1, text="Satu lagi.")
    Attendance.objects.create(meeting=meeting, organisation=bappeda, sector="government", women=1, men=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=meeting, organisation=bappeda, sector="government", women=0, men=1)


# --- partnerships -------------------------------------------------------------------------------------------


def agreement(**more):
    told = {"kind": "cooperation", "number": "074/1", "subject": "Pendampingan", "institution": "PT Contoh"}
    told |= {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1)}
    return Agreement(**(told | {"government_duties": "Data.", "partner_duties": "Dana."} | more))


def register(people, by="sekretariat.ntb", **more):
    viewer = people.viewer(by)
    return partnerships.register_partnership(member=here.member(), agreement=agreement(**more), by=viewer, now=NOW)


def test_a_partnership_is_registered_once_and_what_it_brought_is_added_by_day(people):
    made, by = register(people), people.viewer("sekretariat.ntb")
    for _press in range(2):
        partnerships.add_realisation(partnership=made, on=date(2026, 2, 1), text="Pelatihan.", by=by, now=NOW)
    assert made.realisations.count() == 1
    with pytest.raises(Refused) as refused:
        register(people)
    assert refused.value.code == "partnership-registered-already"


def test_nothing_is_realised_on_a_day_to_come(people):
    with pytest.raises(Refused) as refused:
        partnerships.add_realisation(
            partnership=register(people),
            on=date(2026, 4, 1),
            text="Nanti.",
            by=people.viewer("sekretariat.ntb"),
            now=NOW,
        )
    assert refused.value.field == "on"


def test_a_partnership_ends_on_the_day_it_begins_or_later(people):
    with pytest.raises(Refused) as refused:
        register(people, ends_on=date(2025, 1, 1))
    assert refused.value.field == "ends_on"


def test_only_the_members_own_secretariat_registers_a_partnership(people):
    with pytest.raises(NotPermitted):
        register(people, by="sekretariat.ksb")
