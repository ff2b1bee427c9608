"""Ideas for the illustrated plan: sent, cleared, one hidden, some merged, split, adopted, declined."""

import tomllib
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lumbung.core.access.viewers import NOBODY, Viewer
from lumbung.modules.action_plan.actions import clearing, ideas
from lumbung.modules.action_plan.demo.plan import KEY
from lumbung.modules.action_plan.models import Channel, Draft, Idea, IdeaTie, Plan, PlanMember
from lumbung.modules.action_plan.queries import drafts
from lumbung.modules.action_plan.queries import ideas as known
from lumbung.modules.action_plan.queries.intake import Words

TEXTS = Path(__file__).parent / "texts" / "ideas.toml"
NAMES = uuid.UUID("6f1f0c52-9c1d-4f6e-9a54-0d6f3b0c7a10")
LONG_AGO = timedelta(days=75)
# A government decides on its ideas once its forum has met and its drafts are begun.
UNTIL_DECIDED = {"ksb": timedelta(weeks=7, days=1), "ntb": timedelta(weeks=14, days=2)}
BETWEEN = timedelta(hours=9)
WAITING = "waiting"
Told = Mapping[str, Any]
ViewerOf = Callable[[str], Viewer]


def send(viewer_of: ViewerOf, now: datetime) -> None:
    """Everything people proposed, from the second day of the plan on; once."""
    plan = Plan.objects.get(pk=KEY)
    if Idea.objects.filter(plan=plan).exists():
        return
    members = {member.organisation_id: member for member in plan.members.select_related("organisation")}
    staff = {code: viewer_of(f"sekretariat.{code}") for code in members}
    for place, each in enumerate(_told()["ideas"]):
        if each.get("fate") != WAITING:
            _send(plan, each, members, staff, _began(plan, now) + BETWEEN * place)


def arrive(viewer_of: ViewerOf, now: datetime) -> None:
    """What came in today and waits to be cleared: nobody's stage waited for it."""
    plan = Plan.objects.get(pk=KEY)
    members = {member.organisation_id: member for member in plan.members.select_related("organisation")}
    staff = {code: viewer_of(f"sekretariat.{code}") for code in members}
    for each in _told()["ideas"]:
        if each.get("fate") == WAITING and known.takes_ideas(plan, members.get(each["member"])):
            _send(plan, each, members, staff, now)


def decide(viewer_of: ViewerOf, now: datetime) -> None:
    """What became of them, once the drafts are written; once."""
    plan = Plan.objects.get(pk=KEY)
    if IdeaTie.objects.filter(idea__plan=plan).exists():
        return
    told, began = _told(), _began(plan, now)
    keys = {uuid.uuid5(NAMES, each["key"]): each["key"] for each in told["ideas"]}
    every = Idea.objects.filter(plan=plan).select_related("member")
    sent = {keys[idea.draft_key]: idea for idea in every if idea.draft_key in keys}
    staff = {code: viewer_of(f"sekretariat.{code}") for code in plan.members.values_list("organisation_id", flat=True)}
    for each in told["merges"]:
        idea = sent[each["from"]]
        _merge(idea, sent[each["into"]], each["reason"], staff, _decided(idea, began))
    for each in told["splits"]:
        idea = sent[each["from"]]
        _split(idea, each, sent, staff, _decided(idea, began))
    for each in told["adoptions"]:
        idea = sent[each["from"]]
        _adopt(idea, each, staff, _decided(idea, began))


def _decided(idea: Idea, began: datetime) -> datetime:
    """When its government decides; what is for all of them waits for the last."""
    return began + (UNTIL_DECIDED[idea.member.organisation_id] if idea.member else max(UNTIL_DECIDED.values()))


def _told() -> dict[str, list[Told]]:
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def _began(plan: Plan, now: datetime) -> datetime:
    """Two days after the plan began; a plan that begins now has its ideas from before."""
    return min(plan.loaded_at + timedelta(days=2), now - LONG_AGO)


def _by(idea_member: PlanMember | None, staff: Mapping[str, Viewer]) -> Viewer:
    """The secretariat in charge of it; the lead's where it is for all."""
    return staff[idea_member.organisation_id] if idea_member else next(iter(staff.values()))


def _send(plan: Plan, told: Told, members: Mapping[str, PlanMember], staff: Mapping[str, Viewer], at: datetime) -> None:
    member = members.get(told["member"])
    channel, by = told.get("channel", Channel.ONLINE), _by(member, staff)
    words = Words(told["text"], told.get("title", ""), told.get("institution", ""))
    sent = ideas.send_idea(
        plan=plan,
        words=words,
        origin=ideas.Origin(member=member, channel=channel),
        draft_key=uuid.uuid5(NAMES, told["key"]),
        by=NOBODY if channel == Channel.ONLINE else by,
        now=at,
    )
    idea, fate, later = sent.item, told.get("fate", "public"), at + timedelta(days=1)
    if not isinstance(idea, Idea):
        raise TypeError(f"{told['key']}: not an idea")
    if fate == "hidden":
        clearing.hide_words(item=idea, reason=told["reason"], by=by, now=later)
    elif fate != WAITING:
        clearing.clear_words(item=idea, words=words, by=by, now=later)
    if fate == "declined":
        ideas.decline_idea(idea=idea, reason=told["reason"], by=by, now=later)


def _merge(idea: Idea, into: Idea, reason: str, staff: Mapping[str, Viewer], at: datetime) -> None:
    ideas.merge_idea(idea=idea, into=into, reason=reason, by=_by(idea.member, staff), now=at)


def _split(idea: Idea, told: Told, sent: Mapping[str, Idea], staff: Mapping[str, Viewer], at: datetime) -> None:
    parts = [Words(part["text"], part["title"]) for part in told["parts"]]
    made = ideas.split_idea(idea=idea, parts=parts, reason=told["reason"], by=_by(idea.member, staff), now=at)
    for child, part in zip(made, told["parts"], strict=True):
        if "into" in part:
            _merge(child, sent[part["into"]], "Meminta hal yang sama.", staff, at)


def _adopt(idea: Idea, told: Told, staff: Mapping[str, Viewer], at: datetime) -> None:
    draft = _draft_about(idea, told["words"])
    if draft is not None:
        ideas.adopt_idea(idea=idea, draft=draft, reason=told["reason"], by=_by(idea.member, staff), now=at)


def _draft_about(idea: Idea, words: list[str]) -> Draft | None:
    """The commitment of the same government whose title holds one of the words; none before drafts are written."""
    for version in drafts.newest_of_plan(idea.plan):
        title = drafts.title_of(version).lower()
        if version.draft.member_id == idea.member_id and any(word in title for word in words):
            return version.draft
    return None
