"""Amendments in words, both sides of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lumbung.core.base import clock
from lumbung.core.web import formatting
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import Amendment, Commitment, Plan
from lumbung.modules.action_plan.queries import amendments, draft_texts, standing_behind
from lumbung.modules.action_plan.queries.amendments import Place
from lumbung.modules.action_plan.queries.plan_names import PlanNames

DAYS = ("starts_on", "due_on")


@dataclass(frozen=True, slots=True)
class Changed:
    """One amendment in words. Of a list each line is one thing: what stands in both was not changed."""

    place: str
    old: str
    new: str
    is_list: bool
    reason: str
    decree: str
    on: date | None
    # Who proposed it and who decided: role and government of each, in a sentence.
    by: str

    def lines(self, side: str) -> list[tuple[str, bool]]:
        """The lines of "old" or "new", and whether the other side lacks them."""
        mine, other = (self.old, self.new) if side == "old" else (self.new, self.old)
        beside = set(other.splitlines()) if self.is_list else set()
        return [(line, line not in beside) for line in mine.splitlines()]


def places_to_amend(commitment: Commitment) -> list[tuple[Place, str]]:
    """Every place an amendment may change, with what it says now in words."""
    names = PlanNames(formatting.language_now())
    return [(each, _side(each.field, each.value, names)) for each in amendments.places_of(commitment)]


def changes_of(plan: Plan) -> list[tuple[Amendment, Changed]]:
    """Every amendment of the plan, proposed and decided, in the language active now."""
    names = PlanNames(formatting.language_now())
    return [(each, changed(each, names)) for each in amendments.amendments_of(plan)]


def by_commitment(plan: Plan, names: PlanNames) -> dict[str, tuple[Changed, ...]]:
    """The amendments of each commitment that count, by slug."""
    found: dict[str, tuple[Changed, ...]] = {}
    for each in amendments.approved().filter(commitment__plan=plan):
        found[each.commitment_id] = (*found.get(each.commitment_id, ()), changed(each, names))
    return found


def changed(each: Amendment, names: PlanNames) -> Changed:
    """An amendment in words."""
    field = amendments.field_of(each.place)
    return Changed(
        place=_title_of(each),
        old=_side(field, each.old, names),
        new=_side(field, each.new, names),
        is_list=isinstance(each.new, list),
        reason=each.reason,
        decree=each.decree_words,
        on=clock.local_day(each.decided_at) if each.decided_at else None,
        by=standing_behind.amendment(each),
    )


def _title_of(each: Amendment) -> str:
    """What changes; of a milestone as a whole also how."""
    label = amendments.label_of(each.place)
    if not amendments.is_whole(each.place):
        return label
    return (_("%(milestone)s, added") if each.new else _("%(milestone)s, closed")) % {"milestone": label}


def _side(field: shape.Field | None, value: Any, names: PlanNames) -> str:
    """What a place says, before or after; a list line by line."""
    if field is None:
        return str(value)
    if field.is_text:
        return names.words(value)
    if field.kind == "milestone":
        return "\n".join(_milestone(value, names)) if value else ""
    return "\n".join(draft_texts.lines_of(field, value or (), names.of_lists))


def _milestone(told: Any, names: PlanNames) -> Iterator[str]:
    """A milestone as a whole, one line for each of its parts."""
    yield names.words(told["title"])
    for label, key in ((_("Output"), "output"), (_("Verification"), "verification")):
        if words := names.words(told[key]):
            yield f"{label}: {words}"
    yield " – ".join(formatting.date_medium(date.fromisoformat(told[key])) for key in DAYS if told[key])
    if told["owner"]:
        responsible = _("Responsible")
        yield f"{responsible}: {names.organisation(told['owner'])}"
