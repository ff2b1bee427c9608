"""Personal data never stays in sight: refused where it is typed, hidden with a trace, erased with its salt."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from tests.cast import NOW

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.core.log import actions as log
from lumbung.core.log import verification
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import (
    assessing,
    clearing,
    commenting,
    evidence,
    filing,
    hiding,
    meetings,
    remarks,
    review,
    stages,
)
from lumbung.modules.action_plan.models import (
    Clearing,
    Comment,
    Decision,
    Evidence,
    Hiding,
    Note,
    Response,
    ReviewNote,
    StageException,
    StagePassage,
)
from lumbung.modules.action_plan.models.words import MARK
from lumbung.modules.action_plan.queries import consultations, hidden, intake, monitoring
from lumbung.modules.action_plan.queries import evidence as proofs
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.tests import sayings, talk
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
NIK = "NIK saya 5203 0112 3456 7890, hubungi 0812 3450 9876."
WHY = "Memuat data pribadi warga."


@pytest.fixture
def care(people):
    return monitoring.commitment_for_work("ntb-ksb-2021-2023", "ntb-care")


@pytest.fixture
def note(people, care):
    return sayings.note(people, care)


def forum_comment(people, text="Tambahkan jadwal pelatihan."):
    here.seat("somasi-ntb", "civil_society")
    version = here.commitment(people, slug="jalan-forum")
    words = commenting.Words(text, uuid.uuid4())
    return commenting.comment_on_draft(version=version, words=words, by=people.viewer("oms.ntb"), now=NOW)


def standing(kind, row):
    return hidden.standing(kind, row)


def hide(people, kind, row, by="sekretariat.ntb"):
    return hiding.hide_text(words=standing(kind, row), reason=WHY, by=people.viewer(by), now=NOW)


def decide(people, found, *, upheld=True, by="ketua.ntb"):
    return hiding.decide_hiding(hiding=found, upheld=upheld, by=people.viewer(by), now=NOW)


def erase(people, found, by="sekretariat.ntb"):
    return hiding.erase_hidden(hiding=found, by=people.viewer(by), now=NOW)


def code_of(step):
    with pytest.raises(Refused) as refused:
        step()
    return refused.value.code


# --- refused where it is typed -------------------------------------------------------------------------------------


def test_personal_data_in_a_signed_text_is_refused_before_it_is_public(people, care):
    by = people.viewer("oms.ntb")
    refusals = {
        code_of(lambda: assessing.sign_note(commitment=care, words=NIK, by=by, now=NOW)),
        code_of(lambda: sayings.report(people, care, words=NIK)),
        code_of(lambda: sayings.approve(people, sayings.report(people, care), approved=False, note=NIK)),
        code_of(lambda: sayings.named(people, care, title=NIK)),
        code_of(lambda: forum_comment(people, NIK)),
        code_of(
            lambda: filing.record_lesson(
                plan=care.plan, commitment=None, words=NIK, by=people.viewer("sekretariat.ntb"), now=NOW
            )
        ),
    }
    assert refusals == {"personal-data-for-the-public"}
    assert not Note.objects.exists()


def test_personal_data_in_what_the_forum_and_its_secretariat_write_is_refused(people):
    plan, member, by = here.plan(), here.member("ntb"), people.viewer("sekretariat.ntb")
    held = here.held_meeting()
    refusals = {
        code_of(
            lambda: stages.ask_exception(plan=plan, member=member, stage="orientation", reason=NIK, by=by, now=NOW)
        ),
        code_of(lambda: meetings.hold_meeting(meeting=held, minutes=NIK, decisions=[], by=by, now=NOW)),
        code_of(lambda: meetings.hold_meeting(meeting=held, minutes="Baik.", decisions=[NIK], by=by, now=NOW)),
        code_of(lambda: meetings.cancel_meeting(meeting=held, reason=NIK, by=by, now=NOW)),
        code_of(lambda: review.write_note(plan=plan, about="", text=NIK, by=people.viewer("nasional"), now=NOW)),
    }
    assert refusals == {"personal-data-for-the-public"}


# --- hidden with a trace -------------------------------------------------------------------------------------------


def test_hiding_leaves_who_when_and_why_and_takes_the_words_away(people, care, note):
    said, words_hash = note.words, note.words_hash
    found = hide(people, Hiding.Kind.NOTE, note)
    note.refresh_from_db()
    assert (note.words, note.words_hash) == (MARK, words_hash)
    assert (found.hidden_role, found.hidden_at, found.reason) == ("plan_secretariat", NOW, WHY)
    assert list(hidden.hidings_of(care.plan)) == [found]
    bodies = b"".join(bytes(body) for body in EventRecord.objects.values_list("body", flat=True))
    assert WHY.encode() not in bodies
    assert said.encode() not in bytes(found.kept)
    assert code_of(lambda: hide(people, Hiding.Kind.NOTE, note)) == "nothing-to-hide"


def test_a_second_person_shows_hidden_words_again_as_they_stood(people, note):
    said = note.words
    found = hide(people, Hiding.Kind.NOTE, note)
    with pytest.raises(NotPermitted):
        decide(people, found, by="sekretariat.ntb")
    decided = decide(people, found, upheld=False)
    note.refresh_from_db()
    assert (note.words, decided.kept) == (said, None)
    assert code_of(lambda: decide(people, found)) == "hiding-decided-already"
    assert code_of(lambda: erase(people, found)) == "hiding-not-confirmed"


@pytest.mark.parametrize("by", ["sekretariat.ksb", "oms.ntb", "ketua.ntb", "komitmen.ntb"])
def test_only_the_secretariat_of_that_government_hides(people, note, by):
    with pytest.raises(NotPermitted):
        hide(people, Hiding.Kind.NOTE, note, by=by)


def test_words_are_erased_with_their_salt_and_the_log_still_fits(people, care, note):
    found = hide(people, Hiding.Kind.NOTE, note)
    assert code_of(lambda: erase(people, found)) == "hiding-not-confirmed"
    decide(people, found)
    later = clock.now() + timedelta(days=14)
    log.extend(now=later)
    erased = erase(people, found)
    note.refresh_from_db()
    assert (note.words, bytes(note.salt), erased.kept) == (MARK, b"", None)
    assert len(note.words_hash) == 64
    assert monitoring.sayings_of(care).notes == (note,)
    log.extend(now=later)
    assert verification.verify(every_signature=True).faults == []


def test_the_database_lets_nothing_of_a_signed_row_change_but_hidden_words(people, note):
    for change in ({"words": "Semua baik."}, {"salt": b""}, {"words": MARK, "written_role": "admin"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Note.objects.filter(pk=note.pk).update(**change)
    erase(people, decide(people, hide(people, Hiding.Kind.NOTE, note)))
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(words="Semua baik.")


@pytest.mark.parametrize("change", [{"reason": ""}, {"decided_at": NOW}, {"erased_at": NOW}])
def test_the_database_refuses_a_hiding_without_its_trace(people, note, change):
    found = hide(people, Hiding.Kind.NOTE, note)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hiding.objects.filter(pk=found.pk).update(**change)


def test_the_database_refuses_whoever_hid_words_as_the_second_person(people, note):
    found = hide(people, Hiding.Kind.NOTE, note)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hiding.objects.filter(pk=found.pk).update(decided_by=found.hidden_by, decided_at=NOW, is_upheld=True)


def test_the_database_refuses_to_hide_the_same_words_twice_at_once(people, note):
    found = hide(people, Hiding.Kind.NOTE, note)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hiding.objects.create(
            plan=found.plan, kind=found.kind, subject=found.subject, about="x", reason="x", reason_salt=b"",
            hidden_by=found.hidden_by, hidden_role="x", hidden_at=NOW,
        )  # fmt: skip


def test_every_kind_of_free_text_can_be_hidden_and_erased(people, care, note):
    test = talk.public_test(people)
    talk.answer(people, test, talk.comment(people, test))
    talk.publish(people)
    held = here.held_meeting()
    Decision.objects.create(meeting=held, number=1, text="Forum sepakat.")
    by, plan = people.viewer("sekretariat.ntb"), here.plan()
    StagePassage.objects.create(plan=plan, track="ntb", stage="orientation", passed_at=NOW, passed_by=by.account)
    reason = "Rapat pertama ditunda karena gempa."
    stages.ask_exception(plan=plan, member=here.member("ntb"), stage="secretariat", reason=reason, by=by, now=NOW)
    review.write_note(plan=plan, about="", text="Perjelas data awal.", by=people.viewer("nasional"), now=NOW)
    kinds = set()
    for found in hidden.words_of_plan(plan):
        kinds.add(found.kind)
        chair = "ketua.ntb"
        erase(people, decide(people, hide(people, found.kind, found.row), by=chair))
    assert kinds == {"minutes", "invitation", "decision", "exception", "review_note", "response"}
    assert bytes(StageException.objects.get().reason_salt) == b""
    assert bytes(ReviewNote.objects.get().salt) == b""
    assert Response.objects.get().salt is None
    answered = review.answer_note(note=ReviewNote.objects.get(), answer="Sudah ditambah.", by=by, now=NOW)
    assert answered.answer == "Sudah ditambah."


# --- ideas and comments ----------------------------------------------------------------------------------------------


def test_a_comment_of_the_forum_is_found_by_its_number_hidden_and_erased(people):
    comment = forum_comment(people)
    found = intake.item_by_number(here.plan(), comment.number)
    assert intake.words_of(found).text == "Tambahkan jadwal pelatihan."
    by = people.viewer("sekretariat.ntb")
    clearing.hide_words(item=found, reason=WHY, by=by, now=NOW)
    erase(people, decide(people, hidden.waiting_for("comment", comment.pk)))
    comment.refresh_from_db()
    assert (comment.clearing, comment.public_text, comment.words, comment.salt) == (Clearing.HIDDEN, "", None, None)
    assert len(comment.words_hash) == 64


def test_a_comment_hidden_wrongly_stands_there_again(people):
    test = talk.public_test(people)
    comment = talk.comment(people, test)
    by = people.viewer("sekretariat.ntb")
    clearing.hide_words(item=comment, reason=WHY, by=by, now=NOW)
    assert code_of(lambda: talk.clear(people, comment, comment.public_text)) == "words-are-hidden"
    assert consultations.counts_of(test).hidden == 1
    decide(people, hidden.waiting_for("comment", comment.pk), upheld=False)
    again = Comment.objects.get(pk=comment.pk)
    assert (again.clearing, again.public_text, again.hidden_reason) == (Clearing.PUBLIC, comment.public_text, "")


def test_the_gate_waits_for_a_second_person_for_each_hidden_comment(people):
    test, member = talk.public_test(people), here.member("ntb")
    comment = talk.comment(people, test)
    clearing.hide_words(item=comment, reason=WHY, by=people.viewer("sekretariat.ntb"), now=NOW)
    stage = states.templates()[member.template].stage("public_test")

    def missing():
        found = standings.missing_of(here.plan(), member, stage, today=clock.local_day(talk.AFTER))
        return {(each.code, each.owes) for each in found}

    assert ("hiding_confirmed", "plan_chair") in missing()
    decide(people, hidden.waiting_for("comment", comment.pk))
    assert "hiding_confirmed" not in {code for code, _owes in missing()}


# --- nobody puts words into a citizen's mouth ------------------------------------------------------------------------


def test_what_the_public_reads_is_what_was_sent_with_gaps_marked(people):
    item = talk.send_idea("Pak Budi tidak menjawab tiga aduan.").item
    assert code_of(lambda: talk.clear(people, item, "Pak Budi menjawab tiga aduan.")) == "words-of-somebody-else"
    assert code_of(lambda: talk.clear(people, item, "Semua aduan dijawab.")) == "words-of-somebody-else"
    assert talk.clear(people, item, "Pak ••• tidak menjawab tiga aduan.").clearing == Clearing.PUBLIC


def test_changing_what_is_public_has_an_event_of_its_own(people):
    item = talk.idea(people, "Pak Budi tidak menjawab tiga aduan.")
    talk.clear(people, item, "Pak ••• tidak menjawab tiga aduan.")
    keys = EventRecord.objects.filter(subject_id=str(item.pk)).values_list("key", flat=True)
    assert "action_plan.public_words_changed" in set(keys)


def test_words_stay_once_they_are_answered(people):
    test = talk.public_test(people)
    comment = talk.comment(people, test)
    talk.answer(people, test, comment)
    talk.publish(people)
    assert code_of(lambda: talk.clear(people, comment, "••• dua bahasa.")) == "words-are-answered"


# --- answers to remarks, and evidence ------------------------------------------------------------------------------


def answered_remark(people, care):
    sent = remarks.send_remark(
        commitment=care, words=intake.Words("Kapan dijawab?"), draft_key=uuid.uuid4(), by=NOBODY, now=NOW
    )
    remark = talk.clear(people, sent.item)
    head = people.viewer("kepala.komitmen.ntb")
    return remarks.answer_remark(remark=remark, words="Kami jawab lewat Ibu Sari di loket.", by=head, now=NOW)


def test_an_answer_to_a_remark_is_hidden_by_one_kept_hidden_by_another_and_erased_with_its_salt(people, care):
    answer = answered_remark(people, care)
    words_hash = answer.words_hash
    found = hide(people, Hiding.Kind.REMARK_ANSWER, answer)
    address = f"/ntb/rencana-aksi/susun/{care.plan_id}/pendapat/{answer.remark.number}/"
    assert "Ibu Sari" not in Client().get(address).content.decode()
    with pytest.raises(NotPermitted):
        decide(people, found, by="sekretariat.ntb")
    erase(people, decide(people, found))
    answer.refresh_from_db()
    assert (answer.words, bytes(answer.salt), answer.words_hash) == (MARK, b"", words_hash)
    assert verification.verify(every_signature=True).faults == []
    with pytest.raises(DatabaseError), transaction.atomic():
        type(answer).objects.filter(pk=answer.pk).update(words="Sudah dijawab.")


def test_title_and_address_of_evidence_are_hidden_with_what_was_kept_of_it(people, care):
    made = sayings.kept_document(people, care, title="Daftar warga bernama Ibu Sari")
    kept = made.captures.get()
    assert proofs.may_see_document(NOBODY, kept.document_id, clock.local_day(NOW)) == "everyone"
    found = hide(people, Hiding.Kind.EVIDENCE, made)
    page = Client().get(f"/ntb/rencana-aksi/{care.pk}/").content.decode()
    assert "Ibu Sari" not in page
    assert kept.sha256 in page
    kept.document.refresh_from_db()
    assert kept.document.title == MARK
    assert proofs.may_see_document(NOBODY, kept.document_id, clock.local_day(NOW)) == "nobody"
    decide(people, found, upheld=False)
    made.refresh_from_db()
    assert (made.title, made.is_closed) == ("Daftar warga bernama Ibu Sari", False)
    erase(people, decide(people, hide(people, Hiding.Kind.EVIDENCE, made)))
    made.refresh_from_db()
    assert (made.title, made.salt) == (MARK, None)


def test_a_hidden_address_is_not_looked_at_again_and_nothing_else_of_evidence_changes(people, care):
    made = sayings.named(people, care, content=b"<p>rapor</p>")
    hide(people, Hiding.Kind.EVIDENCE, made)
    made.refresh_from_db()
    assert made.url == MARK
    assert sayings.look(made, b"<p>lain</p>", now=NOW + timedelta(days=8)) is None
    assert evidence.look_again(now=NOW + timedelta(days=30)) == 0
    for change in ({"licence": "unknown"}, {"title": "Lain", "licence": "unknown"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Evidence.objects.filter(pk=made.pk).update(**change)
