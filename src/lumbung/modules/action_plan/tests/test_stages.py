"""A stage is left with everything there, or by an exception of two people that everybody sees."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import ngettext_lazy
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as events
from lumbung.core.events.models import EventRecord
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import drafting, plans, stages
from lumbung.modules.action_plan.actions.stages import StageIncomplete
from lumbung.modules.action_plan.models import PlanMember, StageDate, StageException, StagePassage
from lumbung.modules.action_plan.queries import records, roadmaps, standing_behind
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.queries.requirements import CHECKS, Missing
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
REASON = "Lokakarya ditunda karena gempa; forum sepakat melanjutkan lebih dahulu."


@pytest.fixture
def ntb(people):
    """The province, its orientation held and written down."""
    here.held_meeting("orientation")
    return here.member("ntb")


def leave(people, member, stage, by="sekretariat.ntb"):
    return stages.pass_stage(plan=here.plan(), member=member, stage=stage, by=people.viewer(by), now=NOW)


def ask(people, member, stage, by="sekretariat.ntb"):
    viewer = people.viewer(by)
    return stages.ask_exception(plan=here.plan(), member=member, stage=stage, reason=REASON, by=viewer, now=NOW)


def decide(people, asked, by, *, granted=True):
    return stages.decide_exception(exception=asked, granted=granted, by=people.viewer(by), now=NOW)


def codes(member, stage):
    template = states.templates()[member.template if member else "joint"]
    found = standings.missing_of(here.plan(), member, template.stage(stage), today=clock.local_day(NOW))
    return [each.code for each in found]


def test_every_requirement_of_the_data_names_a_check_that_exists():
    named = {
        requirement.check
        for template in states.templates().values()
        for stage in template.stages
        for requirement in stage.requirements
    }
    assert named <= set(CHECKS)


def test_a_stage_with_nothing_missing_is_left_and_stands_in_the_log(people, ntb):
    leave(people, ntb, "orientation")
    assert standings.track_standing(here.plan(), ntb).current.stage.key == "secretariat"
    assert EventRecord.objects.filter(key="action_plan.stage_passed", subject_id=here.KEY).count() == 1


def test_the_same_stage_is_left_once(people, ntb):
    leave(people, ntb, "orientation")
    with pytest.raises(Refused) as refused:
        leave(people, ntb, "orientation")
    assert refused.value.code == "not-the-current-stage"


def test_a_later_stage_cannot_be_left_before_the_one_in_front_of_it(people, ntb):
    with pytest.raises(Refused) as refused:
        leave(people, ntb, "working_team")
    assert refused.value.code == "not-the-current-stage"


def test_what_is_missing_is_named_one_by_one_with_who_owes_it(people, ntb):
    StageDate.objects.filter(track="ntb", stage__in=["secretariat", "enactment"]).delete()
    with pytest.raises(StageIncomplete) as refused:
        leave(people, ntb, "orientation")
    told = [(each.code, each.owes) for each in refused.value.missing]
    assert told == [
        ("roadmap_published.secretariat", "plan_secretariat"),
        ("roadmap_published.enactment", "plan_secretariat"),
    ]


@pytest.mark.parametrize("by", ["sekretariat.ksb", "ketua.ntb", "gubernur.ntb", "oms.ntb", "admin", "koordinator.ntb"])
def test_only_the_members_own_secretariat_leaves_its_stages(people, ntb, by):
    with pytest.raises(NotPermitted):
        leave(people, ntb, "orientation", by)


def test_nobody_monitors_what_it_carries_out_itself(people, ntb):
    here.seat("ntb-bappeda", "government")
    here.seat("somasi-ntb", "civil_society")
    institutions = [
        {"code": "ntb-diskominfotik", "role": "lead"},
        {"code": "fitra-ntb", "role": "civil_society"},
    ]
    here.commitment(people, institutions=institutions)
    here.seat("fitra-ntb", "civil_society", "monitor")
    assert codes(ntb, "working_team") == ["monitor_apart"]


@pytest.mark.parametrize(
    ("without", "code"),
    [
        ("ntb-bappeda", "government_and_civil_seats.government"),
        ("somasi-ntb", "government_and_civil_seats.outside"),
        ("fitra-ntb", "monitor_named"),
    ],
)
def test_each_seat_that_is_missing_is_named(people, ntb, without, code):
    for institution, sector, duty in (
        ("ntb-bappeda", "government", "member"),
        ("somasi-ntb", "civil_society", "member"),
        ("fitra-ntb", "civil_society", "monitor"),
    ):
        if institution != without:
            here.seat(institution, sector, duty)
    assert codes(ntb, "working_team") == [code]


def test_a_commitment_without_a_needed_part_keeps_the_plan_workshop_open(people, ntb):
    here.commitment(people, milestones=[])
    assert "commitments_complete.jalan-terbuka" in codes(ntb, "plan_workshop")


def test_only_frozen_drafts_leave_the_plan_workshop(people, ntb):
    here.commitment(people)
    assert "draft_frozen.1" in codes(ntb, "plan_workshop")
    drafting.freeze(member=ntb, note="", by=people.viewer("sekretariat.ntb"), now=NOW)
    assert "draft_frozen.1" not in codes(ntb, "plan_workshop")


def test_one_submission_needs_every_member_through_all_its_own_stages(people):
    told = codes(None, "submission")
    assert {"members_ready.ntb.orientation", "members_ready.ksb.proposal"} <= set(told)


@pytest.mark.parametrize(("of_ntb", "of_ksb", "missing"), [(3, 6, []), (6, 0, []), (7, 6, ["caps_kept"])])
def test_a_consortium_may_hold_twelve_commitments(people, of_ntb, of_ksb, missing):
    for number in range(of_ntb):
        here.commitment(people, f"ntb-{number}")
    for number in range(of_ksb):
        here.commitment(people, f"ksb-{number}", of="ksb")
    assert [code for code in codes(None, "submission") if code == "caps_kept"] == missing


def test_six_commitments_of_one_member_alone_are_too_many(people):
    PlanMember.objects.get(plan=here.plan(), organisation_id="ksb").delete()
    for number in range(6):
        here.commitment(people, f"ntb-{number}")
    assert "caps_kept" in codes(None, "submission")


def test_an_exception_moves_nothing_until_a_second_person_grants_it(people, ntb):
    StageDate.objects.filter(track="ntb").delete()
    asked = ask(people, ntb, "orientation")
    assert not StagePassage.objects.filter(plan=here.plan()).exists()
    decide(people, asked, "ketua.ntb")
    standing = standings.track_standing(here.plan(), ntb).stages[0]
    assert standing.passage is not None
    assert standing.granted_exception.reason == REASON
    assert {gap["code"] for gap in standing.granted_exception.missing} >= {"roadmap_published.orientation"}


def test_the_log_tells_what_was_let_pass_and_keeps_the_reason_as_a_hash(people, ntb):
    StageDate.objects.filter(track="ntb", stage="orientation").delete()
    decide(people, ask(people, ntb, "orientation"), "ketua.ntb")
    [passed] = [each for each in events.history_of("plan", here.KEY) if each.key == "action_plan.stage_passed"]
    assert passed.data["exception"] == ["roadmap_published.orientation"]
    assert not any(REASON in bytes(row.body).decode() for row in EventRecord.objects.all())


def test_whoever_asked_cannot_grant_even_with_both_roles(people, ntb):
    StageDate.objects.filter(track="ntb").delete()
    asked = ask(people, ntb, "orientation")
    StageException.objects.filter(pk=asked.pk).update(asked_by=people.account("ketua.ntb"))
    with pytest.raises(NotPermitted) as refused:
        decide(people, StageException.objects.get(pk=asked.pk), "ketua.ntb")
    assert refused.value.code == "exception-needs-a-second-person"


@pytest.mark.parametrize("by", ["sekretariat.ntb", "ketua.ksb", "gubernur.ntb", "oms.ntb"])
def test_only_the_chair_of_this_member_decides(people, ntb, by):
    StageDate.objects.filter(track="ntb").delete()
    asked = ask(people, ntb, "orientation")
    with pytest.raises(NotPermitted):
        decide(people, asked, by)


def test_a_declined_exception_leaves_the_stage_where_it_is_and_stays_visible(people, ntb):
    StageDate.objects.filter(track="ntb").delete()
    decide(people, ask(people, ntb, "orientation"), "ketua.ntb", granted=False)
    standing = standings.track_standing(here.plan(), ntb).stages[0]
    assert standing.passage is None
    assert [each.is_granted for each in standing.exceptions] == [False]


def test_an_exception_is_decided_once(people, ntb):
    StageDate.objects.filter(track="ntb").delete()
    asked = ask(people, ntb, "orientation")
    decide(people, asked, "ketua.ntb", granted=False)
    with pytest.raises(Refused) as refused:
        decide(people, asked, "ketua.ntb")
    assert refused.value.code == "exception-decided-already"


def test_where_nothing_is_missing_there_is_no_exception_to_ask_for(people, ntb):
    with pytest.raises(Refused) as refused:
        ask(people, ntb, "orientation")
    assert refused.value.code == "nothing-is-missing"


def test_an_exception_that_is_not_needed_any_more_is_not_granted_and_does_not_wait_for_ever(people, ntb):
    dates = list(StageDate.objects.filter(track="ntb"))
    StageDate.objects.filter(track="ntb").delete()
    asked = ask(people, ntb, "orientation")
    StageDate.objects.bulk_create(dates)
    with pytest.raises(Refused, match="nothing-is-missing"):
        decide(people, asked, "ketua.ntb")
    assert "menunggu" in standing_behind.exception(asked).casefold()
    leave(people, ntb, "orientation")
    told = standing_behind.exception(asked)
    assert "tidak diperlukan lagi" in told
    assert "menunggu" not in told.casefold()


def test_the_database_refuses_an_exception_granted_by_whoever_asked(people, ntb):
    StageDate.objects.filter(track="ntb").delete()
    asked = ask(people, ntb, "orientation")
    with pytest.raises(IntegrityError), transaction.atomic():
        StageException.objects.filter(pk=asked.pk).update(
            decided_by=asked.asked_by, decided_at=NOW, decided_role="plan_chair", is_granted=True
        )


def test_a_draft_saved_meanwhile_refuses_and_nothing_is_lost(people):
    first = here.commitment(people)
    by = people.viewer("sekretariat.ntb")
    body = here.full_body(budget={"id": "Rp1 miliar", "en": ""})
    drafting.save_version(draft=first.draft, body=body, seen=1, note="", by=by, now=NOW)
    with pytest.raises(Refused) as refused:
        drafting.save_version(draft=first.draft, body=here.full_body(), seen=1, note="", by=by, now=NOW)
    assert refused.value.code == "draft-was-saved-meanwhile"
    assert first.draft.versions.count() == 2


def test_saving_the_same_words_makes_no_new_version(people):
    first = here.commitment(people)
    by = people.viewer("sekretariat.ntb")
    drafting.save_version(draft=first.draft, body=here.full_body(), seen=1, note="", by=by, now=NOW)
    assert first.draft.versions.count() == 1


def test_a_joint_stage_is_not_left_by_one_government_alone(people):
    asked = ask(people, None, "submission", by="sekretariat.ntb")
    with pytest.raises(NotPermitted) as refused:
        decide(people, asked, "ketua.ntb")
    assert refused.value.code == "exception-needs-another-government"
    assert decide(people, asked, "ketua.ksb").is_granted
    [told] = standing_behind.exceptions_of(here.plan())
    assert standing_behind.exception(told) == (
        "Diajukan pada 26 Maret 2026 oleh: Sekretariat rencana aksi, Pemerintah Provinsi Nusa Tenggara Barat. "
        "Dikabulkan pada 26 Maret 2026 oleh orang kedua: Ketua forum, Pemerintah Kabupaten Sumbawa Barat."
    )
    [kept] = records.plan_record(here.plan(), [])["exceptions"]
    assert (kept["asked_by"]["government"], kept["decided_by"]["government"]) == ("ntb", "ksb")


def test_a_roadmap_that_is_published_again_keeps_its_earlier_days_in_sight(people, ntb, client):
    [first] = StageDate.objects.filter(plan=here.KEY, track="ntb", stage="public_test")
    later = {"public_test": (first.starts_on + timedelta(days=30), first.ends_on + timedelta(days=30))}
    told = {"plan": here.plan(), "member": ntb, "dates": later, "by": people.viewer("sekretariat.ntb"), "now": NOW}
    plans.publish_roadmap(**told)
    plans.publish_roadmap(**told)
    [before] = roadmaps.earlier_announcements(events.history_of("plan", here.KEY))["ntb", "public_test"]
    assert (before.starts_on, before.ends_on) == (first.starts_on, first.ends_on)
    assert "diumumkan sebelumnya" in client.get(f"/ntb/rencana-aksi/susun/{here.KEY}/").content.decode()


def test_what_is_missing_is_told_in_the_number_it_has():
    told = Missing(
        "x", ngettext_lazy("%(count)s comment waits.", "%(count)s comments wait.", "count"), params={"count": 1}
    )
    with translation.override("en"):
        assert (told.text, replace(told, params={"count": 2}).text) == ("1 comment waits.", "2 comments wait.")
