"""The illustrated plan's text: nine commitments, comments of the forum, the versions they led to, frozen once."""

import tomllib
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from lumbung.core.access.viewers import Viewer
from lumbung.modules.action_plan import permissions, shape
from lumbung.modules.action_plan.actions import commenting, drafting
from lumbung.modules.action_plan.actions.commenting import Words
from lumbung.modules.action_plan.demo.plan import KEY
from lumbung.modules.action_plan.models import Draft, DraftVersion, Plan, PlanMember
from lumbung.modules.action_plan.queries import drafts

TEXTS = Path(__file__).parent.parent / "data" / "contoh-2027-2029.toml"
NAMESPACE = uuid.UUID("6f0a1e6e-5f0f-4c0e-9a51-0f1d1f5d2027")
FORUM = "oms.ntb"
ViewerOf = Callable[[str], Viewer]
Told = Mapping[str, Any]


def write(viewer_of: ViewerOf, now: datetime) -> None:
    """Every first version, then what the forum said about it, then the versions after, then v1 is frozen."""
    plan = Plan.objects.get(pk=KEY)
    if drafts.count_commitments(plan):
        return
    told = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    _write_narrative(plan, told["narrative"], viewer_of, now)
    members = {each.organisation_id: each for each in plan.members.select_related("organisation", "plan")}
    for each in told["commitments"]:
        member, by = members[each["member"]], viewer_of(f"sekretariat.{each['member']}")
        drafting.begin_commitment(member=member, slug=each["slug"], body=body_of(each), by=by, now=now)
    for number, each in enumerate(told["comments"], start=1):
        _comment(each, viewer_of(FORUM), now + timedelta(seconds=number))
    for each in told["commitments"]:
        _revise(each, viewer_of(f"sekretariat.{each['member']}"), now + timedelta(seconds=30))
    _freeze(members, viewer_of, now + timedelta(seconds=40))


def body_of(told: Told) -> dict[str, Any]:
    """A body as the file tells it."""
    body = shape.empty_body("commitment")
    for field in shape.COMMITMENT:
        if field.is_text and field.key in told:
            body[field.key] = _both(told[field.key])
        elif field.kind == "date":
            body[field.key] = told[field.key].isoformat()
    awaited = [
        {"title": _both([title, ""]), "definition": _both([words, ""])} for title, words in told.get("awaited", [])
    ]
    return body | {
        "values": told["values"],
        "goals": told.get("goals", []),
        "institutions": [{"code": code, "role": role} for code, role in told["institutions"]],
        "indicators": [*told.get("indicators", []), *awaited],
        "milestones": list(_milestones(told["milestones"])),
    }


def _both(pair: list[str]) -> dict[str, str]:
    return {"id": pair[0], "en": pair[1]}


def _milestones(rows: list[list[Any]]) -> Iterator[dict[str, Any]]:
    for number, (title, output, proof, starts_on, due_on, owner) in enumerate(rows, start=1):
        days: tuple[date, date] = (starts_on, due_on)
        yield {
            "number": number,
            "title": _both([title, ""]),
            "output": _both([output, ""]),
            "verification": _both([proof, ""]),
            "starts_on": days[0].isoformat(),
            "due_on": days[1].isoformat(),
            "owner": owner,
        }


def _write_narrative(plan: Plan, told: Told, viewer_of: ViewerOf, now: datetime) -> None:
    draft = Draft.objects.select_related("plan").get(plan=plan, kind=Draft.Kind.PLAN)
    newest = _newest(draft)
    body = newest.body | {key: _both(pair) for key, pair in told.items()}
    by = viewer_of("sekretariat.ntb")
    note = "Naskah awal disusun sekretariat kedua pemerintah."
    drafting.save_version(draft=draft, body=body, seen=newest.number, note=note, by=by, now=now)


def _newest(draft: Draft) -> DraftVersion:
    newest = drafts.newest_version(draft)
    if newest is None:
        raise LookupError(f"draft {draft} has no version")
    return newest


def _comment(told: Told, by: Viewer, now: datetime) -> None:
    draft = Draft.objects.select_related("plan").get(slug=told["on"])
    if permissions.contributor(by, draft.plan) is None:
        return  # without a seat in the forum there is nobody to speak
    key = uuid.uuid5(NAMESPACE, told["text"])
    words = Words(told["text"], key, field=told.get("field", ""), quote=told.get("quote", ""))
    commenting.comment_on_draft(version=_newest(draft), words=words, by=by, now=now)


def _revise(told: Told, by: Viewer, now: datetime) -> None:
    draft = Draft.objects.select_related("plan", "member__organisation").get(slug=told["slug"])
    for revision in told.get("revisions", []):
        newest = _newest(draft)
        changed = {key: _both(pair) for key, pair in revision.items() if key != "note"}
        body, note = newest.body | changed, revision["note"]
        drafting.save_version(draft=draft, body=body, seen=newest.number, note=note, by=by, now=now)


def _freeze(members: Mapping[str, PlanMember], viewer_of: ViewerOf, now: datetime) -> None:
    for code, member in members.items():
        by = viewer_of(f"sekretariat.{code}")
        drafting.freeze(member=member, note="Draf untuk lokakarya rencana aksi.", by=by, now=now)
