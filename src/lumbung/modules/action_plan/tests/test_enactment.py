"""Enacted text is written once, refused by the database to everybody, and every changed byte of it is found by name."""

import hashlib
import uuid
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as recording
from lumbung.core.events import queries as events
from lumbung.core.files.tests import papers
from lumbung.core.links.models import Link
from lumbung.core.log import verification
from lumbung.modules.action_plan import actions, states
from lumbung.modules.action_plan.actions import drafting, enactment
from lumbung.modules.action_plan.actions.enactment import EndorsementFacts
from lumbung.modules.action_plan.actions.papers import Upload
from lumbung.modules.action_plan.events.enactment import PlanEnacted
from lumbung.modules.action_plan.models import (
    Commitment,
    CommitmentFact,
    CommitmentText,
    DraftVersion,
    Enactment,
    Endorsement,
    Institution,
    Milestone,
    Plan,
    PlanMember,
    PlanText,
    Term,
)
from lumbung.modules.action_plan.queries import drafted_record, enacted_record
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.queries.papers import may_see_paper
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen(people):
    return given.frozen(people)


@pytest.fixture
def enacted(people, frozen):
    given.at_enactment(people)
    return given.enact(people, frozen, given.decree())


def paper(**more):
    return EndorsementFacts(**({"institution": "Komunitas Warga", "sector": "community", "on": NOW.date()} | more))


def signed():
    data = papers.pdf(stream=uuid.uuid4().hex.encode())
    return Upload(data, len(data))


def codes(member, stage):
    template = states.templates()[member.template if member else "joint"]
    found = standings.missing_of(here.plan(), member, template.stage(stage), today=clock.local_day(NOW))
    return [each.code for each in found]


def faults():
    return [fault.where for fault in verification.verify().faults]


# --- endorsement ------------------------------------------------------------------------------------------------


def test_an_endorsement_of_the_newest_version_is_what_the_stage_asks_for(people, frozen):
    by = people.viewer("sekretariat.ntb")
    assert "endorsed_by_non_government.ntb" in codes(here.member(), "enactment")
    enactment.register_endorsement(freeze=frozen, facts=paper(), upload=signed(), by=by, now=NOW)
    assert "endorsed_by_non_government.ntb" not in codes(here.member(), "enactment")
    here.commitment(people, "lain")
    drafting.freeze(member=here.member(), note="", by=by, now=NOW)
    assert "endorsed_by_non_government.ntb" in codes(here.member(), "enactment")


def test_a_member_of_the_forum_endorses_for_its_own_organisation(people, frozen):
    with pytest.raises(NotPermitted):
        enactment.endorse(freeze=frozen, note="", by=people.viewer("oms.ntb"), now=NOW)
    here.seat("somasi-ntb", "civil_society")
    made = enactment.endorse(freeze=frozen, note="", by=people.viewer("oms.ntb"), now=NOW)
    assert (made.organisation_id, made.manner) == ("somasi-ntb", "pressed")
    with pytest.raises(Refused, match="endorsed-already"):
        enactment.endorse(freeze=frozen, note="", by=people.viewer("oms.ntb"), now=NOW)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sector": "government"}, "endorsement-from-government"),
        ({"on": NOW.date() + timedelta(days=2)}, "endorsement-in-the-future"),
        ({"on": NOW.date() - timedelta(days=1)}, "endorsement-before-the-text"),
        ({"institution": "deaguru institute"}, "endorsement-from-the-monitor"),
    ],
)
def test_an_endorsement_that_cannot_be_is_refused(people, frozen, change, code):
    here.seat("deaguru-institute", "academia", "monitor")
    with pytest.raises(Refused, match=code):
        enactment.register_endorsement(
            freeze=frozen, facts=paper(**change), upload=signed(), by=people.viewer("sekretariat.ntb"), now=NOW
        )


def test_an_endorsement_is_entered_with_its_signed_paper_that_everybody_may_see(people, frozen):
    by = people.viewer("sekretariat.ntb")
    with pytest.raises(Refused, match="endorsement-without-paper"):
        enactment.register_endorsement(freeze=frozen, facts=paper(), upload=None, by=by, now=NOW)
    made = enactment.register_endorsement(freeze=frozen, facts=paper(), upload=signed(), by=by, now=NOW)
    assert may_see_paper(by, made.document_id, NOW.date()) == "everyone"


@pytest.mark.parametrize("by", ["sekretariat.ksb", "oms.ntb", "gubernur.ntb"])
def test_only_the_secretariat_enters_signed_papers(people, frozen, by):
    with pytest.raises(NotPermitted):
        enactment.register_endorsement(freeze=frozen, facts=paper(), upload=signed(), by=people.viewer(by), now=NOW)


@pytest.mark.parametrize("change", [{"sector": "government"}, {"institution": ""}, {"organisation_id": "somasi-ntb"}])
def test_the_database_refuses_an_endorsement_of_nobody_of_two_and_of_government(people, frozen, change):
    made = enactment.register_endorsement(
        freeze=frozen, facts=paper(), upload=signed(), by=people.viewer("sekretariat.ntb"), now=NOW
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.filter(pk=made.pk).update(**change)


@pytest.mark.parametrize("named", [{"institution": "Komunitas Warga"}, {"organisation": "somasi-ntb"}])
def test_the_database_refuses_the_same_endorsement_twice(people, frozen, named):
    if "organisation" in named:
        here.seat("somasi-ntb", "civil_society")
        made = enactment.endorse(freeze=frozen, note="", by=people.viewer("oms.ntb"), now=NOW)
    else:
        by = people.viewer("sekretariat.ntb")
        made = enactment.register_endorsement(freeze=frozen, facts=paper(), upload=signed(), by=by, now=NOW)
    made.pk = uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.bulk_create([made])


# --- enactment --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": "2027-01-01"},
        {"milestones": [here.full_body()["milestones"][0] | {"starts_on": "2027-07-01"}]},
    ],
)
def test_what_ends_before_it_begins_is_neither_saved_nor_enacted(people, change):
    body = here.full_body(**change)
    with pytest.raises(Refused, match="draft-days-in-wrong-order"):
        here.commitment(people, **change)
    first = here.commitment(people)
    by = people.viewer("sekretariat.ntb")
    with pytest.raises(Refused, match="draft-days-in-wrong-order"):
        drafting.save_version(draft=first.draft, body=body, seen=1, note="", by=by, now=NOW)
    # As drafts saved before this rule hold it.
    DraftVersion.objects.filter(pk=first.pk).update(body=body)
    given.narrative(people)
    freeze = drafting.freeze(member=here.member(), note="", by=by, now=NOW)
    given.at_enactment(people)
    with pytest.raises(Refused, match="days-in-wrong-order"):
        given.enact(people, freeze, given.decree())


def test_what_is_enacted_is_what_was_frozen_and_its_hash_is_in_the_log(people, enacted):
    told = enacted_record.enacted_record(here.member())
    assert drafted_record.canonical_bytes(told) == bytes(enacted.body)
    assert hashlib.sha256(bytes(enacted.body)).hexdigest() == enacted.sha256
    [event] = [each for each in events.history_of("plan", here.KEY) if each.key == "action_plan.plan_enacted"]
    assert event.data["sha256"] == enacted.sha256
    assert set(event.data["objects"]) == {
        "commitment:jalan-terbuka",
        f"plan:{here.KEY}",
        f"enactment:{here.KEY}.ntb",
    }


def test_an_enacted_commitment_names_the_decree_as_its_source_and_is_measured(people, enacted):
    made = Commitment.objects.get(pk="jalan-terbuka")
    assert made.title_source == enacted.decree_words
    assert "050-12 Tahun 2026" in made.title_source
    assert made.facts.get().text_id == "Isi baseline."
    assert Link.objects.filter(source_id="jalan-terbuka", target_id="reports.on_time_share").count() == 1


def test_from_then_on_drafts_are_closed(people, enacted):
    with pytest.raises(Refused, match="draft-is-enacted"):
        here.commitment(people, "satu-lagi")
    assert "plan_enacted.ntb" not in codes(here.member(), "enactment")


@pytest.mark.parametrize("by", ["sekretariat.ntb", "bupati.ksb", "ketua.ntb", "admin"])
def test_only_the_members_own_head_of_region_enacts(people, frozen, by):
    given.at_enactment(people)
    with pytest.raises(NotPermitted):
        enactment.enact(
            member=here.member(), decree=given.decree(), seen_sha256=given.seen(frozen), by=people.viewer(by), now=NOW
        )


def refused(people, freeze, decree, seen=None):
    with pytest.raises(Refused) as told:
        enactment.enact(
            member=here.member(),
            decree=decree,
            seen_sha256=seen or given.seen(freeze),
            by=people.viewer("gubernur.ntb"),
            now=NOW,
        )
    assert not Enactment.objects.exists()
    return told.value.code


def test_nothing_is_enacted_before_the_stages_in_front_of_it(people, frozen):
    assert refused(people, frozen, given.decree()) == "stages-before-enactment"


@pytest.mark.parametrize("change", [{"state": "draft"}, {"about": "secretariat"}])
def test_nothing_is_enacted_without_a_decree_in_force(people, frozen, change):
    given.at_enactment(people)
    assert refused(people, frozen, given.decree(**change)) == "decree-not-in-force"


def test_what_changed_since_the_head_of_region_looked_is_not_enacted(people, frozen):
    given.at_enactment(people)
    assert refused(people, frozen, given.decree(), seen="0" * 64) == "text-changed-since"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"problem": {"id": "", "en": ""}}, "text-incomplete"),
        ({"short": {"id": "Jalan", "en": "x" * 61}}, "text-too-long"),
        ({"institutions": [{"code": "tidak-ada", "role": "lead"}]}, "institution-unknown"),
        ({"institutions": [{"code": "ntb-bappeda", "role": "lead"}] * 2}, "named-twice"),
    ],
)
def test_what_could_not_be_kept_word_for_word_is_refused_by_name(people, change, code):
    given.narrative(people)
    here.commitment(people, **change)
    freeze = drafting.freeze(member=here.member(), note="", by=people.viewer("sekretariat.ntb"), now=NOW)
    given.at_enactment(people)
    assert refused(people, freeze, given.decree()) == code


def test_a_part_is_enacted_once(people, enacted, frozen):
    with pytest.raises(Refused, match="enacted-already"):
        given.enact(people, frozen, enacted.decree)


def test_the_other_member_enacts_only_its_own_part(people, enacted):
    made = given.enacted(people, "ksb", "posyandu")
    assert set(made.objects_said) == {"commitment:posyandu", f"enactment:{here.KEY}.ksb"}
    assert [code for code in codes(None, "submission") if code.startswith(("plan_enacted", "decrees_in"))] == []


def test_before_one_submission_both_decrees_and_both_enactments_are_asked_for(people, enacted):
    told = [code for code in codes(None, "submission") if code.startswith(("plan_enacted", "decrees_in"))]
    assert told == ["decrees_in_force.ksb", "plan_enacted.ksb"]


# --- closed -----------------------------------------------------------------------------------------------------

CLOSED = [
    (Commitment, {"title_id": "Lain"}),
    (Commitment, {"number": 9}),
    (Commitment, {"goals": [16]}),
    (CommitmentText, {"text_id": "Lain"}),
    (CommitmentFact, {"text_en": "Other"}),
    (Institution, {"role": "government"}),
    (Milestone, {"due_on": "2030-01-01"}),
    (PlanText, {"text_id": "Lain"}),
    (Plan, {"title_id": "Lain"}),
    (PlanMember, {"is_lead": False}),
    (Enactment, {"sha256": "0" * 64}),
]


def rows(model):
    """The enacted rows of a table."""
    mine = {Commitment: "plan", PlanText: "plan", PlanMember: "plan", Enactment: "member__plan", Plan: "key"}
    return model.objects.filter(**{mine.get(model, "commitment__plan"): here.KEY})


@pytest.mark.parametrize(("model", "change"), CLOSED)
def test_the_database_refuses_to_change_enacted_text(enacted, model, change):
    found = rows(model).filter(organisation="ntb") if model is PlanMember else rows(model)
    assert found.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        found.update(**change)


@pytest.mark.parametrize("model", [CommitmentText, Institution, Milestone, PlanText, Enactment, CommitmentFact])
def test_the_database_refuses_to_take_enacted_rows_away(enacted, model):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(model)._raw_delete("default")


@pytest.mark.parametrize("model", [CommitmentText, Milestone, PlanText, CommitmentFact])
def test_the_database_refuses_to_put_rows_beside_the_enacted_ones(enacted, model):
    row = rows(model).first()
    row.pk = None
    for name, value in (("field", "lain"), ("number", 77)):
        if hasattr(row, name):
            setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([row])


def test_the_values_of_an_enacted_commitment_are_closed_too(enacted):
    made = Commitment.objects.get(pk="jalan-terbuka")
    with pytest.raises(IntegrityError), transaction.atomic():
        made.values.add(Term.objects.get(scale="ogp_value", key="technology"))
    with pytest.raises(IntegrityError), transaction.atomic():
        made.values.clear()


def test_what_comes_later_stays_open(enacted):
    Commitment.objects.filter(pk="jalan-terbuka").update(public_id="IDWNT0009")
    made = Commitment.objects.get(pk="jalan-terbuka")
    made.save()
    CommitmentFact.objects.create(
        commitment=made, kind="finding", text_id="Temuan", text_en="", source="pemantau", position=1
    )
    assert faults() == []


def test_every_closed_table_still_has_its_triggers(enacted):
    """A migration that rebuilds one of them on SQLite loses them: it has to put them back (0006)."""
    closed = import_module("lumbung.modules.action_plan.migrations.0006_enacted_text_is_never_changed").CLOSED
    wanted = {f"{each.table}_enacted_{verb}" for each in closed for verb in each.verbs}
    wanted |= {f"action_plan_amendment_{name}" for name in ("begins", "stays")}
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert wanted <= {name for (name,) in cursor.fetchall()}


# --- found ------------------------------------------------------------------------------------------------------

ONE_BYTE = [
    (Commitment, {"problem_en": "Words of problem,"}, "commitment:jalan-terbuka"),
    (Commitment, {"ends_on": "2028-12-30"}, "commitment:jalan-terbuka"),
    (CommitmentText, {"text_id": "Isi actiom."}, "commitment:jalan-terbuka"),
    (Milestone, {"owner": "ntb-bappeda"}, "commitment:jalan-terbuka"),
    (Institution, {"organisation": "ntb-bappeda"}, "commitment:jalan-terbuka"),
    (PlanText, {"text_id": "Isi vision!"}, f"plan:{here.KEY}"),
    (Plan, {"summary_en": "Words of summary,"}, f"plan:{here.KEY}"),
    (Enactment, {"body": b"{}"}, f"enactment:{here.KEY}.ntb"),
]


@pytest.mark.parametrize(("model", "change", "name"), ONE_BYTE)
def test_a_byte_a_superuser_changed_is_found_with_the_name_of_the_object(enacted, model, change, name):
    assert faults() == []
    with given.superuser(model._meta.db_table):
        row = rows(model).order_by("pk").first()
        model.objects.filter(pk=row.pk).update(**change)
    assert faults() == [name]


def test_a_commitment_a_superuser_added_or_took_away_is_found(enacted):
    with given.superuser("action_plan_commitment"):
        made = Commitment.objects.get(pk="jalan-terbuka")
        made.pk, made.number, made.public_id = "tambahan", 5, "IDWNT0099"
        Commitment.objects.bulk_create([made])
    assert faults() == ["commitment:tambahan"]


def test_a_tie_to_an_indicator_that_was_cut_is_found(enacted):
    Link.objects.filter(source_id="jalan-terbuka").delete()
    assert faults() == ["commitment:jalan-terbuka"]


def test_a_second_enactment_said_in_the_log_is_found(people, enacted):
    told = PlanEnacted(here.KEY, "ntb", 2, "1", "2026-03-20", "0" * 64, {"commitment:jalan-terbuka": "0" * 64})
    with transaction.atomic():
        recording.record(told, subject_type="plan", subject_id=here.KEY, actor=SYSTEM, now=NOW)
    assert faults() == ["commitment:jalan-terbuka"]


# --- the plan of 2021 -------------------------------------------------------------------------------------------

# What its files print, and its JSON is: everything that stands in the record changes it too.
RECORD = "record:ntb-ksb-2021-2023"
LOADED = [
    (Commitment, "ntb-care", {"problem_en": "x"}, "commitment:ntb-care"),
    (Commitment, "ntb-care", {"title_source": "x"}, "commitment:ntb-care"),
    (Plan, "ntb-ksb-2021-2023", {"summary_id": "x"}, "plan:ntb-ksb-2021-2023"),
]


@pytest.mark.parametrize(("model", "key", "change", "name"), LOADED)
def test_a_byte_changed_in_the_plan_of_2021_is_found_too(people, model, key, change, name):
    model.objects.filter(pk=key).update(**change)
    assert set(faults()) - {RECORD} == {name}


def test_a_byte_changed_in_the_plan_of_2021_changes_the_record_its_files_print(people):
    Commitment.objects.filter(pk="ntb-care").update(problem_en="x")
    assert RECORD in faults()


@pytest.mark.parametrize("model", [Milestone, CommitmentFact, Institution])
def test_a_row_taken_away_from_the_plan_of_2021_is_found(people, model):
    model.objects.filter(commitment="ntb-care").first().delete()
    assert set(faults()) - {RECORD} == {"commitment:ntb-care"}


def test_loading_a_corrected_file_keeps_the_rows_others_hang_on(people, tmp_path):
    before = set(Milestone.objects.values_list("pk", flat=True)), set(PlanMember.objects.values_list("pk", flat=True))
    text = actions.PLAN_2021.read_text(encoding="utf-8").replace('short_id = "NTB Care"', 'short_id = "NTB Care 2"')
    corrected = tmp_path / "plan.toml"
    corrected.write_text(text, encoding="utf-8")
    actions.load_plan(path=corrected, now=NOW)
    after = set(Milestone.objects.values_list("pk", flat=True)), set(PlanMember.objects.values_list("pk", flat=True))
    assert before == after
    assert faults() == []
