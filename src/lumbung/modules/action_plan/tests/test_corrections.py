"""What was published of a public test is changed in the open only: answers corrected, last days moved later."""

import uuid
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from tests.cast import NOW

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as events
from lumbung.core.events.models import EventRecord
from lumbung.core.notices.models import Message
from lumbung.modules.action_plan.actions import answer_telling, consultation, following, prolonging, responses
from lumbung.modules.action_plan.documents import matrix_table, test_papers
from lumbung.modules.action_plan.models import Comment, PlanFollower, Prolongation, Response
from lumbung.modules.action_plan.queries import consultations, matrix
from lumbung.modules.action_plan.queries.followers import FOLLOWING
from lumbung.modules.action_plan.queries.intake import Words
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk

pytestmark = pytest.mark.django_db
WHY = "Jawaban sebelumnya merujuk peraturan yang sudah dicabut."
LATER = NOW + timedelta(days=2)
BETTER = responses.Answer("accepted", "Jadwal memang perlu dua bahasa.", "Kalimat ketiga menyebut dua bahasa.")


@pytest.fixture
def test(people):
    return talk.public_test(people)


@pytest.fixture
def published(people, test):
    response = talk.answer(people, test, talk.comment(people, test), talk.comment(people, test, "Dua bahasa."))
    talk.publish(people)
    response.refresh_from_db()
    return response


def correct(people, response, *, answer=BETTER, why=WHY, by="sekretariat.ntb"):
    return responses.correct_response(response=response, answer=answer, why=why, by=people.viewer(by), now=LATER)


def test_a_corrected_answer_stands_beside_the_one_before(people, test, published):
    made = correct(people, published)
    assert {each.response for each in Comment.objects.all()} == {made}
    assert consultations.corrections_of(made) == [made, published]
    assert list(consultations.published_responses(test)) == [made]
    assert consultations.counts_of(test).unanswered == 0
    kept = Response.objects.get(pk=published.pk)
    assert (kept.verdict, kept.reason) == ("rejected", "Jadwal sudah diatur dalam peraturan daerah.")


def test_the_matrix_shows_the_newest_answer_and_marks_it(people, test, published):
    correct(people, published)
    found = matrix.matrix_of(test)
    assert (found.by_verdict["accepted"], found.by_verdict["rejected"], found.corrected) == (2, 0, 2)
    cells = dict(zip(matrix_table.heads(), matrix_table.cells(found.rows[0]), strict=True))
    assert "Diakomodasi (dikoreksi pada 28 Mar 2026)" in cells.values()
    assert any("dikoreksi" in note for note in matrix_table.notes(found))
    assert any("2 masukan" in sentence for sentence in test_papers.record_sentences(found, []))


def test_a_correction_is_in_the_log_with_hashes_of_its_words_only(people, published):
    made = correct(people, published)
    [entry] = events.history_of("response", str(made.pk))
    assert (entry.data["corrects"], entry.data["comments"]) == (str(published.pk), ["M-2026-0001", "M-2026-0002"])
    bodies = b"".join(bytes(body) for body in EventRecord.objects.values_list("body", flat=True))
    assert b"dicabut" not in bodies
    assert b"dua bahasa" not in bodies


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"why": "Salah."}, "correction-without-reason"),
        ({"why": "Tanyakan ke 0812 3450 9876 saja ya."}, "personal-data-for-the-public"),
        (
            {"answer": responses.Answer("rejected", "Jadwal sudah diatur dalam peraturan daerah.")},
            "correction-changes-nothing",
        ),
        ({"answer": responses.Answer("accepted", "Jadwal memang perlu dua bahasa.")}, "response-without-change"),
    ],
)
def test_a_correction_says_something_else_and_why(people, published, change, code):
    with pytest.raises(Refused) as refused:
        correct(people, published, **change)
    assert refused.value.code == code


def test_an_answer_is_corrected_once_and_its_correction_again(people, published):
    made = correct(people, published)
    with pytest.raises(Refused) as refused:
        correct(people, published)
    assert refused.value.code == "response-not-current"
    again = correct(people, made, answer=responses.Answer("out_of_scope", "Diatur oleh pemerintah pusat sejak 2026."))
    assert consultations.corrections_of(again) == [again, made, published]


def test_what_is_not_published_is_taken_back_not_corrected(people, test):
    draft = talk.answer(people, test, talk.comment(people, test))
    with pytest.raises(Refused) as refused:
        correct(people, draft)
    assert refused.value.code == "response-not-published"


@pytest.mark.parametrize("by", ["sekretariat.ksb", "ketua.ntb", "oms.ntb"])
def test_only_the_members_secretariat_corrects(people, published, by):
    with pytest.raises(NotPermitted):
        correct(people, published, by=by)


@pytest.mark.parametrize("change", [{"reason": "Diubah diam-diam."}, {"published_at": None}])
def test_the_database_refuses_a_silent_edit(published, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=published.pk).update(**change)
    Comment.objects.update(response=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=published.pk).delete()


def test_the_database_wants_a_reason_of_every_correction(people, published):
    told = {"plan": here.plan(), "verdict": "rejected", "reason": "Alasan.", "written_at": NOW, "corrects": published}
    for more in ({"published_at": NOW}, {"correction_reason": WHY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Response.objects.create(**told, **more)


def with_contact(test, email="warga@surel.example"):
    return consultation.send_comment(
        consultation=test,
        words=Words("Jadwal dua bahasa."),
        about=talk.WHOLE,
        origin=consultation.Origin(),
        draft_key=uuid.uuid4(),
        by=NOBODY,
        now=NOW,
        contact=consultation.Contact(email, "id"),
    ).item


def test_whoever_left_an_address_is_told_of_the_answer_and_of_its_correction(people, test):
    comment = with_contact(test)
    assert b"warga@" not in bytes(Comment.objects.get().contact)
    response = talk.answer(people, test, comment)
    talk.publish(people)
    correct(people, response)
    told = Message.objects.filter(topic=answer_telling.ANSWERS).order_by("made_at")
    assert [each.subject for each in told] == [
        "Masukan Anda M-2026-0001 sudah ditanggapi",
        "Tanggapan atas masukan Anda M-2026-0001 dikoreksi",
    ]


def test_an_address_is_destroyed_a_year_after_its_comment(test):
    comment = with_contact(test)
    assert answer_telling.discard_contacts(now=NOW + timedelta(days=364)) == 0
    assert answer_telling.discard_contacts(now=NOW + timedelta(days=366)) == 1
    comment.refresh_from_db()
    assert comment.contact is None


REASON = "Dua desa baru menerima naskahnya minggu ini."


def prolong(people, test, *, days=7, reason=REASON, by="sekretariat.ntb", now=NOW):
    return prolonging.prolong_consultation(
        consultation=test,
        closes_on=talk.CLOSES_ON + timedelta(days=days),
        reason=reason,
        by=people.viewer(by),
        now=now,
    )


def test_a_public_test_stays_open_longer_and_says_why(people, test):
    made = prolong(people, test)
    test.refresh_from_db()
    assert (made.closed_on_before, test.closes_on) == (talk.CLOSES_ON, talk.CLOSES_ON + timedelta(days=7))
    assert talk.send_comment(test, now=talk.AFTER).item.received_on == clock.local_day(talk.AFTER)
    entry = events.history_of("plan", here.KEY)[-1]
    assert (entry.data["before_on"], entry.data["closes_on"]) == (
        talk.CLOSES_ON.isoformat(),
        test.closes_on.isoformat(),
    )
    assert REASON not in str(entry.data)
    assert any(REASON in each for each in test_papers.record_sentences(matrix.matrix_of(test), []))


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"days": 0}, "public-test-never-shortened"),
        ({"days": -1}, "public-test-never-shortened"),
        ({"now": talk.AFTER}, "public-test-is-over"),
        ({"reason": "Perlu."}, "prolongation-without-reason"),
        ({"reason": "Tanyakan ke 0812 3450 9876 saja ya."}, "personal-data-for-the-public"),
    ],
)
def test_a_public_test_is_never_shortened_nor_opened_again(people, test, how, code):
    with pytest.raises(Refused) as refused:
        prolong(people, test, **how)
    assert refused.value.code == code
    test.refresh_from_db()
    assert test.closes_on == talk.CLOSES_ON


def test_a_prolonged_test_does_not_run_into_the_next_one(people, test):
    first = talk.CLOSES_ON + timedelta(days=3)
    consultation.open_consultation(
        member=here.member("ntb"),
        freeze=test.freeze,
        opens_on=first,
        closes_on=first + timedelta(days=20),
        question="",
        by=people.viewer("sekretariat.ntb"),
        now=NOW,
    )
    prolong(people, test, days=2)
    with pytest.raises(Refused) as refused:
        prolong(people, test, days=3)
    assert refused.value.code == "public-tests-overlap"


@pytest.mark.parametrize("by", ["sekretariat.ksb", "ketua.ntb", "oms.ntb"])
def test_only_the_members_secretariat_prolongs(people, test, by):
    with pytest.raises(NotPermitted):
        prolong(people, test, by=by)


def test_those_who_follow_the_plan_are_told_of_the_new_last_day(people, test):
    following.ask_to_follow(
        plan=here.plan(), commitment=None, portal="ntb", email="warga@surel.example", language="id", now=NOW
    )
    PlanFollower.objects.update(confirmed_at=NOW)
    prolong(people, test)
    entry = events.history_of("plan", here.KEY)[-1]
    following.tell_followers(event_id=entry.uid, now=NOW)
    told = Message.objects.get(kind=FOLLOWING.told)
    assert "tetap dibuka" in told.subject


BROKEN = [{"closes_on": talk.CLOSES_ON}, {"reason": ""}]


@pytest.mark.parametrize("change", BROKEN)
def test_the_database_refuses_a_prolongation_without_later_day_or_reason(people, test, change):
    told = {
        "consultation": test,
        "closed_on_before": talk.CLOSES_ON,
        "closes_on": talk.CLOSES_ON + timedelta(days=1),
        "reason": REASON,
        "salt": b"0" * 16,
        "prolonged_at": NOW,
        "prolonged_by": people.account("sekretariat.ntb"),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Prolongation.objects.create(**(told | change))
    made = Prolongation.objects.create(**told)
    for again in (lambda: Prolongation.objects.create(**told), lambda: Prolongation.objects.all().update(reason="x")):
        with pytest.raises(IntegrityError), transaction.atomic():
            again()
    with pytest.raises(IntegrityError), transaction.atomic():
        Prolongation.objects.filter(pk=made.pk).delete()


def test_the_tables_of_what_was_published_still_have_their_triggers():
    migration = import_module("lumbung.modules.action_plan.migrations.0010_answers_are_corrected_and_tests_prolonged")
    wanted = {f"{table}_stays_{verb}" for table in migration.CLOSED for verb in migration.VERBS}
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert wanted <= {name for (name,) in cursor.fetchall()}
