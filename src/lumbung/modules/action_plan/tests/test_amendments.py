"""Enacted text is amended, never edited: old and new stand beside each other, and both are in the log."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as recording
from lumbung.core.events.models import EventRecord
from lumbung.core.log import verification
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import amendments as amending
from lumbung.modules.action_plan.actions.amendments import Change
from lumbung.modules.action_plan.documents import record, word
from lumbung.modules.action_plan.events.enactment import CommitmentAmended
from lumbung.modules.action_plan.forms.enactment import called
from lumbung.modules.action_plan.models import Amendment, Commitment, FiledReport, Milestone, Plan
from lumbung.modules.action_plan.pages.public import shown_clock
from lumbung.modules.action_plan.queries import (
    amendments,
    changes,
    claims,
    clocks,
    drafted_record,
    drafts,
    enacted_record,
    plans,
    printed,
    programme,
    records,
    seals,
)
from lumbung.modules.action_plan.queries import enactment as enactments
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests.older import as_first_version

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


def test_the_decree_that_enacted_a_text_and_those_before_it_do_not_change_it(people, enacted, decree):
    before = given.decree(number="050-1 Tahun 2026", dated_on=enacted.decree.dated_on, about="other")
    for wrong in (enacted.decree, before):
        with pytest.raises(Refused) as refused:
            propose(people, wrong)
        assert refused.value.code == "decree-not-in-force"
    assert enactments.decrees_of_amendments(here.member()) == [decree]
    assert called(decree) == "Surat keputusan (SK) 050-31 Tahun 2027 · 1 Februari 2027 · Penetapan Rencana Aksi"


def test_a_milestone_and_a_text_are_amended_in_their_place(people, decree):
    decide(people, propose(people, decree, "milestones/1/due_on", "2027-09-30"))
    decide(people, propose(people, decree, "budget", {"id": "Rp2 miliar", "en": ""}))
    body = amendments.current_body(commitment())
    assert body["milestones"][0]["due_on"] == "2027-09-30"
    assert body["budget"] == {"id": "Rp2 miliar", "en": ""}
    shown = Commitment.objects.prefetch_related("milestones").get(pk="jalan-terbuka")
    amendments.apply_to([shown])
    assert shown.milestones.all()[0].due_on == date(2027, 9, 30)


def test_a_report_that_was_overdue_stays_said_when_an_amendment_moves_the_last_day(people, decree):
    Plan.objects.filter(pk=here.KEY).update(submitted_on="2026-03-01")
    moved_at = datetime(2029, 3, 1, tzinfo=UTC)

    def clock_of(*filed):
        return clocks.end_clock(commitment(), filed, today=date(2029, 3, 2))

    assert (clock_of().due_on, clock_of().standing) == (date(2029, 1, 31), "overdue")
    amending.decide_amendment(
        amendment=propose(people, decree), approved=True, by=people.viewer("ketua.ntb"), now=moved_at
    )
    now = clock_of()
    assert (now.due_on, now.standing, now.missed_on) == (date(2029, 7, 30), "running", date(2029, 1, 31))
    assert "31 Januari 2029" in shown_clock(now)["detail"]
    in_time = FiledReport(commitment=commitment(), kind="end", filed_on=date(2029, 1, 20))
    assert clock_of(in_time).missed_on is None


STEP = {
    "title": {"id": "Tahap dua", "en": "Step two"},
    "output": {"id": "Laporan", "en": "Report"},
    "verification": {"id": "", "en": ""},
    "starts_on": None,
    "due_on": "2028-06-30",
    "owner": "ntb-bappeda",
}


def steps_now():
    return [each["number"] for each in amendments.current_body(commitment())["milestones"]]


def test_a_milestone_is_added_by_an_amendment_and_reported_on_and_the_enacted_text_stays(people, enacted, decree):
    added = propose(people, decree, "milestones/2", STEP)
    assert steps_now() == [1]
    decide(people, added)
    assert steps_now() == [1, 2]
    [first, second] = commitment().open_milestones
    assert (first.added_by, second.added_by, second.owner_id) == (None, added, "ntb-bappeda")
    assert commitment().carrying == {"ntb-diskominfotik", "ntb-bappeda"}
    record_now = enacted_record.enacted_record(here.member())
    assert drafted_record.record_sha256(record_now) == enacted.sha256
    assert verification.verify().faults == []
    decide(people, propose(people, decree, "milestones/2/due_on", "2028-09-30"))
    shown = Commitment.objects.prefetch_related("milestones").get(pk="jalan-terbuka")
    amendments.apply_to([shown])
    assert shown.open_milestones[1].due_on == date(2028, 9, 30)
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.create(
            commitment=commitment(),
            number=9,
            title_id="T",
            title_en="T",
            due_on=date(2028, 1, 1),
            is_illustrative=False,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(number=1).update(added_by=added)


def test_a_closed_milestone_stays_readable_with_its_reason_and_nobody_owes_it(people, decree):
    decide(people, propose(people, decree, "milestones/2", STEP))
    late = propose(people, decree, "milestones/2/due_on", "2028-09-30")
    decide(people, propose(people, decree, "milestones/2", ""))
    assert steps_now() == [1]
    assert ([each.number for each in commitment().closed_milestones], commitment().carrying) == (
        [2],
        {"ntb-diskominfotik"},
    )
    closed = printed.places_in_words(commitment())[-1]
    assert [(each.place, each.reason) for each in closed.changes] == [
        ("Tonggak capaian 2, ditambahkan", REASON),
        ("Tonggak capaian 2, ditutup", REASON),
    ]
    # Its number is never given again, and what was proposed for it meanwhile changes nothing any more.
    assert [each.key for each in amendments.places_of(commitment())][-1] == "milestones/3"
    for refused in (
        lambda: propose(people, decree, "milestones/2", STEP),
        lambda: decide(people, late),
    ):
        with pytest.raises(Refused, match=r"no-such-place|amended-place-is-gone"):
            refused()
    with pytest.raises(Refused, match="amendment-leaves-a-gap"):
        propose(people, decree, "milestones/1", "")
    assert verification.verify().faults == []


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("", "milestone-is-empty"),
        (STEP | {"due_on": None}, "amendment-leaves-a-gap"),
        (STEP | {"owner": "dinas-khayalan"}, "amendment-names-something-unknown"),
        (STEP | {"title": {"id": "T" * 201, "en": ""}}, "amended-text-too-long"),
    ],
)
def test_only_a_whole_milestone_is_added(people, decree, new, code):
    with pytest.raises(Refused, match=code):
        propose(people, decree, "milestones/2", new)


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
    with given.superuser("action_plan_amendment"):
        Amendment.objects.filter(pk=proposed.pk).update(proposed_by=people.account("ketua.ntb"))
    with pytest.raises(NotPermitted, match="amendment-needs-a-second-person"):
        decide(people, proposed)


LEAD = {"code": "ntb-diskominfotik", "role": "lead"}
BESIDE = {"code": "ntb-bappeda", "role": "government"}
AWAITED = {"title": {"id": "Jam tunggu", "en": "Waiting hours"}, "definition": {"id": "", "en": ""}}
LISTS = [
    ("values", ["civic_participation", "public_accountability"], "Partisipasi masyarakat"),
    (
        "institutions",
        [LEAD, BESIDE],
        "Badan Perencanaan Pembangunan Daerah Provinsi Nusa Tenggara Barat (Instansi pendukung)",
    ),
    ("indicators", ["reports.on_time_share", AWAITED], "Jam tunggu"),
    ("goals", [11, 16], "16. Perdamaian"),
    ("milestones/1/owner", "ntb-bappeda", "Badan Perencanaan Pembangunan Daerah"),
]


@pytest.mark.parametrize(("place", "new", "words"), LISTS)
def test_lists_are_amended_and_the_enacted_rows_stay(people, decree, place, new, words):
    enacted = enacted_record.enacted_record(here.plan())
    decided = decide(people, propose(people, decree, place, new))
    assert enacted_record.enacted_record(here.plan()) == enacted
    [told] = [each for each in changes.changes_of(here.plan()) if each[0] == decided]
    assert words in told[1].new
    [place_now] = [each for each in amendments.places_of(commitment()) if each.key == place]
    assert place_now.value == new
    assert verification.verify().faults == []


def test_a_changed_byte_in_an_amended_list_is_found(people, decree):
    decided = decide(people, propose(people, decree, "institutions", [LEAD, BESIDE]))
    with given.superuser("action_plan_amendment"):
        Amendment.objects.filter(pk=decided.pk).update(new=[BESIDE])
    assert [fault.where for fault in verification.verify().faults] == [f"amendment:{decided.pk}"]


def test_pages_records_and_files_say_what_was_amended(people, decree):
    for place, new, _words in LISTS:
        decide(people, propose(people, decree, place, new))
    decide(people, propose(people, decree, "baseline", {"id": "Tiga dari sepuluh desa.", "en": ""}))
    Plan.objects.filter(pk=here.KEY).update(submitted_on="2027-02-20")
    [card] = plans.recorded_cards(here.plan(), today=date(2027, 3, 1))
    now = card.commitment
    assert [each.organisation_id for each in now.carriers] == ["ntb-diskominfotik", "ntb-bappeda"]
    assert {term.key for term in now.ogp_values} == {"civic_participation", "public_accountability"}
    assert (now.goals, now.awaited_indicators) == ([11, 16], [AWAITED])
    assert now.milestones.all()[0].owner_id == "ntb-bappeda"
    assert now.facts.all()[0].text_id == "Tiga dari sepuluh desa."
    told = records.plan_record(here.plan(), [card])
    assert told["commitments"][0]["institutions"] == [LEAD, BESIDE]
    assert {each["place"] for each in told["amendments"]} == {place for place, _new, _words in LISTS} | {"baseline"}
    assert "11, 16" in dict(programme.programme_of(commitment())).values()


def test_the_exported_record_holds_the_amended_text_and_its_history(people, decree):
    decided = decide(people, propose(people, decree, "goals", [11, 16]))
    told = json.loads(record.as_json(printed.facts_of(here.plan(), now=NOW)))
    assert told["commitments"][0]["body"]["goals"] == [11, 16]
    [change] = told["proof"]["amendments"]
    assert (change["place"], change["old"], change["new"], change["reason"]) == ("goals", [], [11, 16], REASON)
    assert {change["id"]: change["sha256"]} == {
        str(decided.pk): claims.amendment_object(decided)[f"amendment:{decided.pk}"]
    }


def test_who_proposed_and_who_approved_stand_on_the_page_in_the_json_and_on_paper(people, decree):
    decide(people, propose(people, decree))
    by = (
        "Diusulkan pada 26 Maret 2026 oleh: Sekretariat rencana aksi, Pemerintah Provinsi Nusa Tenggara Barat. "
        "Disetujui pada 26 Maret 2026 oleh orang kedua: Ketua forum, Pemerintah Provinsi Nusa Tenggara Barat."
    )
    [place] = [each for each in printed.places_in_words(commitment()) if each.changes]
    facts = printed.facts_of(here.plan(), now=NOW)
    [change] = json.loads(record.as_json(facts))["proof"]["amendments"]
    [part] = printed.words_of(here.plan(), facts, "id").parts
    assert (place.changes[0].by, word.told(part.changes[0])[-len(by) :]) == (by, by)
    assert (change["proposed_by"], change["decided_by"]) == (
        {"role": "plan_secretariat", "government": "ntb"},
        {"role": "plan_chair", "government": "ntb"},
    )
    with given.superuser("action_plan_amendment"):
        Amendment.objects.update(decided_role="plan_secretariat")
    assert len(verification.verify().faults) == 1


def test_a_new_indicator_measures_and_a_removed_one_does_not(people, decree):
    decide(people, propose(people, decree, "indicators", ["reports.median_days_to_finish", AWAITED]))
    assert amendments.indicator_keys([commitment()]) == {"jalan-terbuka": ["reports.median_days_to_finish"]}


def test_the_institution_in_charge_is_the_amended_one(people, decree):
    decide(people, propose(people, decree, "institutions", [BESIDE | {"role": "lead"}]))
    assert permissions.lead_of(commitment()) == "ntb-bappeda"
    # Its milestone is still owned by the one before: who owns a milestone carries the commitment, too.
    assert drafts.institutions_enacted(here.member("ntb")) == {"ntb-bappeda", "ntb-diskominfotik"}


@pytest.mark.parametrize(
    ("place", "new", "code"),
    [
        ("values", [], "amendment-leaves-a-gap"),
        ("values", ["kebaikan"], "amendment-names-something-unknown"),
        ("goals", [18], "amendment-names-something-unknown"),
        ("indicators", ["reports.tidak_ada"], "amendment-names-something-unknown"),
        ("institutions", [BESIDE], "amendment-leaves-a-gap"),
        ("institutions", [LEAD, LEAD], "institution-named-twice"),
        ("institutions", [LEAD, BESIDE | {"role": "lead"}], "one-institution-in-charge"),
        ("institutions", [LEAD, BESIDE | {"code": "dinas-khayalan"}], "amendment-names-something-unknown"),
        ("milestones/1/owner", "dinas-khayalan", "amendment-names-something-unknown"),
        ("milestones/1/owner", "", "amendment-leaves-a-gap"),
        ("milestones/1/due_on", "2026-12-31", "amended-days-in-wrong-order"),
        ("ends_on", "2020-01-01", "amended-days-in-wrong-order"),
        ("problem", {"id": "", "en": "Nothing."}, "amendment-leaves-a-gap"),
        ("short", {"id": "x" * 61, "en": ""}, "amended-text-too-long"),
    ],
)
def test_an_amendment_leaves_a_commitment_that_could_have_been_enacted(people, decree, place, new, code):
    with pytest.raises(Refused, match=code):
        propose(people, decree, place, new)


def test_whoever_monitors_carries_nothing_after_an_amendment_either(people, decree):
    monitor = [LEAD, {"code": "lrp2m-cordova", "role": "civil_society"}]
    proposed = propose(people, decree, "institutions", monitor)
    here.seat("lrp2m-cordova", "academia", "monitor")
    with pytest.raises(Refused, match="institution-monitors-this-part"):
        decide(people, proposed)
    decide(people, proposed, approved=False)
    with pytest.raises(Refused, match="institution-monitors-this-part"):
        propose(people, decree, "institutions", monitor)


@pytest.mark.parametrize(
    ("place", "new", "code"),
    [
        ("milestones", [], "no-such-place"),
        ("milestones/9/due_on", "2027-09-30", "no-such-place"),
        ("ends_on", "2028-12-31", "nothing-changes"),
    ],
)
def test_what_cannot_be_amended_is_refused(people, decree, place, new, code):
    with pytest.raises(Refused, match=code):
        propose(people, decree, place, new)


def forged(people, decree, **more):
    """A row nobody proposed and nobody approved, as plain SQL would put it in."""
    told = {
        "commitment": commitment(),
        "place": "title",
        "old": {"id": "Isi title.", "en": "Words of title."},
        "new": {"id": "JUDUL DIPALSUKAN", "en": "FORGED"},
        "reason": REASON,
        "decree": decree,
        "decree_words": "x",
        "proposed_at": NOW,
        "proposed_by": people.account("sekretariat.ntb"),
        "state": "approved",
        "decided_at": NOW,
        "decided_by": people.account("ketua.ntb"),
    }
    return Amendment(**told | more)


def test_the_database_takes_an_amendment_only_as_proposed_and_decides_it_as_it_stands(people, decree):
    for more in ({}, {"state": "declined"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Amendment.objects.bulk_create([forged(people, decree, **more)])
    proposed = propose(people, decree)
    for change in ({"new": "2030-01-01"}, {"reason": "Lain."}, {"proposed_by": people.account("ketua.ntb")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Amendment.objects.filter(pk=proposed.pk).update(**change)


def test_an_amendment_a_superuser_added_flipped_or_took_away_is_found_by_its_id(people, decree):
    approved, made = decide(people, propose(people, decree)), forged(people, decree)
    waiting = forged(people, decree, pk=uuid.uuid4(), state="proposed", decided_at=None, decided_by=None)
    declined = decide(people, propose(people, decree, "goals", [11]), approved=False)
    rows = Amendment.objects
    attacks = (
        (made, lambda: rows.bulk_create([made])),
        (waiting, lambda: rows.bulk_create([waiting])),
        (approved, lambda: rows.filter(pk=approved.pk).update(state="declined")),
        (approved, lambda: rows.filter(pk=approved.pk).update(state="proposed", decided_at=None, decided_by=None)),
        (approved, lambda: rows.filter(pk=approved.pk).update(decided_at=NOW - timedelta(minutes=1))),
        (approved, lambda: rows.filter(pk=approved.pk).update(place="starts_on")),
        (approved, lambda: rows.filter(pk=approved.pk).delete()),
        (declined, lambda: rows.filter(pk=declined.pk).update(state="approved")),
        (declined, lambda: rows.filter(pk=declined.pk).update(reason="Lain.")),
    )
    for row, attack in attacks:
        with transaction.atomic():
            with given.superuser("action_plan_amendment"):
                attack()
            assert [fault.where for fault in verification.verify().faults] == [f"amendment:{row.pk}"]
            assert not seals.seal_of(here.plan()).matches
            assert not seals.seal_of_commitment(here.plan(), "jalan-terbuka").matches
            transaction.set_rollback(True)
    assert seals.seal_of_commitment(here.plan(), "jalan-terbuka").matches


def test_of_an_amendment_told_by_the_first_version_only_the_decision_cannot_be_compared(people, decree):
    proposed = propose(people, decree)
    with given.superuser("action_plan_amendment"):
        Amendment.objects.filter(pk=proposed.pk).update(
            state="approved", decided_at=NOW, decided_by=people.account("ketua.ntb"), decided_role=SYSTEM.role
        )
    row = Amendment.objects.get(pk=proposed.pk)
    told = CommitmentAmended(here.KEY, "jalan-terbuka", str(row.pk), "ends_on", claims.amended_text(row))
    with transaction.atomic(), as_first_version(CommitmentAmended):
        recording.record(told, subject_type="plan", subject_id=here.KEY, actor=SYSTEM, now=NOW)
    report = verification.verify()
    assert (report.faults, report.untold) == ([], [f"amendment:{row.pk} (text)"])
    with given.superuser("action_plan_amendment"):
        Amendment.objects.filter(pk=row.pk).update(new="2030-06-30")
    assert [fault.where for fault in verification.verify().faults] == [f"amendment:{row.pk}"]


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
