"""Amendments: what may be amended, what the text says now, and both texts of every change."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.core.links import queries as links
from lumbung.core.links.models import Link
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import Amendment, Commitment, CommitmentFact, Milestone, Plan, PlanMember
from lumbung.modules.action_plan.queries import enacted_record
from lumbung.modules.action_plan.shape import Field

Body = dict[str, Any]
# The parts of a milestone that may change. Its number is its name and stays.
MILESTONE_PARTS = (
    Field("title", gettext_lazy("title"), "text"),
    Field("output", gettext_lazy("output"), "text"),
    Field("verification", gettext_lazy("means of verification"), "text"),
    Field("starts_on", gettext_lazy("first day"), "date"),
    Field("due_on", gettext_lazy("last day"), "date"),
    Field("owner", gettext_lazy("owner"), "institution"),
)
# A milestone as a whole: "" where there is none, so that one is added, or closed.
WHOLE = Field("milestone", gettext_lazy("Milestone"), "milestone")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a commitment that an amendment may change: which field it is, and what it says now."""

    key: str
    field: Field
    label: str
    value: Any


def places_of(commitment: Commitment) -> list[Place]:
    """Every place an amendment may change, with what it says now.

    A milestone is amended part by part, closed as a whole, or added with the next number.
    """
    body = current_body(commitment)
    places = [
        Place(field.key, field, str(field.label), body[field.key])
        for field in shape.COMMITMENT
        if field.kind != "milestones"
    ]
    for step in body["milestones"]:
        for part in MILESTONE_PARTS:
            key = f"milestones/{step['number']}/{part.key}"
            places.append(Place(key, part, label_of(key), step[part.key]))
        whole = f"milestones/{step['number']}"
        places.append(Place(whole, WHOLE, _("Close milestone %(number)s") % {"number": step["number"]}, step))
    return [*places, _added(f"milestones/{max(_numbers(commitment)) + 1}")]


def _added(key: str) -> Place:
    return Place(key, WHOLE, _("Add a milestone"), "")


def _numbers(commitment: Commitment) -> set[int]:
    """Every number that was enacted, added or is proposed: a number is the name of one milestone for ever."""
    known = Amendment.objects.filter(commitment=commitment, place__startswith="milestones/")
    named = {int(place.split("/")[1]) for place in known.values_list("place", flat=True)}
    return {0, *commitment.milestones.values_list("number", flat=True), *named}


def place_of(commitment: Commitment, key: str) -> Place | None:
    """One of them; a milestone that was proposed and is none yet is a place, too."""
    found = next((each for each in places_of(commitment) if each.key == key), None)
    if found is not None or not is_whole(key):
        return found
    return None if commitment.milestones.filter(number=number_of(key)).exists() else _added(key)


def is_whole(key: str) -> bool:
    """Whether a place is a milestone as a whole."""
    parts = key.split("/")
    return len(parts) == 2 and parts[0] == "milestones" and parts[1].isdecimal()


def number_of(key: str) -> int:
    """The number of the milestone a place is in."""
    return int(key.split("/")[1])


def field_of(key: str) -> Field | None:
    """The field a place is, None where there is no such place in any commitment."""
    parts = key.split("/")
    if is_whole(key):
        return WHOLE
    if len(parts) == 3:
        return next((each for each in MILESTONE_PARTS if each.key == parts[2]), None)
    return shape.field_of("commitment", key)


def label_of(key: str) -> str:
    """How a place is called in the language active now."""
    field, parts = field_of(key), key.split("/")
    if field is None:
        return key
    if len(parts) == 3:
        return _("Milestone %(number)s: %(part)s") % {"number": parts[1], "part": field.label}
    if is_whole(key):
        return _("Milestone %(number)s") % {"number": parts[1]}
    return str(field.label)


def approved() -> QuerySet[Amendment]:
    """Amendments that count, the earliest first."""
    known = Amendment.objects.filter(state=Amendment.State.APPROVED).order_by("decided_at", "proposed_at")
    return known.select_related("commitment__member__organisation")


def amendments_of(plan: Plan) -> list[Amendment]:
    """Every amendment of the plan, proposed and decided."""
    known = Amendment.objects.filter(commitment__plan=plan).select_related("commitment__member__organisation", "decree")
    return list(known.order_by("-proposed_at"))


def by_place(commitment: Commitment) -> dict[str, list[Amendment]]:
    """The approved amendments of each place of a commitment, the earliest first."""
    found: dict[str, list[Amendment]] = defaultdict(list)
    for each in approved().filter(commitment=commitment).select_related("decree"):
        found[each.place].append(each)
    return dict(found)


def current_body(commitment: Commitment) -> Body:
    """What the commitment says now: the enacted text with its amendments."""
    fresh = enacted_record.with_body(Commitment.objects.filter(pk=commitment.pk))
    [body] = enacted_record.bodies_of(fresh).values()
    return amended(body, approved().filter(commitment=commitment))


def amended(body: Body, amendments: Iterable[Amendment]) -> Body:
    """A body after these amendments, in their order."""
    for each in amendments:
        body = changed(body, each.place, each.new)
    return body


def changed(body: Body, place: str, new: Any) -> Body:
    """A body that says something else in one place."""
    told, parts = copy.deepcopy(body), place.split("/")
    if is_whole(place):
        others = [step for step in told["milestones"] if str(step["number"]) != parts[1]]
        told["milestones"] = sorted([*others, *([new] if new else [])], key=lambda step: step["number"])
    elif len(parts) == 3:
        step = next(step for step in told["milestones"] if str(step["number"]) == parts[1])
        step[parts[2]] = new
    else:
        told[place] = new
    return told


def apply_to(commitments: Iterable[Commitment]) -> None:
    """Let these rows say what the text says now, in memory: the tables keep what was enacted.

    `Commitment.carriers` and `.ogp_values` read the amendments themselves. Only a plan drawn up here is amended here;
    one taken from public sources asks nothing.
    """
    known = [each for each in commitments if each.plan.origin == Plan.Origin.WRITTEN]
    prefetch_related_objects(known, "amendments")
    for commitment in known:
        for amendment in commitment.amendments.all():
            if amendment.state == Amendment.State.APPROVED:
                _apply(commitment, amendment)


def _apply(commitment: Commitment, amendment: Amendment) -> None:
    new = amendment.new
    if amendment.place.startswith("milestones/"):
        _apply_to_milestone(commitment, amendment)
    elif amendment.place == "goals":
        commitment.goals = new
    elif amendment.place == "indicators":
        commitment.awaited_indicators = shape.awaited_indicators({"indicators": new})
    elif amendment.place in enacted_record.FACT_FIELDS:
        for fact in commitment.facts.all():
            if fact.kind == amendment.place:
                _say(fact, "text", new)
    elif amendment.place not in {"institutions", "values"}:
        _say(commitment, amendment.place, new)


def _apply_to_milestone(commitment: Commitment, amendment: Amendment) -> None:
    """One that was closed says what it said; one that was added says what the amendment says."""
    _milestones, number, *part = amendment.place.split("/")
    told = {part[0]: amendment.new} if part else amendment.new or {}
    for step in commitment.milestones.all():
        if str(step.number) == number:
            for name, new in told.items():
                _say(step, name, new)


def _say(row: Commitment | Milestone | CommitmentFact, name: str, new: Any) -> None:
    if isinstance(new, Mapping):
        for language in ("id", "en"):
            setattr(row, f"{name}_{language}", new[language])
    elif isinstance(row, Milestone) and name == "owner":
        row.owner_id = new or None
    elif isinstance(row, Milestone) and name == "number":
        row.number = new
    else:
        setattr(row, name, date.fromisoformat(new) if new else None)


def indicator_keys(commitments: Iterable[Commitment]) -> dict[str, list[str]]:
    """Keys of the registered indicators that measure each commitment now, by slug."""
    known = {each.pk: each for each in commitments}
    keys = links.targets_of("commitment", list(known), Link.Kind.MEASURED_BY, "indicator")
    for slug, commitment in known.items():
        told = commitment.amended_to("indicators")
        if told is not None:
            keys[slug] = shape.indicator_keys({"indicators": told})
    return keys


def current_record(of: PlanMember | Plan) -> Body:
    """The record of a plan or of a member's part as it stands: what was enacted, with the amendments in place."""
    told = enacted_record.enacted_record(of)
    plan = of if isinstance(of, Plan) else of.plan
    changes: dict[str, list[Amendment]] = defaultdict(list)
    for each in approved().filter(commitment__plan=plan):
        changes[each.commitment_id].append(each)
    commitments = [each | {"body": amended(each["body"], changes[each["slug"]])} for each in told["commitments"]]
    return told | {"commitments": commitments}
