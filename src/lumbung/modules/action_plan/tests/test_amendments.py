"""Enacted text is amended, never edited: old and new stand beside each other, and both are in the log."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.core.log import verification
from lumbung.modules.action_plan.actions import amendments as amending
from lumbung.modules.action_plan.actions.amendments import Change
from lumbung.modules.action_plan.models import Amendment, Commitment
from lumbung.modules.action_plan.queries import amendments, printed
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
REASON = "Anggaran baru tersedia pada semester kedua."


@pytest.fixture
def enacted(people):
    return given.enacted(people)


@pytest.fixture
def decree(enacted):
    return given.decree(number="050-31 Tahun 2027", dated_on=date(2027, 2, 1), about="other")


def commitment():
    return Commitment.objects.select_related("member__organisation", "plan").get(pk="jalan-terbuka")


def propose(people, decree, place="ends_on", new="2029-06-30", by="sekretariat.ntb"):
    change = Change(place, new, REASON, decree)
    return amending.propose_amendment(commitment=commitment(), change=change, by=people.viewer(by), now=NOW)


def decide(people, proposed, by="ketua.ntb", *, approved=True):
    return amending.decide_amendment(amendment=proposed, approved=approved, by=people.viewer(by), now=NOW)


def test_an_approved_amendment_stands_beside_the_old_text_and_changes_no_row(people, decree):
    decide(people, propose(people, decree))
    assert commitment().ends_on == date(2028, 12, 31)
    assert amendments.current_body(commitment())["ends_on"] == "2029-06-30"
    [place] = [each for each in printed.places_in_words(commitment()) if each.changes]
    assert (place.changes[0].old, place.changes[0].new, place.changes[0].reason) == (
        "31 Desember 2028",
        "30 Juni 2029",
        REASON,
    )
    assert verification.verify().faults == []


def test_a_milestone_and_a_text_are_amended_in_their_place(people, decree):
    decide(people, propose(people, decree, "milestones/1/due_on", "2027-09-30"))
    decide(people, propose(people, decree, "budget", {"id": "Rp2 miliar", "en": ""}))
    body = amendments.current_body(commitment())
    assert body["milestones"][0]["due_on"] == "2027-09-30"
    assert body["budget"] == {"id": "Rp2 miliar", "en": ""}
    shown = Commitment.objects.prefetch_related("milestones").get(pk="jalan-terbuka")
    amendments.apply_to([shown])
    assert shown.milestones.all()[0].due_on == date(2027, 9, 30)


def test_a_second_amendment_of_a_place_starts_from_the_first(people, decree):
    decide(people, propose(people, decree))
    second = propose(people, decree, new="2029-12-31")
    assert second.old == "2029-06-30"


def test_nothing_changes_until_the_chair_approves(people, decree):
    proposed = propose(people, decree)
    assert amendments.current_body(commitment())["ends_on"] == "2028-12-31"
    decide(people, proposed, approved=False)
    assert amendments.current_body(commitment())["ends_on"] == "2028-12-31"


def test_an_amendment_is_decided_once(people, decree):
    proposed = propose(people, decree)
    decide(people, proposed)
    with pytest.raises(Refused, match="amendment-decided-already"):
        decide(people, proposed, approved=False)


@pytest.mark.parametrize("by", ["ketua.ntb", "sekretariat.ksb", "gubernur.ntb", "oms.ntb"])
def test_only_the_members_secretariat_proposes(people, decree, by):
    with pytest.raises(NotPermitted):
        propose(people, decree, by=by)


@pytest.mark.parametrize("by", ["sekretariat.ntb", "ketua.ksb", "gubernur.ntb"])
def test_only_the_members_chair_decides(people, decree, by):
    with pytest.raises(NotPermitted):
        decide(people, propose(people, decree), by)


def test_whoever_proposed_cannot_approve(people, decree):
    proposed = propose(people, decree)
    Amendment.objects.filter(pk=proposed.pk).update(proposed_by=people.account("ketua.ntb"))
    with pytest.raises(NotPermitted, match="amendment-needs-a-second-person"):
        decide(people, proposed)


@pytest.mark.parametrize(
    ("place", "new", "code"),
    [
        ("institutions", [], "no-such-place"),
        ("milestones/9/due_on", "2027-09-30", "no-such-place"),
        ("ends_on", "2028-12-31", "nothing-changes"),
    ],
)
def test_what_cannot_be_amended_is_refused(people, decree, place, new, code):
    with pytest.raises(Refused, match=code):
        propose(people, decree, place, new)


def test_two_amendments_of_one_place_do_not_wait_at_once(people, decree):
    propose(people, decree)
    with pytest.raises(Refused, match="amendment-waits-already"):
        propose(people, decree, new="2029-12-31")


def test_a_decree_that_is_a_draft_changes_nothing(people, decree):
    draft = given.decree(number="", dated_on=None, state="draft", about="other")
    with pytest.raises(Refused, match="decree-not-in-force"):
        propose(people, draft)


def test_reason_and_texts_enter_the_log_as_a_hash_only(people, decree):
    decide(people, propose(people, decree))
    assert not any(REASON in bytes(row.body).decode() for row in EventRecord.objects.all())


def test_a_byte_changed_in_an_amendment_is_found_by_its_id(people, decree):
    decided = decide(people, propose(people, decree))
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=decided.pk).update(new="2030-06-30")
    with given.superuser("action_plan_amendment"):
        Amendment.objects.filter(pk=decided.pk).update(new="2030-06-30")
    assert [fault.where for fault in verification.verify().faults] == [f"amendment:{decided.pk}"]


BROKEN = [{"reason": ""}, {"new": "2028-12-31"}, {"state": "approved"}]


@pytest.mark.parametrize("change", BROKEN)
def test_the_database_refuses_an_amendment_without_reason_change_or_decision(people, decree, change):
    proposed = propose(people, decree)
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=proposed.pk).update(**change)


def test_the_database_refuses_an_amendment_its_proposer_approves(people, decree):
    proposed = propose(people, decree)
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=proposed.pk).update(
            state="approved", decided_by=proposed.proposed_by, decided_at=NOW
        )


def test_the_database_lets_one_amendment_of_a_place_wait(people, decree):
    again = propose(people, decree)
    again.pk = uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.bulk_create([again])


def test_the_database_says_a_field_of_a_commitment_and_of_a_plan_once(enacted):
    plan = here.plan()
    for texts, change in ((commitment().texts, {"field": "action"}), (plan.texts, {"field": "vision"})):
        closed = given.superuser("action_plan_commitmenttext", "action_plan_plantext")
        with closed, pytest.raises(IntegrityError), transaction.atomic():
            texts.update(**change)
