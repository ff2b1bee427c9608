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
from lumbung.modules.action_plan.demo.plan import KEY, began_at
from lumbung.modules.action_plan.models import Draft, DraftVersion, Plan, PlanMember
from lumbung.modules.action_plan.queries import drafts

TEXTS = Path(__file__).parent.parent / "data" / "contoh-2027-2029.toml"
NAMESPACE = uuid.UUID("6f0a1e6e-5f0f-4c0e-9a51-0f1d1f5d2027")
FORUM = "oms.ntb"
DAY = timedelta(days=1)
# How long after the plan began each government writes its drafts, once its forum has met on them, and freezes them.
WRITTEN = {
    "ksb": (timedelta(weeks=7, hours=8), timedelta(weeks=7, days=4)),
    "ntb": (timedelta(weeks=14, days=1), timedelta(weeks=18, days=1)),
}
ViewerOf = Callable[[str], Viewer]
Told = Mapping[str, Any]


def write(viewer_of: ViewerOf, now: datetime) -> None:
    """Every first version, then what the forum said about it, then the versions after, then v1 is frozen."""
    plan = Plan.objects.get(pk=KEY)
    if drafts.count_commitments(plan):
        return
    told = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    began = began_at(now)
    _write_narrative(plan, told["narrative"], viewer_of, began + min(at for at, _frozen_at in WRITTEN.values()))
    for code, (begun_after, frozen_after) in WRITTEN.items():
        member = plan.members.select_related("organisation", "plan").get(organisation_id=code)
        mine = [each for each in told["commitments"] if each["member"] == code]
        _write_part(member, mine, told["comments"], viewer_of, began + begun_after)
        by, note = viewer_of(f"sekretariat.{code}"), "Draf untuk lokakarya rencana aksi."
        drafting.freeze(member=member, note=note, by=by, now=began + frozen_after)


def _write_part(
    member: PlanMember, told: list[Told], comments: list[Told], viewer_of: ViewerOf, begun_at: datetime
) -> None:
    by, slugs = viewer_of(f"sekretariat.{member.organisation_id}"), {each["slug"] for each in told}
    for each in told:
        drafting.begin_commitment(member=member, slug=each["slug"], body=body_of(each), by=by, now=begun_at)
    for number, each in enumerate(comments, start=1):
        if each["on"] in slugs:
            _comment(each, viewer_of(FORUM), begun_at + DAY + timedelta(minutes=number))
    for each in told:
        _revise(each, by, begun_at + 2 * DAY)


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
