"""Forum, meetings, registers, reports, roadmap and people's words: whoever tampers is found by the object's id."""

import uuid
from datetime import date, timedelta

import pytest
from tests.cast import NOW

from lumbung.core.events.models import EventRecord
from lumbung.core.files.models import StoredDocument
from lumbung.core.files.tests import papers
from lumbung.core.log import verification
from lumbung.core.organisations.queries import by_code
from lumbung.modules.action_plan.actions import (
    clearing,
    enactment,
    filing,
    hiding,
    ideas,
    legal,
    meetings,
    ogp_answers,
    partnerships,
    plans,
    seats,
)
from lumbung.modules.action_plan.actions.announcing import MeetingFacts
from lumbung.modules.action_plan.actions.enactment import EndorsementFacts
from lumbung.modules.action_plan.actions.legal import Enacted
from lumbung.modules.action_plan.actions.meetings import Came
from lumbung.modules.action_plan.actions.papers import Document, Upload
from lumbung.modules.action_plan.actions.partnerships import Agreement
from lumbung.modules.action_plan.actions.seat_rules import Place
from lumbung.modules.action_plan.events.enactment import PlanEndorsed
from lumbung.modules.action_plan.models import Endorsement, Hiding, Meeting, Plan, StageDate
from lumbung.modules.action_plan.models.words import MARK
from lumbung.modules.action_plan.queries import hidden, monitoring
from lumbung.modules.action_plan.queries.intake import Words
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk
from lumbung.modules.action_plan.tests.older import told_as_before
from lumbung.modules.action_plan.tests.tampering import changed, copied, faults, found, taken

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "Bukan bagian dari rapat."


@pytest.fixture
def by(people):
    return people.viewer("sekretariat.ntb")


def upload():
    data = papers.pdf(stream=uuid.uuid4().hex.encode())
    return Upload(data, len(data))


def named(row, kind, attacks):
    """Each attack is found, and by nothing but the name of this row."""
    assert faults() == []
    name = f"{kind}:{row.pk}"
    assert [found(attack) for attack in attacks] == [[name]] * len(attacks)
    key = uuid.uuid4()
    assert found(copied(row, pk=key, **OTHERWISE.get(kind, {}))) == [f"{kind}:{key}"]


# What makes a copy of a row one the database takes.
OTHERWISE = {
    "seat": {"draft_key": None, "institution": "Lembaga lain"},
    "meeting": {"draft_key": None, "state": "planned"},
    "legal_product": {"number": "999", "document": None},
    "partnership": {"number": "999", "document": None},
    "endorsement": {"institution": "Lembaga lain", "document": None},
    "filed_report": {"document": None},
    "ogp_answer": {"document": None},
}


def hide(people, kind, row, *, erase=True):
    words, secretary = hidden.standing(kind, row), people.viewer("sekretariat.ntb")
    trace = hiding.hide_text(words=words, reason=WHY, by=secretary, now=NOW)
    hiding.decide_hiding(hiding=trace, upheld=True, by=people.viewer("ketua.ntb"), now=NOW)
    if erase:
        hiding.erase_hidden(hiding=trace, by=secretary, now=NOW)


def test_seats_are_compared_with_the_log_from_the_request_to_the_end(people, by):
    decree, application = here.decree("working_team"), here.application()
    place = Place("community", "member", date(2026, 3, 26), decree=decree, note="Mewakili pesisir.")
    named(application, "seat", [changed(application, institution="Partai"), taken(application)])
    seat = seats.admit_seat(seat=application, place=place, by=by, now=NOW)
    ways = [{"duty": "chair"}, {"decree": None}, {"note": "Dibayar."}, {"institution": "Partai"}, {"sector": "media"}]
    ways += [{"since": date(2026, 1, 1)}, {"organisation": by_code("somasi-ntb"), "institution": ""}]
    ways += [{"note": MARK}, {"state": "ended", "until": NOW.date(), "reason": WHY}, {"reason_salt": None}]
    named(seat, "seat", [changed(seat, **way) for way in ways] + [taken(seat)])
    declined = seats.decline_seat(seat=here.application(), reason="Penuh.", by=by, now=NOW)
    ended = seats.end_seat(seat=seat, until=NOW.date(), reason="Bubar.", by=by, now=NOW)
    for row in (declined, ended):
        named(row, "seat", [changed(row, reason="Lain."), changed(row, decided_at=NOW - DAY), taken(row)])
    named(ended, "seat", [changed(ended, until=NOW.date() + DAY)])
    hide(people, Hiding.Kind.SEAT, ended)
    named(ended, "seat", [changed(ended, note="Mewakili pesisir."), changed(ended, duty="chair")])


def held(people, by):
    facts = {"starts_at": NOW + 5 * DAY, "ends_at": NOW + 5 * DAY + timedelta(hours=3), "place": "Aula"}
    told = MeetingFacts("drafting_workshop", "Lokakarya", **facts, agenda="Membahas usulan.")
    meeting = meetings.plan_meeting(plan=here.plan(), member=here.member(), facts=told, by=by, now=NOW)
    for more in ({"place": "Balai"}, {"place": "Balai", "ends_at": facts["ends_at"] + DAY / 24}):
        later = MeetingFacts("drafting_workshop", "Lokakarya draf", **(facts | more), agenda="Membahas draf.")
        meetings.change_meeting(meeting=meeting, facts=later, by=by, now=NOW)
    meetings.invite(meeting=meeting, invitation="Kami mengundang Anda.", by=by, now=NOW)
    for title in ("Bahan", "Draf"):
        meetings.share_material(meeting=meeting, title=title, url="https://contoh.id/a", upload=None, by=by, now=NOW)
    came = [Came("government", 2, 3, by_code("ntb-bappeda")), Came("media", 1, 1, None, "Koran")]
    meetings.write_down_who_came(meeting=meeting, rows=came, by=by, now=facts["starts_at"])
    decided = ["Peta jalan disepakati.", "Draf dibuka."]
    return meetings.hold_meeting(meeting=meeting, minutes="Dibahas.", decisions=decided, by=by, now=NOW + 5 * DAY)


def test_meetings_their_minutes_and_decisions_are_compared_with_the_log(people, by):
    meeting = held(people, by)
    ways = [{"title": "Lain"}, {"place": "Hotel"}, {"agenda": "Lain."}, {"minutes": "Tidak ada."}, {"minutes": MARK}]
    ways += [{"invitation": "Lain."}, {"invited_at": NOW - 9 * DAY}, {"held_at": NOW}, {"kind": "forum"}]
    ways += [{"ends_at": NOW + 6 * DAY}, {"salt": None}, {"announced_salt": None}, {"member": here.member("ksb")}]
    ways += [{"state": "cancelled", "cancelled_reason": WHY}]
    came, material, decision = meeting.attendance.first(), meeting.materials.first(), meeting.decisions.first()
    attacks = [changed(meeting, **way) for way in ways]
    attacks += [changed(came, women=9), taken(came), copied(came, organisation=None, institution="Lain")]
    attacks += [changed(material, url="https://lain.id"), taken(material), copied(material)]
    attacks += [changed(decision, text="Sebaliknya."), taken(decision), copied(decision, number=3)]
    named(meeting, "meeting", attacks)
    hide(people, Hiding.Kind.DECISION, decision)
    named(meeting, "meeting", [changed(meeting, minutes="Lain."), changed(meeting.decisions.last(), text="Lain.")])
    hide(people, Hiding.Kind.MINUTES, Meeting.objects.get(pk=meeting.pk))
    named(meeting, "meeting", [changed(meeting, minutes="Lain."), changed(meeting, title="Lain"), changed(came, men=9)])


def test_legal_products_and_the_hash_of_their_paper_are_compared_with_the_log(people, by):
    draft = {"member": here.member(), "kind": "head_regulation", "about": "other", "subject": "Keterbukaan"}
    product = legal.add_product(**draft, enacted=None, by=by, now=NOW)
    named(product, "legal_product", [changed(product, subject="Lain"), taken(product)])
    signed = Enacted("12", date(2026, 3, 2), "https://jdih.contoh.id/1", upload())
    legal.enact_product(product=product, enacted=signed, by=by, now=NOW)
    for _scan in range(2):
        product = legal.keep_document(product=product, upload=upload(), by=by, now=NOW)
    product = legal.promulgate_product(
        product=product, gazette="BD 2026/12", promulgated_on=date(2026, 3, 9), by=by, now=NOW
    )
    other = here.decree("monitor").document
    ways = [{"number": "13"}, {"dated_on": date(2026, 1, 1)}, {"subject": "Lain"}, {"gazette": "BD 2026/1"}]
    ways += [{"jdih_url": ""}, {"document": None}, {"about": "monitor"}, {"promulgated_on": NOW.date()}]
    ways += [{"state": "enacted"}, {"added_at": NOW - DAY}, {"kind": "decree"}, {"member": here.member("ksb")}]
    rewritten = StoredDocument.objects.filter(pk=product.document_id)
    attacks = [changed(product, **way) for way in ways]
    attacks += [lambda: rewritten.update(sha256=other.sha256), taken(product)]
    named(product, "legal_product", attacks)


def test_partnerships_and_what_they_brought_are_compared_with_the_log(people, by):
    agreement = Agreement(
        "csr", "1/CSR", "Internet desa", date(2026, 1, 1), date(2027, 1, 1), "Data.", "Dana.", institution="PT Contoh"
    )
    made = partnerships.register_partnership(member=here.member(), agreement=agreement, by=by, now=NOW)
    brought = [
        partnerships.add_realisation(partnership=made, on=date(2026, 2, 1), text=text, by=by, now=NOW)
        for text in ("Sepuluh desa.", "Sebelas desa.")
    ]
    ways = [{"number": "2/CSR"}, {"subject": "Lain"}, {"partner_duties": "Tidak ada."}, {"institution": "PT Lain"}]
    ways += [{"ends_on": date(2029, 1, 1)}, {"kind": "memorandum"}, {"government_duties": "Uang."}, {"salt": None}]
    attacks = [changed(made, **way) for way in ways]
    attacks += [changed(brought[0], text="Seribu desa."), taken(brought[1]), copied(brought[0])]
    attacks += [changed(brought[0], on=date(2026, 2, 2))]
    named(made, "partnership", attacks)


@pytest.fixture
def endorsed(people, by):
    def endorse(institution):
        facts = EndorsementFacts(sector="community", on=NOW.date(), institution=institution, note="Setuju.")
        return enactment.register_endorsement(freeze=freeze, facts=facts, upload=upload(), by=by, now=NOW)

    freeze = given.frozen(people)
    return endorse


def test_endorsements_are_compared_with_the_log(people, endorsed):
    made, _other = endorsed("Komunitas Warga"), endorsed("Karang Taruna")
    ways = [{"institution": "Partai"}, {"note": "Tidak setuju."}, {"manner": "pressed"}, {"sector": "media"}]
    ways += [{"on": NOW.date() - DAY}, {"document": None}, {"salt": None}, {"entered_at": NOW - DAY}]
    named(made, "endorsement", [changed(made, **way) for way in ways] + [taken(made)])
    hide(people, Hiding.Kind.ENDORSEMENT, made)
    report = verification.verify()
    assert (report.faults, report.untold) == ([], [f"endorsement:{made.pk} (name)"])


def test_an_endorsement_told_by_an_earlier_version_speaks_of_the_one_row_it_fits(people, endorsed):
    made = [endorsed("Komunitas Warga"), endorsed("Karang Taruna")]
    told_as_before(PlanEndorsed, without=("endorsement", "given_on", "sha256", "name_hash", "note_hash"))
    Endorsement.objects.update(salt=None)
    report = verification.verify()
    assert (report.faults, len(report.untold)) == ([], 2)
    assert len(found(copied(made[0], institution="Partai", document=None))) == 1
    assert len(found(taken(made[0]))) == 1


def test_filed_reports_and_answers_of_ogp_are_compared_with_the_log(people, by):
    care = monitoring.commitment_for_work("ntb-ksb-2021-2023", "penataan-perangkat-daerah")
    paper = Document("Laporan awal", "https://contoh.id/laporan", upload())
    monitor = people.viewer("pemantau.ksb")
    report = filing.file_inception_report(member=care.member, document=paper, by=monitor, now=NOW)
    ways = [{"title": "Lain"}, {"url": "https://lain.id"}, {"due_on": NOW.date()}, {"filed_on": NOW.date() - DAY}]
    ways += [{"organisation": by_code("somasi-ntb")}, {"document": None}, {"salt": None}]
    named(report, "filed_report", [changed(report, **way) for way in ways] + [taken(report)])
    plan = Plan.objects.get(pk="ntb-ksb-2021-2023")
    answer = ogp_answers.keep_ogp_answer(
        plan=plan,
        document=Document("Surat", "https://contoh.id/surat", upload()),
        received_on=NOW.date(),
        by=by,
        now=NOW,
    )
    ways = [{"title": "Lain"}, {"url": "https://lain.id"}, {"received_on": NOW.date() - DAY}, {"document": None}]
    named(answer, "ogp_answer", [changed(answer, **way) for way in ways] + [taken(answer)])


def test_days_announced_for_the_stages_are_compared_with_the_log(people, by):
    days = {"orientation": (NOW.date(), NOW.date() + DAY)}
    for _time in range(2):
        plans.publish_roadmap(plan=here.plan(), member=here.member(), dates=days, by=by, now=NOW)
    assert faults() == []
    row = StageDate.objects.get(plan=here.KEY, track="ntb", stage="orientation")
    name = f"roadmap:{here.KEY}.ntb.orientation"
    attacks = [changed(row, starts_on=NOW.date() - DAY), changed(row, ends_on=NOW.date() + 9 * DAY), taken(row)]
    assert [found(attack) for attack in attacks] == [[name]] * 3
    assert found(copied(row, stage="later")) == [f"roadmap:{here.KEY}.ntb.later"]


def test_words_the_public_reads_and_words_that_were_hidden_are_compared_with_the_log(people, by):
    idea, other = talk.idea(people), talk.idea(people, "Dua jalur sepeda dan dua halte.")
    parts = [Words("Dua jalur sepeda.", "Sepeda"), Words("Dua halte.", "Halte")]
    part, _second = ideas.split_idea(idea=other, parts=parts, reason="Dua hal.", by=by, now=NOW)
    declined = ideas.decline_idea(idea=talk.idea(people, "Lain."), reason="Di luar rencana.", by=by, now=NOW)
    test = talk.public_test(people)
    shown, gone = talk.comment(people, test), talk.comment(people, test, "Dasar pejabat malas.")
    for upheld in (False, True):
        current = type(gone).objects.get(pk=gone.pk)
        clearing.hide_words(item=current, reason="Kata kasar.", by=by, now=NOW + DAY * upheld)
        trace = Hiding.objects.get(subject=str(gone.pk), is_upheld=None)
        hiding.decide_hiding(hiding=trace, upheld=upheld, by=people.viewer("ketua.ntb"), now=NOW + DAY * upheld)
    assert faults() == []
    for row, ways in {
        idea: [{"public_text": "Sebaliknya."}, {"institution": "Partai"}, {"clearing": "hidden", "hidden_reason": "-"}],
        part: [{"public_text": "Tidak ada."}, {"state": "declined", "declined_reason": "-"}],
        declined: [{"declined_reason": "Tidak suka."}, {"state": "received"}],
        shown: [{"public_text": "Sudah bagus."}, {"clearing": "waiting"}, {"salt": None}],
        gone: [{"hidden_reason": "Tidak suka."}, {"clearing": "public", "public_text": "Sudah bagus."}],
    }.items():
        assert [found(changed(row, **way)) for way in ways] == [[f"words:{row.number}"]] * len(ways)
    again = {"number": "M-2026-9999", "draft_key": uuid.uuid4(), "code_index": "x"}
    assert found(copied(shown, **again)) == ["words:M-2026-9999"]
    for attack in (changed(trace, is_upheld=None, decided_by=None, decided_at=None), changed(trace, reason="Lain.")):
        assert found(attack) == [f"hidden:{gone.number}.2"]
    assert found(taken(trace)) == [f"hidden:{gone.number}.2"]
    hiding.erase_hidden(hiding=trace, by=by, now=NOW)
    assert faults() == []
    assert found(changed(trace, erased_at=None)) == [f"hidden:{gone.number}.2"]
    assert EventRecord.objects.filter(key="action_plan.words_hidden").count() == 2
