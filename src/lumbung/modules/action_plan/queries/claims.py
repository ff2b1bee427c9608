"""What this module has said in the log about its own rows, worked out anew: `lumbung verify` compares.

An enacted part says the hash of each of its objects, a plan loaded from a file does too, a decided amendment says its
own. Whoever changes a byte in a row is found by the name of the object.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC
from typing import Any

import rfc8785

from lumbung.core.events import queries as events
from lumbung.modules.action_plan.models import Amendment, Commitment, Enactment, Plan
from lumbung.modules.action_plan.queries import enacted_record

Data = Mapping[str, Any]
Objects = dict[str, str]


def has_said_record(key: str, plan: str) -> bool:
    """Whether the log already holds the hashes of this plan's objects, its record among them, under that key."""
    record = name_of_record(plan)
    return any(
        entry.key == key and record in entry.data.get("objects", ()) for entry in events.history_of("plan", plan)
    )


def of_enactment(data: Data) -> Objects:
    """The objects of one member's enacted part as the rows say them now, and the stored bytes of the part."""
    enactment = _enactment(data)
    if enactment is None:
        return {}
    objects = enacted_record.objects_of(enacted_record.enacted_record(enactment.member))
    return objects | {name_of_part(enactment): hashlib.sha256(bytes(enactment.body)).hexdigest()}


def _enactment(data: Data) -> Enactment | None:
    mine = Enactment.objects.filter(member__plan=data["plan"], member__organisation=data["member"])
    return mine.select_related("member__plan").first()


def name_of_part(enactment: Enactment) -> str:
    """How the stored bytes of a part are called in the log."""
    return f"enactment:{enactment.member.plan_id}.{enactment.member.organisation_id}"


def of_loaded_plan(data: Data) -> Objects:
    """The objects of a plan taken from public sources as the rows say them now."""
    plan = Plan.objects.filter(pk=data["plan"]).first()
    if plan is None:
        return {}
    found, record = loaded_objects(plan), name_of_record(plan.pk)
    # The first version told no fingerprint of the record as a whole.
    told = data.get("objects", {record: ""})
    return {name: sha256 for name, sha256 in found.items() if name != record or record in told}


def name_of_record(plan: str) -> str:
    """How the record of a loaded plan is called in the log: what its files print, and what its JSON is."""
    return f"record:{plan}"


def loaded_objects(plan: Plan) -> Objects:
    """The plan with its members, partners and happenings, each commitment with its sources, and the whole record."""
    commitments = list(enacted_record.enacted_commitments(plan))
    bodies = enacted_record.bodies_of(commitments)
    found = {f"commitment:{each.pk}": _sha256(_loaded(each, bodies[each.pk])) for each in commitments}
    record = enacted_record.record(
        plan.pk,
        list(plan.members.order_by("position")),
        enacted_record.narrative_of(plan),
        [(each.pk, each.member.organisation_id, each.number, bodies[each.pk]) for each in commitments],
    )
    return {f"plan:{plan.pk}": _sha256(_loaded_plan(plan)), **found, name_of_record(plan.pk): _sha256(record)}


def _loaded(commitment: Commitment, body: Data) -> dict[str, Any]:
    return {
        "slug": commitment.pk,
        "member": commitment.member.organisation_id,
        "number": commitment.number,
        "public_id": commitment.public_id,
        "id_note": {"id": commitment.id_note_id, "en": commitment.id_note_en},
        "sources": [
            commitment.title_source,
            commitment.problem_source,
            commitment.dates_source,
            commitment.inception_source,
        ],
        "inception": [
            commitment.is_verifiable,
            commitment.is_relevant,
            commitment.novelty.key if commitment.novelty else None,
            commitment.ambition.key if commitment.ambition else None,
        ],
        "facts": [
            [
                fact.kind,
                fact.on.isoformat() if fact.on else None,
                fact.text_id,
                fact.text_en,
                None if fact.value is None else f"{fact.value:.2f}",
                fact.unit,
                fact.source,
            ]
            for fact in commitment.facts.all()
        ],
        "illustrative": [step.number for step in commitment.milestones.all() if step.is_illustrative],
        "body": body,
    }


def _loaded_plan(plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan.pk,
        "narrative": enacted_record.narrative_of(plan),
        "submitted_on": plan.submitted_on.isoformat() if plan.submitted_on else None,
        "source": plan.source,
        "file_sha256": plan.loaded_sha256,
        "members": [
            [each.organisation_id, each.is_lead, each.path_id, each.path_en, each.source]
            for each in plan.members.order_by("position")
        ],
        "partners": [
            [each.organisation_id, each.role, *([each.member.organisation_id] if each.member else [])]
            for each in plan.partners.select_related("member").order_by("role", "position")
        ],
        "happenings": [
            [each.on.isoformat(), each.text_id, each.text_en, each.source] for each in plan.happenings.all()
        ],
    }


def enacted_parts() -> list[tuple[str, str]]:
    """Plan and member of every enactment that stands in the tables."""
    return list(Enactment.objects.values_list("member__plan", "member__organisation"))


def loaded_plans() -> list[tuple[str]]:
    """Every plan taken from public sources that stands in the tables."""
    return list(Plan.objects.filter(origin=Plan.Origin.LOADED).values_list("pk"))


def amendment_object(amendment: Amendment) -> Objects:
    """The hash of a decided amendment under its name: both texts, reason, decree, and the decision."""
    decided = amendment.decided_at.astimezone(UTC).isoformat() if amendment.decided_at else None
    return _amendment(amendment, state=amendment.state, decided_at=decided)


def amended_text(amendment: Amendment) -> Objects:
    """The same as the first version of the event told it: without the decision."""
    return _amendment(amendment)


def _amendment(amendment: Amendment, **decision: str | None) -> Objects:
    told = {
        "amendment": str(amendment.pk),
        "commitment": amendment.commitment_id,
        "place": amendment.place,
        "old": amendment.old,
        "new": amendment.new,
        "reason": amendment.reason,
        "decree": amendment.decree_words,
        **decision,
    }
    return {f"amendment:{amendment.pk}": _sha256(told)}


def _sha256(told: Data) -> str:
    return hashlib.sha256(rfc8785.dumps(dict(told))).hexdigest()
