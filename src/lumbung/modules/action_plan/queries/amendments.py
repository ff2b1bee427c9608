"""Amendments: what may be amended, what the text says now, and both texts of every change."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.core.web import formatting
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import Amendment, Commitment, Milestone, Plan
from lumbung.modules.action_plan.queries import enacted_record

Body = dict[str, Any]
MILESTONE_PARTS: Mapping[str, Promise] = {
    "title": gettext_lazy("title"),
    "output": gettext_lazy("output"),
    "verification": gettext_lazy("means of verification"),
    "starts_on": gettext_lazy("first day"),
    "due_on": gettext_lazy("last day"),
}
DATES = ("starts_on", "due_on")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a commitment that an amendment may change, and what it says now."""

    key: str
    label: str
    is_date: bool
    value: Any


def places_of(commitment: Commitment) -> list[Place]:
    """Every place an amendment may change, with what it says now."""
    body = current_body(commitment)
    places = [
        Place(field.key, str(field.label), field.kind == "date", body[field.key])
        for field in shape.COMMITMENT
        if field.is_text or field.kind == "date"
    ]
    for step in body["milestones"]:
        for part, label in MILESTONE_PARTS.items():
            title = _("Milestone %(number)s: %(part)s") % {"number": step["number"], "part": label}
            places.append(Place(f"milestones/{step['number']}/{part}", title, part in DATES, step[part]))
    return places


def place_of(commitment: Commitment, key: str) -> Place | None:
    """One of them."""
    return next((each for each in places_of(commitment) if each.key == key), None)


def label_of(key: str) -> str:
    """How a place is called in the language active now."""
    parts = key.split("/")
    if len(parts) == 3:
        return _("Milestone %(number)s: %(part)s") % {"number": parts[1], "part": MILESTONE_PARTS[parts[2]]}
    field = shape.field_of("commitment", key)
    return str(field.label) if field else key


def approved() -> QuerySet[Amendment]:
    """Amendments that count, the earliest first."""
    return Amendment.objects.filter(state=Amendment.State.APPROVED).order_by("decided_at", "proposed_at")


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
    told = copy.deepcopy(body)
    for each in amendments:
        parts = each.place.split("/")
        if len(parts) == 3:
            step = next(step for step in told["milestones"] if str(step["number"]) == parts[1])
            step[parts[2]] = each.new
        else:
            told[each.place] = each.new
    return told


def apply_to(commitments: Iterable[Commitment]) -> None:
    """Let these rows say what the text says now, in memory: the tables keep what was enacted.

    Only a plan drawn up here is amended here; one taken from public sources asks nothing.
    """
    known = {each.pk: each for each in commitments if each.plan.origin == Plan.Origin.WRITTEN}
    for amendment in approved().filter(commitment__in=list(known)) if known else ():
        commitment, parts = known[amendment.commitment_id], amendment.place.split("/")
        if len(parts) == 1:
            _say(commitment, amendment.place, amendment.new)
        else:
            for step in commitment.milestones.all():
                if str(step.number) == parts[1]:
                    _say(step, parts[2], amendment.new)


def _say(row: Commitment | Milestone, name: str, new: Any) -> None:
    if isinstance(new, Mapping):
        for language in ("id", "en"):
            setattr(row, f"{name}_{language}", new[language])
    else:
        setattr(row, name, date.fromisoformat(new))


def current_record(plan: Plan) -> Body:
    """The record of the plan as it stands: what was enacted, with the amendments in place."""
    told = enacted_record.enacted_record(plan)
    changes: dict[str, list[Amendment]] = defaultdict(list)
    for each in approved().filter(commitment__plan=plan):
        changes[each.commitment_id].append(each)
    commitments = [each | {"body": amended(each["body"], changes[each["slug"]])} for each in told["commitments"]]
    return told | {"commitments": commitments}


def told(amendment: Amendment, side: str, language: str) -> str:
    """The old or new words of an amendment in one language; a day as it is written."""
    value = getattr(amendment, side)
    if isinstance(value, Mapping):
        return str((language == "en" and value.get("en")) or value.get("id") or "")
    return formatting.date_medium(date.fromisoformat(value), language) if value else ""
