"""The record of an enacted plan, worked out from its rows: what was enacted must come out again, byte for byte.

A body in its one form (`settled`): every key of `shape.py`, values and goals in order, nothing else. `bodies_of` reads
that form back from the rows of commitments, `narrative_of` from those of a plan.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from lumbung.core.links import queries as links
from lumbung.core.links.models import Link
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import (
    Commitment,
    CommitmentFact,
    CommitmentText,
    Milestone,
    Plan,
    PlanMember,
    PlanText,
)
from lumbung.modules.action_plan.queries import drafted_record

Body = dict[str, Any]
# Fields with columns of their own; every other text stands in CommitmentText or PlanText.
COMMITMENT_COLUMNS = ("title", "short", "problem", "measure")
PLAN_COLUMNS = ("title", "summary")
# A text that is also the commitment's first known fact.
FACT_FIELDS = ("baseline",)


def texts_apart(kind: str) -> list[str]:
    """Keys of the texts that have neither a column nor a fact."""
    columns = (*PLAN_COLUMNS,) if kind == "plan" else (*COMMITMENT_COLUMNS, *FACT_FIELDS)
    return [field.key for field in shape.fields_of(kind) if field.is_text and field.key not in columns]


def settled(kind: str, body: Mapping[str, Any]) -> Body:
    """A body in its one form."""
    return {field.key: settled_value(field, body.get(field.key)) for field in shape.fields_of(kind)}


def settled_value(field: shape.Field, value: Any) -> Any:
    """What one field says, in its one form."""
    if field.is_text:
        return _words(value)
    if field.kind in {"date", "institution"}:
        return value or (None if field.kind == "date" else "")
    if field.kind in {"values", "goals"}:
        return sorted(value or (), key=lambda each: (isinstance(each, str), each))
    if field.kind == "institutions":
        return [{"code": each["code"], "role": each["role"]} for each in value or ()]
    if field.kind in {"milestone", "milestones"}:
        return _settled_milestones(field, value)
    return _settled_indicators(value or ())


def _words(value: Any) -> dict[str, str]:
    told = value or {}
    return {"id": told.get("id") or "", "en": told.get("en") or ""}


def _settled_milestones(field: shape.Field, value: Any) -> Any:
    """All of them in order, or one as a whole: "" where there is none."""
    if field.kind == "milestone":
        return _settled_milestone(0, value) if value else ""
    steps = [_settled_milestone(place, each) for place, each in enumerate(value or (), start=1)]
    return sorted(steps, key=lambda step: step["number"])


def _settled_milestone(place: int, told: Mapping[str, Any]) -> Body:
    return {
        "number": told.get("number") or place,
        **{key: _words(told.get(key)) for key in shape.MILESTONE_TEXTS},
        "starts_on": told.get("starts_on") or None,
        "due_on": told.get("due_on") or None,
        "owner": told.get("owner") or "",
    }


def _settled_indicators(value: Iterable[Any]) -> list[Any]:
    """Registered ones first, then those that wait for their service."""
    told = list(value)
    awaited = [
        {"title": _words(each.get("title")), "definition": _words(each.get("definition"))}
        for each in told
        if not isinstance(each, str)
    ]
    return [*(each for each in told if isinstance(each, str)), *awaited]


def enacted_commitments(of: PlanMember | Plan) -> QuerySet[Commitment]:
    """The commitments of a member or plan with everything their bodies are made of."""
    known = Commitment.objects.filter(**({"plan": of} if isinstance(of, Plan) else {"member": of}))
    return with_body(known).order_by("member__position", "number")


def with_body(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Commitments with everything their bodies are made of."""
    return commitments.select_related("member", "novelty", "ambition").prefetch_related(
        "values",
        "institutions",
        "texts",
        "facts",
        Prefetch("milestones", Milestone.objects.filter(added_by__isnull=True).order_by("number")),
    )


def bodies_of(commitments: Iterable[Commitment]) -> dict[str, Body]:
    """The body of each commitment, by slug; its indicators are asked for once for all."""
    told = list(commitments)
    keys = links.targets_of("commitment", [each.pk for each in told], Link.Kind.MEASURED_BY, "indicator")
    return {each.pk: _body(each, keys[each.pk]) for each in told}


def _body(commitment: Commitment, indicators: list[str]) -> Body:
    texts = _apart(commitment.texts.all())
    baseline = next((fact for fact in commitment.facts.all() if fact.kind == CommitmentFact.Kind.BASELINE), None)
    body: Body = {
        **{key: _pair(commitment, key) for key in COMMITMENT_COLUMNS},
        **{key: texts.get(key) for key in texts_apart("commitment")},
        "baseline": {"id": baseline.text_id, "en": baseline.text_en} if baseline else None,
        "values": [term.key for term in commitment.values.all()],
        "goals": commitment.goals,
        "institutions": [{"code": each.organisation_id, "role": each.role} for each in commitment.institutions.all()],
        "milestones": [_milestone(each) for each in commitment.milestones.all()],
        "indicators": [*indicators, *commitment.awaited_indicators],
        **_span(commitment),
    }
    return settled("commitment", body)


def narrative_of(plan: Plan) -> Body:
    """The body of the enacted narrative."""
    texts = _apart(plan.texts.all())
    columns = {key: _pair(plan, key) for key in PLAN_COLUMNS}
    return settled("plan", {**columns, **{key: texts.get(key) for key in texts_apart("plan")}, **_span(plan)})


def _apart(texts: Iterable[CommitmentText | PlanText]) -> dict[str, dict[str, str]]:
    return {each.field: {"id": each.text_id, "en": each.text_en} for each in texts}


def _pair(row: Any, key: str) -> dict[str, str]:
    return {"id": getattr(row, f"{key}_id"), "en": getattr(row, f"{key}_en")}


def _span(row: Any) -> dict[str, str | None]:
    return {name: day.isoformat() if (day := getattr(row, name)) else None for name in ("starts_on", "ends_on")}


def _milestone(step: Milestone) -> Body:
    return {
        "number": step.number,
        **{key: _pair(step, key) for key in shape.MILESTONE_TEXTS},
        "starts_on": step.starts_on.isoformat() if step.starts_on else None,
        "due_on": step.due_on.isoformat(),
        "owner": step.owner_id or "",
    }


def enacted_record(of: PlanMember | Plan) -> drafted_record.Record:
    """The record of what is enacted, from the rows: of one member its part, of the plan all members."""
    plan = of if isinstance(of, Plan) else of.plan
    members = [of] if isinstance(of, PlanMember) else list(plan.members.order_by("position"))
    commitments = list(enacted_commitments(of))
    bodies = bodies_of(commitments)
    return record(
        plan.pk,
        members,
        narrative_of(plan) if any(member.is_lead for member in members) else None,
        [(each.pk, each.member.organisation_id, each.number, bodies[each.pk]) for each in commitments],
    )


def record(
    plan_key: str, members: Iterable[PlanMember], narrative: Body | None, told: Iterable[tuple[str, str, int, Body]]
) -> drafted_record.Record:
    """Version 2 of the plan's record (`drafted_record`)."""
    return {
        "v": drafted_record.VERSION,
        "plan": plan_key,
        "members": [
            {"code": each.organisation_id, "is_lead": each.is_lead, "template": each.template} for each in members
        ],
        "narrative": narrative,
        "commitments": [
            {"slug": slug, "member": member, "number": number, "body": body} for slug, member, number, body in told
        ],
    }


def settled_record(told: drafted_record.Record) -> drafted_record.Record:
    """A record whose bodies are in their one form: the same text gives the same hash, however it was typed."""
    narrative = told["narrative"]
    return told | {
        "narrative": None if narrative is None else settled("plan", narrative),
        "commitments": [each | {"body": settled("commitment", each["body"])} for each in told["commitments"]],
    }


def objects_of(told: drafted_record.Record) -> dict[str, str]:
    """The SHA-256 of each object of a record: "plan:<key>" for the narrative, "commitment:<slug>"."""
    found = {f"commitment:{each['slug']}": _sha256(each) for each in told["commitments"]}
    if told["narrative"] is not None:
        found[f"plan:{told['plan']}"] = _sha256({"plan": told["plan"], "narrative": told["narrative"]})
    return found


def _sha256(told: Body) -> str:
    return hashlib.sha256(drafted_record.canonical_bytes(told)).hexdigest()
