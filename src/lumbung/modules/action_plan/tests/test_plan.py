"""The plan of 2021: what its file says is what is stored, once; what no source tells stays empty."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.base.errors import Refused
from lumbung.core.events.models import EventRecord
from lumbung.core.portals.models import Portal
from lumbung.modules.action_plan import actions, queries
from lumbung.modules.action_plan.actions import loading
from lumbung.modules.action_plan.models import (
    Commitment,
    CommitmentFact,
    Institution,
    Milestone,
    Partner,
    Plan,
    PlanEvent,
    PlanMember,
    Term,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def plan(people):
    return Plan.objects.get(pk="ntb-ksb-2021-2023")


@pytest.fixture
def ntb(plan):
    return Portal.objects.select_related("region").get(pk="ntb")


def test_nine_commitments_of_two_members_led_by_the_province(plan):
    counted = {member.organisation_id: (member.is_lead, member.commitments.count()) for member in plan.members.all()}
    assert counted == {"ntb": (True, 3), "ksb": (False, 6)}


def test_loading_the_same_file_again_changes_nothing_and_tells_nothing(plan):
    told = EventRecord.objects.filter(key="action_plan.plan_loaded").count()
    loaded_at = plan.loaded_at
    assert actions.load_plan(path=actions.PLAN_2021, now=NOW).loaded_at == loaded_at
    assert EventRecord.objects.filter(key="action_plan.plan_loaded").count() == told


def test_a_corrected_file_replaces_the_plan_as_a_whole_and_is_told(plan, tmp_path):
    text = actions.PLAN_2021.read_text(encoding="utf-8").replace('short_id = "NTB Care"', 'short_id = "NTB Care 2"')
    corrected = tmp_path / "plan.toml"
    corrected.write_text(text, encoding="utf-8")
    actions.load_plan(path=corrected, now=NOW)
    assert Commitment.objects.get(pk="ntb-care").short_id == "NTB Care 2"
    assert Commitment.objects.count() == 9
    assert EventRecord.objects.filter(key="action_plan.plan_loaded").count() == 2


@pytest.mark.parametrize(("members", "most"), [(1, 5), (2, 12)])
def test_a_plan_with_more_commitments_than_ogp_allows_is_refused(members, most):
    told = {"plan": {"members": [{}] * members}, "caps": {"one_member": 5, "consortium": 12}}
    loading._refuse_too_many({**told, "commitments": [{}] * most})
    with pytest.raises(Refused, match="too-many-commitments"):
        loading._refuse_too_many({**told, "commitments": [{}] * (most + 1)})


def test_the_commitment_whose_id_no_source_settles_has_none_and_says_why(plan):
    without = Commitment.objects.get(public_id="")
    assert without.pk == "gotong-royong-stbm"
    assert "IDWSB0002" in without.id_note_id


def test_what_no_source_tells_is_empty(plan):
    satu_data = Commitment.objects.get(pk="satu-data-ntb")
    assert (satu_data.starts_on, satu_data.ambition, satu_data.values.count()) == (None, None, 0)


def test_every_milestone_is_marked_as_illustrative(plan):
    assert Milestone.objects.filter(is_illustrative=False).count() == 0
    assert Milestone.objects.count() >= 18


def test_aims_follow_from_the_ogp_values_the_scale_groups_them_under(ntb):
    sheet = queries.sheet_of(ntb, "ksb-satu-data", today=TODAY)
    assert [aim.key for aim in sheet.aims] == ["information", "transparency"]


def test_ties_between_the_two_governments_are_shown_from_both_ends(ntb):
    assert [each.pk for each in queries.sheet_of(ntb, "posyandu-gotong-royong", today=TODAY).contributes_to] == [
        "posyandu-ntb"
    ]
    assert [each.pk for each in queries.sheet_of(ntb, "posyandu-ntb", today=TODAY).contributions] == [
        "posyandu-gotong-royong"
    ]


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2021, 8, 6), 2, date(2021, 10, 6)),
        (date(2023, 8, 31), 1, date(2023, 9, 30)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
    ],
)
def test_months_are_counted_safely_at_the_end_of_a_month(day, months, due):
    """Golden: submitted 2021-08-06 → 2021-10-06; ended 2023-08-31 → 2023-09-30 (OGP Local handbook)."""
    assert queries.months_after(day, months) == due


def test_the_clocks_of_2021_are_real_and_so_overdue(ntb):
    found = {
        clock.kind: (clock.due_on, clock.standing)
        for clock in queries.sheet_of(ntb, "penataan-perangkat-daerah", today=TODAY).clocks
    }
    assert found == {"inception": (date(2021, 10, 6), "found"), "end": (date(2023, 9, 30), "overdue")}


def test_a_commitment_without_figures_is_stale_four_months_after_the_last_fact(plan):
    commitment = Commitment.objects.prefetch_related("facts").get(pk="perlindungan-pmks")
    fresh = queries.freshness_of(commitment, computed_on=None, today=date(2021, 12, 6))
    assert (fresh.since, fresh.is_stale) == (date(2021, 8, 6), False)
    assert queries.freshness_of(commitment, computed_on=None, today=date(2021, 12, 7)).is_stale
    assert not queries.freshness_of(commitment, computed_on=TODAY, today=TODAY).is_stale


BROKEN = [
    (Commitment, "satu-data-ntb", {"public_id": "", "id_note_id": ""}),
    (Commitment, "satu-data-ntb", {"public_id": "IDWNT0002"}),
    (Commitment, "satu-data-ntb", {"number": 2}),
    (Commitment, "satu-data-ntb", {"title_source": ""}),
    (Commitment, "ntb-care", {"problem_source": ""}),
    (Commitment, "ntb-care", {"ends_on": date(2021, 1, 1)}),
    (Commitment, "ntb-care", {"dates_source": ""}),
    (Commitment, "ntb-care", {"inception_source": ""}),
    (Plan, "ntb-ksb-2021-2023", {"ends_on": date(2021, 1, 1)}),
    (Plan, "ntb-ksb-2021-2023", {"source": ""}),
]


@pytest.mark.parametrize(("model", "key", "change"), BROKEN)
def test_the_database_refuses_a_fact_without_source_and_dates_out_of_order(plan, model, key, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=key).update(**change)


@pytest.mark.parametrize("model", [CommitmentFact, PlanEvent])
def test_the_database_refuses_a_fact_whose_source_is_empty(plan, model):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk).update(source="")


@pytest.mark.parametrize("model", [Institution, Milestone, Partner, PlanMember, Term])
def test_the_database_refuses_the_same_row_twice(plan, model):
    row = model.objects.first()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([row])


def test_a_plan_has_one_lead_and_a_commitment_one_institution_in_charge(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.members.update(is_lead=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.get(pk="ntb-care").institutions.update(role="lead")
