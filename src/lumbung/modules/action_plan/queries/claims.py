"""What this module has said in the log about its own rows, worked out anew: `lumbung verify` compares.

An enacted part says the hash of each of its objects, a plan loaded from a file does too, a decided amendment says its
own. Whoever changes a byte in a row is found by the name of the object.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from lumbung.core.events import queries as events
from lumbung.modules.action_plan.models import Amendment, Commitment, Enactment, Plan
from lumbung.modules.action_plan.queries import enacted_record

Data = Mapping[str, Any]
Objects = dict[str, str]


def has_said(key: str, plan: str) -> bool:
    """Whether the log already holds the hashes of this plan's objects under an event of that key."""
    return any(entry.key == key and "objects" in entry.data for entry in events.history_of("plan", plan))


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
    return {} if plan is None else loaded_objects(plan)


def loaded_objects(plan: Plan) -> Objects:
    """The plan with its members, partners and happenings, and each commitment with its sources."""
    commitments = list(enacted_record.enacted_commitments(plan))
    bodies = enacted_record.bodies_of(commitments)
    found = {f"commitment:{each.pk}": _sha256(_loaded(each, bodies[each.pk])) for each in commitments}
    return {f"plan:{plan.pk}": _sha256(_loaded_plan(plan)), **found}


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


def of_amendment(data: Data) -> Objects:
    """One decided amendment as its row says it now."""
    amendment = Amendment.objects.filter(pk=data["amendment"]).first()
    return {} if amendment is None else amendment_object(amendment)


def amendment_object(amendment: Amendment) -> Objects:
    """The hash of an amendment under its name."""
    told = {
        "amendment": str(amendment.pk),
        "commitment": amendment.commitment_id,
        "place": amendment.place,
        "old": amendment.old,
        "new": amendment.new,
        "reason": amendment.reason,
        "decree": amendment.decree_words,
    }
    return {f"amendment:{amendment.pk}": _sha256(told)}


def _sha256(told: Data) -> str:
    return hashlib.sha256(rfc8785.dumps(dict(told))).hexdigest()
