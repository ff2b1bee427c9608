"""The plan as one JSON record, for other installations and for anyone who compares."""

from collections.abc import Sequence
from typing import Any

from lumbung.core.base import clock
from lumbung.core.indicators.queries import Figure
from lumbung.modules.action_plan.models import Amendment, Commitment, Enactment, Plan, StageException
from lumbung.modules.action_plan.queries import amendments, enactment, ogp_facts, standing_behind
from lumbung.modules.action_plan.queries.plans import Card

RECORD_VERSION = 1


def plan_record(plan: Plan, cards: Sequence[Card]) -> dict[str, Any]:
    """Plan, members, commitments, facts and figures; nothing a citizen wrote is in it."""
    return {
        "v": RECORD_VERSION,
        "key": plan.pk,
        "title": {"id": plan.title_id, "en": plan.title_en},
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "submitted_on": plan.submitted_on.isoformat() if plan.submitted_on else None,
        "source": plan.source,
        "file_sha256": plan.loaded_sha256,
        "members": [{"code": member.organisation_id, "lead": member.is_lead} for member in plan.members.all()],
        "partners": [{"code": partner.organisation_id, "role": partner.role} for partner in plan.partners.all()],
        **ogp_facts.facts_of(plan).record(),
        "commitments": [_commitment(card) for card in cards],
        "enactments": [_enactment(each) for each in enactment.enactments_of(plan)],
        "amendments": [amendment_record(each) for each in amendments.amendments_of(plan) if each.decided_at],
        "exceptions": [_exception(each) for each in standing_behind.exceptions_of(plan)],
    }


def _enactment(enacted: Enactment) -> dict[str, Any]:
    return {
        "member": enacted.member.organisation_id,
        "decree": enacted.decree_words,
        "sha256": enacted.sha256,
        "objects": enacted.objects_said,
    }


def amendment_record(each: Amendment) -> dict[str, Any]:
    """One amendment: both sides, reason and decree."""
    return {
        "commitment": each.commitment_id,
        "place": each.place,
        "state": each.state,
        "old": each.old,
        "new": each.new,
        "reason": each.reason,
        "decree": each.decree_words,
        "proposed_on": clock.local_day(each.proposed_at).isoformat(),
        "proposed_by": {"role": each.proposing_role, "government": each.commitment.member.organisation_id},
        "decided_on": clock.local_day(each.decided_at).isoformat() if each.decided_at else None,
        "decided_by": {"role": each.deciding_role, "government": each.commitment.member.organisation_id}
        if each.decided_at
        else None,
    }


def _exception(each: StageException) -> dict[str, Any]:
    """What was let pass or refused: what was missing, why, and in which role for which government."""
    asked, decided = standing_behind.governments_of(each)
    return {
        "track": each.track,
        "stage": each.stage,
        "missing": [gap["code"] for gap in each.missing],
        "reason": each.reason,
        "asked_on": clock.local_day(each.asked_at).isoformat(),
        "asked_by": {"role": each.asked_role, "government": asked},
        "granted": each.is_granted,
        "decided_on": clock.local_day(each.decided_at).isoformat() if each.decided_at else None,
        "decided_by": {"role": each.decided_role, "government": decided} if each.decided_at else None,
    }


def _commitment(card: Card) -> dict[str, Any]:
    commitment = card.commitment
    return {
        "slug": commitment.pk,
        "member": commitment.member.organisation_id,
        "number": commitment.number,
        "public_id": commitment.public_id or None,
        "title": {"id": commitment.title_id, "en": commitment.title_en, "source": commitment.title_source},
        "problem": _problem(commitment),
        "starts_on": commitment.starts_on.isoformat() if commitment.starts_on else None,
        "ends_on": commitment.ends_on.isoformat() if commitment.ends_on else None,
        "values": [term.key for term in commitment.ogp_values],
        "institutions": [{"code": each.organisation_id, "role": each.role} for each in commitment.carriers],
        "goals": commitment.goals,
        "awaited_indicators": commitment.awaited_indicators,
        "milestones": [
            {
                "number": step.number,
                "title": {"id": step.title_id, "en": step.title_en},
                "due_on": step.due_on.isoformat(),
                "owner": step.owner_id,
                "illustrative": step.is_illustrative,
            }
            for step in commitment.open_milestones
        ],
        "facts": [
            {
                "kind": fact.kind,
                "on": fact.on.isoformat() if fact.on else None,
                "text": {"id": fact.text_id, "en": fact.text_en},
                "source": fact.source,
            }
            for fact in commitment.facts.all()
        ],
        "assessments": {
            "self_reported": _self_reported(card),
            "independent": _at_the_end(card) or _inception(commitment),
            "disagree": card.trio.disagrees,
        },
        "figures": [figure_record(figure) for figure in card.figures],
    }


def _problem(commitment: Commitment) -> dict[str, str] | None:
    if not commitment.problem_id:
        return None
    return {"id": commitment.problem_id, "en": commitment.problem_en, "source": commitment.problem_source}


def _self_reported(card: Card) -> dict[str, Any] | None:
    report = card.trio.self_report
    if report is None:
        return None
    return {
        "period": f"{report.year}-Q{report.quarter}",
        "completion": report.completion.key,
        "has_evidence": not card.trio.lacks_evidence,
        "by": report.organisation_id,
        "on": report.written_at.date().isoformat(),
    }


def _at_the_end(card: Card) -> dict[str, Any] | None:
    found = card.trio.assessment
    if found is None:
        return None
    degrees = {name: getattr(found, f"opened_{name}") for name in ("information", "participation", "accountability")}
    return {
        "stage": "end",
        "completion": card.trio.found,
        "opened": {name: term.key if term else None for name, term in degrees.items()},
        "by": found.organisation_id,
        "on": found.written_at.date().isoformat(),
    }


def _inception(commitment: Commitment) -> dict[str, Any] | None:
    if commitment.ambition is None:
        return None
    return {
        "stage": "inception",
        "verifiable": commitment.is_verifiable,
        "relevant": commitment.is_relevant,
        "novelty": commitment.novelty.key if commitment.novelty else None,
        "ambition": commitment.ambition.key,
        "source": commitment.inception_source,
    }


def figure_record(figure: Figure) -> dict[str, Any]:
    """The newest figure of an indicator, with what it was computed by and from."""
    newest = figure.newest
    return {
        "indicator": newest.indicator_key,
        "version": newest.indicator_version,
        "value": None if newest.value is None else str(newest.value),
        "n": newest.n,
        "excluded": newest.excluded,
        "as_of": newest.as_of.isoformat(),
        "dataset": newest.dataset_version.dataset_key,
        "dataset_version": newest.dataset_version.number,
        "snapshot_sha256": newest.snapshot_sha256,
        "definition_sha256": newest.definition_sha256,
    }
