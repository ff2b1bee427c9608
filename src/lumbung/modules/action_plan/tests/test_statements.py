"""A verdict, an answer or an amendment written past the house is found by name, and hidden words are no fault."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.cast import NOW

from lumbung.core.log import verification
from lumbung.modules.action_plan.actions import hiding
from lumbung.modules.action_plan.models import (
    Amendment,
    Assessment,
    Commitment,
    Note,
    ReportDecision,
    Response,
    SelfReport,
)
from lumbung.modules.action_plan.models.words import MARK
from lumbung.modules.action_plan.queries import hidden, monitoring
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import sayings, talk
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db


def faults():
    return [fault.where for fault in verification.verify().faults]


def forged(people, **more):
    """An amendment as a superuser of the database would write it: approved, and nobody ever proposed it."""
    facts = {
        "id": uuid.uuid4(),
        "commitment": Commitment.objects.get(pk="jalan-terbuka"),
        "place": "title",
        "old": {"id": "Isi title.", "en": "Words of title."},
        "new": {"id": "Judul palsu.", "en": "Forged title."},
        "reason": "Tanpa alasan.",
        "decree": given.decree(number="050-99", about="other"),
        "decree_words": "Keputusan 050-99",
        "state": "approved",
        "proposed_at": NOW,
        "proposed_by": people.account("sekretariat.ntb"),
        "decided_at": NOW,
        "decided_by": people.account("ketua.ntb"),
    }
    return Amendment.objects.create(**(facts | more))


def test_an_amendment_nobody_decided_on_is_refused_by_the_database_and_found_by_name(people):
    given.enacted(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        forged(people)
    with given.superuser("action_plan_amendment"):
        made = forged(people)
    assert faults() == [f"amendment:{made.pk}"]
    for page in ("", "jalan-terbuka/"):
        shown = Client().get(f"/ntb/rencana-aksi/susun/{here.KEY}/penetapan/{page}").content.decode()
        assert f"amendment:{made.pk}" in shown or "tidak cocok" in shown.lower()


@pytest.fixture
def said(people):
    """A report, its approval, an assessment, a note, and an answer in a public test."""
    care = monitoring.commitment_for_work("ntb-ksb-2021-2023", "ntb-care")
    written = sayings.report(people, care)
    sayings.approve(people, written)
    ending = monitoring.commitment_for_work("ntb-ksb-2021-2023", "penataan-perangkat-daerah")
    assessment = sayings.assess(people, ending)
    note = sayings.note(people, care)
    test = talk.public_test(people)
    answer = talk.answer(people, test, talk.comment(people, test))
    talk.publish(people)
    assert faults() == []
    return {"written": written, "assessment": assessment, "note": note, "answer": answer}


def test_what_was_said_of_a_commitment_cannot_be_rewritten_unseen(people, said):
    answer, assessment, written = said["answer"], said["assessment"], said["written"]
    tables = [each._meta.db_table for each in (Assessment, SelfReport, ReportDecision, Note, Response)]
    with given.superuser(*tables):
        Assessment.objects.filter(pk=assessment.pk).update(completion=sayings.term("complete"))
        SelfReport.objects.filter(pk=written.pk).update(words="Semua selesai.")
        ReportDecision.objects.filter(report=written).update(is_approved=False, note="x")
        Response.objects.filter(pk=answer.pk).update(verdict="accepted", change="x")
        Note.objects.filter(pk=said["note"].pk).update(words=MARK)
        Note.objects.create(
            **{
                each.attname: getattr(said["note"], each.attname)
                for each in Note._meta.local_concrete_fields
                if each.name != "id"
            }
            | {"words": "Semua baik."}
        )
    added = Note.objects.get(words="Semua baik.")
    assert sorted(faults()) == sorted(
        [
            f"assessment:{assessment.pk}",
            f"self_report:{written.pk}",
            f"report_decision:{written.pk}",
            f"response:{answer.pk}",
            f"note:{said['note'].pk}",
            f"note:{added.pk}",
        ]
    )


def test_words_that_were_hidden_and_erased_are_no_fault(people, said):
    for kind, row in (("note", said["note"]), ("response", said["answer"]), ("assessment", said["assessment"])):
        words = hidden.standing(kind, row)
        secretariat, chair = (
            people.viewer(f"{who}.{words.member.organisation_id}") for who in ("sekretariat", "ketua")
        )
        made = hiding.hide_text(words=words, reason="Memuat data pribadi.", by=secretariat, now=NOW)
        assert faults() == []
        hiding.decide_hiding(hiding=made, upheld=True, by=chair, now=NOW)
        hiding.erase_hidden(hiding=made, by=secretariat, now=NOW)
    assert faults() == []
