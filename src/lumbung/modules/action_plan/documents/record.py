"""The record of a plan as a file, with its proof beside it: one form, wherever the plan comes from."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lumbung.modules.action_plan.models import Amendment, Plan
from lumbung.modules.action_plan.queries import claims, loaded_proof, ogp_facts, printed, records
from lumbung.modules.action_plan.queries.loaded_proof import LoadedProof
from lumbung.modules.action_plan.queries.printed import Facts

HOW = "SHA-256 of the RFC 8785 bytes of this object without its key 'proof'"
HOW_PUBLISHED = "SHA-256 of the RFC 8785 bytes of this object without its keys 'proof' and 'told'"


def as_json(facts: Facts) -> bytes:
    """The record with its proof beside it. Without "proof", its RFC 8785 bytes have the plan's hash."""
    plan = Plan.objects.get(pk=facts.record["plan"])
    told = {"ogp": ogp_facts.facts_of(plan).record()}
    return _written(facts.record | {"proof": _proof(facts, HOW) | told})


def published(plan: Plan, told: Mapping[str, Any], *, now: datetime) -> bytes:
    """The same of a submitted plan, and in "told" what its pages tell beside the text: facts, assessments, figures."""
    if plan.origin == Plan.Origin.LOADED:
        found = loaded_proof.proof_of(plan)
        return _written(found.record | {"proof": _loaded(found), "told": told})
    facts = printed.facts_of(plan, now=now)
    return _written(facts.record | {"proof": _proof(facts, HOW_PUBLISHED), "told": told})


def _written(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _proof(facts: Facts, how: str) -> dict[str, Any]:
    return {
        "sha256": facts.sha256,
        "how": how,
        "enactments": [
            {
                "member": each.member.organisation_id,
                "decree": each.decree_words,
                "sha256": each.sha256,
                "objects": each.objects_said,
            }
            for each in facts.enactments
        ],
        "amendments": [_amendment(each) for each in facts.amendments],
        "checkpoint": {"size": facts.checkpoint_size, "root": facts.checkpoint_root},
        "verify": facts.address,
    }


def _loaded(found: LoadedProof) -> dict[str, Any]:
    return {
        "sha256": found.sha256,
        "how": HOW_PUBLISHED,
        "entry": {"event": found.event_id, "index": found.index},
        "checkpoint": {"size": found.checkpoint_size, "root": found.checkpoint_root},
        "verify": found.address,
    }


def _amendment(each: Amendment) -> dict[str, Any]:
    """One amendment with the fingerprint the public log holds of it."""
    sha256 = claims.amendment_object(each)[f"amendment:{each.pk}"]
    decided_at = each.decided_at.astimezone(UTC).isoformat() if each.decided_at else None
    return {"id": str(each.pk), "sha256": sha256, **records.amendment_record(each), "decided_at": decided_at}
