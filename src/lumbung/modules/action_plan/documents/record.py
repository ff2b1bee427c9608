"""The record of an enacted plan as a file, with its proof beside it."""

import json
from datetime import UTC
from typing import Any

from lumbung.modules.action_plan.models import Amendment
from lumbung.modules.action_plan.queries import claims, records
from lumbung.modules.action_plan.queries.printed import Facts


def as_json(facts: Facts) -> bytes:
    """The record with its proof beside it. Without "proof", its RFC 8785 bytes have the plan's hash."""
    proof = {
        "sha256": facts.sha256,
        "how": "SHA-256 of the RFC 8785 bytes of this object without its key 'proof'",
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
    return json.dumps(facts.record | {"proof": proof}, ensure_ascii=False, indent=1).encode()


def _amendment(each: Amendment) -> dict[str, Any]:
    """One amendment with the fingerprint the public log holds of it."""
    sha256 = claims.amendment_object(each)[f"amendment:{each.pk}"]
    decided_at = each.decided_at.astimezone(UTC).isoformat() if each.decided_at else None
    return {"id": str(each.pk), "sha256": sha256, **records.amendment_record(each), "decided_at": decided_at}
