"""The canonical record of a plan drawn up here: what is exported, imported again, and enacted.

It holds what the text says and nothing that differs from one installation to another: no ids of rows, no times, no
accounts, no words of citizens. The same drafts give the same bytes (RFC 8785) and the same hash everywhere.

    {"v": 2, "plan": key, "members": [{"code", "is_lead", "template"}], "narrative": body | null,
     "commitments": [{"slug", "member", "number", "body"}]}
"""

import hashlib
from collections.abc import Iterable
from typing import Any

import rfc8785

from lumbung.modules.action_plan.models import Draft, DraftVersion, Plan, PlanMember
from lumbung.modules.action_plan.queries import drafts

VERSION = 2
Record = dict[str, Any]


def drafted_record(plan: Plan) -> Record:
    """What every draft of the plan says now."""
    return record_of(plan, drafts.newest_of_plan(plan))


def record_of(of: Plan | PlanMember, versions: Iterable[DraftVersion]) -> Record:
    """The record of these versions; of one member only its part, of the plan all members."""
    plan = of if isinstance(of, Plan) else of.plan
    members = [of] if isinstance(of, PlanMember) else list(plan.members.order_by("position"))
    told = list(versions)
    narrative = next((each.body for each in told if each.draft.kind == Draft.Kind.PLAN), None)
    places = {member.pk: place for place, member in enumerate(members)}
    commitments = [each for each in told if each.draft.member_id in places]
    commitments.sort(key=lambda each: (places[each.draft.member_id or 0], each.draft.number or 0))
    return {
        "v": VERSION,
        "plan": plan.pk,
        "members": [_member(each) for each in members],
        "narrative": narrative,
        "commitments": [_commitment(each) for each in commitments],
    }


def canonical_bytes(record: Record) -> bytes:
    """The RFC 8785 bytes of a record, or of one object of it."""
    return rfc8785.dumps(record)


def record_sha256(record: Record) -> str:
    """The hash that stands on exports and in the log."""
    return hashlib.sha256(canonical_bytes(record)).hexdigest()


def _member(member: PlanMember) -> Record:
    return {"code": member.organisation_id, "is_lead": member.is_lead, "template": member.template}


def _commitment(version: DraftVersion) -> Record:
    draft = version.draft
    member = draft.member.organisation_id if draft.member else ""
    return {"slug": draft.slug, "member": member, "number": draft.number, "body": version.body}
