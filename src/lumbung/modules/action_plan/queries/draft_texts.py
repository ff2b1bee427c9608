"""What a version of a draft says, field by field, as people read and compare it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lumbung.core.base.declarations import Label
from lumbung.core.indicators import registry
from lumbung.core.web import formatting
from lumbung.modules.action_plan import goals, shape
from lumbung.modules.action_plan.models import DraftVersion, Institution, Term
from lumbung.modules.action_plan.queries import draft_choices
from lumbung.modules.action_plan.shape import Field

Body = Mapping[str, Any]
GOALS = dict(goals.GOALS)


@dataclass(frozen=True, slots=True)
class Names:
    """How what a body names by key is called."""

    organisations: Mapping[str, str]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldText:
    """One field: its words, or, where it holds no words, one line for each thing it names."""

    field: Field
    text: str
    english: str = ""

    @property
    def lines(self) -> list[str]:
        """The lines of a field that holds no words."""
        return self.text.split("\n") if self.text else []


def names_for(bodies: Iterable[Body]) -> Names:
    """The names these bodies need, read once."""
    codes = {code for body in bodies for code in _codes(body)}
    values = {term.key: term.label for term in Term.objects.filter(scale=Term.Scale.OGP_VALUE)}
    return Names(draft_choices.names_of(codes), values)


def _codes(body: Body) -> Iterator[str]:
    yield from (str(each["code"]) for each in body.get("institutions") or ())
    yield from (str(each["owner"]) for each in body.get("milestones") or () if each.get("owner"))


def texts_of(version: DraftVersion, names: Names) -> list[FieldText]:
    """Every field that says something, in the order of the shape."""
    found = [text_of(field, version.body, names) for field in shape.fields_of(version.draft.kind)]
    return [each for each in found if each.text]


def text_of(field: Field, body: Body, names: Names) -> FieldText:
    """What one field says."""
    if field.kind == "milestones":
        return FieldText(field, shape.anchored_text(body, field.key), _milestones_in_english(body))
    if field.is_text:
        english = str((body.get(field.key) or {}).get("en", ""))
        return FieldText(field, shape.anchored_text(body, field.key), english)
    return FieldText(field, "\n".join(lines_of(field, body.get(field.key) or (), names)))


def _milestones_in_english(body: Body) -> str:
    """For whoever reads English, also where only the labels and days are; else where it was translated."""
    steps = body.get("milestones") or ()
    translated = any((each.get(key) or {}).get("en") for each in steps for key in shape.MILESTONE_TEXTS)
    return shape.milestones_text(body, "en") if translated or formatting.language_now() == "en" else ""


def lines_of(field: Field, value: Any, names: Names) -> Iterator[str]:
    """What a field that holds no words says, one line for each thing it names."""
    if field.kind == "date" and value:
        yield formatting.date_medium(date.fromisoformat(value))
    elif field.kind == "values":
        yield from (names.values.get(key, key) for key in value)
    elif field.kind == "institution" and value:
        yield names.organisations.get(value, value)
    elif field.kind == "institutions":
        yield from (_institution(each, names) for each in value)
    elif field.kind == "indicators":
        yield from (str(_indicator(each)) for each in value)
    elif field.kind == "goals":
        yield from (f"{number}. {GOALS[number]}" for number in value if number in GOALS)


def _institution(told: Body, names: Names) -> str:
    name = names.organisations.get(told["code"], told["code"])
    return f"{name} ({Institution.Role(told['role']).label})"


def _indicator(told: Any) -> Label:
    if isinstance(told, str):
        return registry.get(told).title if registry.is_registered(told) else told
    definition = shape.words(told, "definition", formatting.language_now())
    title = shape.words(told, "title", formatting.language_now())
    return f"{title}: {definition}" if definition else title


def owners_of(body: Body, names: Names) -> list[tuple[int, str]]:
    """Who answers for each milestone: its number and the institution."""
    owned = [each for each in body.get("milestones") or () if each.get("owner")]
    return [(each["number"], names.organisations.get(each["owner"], each["owner"])) for each in owned]
