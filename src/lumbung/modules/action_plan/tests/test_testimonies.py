"""The tables beside the log: whoever changes, adds or takes away what the log tells of is found by the object's id."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from tests.cast import NOW

from lumbung.core.base.actors import SYSTEM
from lumbung.core.events import actions as recording
from lumbung.core.log import verification
from lumbung.modules.action_plan.actions import assessing, hiding, responses, stages, submission
from lumbung.modules.action_plan.events.consultation import CommentsAnswered
from lumbung.modules.action_plan.events.monitoring import CommitmentAssessed
from lumbung.modules.action_plan.models import (
    Enactment,
    Export,
    Hiding,
    Plan,
    Response,
    StageDate,
    StageException,
    StagePassage,
    Submission,
)
from lumbung.modules.action_plan.queries import hidden, monitoring
from lumbung.modules.action_plan.queries.hidden import MARK
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import sayings, talk
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests.older import as_first_version, told_as_before
from lumbung.modules.action_plan.tests.tampering import changed, copied, faults, found, taken

pytestmark = pytest.mark.django_db
TABLES = ["action_plan_response"]


@pytest.fixture
def care(people):
    return monitoring.commitment_for_work("ntb-ksb-2021-2023", "ntb-care")


def test_what_is_said_of_a_commitment_is_compared_with_the_log_both_ways(people, care):
    sayings.monitored_by("lrp2m-cordova", care)
    report = sayings.report(people, care, done_on={care.milestones.first(): NOW.date()})
    decision = sayings.approve(people, report)
    verdict = sayings.assess(people, care, sayings.ending(lessons="Mulai dengan data."))
    note = sayings.note(people, care)
    reply = assessing.reply(
        to=verdict, words="Kami menambah petugas.", by=people.viewer("kepala.komitmen.ntb"), now=NOW
    )
    assert faults() == []
    complete, words = sayings.term("complete"), "Sangat baik."
    attacks = {
        f"assessment:{verdict.pk}": [
            changed(verdict, completion=complete),
            changed(verdict, words=words),
            changed(verdict, lessons=words),
            changed(verdict, words=MARK),
            changed(verdict, words=words, salt=b""),
            changed(verdict, reply_due_on=NOW.date()),
            changed(verdict, written_at=NOW - timedelta(days=3)),
            changed(verdict, organisation="somasi-ntb"),
        ],
        f"self_report:{report.pk}": [
            changed(report, completion=complete),
            changed(report, quarter=3),
            changed(report, words=words),
            changed(decision, is_approved=False, note="x"),
            taken(decision),
            lambda: report.milestones.update(done_on=None),
            lambda: report.milestones.all().delete(),
        ],
        f"note:{note.pk}": [changed(note, words=words), changed(note, commitment="satu-data-ntb"), taken(note)],
        f"reply:{reply.pk}": [changed(reply, words=words), changed(reply, assessment=None, note=note), taken(reply)],
    }
    for name, ways in attacks.items():
        assert [found(way) for way in ways] == [[name]] * len(ways)
    for row, kind in ((verdict, "assessment"), (report, "self_report"), (note, "note"), (reply, "reply")):
        key = uuid.uuid4()
        assert found(copied(row, pk=key)) == [f"{kind}:{key}"]


def test_published_answers_are_compared_with_the_log(people):
    test = talk.public_test(people)
    first = talk.answer(people, test, talk.comment(people, test))
    other = talk.answer(people, test, talk.comment(people, test, "Dua bahasa."))
    talk.publish(people)
    better = responses.Answer("accepted", "Jadwal memang perlu dua bahasa.", "Kalimat ketiga menyebut dua bahasa.")
    made = responses.correct_response(
        response=first, answer=better, why=talk.REASON, by=people.viewer("sekretariat.ntb"), now=NOW
    )
    assert faults() == []
    key = uuid.uuid4()
    attacks = [
        (f"response:{other.pk}", changed(other, verdict="out_of_scope")),
        (f"response:{other.pk}", changed(other, reason="Alasan lain yang tidak pernah ditulis.")),
        (f"response:{other.pk}", changed(other, reason=MARK)),
        (f"response:{other.pk}", changed(other, reason="Alasan lain.", salt=None)),
        (f"response:{other.pk}", changed(other, published_at=None)),
        (f"response:{made.pk}", changed(made, correction_reason="Tidak ada alasan.")),
        (f"response:{made.pk}", changed(made, verdict="partly")),
        (f"response:{first.pk}", changed(first, verdict="accepted", change="Semua diterima.")),
        (f"response:{key}", copied(other, pk=key)),
    ]
    for name, attack in attacks:
        assert found(attack) == [name]
    moved = found(lambda: other.comments.update(response=made))
    assert set(moved) == {f"response:{each.pk}" for each in (first, other, made)}


def test_answers_whose_salt_an_earlier_version_threw_away_cannot_be_compared_and_are_no_fault(people):
    test = talk.public_test(people)
    response = talk.answer(people, test, talk.comment(people, test))
    with as_first_version(CommentsAnswered):
        talk.publish(people)
    with given.superuser(*TABLES):
        Response.objects.filter(pk=response.pk).update(salt=None)
    report = verification.verify()
    assert (report.faults, report.untold) == ([], [f"response:{response.pk} (reason)"])
    assert found(changed(response, verdict="accepted", change="x")) == [f"response:{response.pk}"]


def test_stages_and_exceptions_are_compared_with_the_log(people):
    StageDate.objects.filter(track="ntb").delete()
    by, chair, member = people.viewer("sekretariat.ntb"), people.viewer("ketua.ntb"), here.member()
    for granted, now in ((False, NOW), (True, NOW + timedelta(days=1))):
        asked = stages.ask_exception(
            plan=here.plan(), member=member, stage="orientation", reason=talk.REASON, by=by, now=now
        )
        stages.decide_exception(exception=asked, granted=granted, by=chair, now=now)
    assert faults(but="roadmap:") == []
    passage, [declined, granted] = StagePassage.objects.get(), StageException.objects.order_by("asked_at")
    place = f"{here.KEY}.ntb.orientation"
    attacks = [
        (f"stage:{place}", changed(passage, passed_at=NOW - timedelta(days=9))),
        (f"stage:{place}", taken(passage)),
        (f"stage:{place}", changed(granted, missing=[])),
        (f"stage:{here.KEY}.ntb.kick_off", copied(passage, stage="kick_off")),
    ]
    for name, attack in attacks:
        assert found(attack, but="roadmap:") == [name]
    for attack in (
        changed(granted, reason="Tidak ada yang kurang."),
        changed(granted, asked_role="plan_chair"),
        changed(declined, decided_role="head_of_region"),
        changed(declined, asked_at=NOW - timedelta(days=30)),
    ):
        assert any(name.startswith(f"exception:{place}.") for name in found(attack, but="roadmap:"))


def test_hidden_and_erased_words_fit_and_words_hidden_past_the_house_do_not(people, care):
    note, secretary, chair = sayings.note(people, care), people.viewer("sekretariat.ntb"), people.viewer("ketua.ntb")
    assert found(changed(note, words=MARK, salt=b"")) == [f"note:{note.pk}"]
    words = hidden.standing(Hiding.Kind.NOTE, note)
    trace = hiding.hide_text(words=words, reason="Memuat data pribadi warga.", by=secretary, now=NOW)
    assert faults() == []
    hiding.decide_hiding(hiding=trace, upheld=True, by=chair, now=NOW)
    hiding.erase_hidden(hiding=trace, by=secretary, now=NOW)
    assert faults() == []
    assert found(changed(note, words="Sangat baik.")) == [f"note:{note.pk}"]
    [name] = found(copied(trace, subject=str(uuid.uuid4()), reason="Alasan lain."))
    assert name.startswith("hiding:")
    gone = found(taken(trace))
    assert f"note:{note.pk}" in gone
    assert len(gone) == 2


def test_files_and_submission_are_compared_with_the_log(people):
    given.enacted(people)
    given.enacted(people, "ksb", "posyandu-gr")
    submission.make_exports(plan=here.plan(), by=people.viewer("sekretariat.ntb"), now=NOW)
    file = Export.objects.get(kind="pdf", language="id")
    name = f"export:{here.KEY}.1.pdf.id"
    assert faults() == []
    for attack in (
        changed(file, content=b"%PDF-"),
        changed(file, sha256="0" * 64),
        changed(file, plan_sha256="0" * 64),
    ):
        assert found(attack) == [name]
    assert found(taken(file)) == [name]
    assert found(copied(file, number=2)) == [f"export:{here.KEY}.2.pdf.id"]
    made = Submission(
        plan=here.plan(),
        on=NOW.date(),
        plan_sha256="0" * 64,
        entered_at=NOW,
        entered_by=people.account("sekretariat.ntb"),
    )
    assert found(lambda: Submission.objects.bulk_create([made])) == [f"submission:{here.KEY}"]


def test_an_enactment_or_a_loaded_plan_no_event_tells_of_is_found(people):
    made = given.enacted(people)
    again = f"enactment:{here.KEY}.ksb"
    assert again in found(copied(made, member=here.member("ksb")))
    copied_plan = copied(Plan.objects.get(pk="ntb-ksb-2021-2023"), pk="rencana-palsu")
    assert found(copied_plan) == ["plan:rencana-palsu", "record:rencana-palsu"]
    assert Enactment.objects.count() == 1


def test_a_verdict_told_a_second_time_in_the_log_is_found(people, care):
    sayings.monitored_by("lrp2m-cordova", care)
    verdict = sayings.assess(people, care)
    told = CommitmentAssessed(
        care.plan_id, care.pk, str(verdict.pk), "end", {"completion": "complete"}, "0" * 64, "0" * 64, [], "2026-05-01"
    )
    with transaction.atomic():
        recording.record(told, subject_type="commitment", subject_id=care.pk, actor=SYSTEM, now=NOW)
    assert faults() == [f"assessment:{verdict.pk}"]


def test_an_event_of_an_earlier_version_that_lacks_facts_is_told_and_blames_nobody(people, care):
    sayings.monitored_by("lrp2m-cordova", care)
    verdict = sayings.assess(people, care)
    told_as_before(CommitmentAssessed, without=("lessons_hash", "evidence"))
    report = verification.verify()
    assert (report.faults, report.untold) == ([], [f"assessment:{verdict.pk} (evidence, lessons)"])
