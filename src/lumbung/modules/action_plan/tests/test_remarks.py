"""What anybody says of a commitment: sealed until cleared, one for each key, answered by the agency in charge alone."""

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from tests.cast import NOW
from tests.world import sign_in

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.modules.action_plan.actions import clearing, remarks
from lumbung.modules.action_plan.models import Commitment, Plan, Remark, RemarkAnswer
from lumbung.modules.action_plan.queries import remarks as known
from lumbung.modules.action_plan.queries.intake import Words

pytestmark = pytest.mark.django_db
PLAN, CARE = "ntb-ksb-2021-2023", "/ntb/rencana-aksi/ntb-care/"
SEND = f"{CARE}pendapat/"
TEXT = "Di Gili Meno laporan saya dijawab setelah tiga hari."
PLANTED = "Hubungi saya di 0812 3450 9876."


@pytest.fixture
def care(people):
    return Commitment.objects.select_related("plan", "member__organisation").get(pk="ntb-care")


def sent(care, text=TEXT, key=None):
    key = key or uuid.uuid4()
    return remarks.send_remark(commitment=care, words=Words(text), draft_key=key, by=NOBODY, now=NOW).item


def cleared(people, remark, text=TEXT, by="sekretariat.ntb"):
    return clearing.clear_words(item=remark, words=Words(text), by=people.viewer(by), now=NOW)


def answered(people, remark, words="Petugas malam ditambah mulai Desember.", by="kepala.komitmen.ntb"):
    return remarks.answer_remark(remark=remark, words=words, by=people.viewer(by), now=NOW)


def test_nobody_reads_a_remark_before_it_is_cleared_and_it_is_counted(people, care):
    remark = sent(care, f"{TEXT} {PLANTED}")
    talk = known.discussion_of(care)
    assert (talk.remarks, talk.waiting) == ((), 1)
    for address in (CARE, f"/ntb/rencana-aksi/susun/{PLAN}/pendapat/{remark.number}/"):
        page = Client().get(address).content.decode()
        assert "Gili Meno" not in page
        assert "0812" not in page
    told = EventRecord.objects.get(key="action_plan.remark_sent")
    assert b"Gili" not in bytes(told.body)


def test_personal_data_stops_the_clearing_and_only_its_secretariat_clears(people, care):
    remark = sent(care, PLANTED)
    with pytest.raises(Refused):
        cleared(people, remark, PLANTED)
    with pytest.raises(NotPermitted):
        cleared(people, remark, by="sekretariat.ksb")
    assert cleared(people, remark).public_text == TEXT


def test_the_same_key_is_one_remark_with_one_number(care):
    key = uuid.uuid4()
    assert sent(care, key=key).number == sent(care, key=key).number
    assert Remark.objects.count() == 1


def test_a_plan_in_the_making_takes_no_remarks(care):
    Plan.objects.filter(pk="contoh-2027-2029").update(submitted_on=None)
    care.plan = Plan.objects.get(pk="contoh-2027-2029")
    with pytest.raises(Refused) as refused:
        sent(care)
    assert refused.value.code == "commitment-not-in-force"


@pytest.mark.parametrize("by", ["komitmen.ntb", "sekretariat.ntb", "oms.ntb", "kepala.pupr.ntb"])
def test_only_the_head_of_the_agency_in_charge_answers(people, care, by):
    remark = cleared(people, sent(care))
    with pytest.raises(NotPermitted):
        answered(people, remark, by=by)


def test_only_what_is_public_is_answered_and_twice_is_once(people, care):
    remark = sent(care)
    with pytest.raises(Refused) as refused:
        answered(people, remark)
    assert refused.value.code == "remark-not-public"
    remark = cleared(people, remark)
    assert answered(people, remark).pk == answered(people, remark).pk
    assert known.unanswered(care) == []


@pytest.mark.parametrize("change", [{"clearing": "public"}, {"clearing": "hidden"}])
def test_the_database_refuses_a_public_remark_without_words_and_a_hidden_one_without_reason(care, change):
    remark = sent(care)
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.filter(pk=remark.pk).update(**change)


def test_the_database_refuses_to_change_or_empty_an_answer(people, care):
    made = answered(people, cleared(people, sent(care)))
    with pytest.raises(DatabaseError), transaction.atomic():
        RemarkAnswer.objects.filter(pk=made.pk).update(words="Lain.")
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        RemarkAnswer.objects.create(
            remark=made.remark,
            words="",
            salt=b"s",
            words_hash="h",
            organisation_id=made.organisation_id,
            written_by=made.written_by,
            written_role=made.written_role,
            written_at=NOW,
        )


def test_a_remark_goes_from_a_visitor_through_two_desks_to_the_page(people, care):
    browser = Client()
    typed = {"text": TEXT, "institution": "", "draft_key": uuid.uuid4()}
    assert browser.post(SEND, typed | {"text": ""}).status_code == 422
    receipt = browser.post(SEND, typed, follow=True).content.decode()
    remark = Remark.objects.get()
    code = browser.session["plan_codes"][remark.number]
    assert remark.number in receipt
    own = Client().get(f"/ntb/rencana-aksi/susun/{PLAN}/kode/{code}/", follow=True).content.decode()
    assert TEXT in own
    clerk = sign_in(people, "sekretariat.ntb")
    queue = f"/ntb/rencana-aksi/kelola/{PLAN}/periksa/"
    assert "Pendapat" in clerk.get(queue).content.decode()
    assert TEXT in clerk.get(f"{queue}{remark.number}/").content.decode()
    answer = clerk.post(f"{queue}{remark.number}/", {"step": "clear", "text": TEXT, "institution": ""})
    assert answer.status_code == 303
    head = sign_in(people, "kepala.komitmen.ntb")
    work = f"/ntb/rencana-aksi/kelola/{PLAN}/komitmen/ntb-care/"
    assert remark.number in head.get(work).content.decode()
    form = f"{work}pendapat/{remark.number}/"
    assert TEXT in head.get(form).content.decode()
    assert head.post(form, {"words": "Petugas malam ditambah."}).status_code == 303
    page = Client().get(CARE).content.decode()
    assert TEXT in page
    assert "Petugas malam ditambah." in page
