"""What a plan and a commitment are made of: every field once. Forms, completeness and exports read this table.

A draft's body is one JSON object with these keys. Texts stand in both languages, `{"id": …, "en": …}`; Indonesian is
the one that is needed and that is enacted, English is for OGP's web form. Pure.

    institutions  [{"code": …, "role": lead | government | civil_society | business}]
    milestones    [{"number", "title", "output", "verification", "starts_on", "due_on", "owner"}]
    indicators    the key of a registered one, or {"title": …, "definition": …} while it awaits its service
    values, goals keys of OGP values; numbers of Sustainable Development Goals

source: domain action-plan, section 2 (OGP Local handbook 3.2.1.1–2, commitment pages, national template)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Kind = Literal[
    "line", "text", "date", "values", "institutions", "milestones", "indicators", "goals", "institution", "milestone"
]
Body = Mapping[str, Any]
LINE, TEXT = 300, 4_000
# A line of a milestone or an indicator; how many of them a draft holds.
SHORT_LINE, MOST_ENTRIES = 200, 20


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `needed` before a draft can be frozen for the plan workshop; `most` characters of a text."""

    key: str
    label: Promise
    kind: Kind
    hint: Promise | str = ""
    needed: bool = False
    most: int = TEXT

    @property
    def is_text(self) -> bool:
        """Whether it holds words in both languages."""
        return self.kind in {"line", "text"}


PLAN = (
    Field("title", _("Title of the plan"), "line", needed=True, most=200),
    Field(
        "summary",
        _("Summary of the plan"),
        "text",
        _("Two sentences for people who never heard of it."),
        needed=True,
        most=500,
    ),
    Field("vision", _("Open local government strategic vision"), "text", needed=True),
    Field("challenges", _("Challenges the plan answers"), "text", needed=True),
    Field("achievements", _("Achievements so far"), "text"),
    Field("engagement", _("How the plan was drawn up with others"), "text", needed=True),
    Field("starts_on", _("Begins on"), "date", needed=True),
    Field("ends_on", _("Ends on"), "date", needed=True),
)

COMMITMENT = (
    Field("title", _("Title"), "line", _("What will be different, in one sentence."), needed=True),
    Field("short", _("Short title"), "line", needed=True, most=60),
    Field("problem", _("Problem"), "text", _("What is wrong, for whom, since when."), needed=True),
    Field("status_quo", _("Status quo"), "text", _("What is done today, and by whom.")),
    Field("baseline", _("Baseline"), "text", _("The figure it starts from, with its date and source."), needed=True),
    Field("action", _("Action"), "text", _("What will be done, step by step."), needed=True),
    Field("contribution", _("How it contributes"), "text", _("Why this action solves the problem.")),
    Field("long_term_goal", _("Long-term goal of the vision"), "text"),
    Field("measure", _("How it is measured"), "text", _("Which number shows that it works."), needed=True, most=300),
    Field("policy_area", _("Primary policy area"), "line", most=80),
    Field("sector", _("Primary sector"), "line", most=80),
    Field("values", _("OGP values"), "values", needed=True),
    Field(
        "institutions",
        _("Institutions"),
        "institutions",
        _("One institution in charge, and those beside it."),
        needed=True,
    ),
    Field("starts_on", _("Begins on"), "date", needed=True),
    Field("ends_on", _("Ends on"), "date", needed=True),
    Field("milestones", _("Milestones"), "milestones", needed=True),
    Field("indicators", _("Indicators"), "indicators", needed=True),
    Field("budget", _("Budget"), "line"),
    Field("development_plan", _("Link to the regional development plan (RPJMD)"), "line"),
    Field("other_programmes", _("Link to other programmes"), "line"),
    Field("goals", _("Sustainable Development Goals"), "goals"),
)

MILESTONE_TEXTS = ("title", "output", "verification")
MILESTONE_NEEDED = (
    ("title", _("title")),
    ("due_on", _("date")),
    ("owner", _("owner")),
    ("output", _("output")),
)


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a draft of that kind: "plan" or "commitment"."""
    return PLAN if kind == "plan" else COMMITMENT


def field_of(kind: str, key: str) -> Field | None:
    """One field, None where there is none of that key."""
    return next((field for field in fields_of(kind) if field.key == key), None)


def empty_body(kind: str) -> dict[str, Any]:
    """A body with every key and nothing in it."""
    return {field.key: _nothing(field) for field in fields_of(kind)}


def _nothing(field: Field) -> Any:
    if field.is_text:
        return {"id": "", "en": ""}
    return None if field.kind == "date" else []


def words(body: Body, key: str, language: str = "id") -> str:
    """The words of a text field; Indonesian where English is missing."""
    told = body.get(key) or {}
    return str((language == "en" and told.get("en")) or told.get("id") or "")


def anchored_fields(kind: str) -> list[Field]:
    """The fields whose words may be quoted in a comment."""
    return [field for field in fields_of(kind) if field.is_text or field.kind == "milestones"]


def anchored_text(body: Body, key: str) -> str:
    """The Indonesian words of a field as they are shown, quoted and compared."""
    if key == "milestones":
        return milestones_text(body, "id")
    return words(body, key)


# Part of the text that is quoted and compared, so it does not hang on the language of the page.
_OUTPUT = {"id": "Keluaran", "en": "Output"}
_VERIFICATION = {"id": "Cara verifikasi", "en": "Means of verification"}


def milestones_text(body: Body, language: str) -> str:
    """The milestones as one text, each with its days, its output and its means of verification."""
    return "\n\n".join("\n".join(_milestone_lines(each, language)) for each in body.get("milestones") or ())


def _milestone_lines(milestone: Body, language: str) -> Iterator[str]:
    days = [milestone.get(key) for key in ("starts_on", "due_on")]
    told = " – ".join(format_date(date.fromisoformat(day), "d MMMM y", locale=language) for day in days if day)
    yield f"{milestone.get('number', '')}. {words(milestone, 'title', language)}" + (f" ({told})" if told else "")
    if output := words(milestone, "output", language):
        yield f"{_OUTPUT[language]}: {output}"
    if proof := words(milestone, "verification", language):
        yield f"{_VERIFICATION[language]}: {proof}"


def indicator_keys(body: Body) -> list[str]:
    """Keys of the registered indicators it names."""
    return [each for each in body.get("indicators") or () if isinstance(each, str)]


def awaited_indicators(body: Body) -> list[Body]:
    """Indicators whose service does not run here yet, each with title and definition."""
    return [each for each in body.get("indicators") or () if not isinstance(each, str)]


def missing(kind: str, body: Body) -> Iterator[tuple[Promise, Promise | None]]:
    """What a draft still lacks: (field, None), or (Milestones, the part that is missing)."""
    for field in fields_of(kind):
        value = body.get(field.key)
        if field.needed and not (words(body, field.key) if field.is_text else value):
            yield field.label, None
        elif field.kind == "institutions" and not any(each["role"] == "lead" for each in value or ()):
            yield field.label, _("institution in charge")
        elif field.kind == "milestones":
            yield from _missing_in_milestones(field, value or ())


def untranslated(kind: str, body: Body) -> Iterator[Promise]:
    """What a body says in Indonesian and not in English, in which OGP takes it."""
    for field in fields_of(kind):
        if any(told.get("id") and not told.get("en") for told in _texts_in(field, body)):
            yield field.label


def _texts_in(field: Field, body: Body) -> Iterator[Body]:
    value = body.get(field.key) or {}
    if field.is_text:
        yield value
    elif field.kind == "milestones":
        yield from (each.get(key) or {} for each in value for key in MILESTONE_TEXTS)
    elif field.kind == "indicators":
        yield from (each["title"] for each in awaited_indicators(body))


def disordered(body: Body) -> Iterator[Promise]:
    """What of a body ends before it begins. The whole ends later than it begins; a milestone may last one day."""
    starts_on, ends_on = body.get("starts_on"), body.get("ends_on")
    if starts_on and ends_on and ends_on <= starts_on:
        yield _("Ends on")
    days = [(each.get("starts_on"), each.get("due_on")) for each in body.get("milestones") or ()]
    if any(first and last and last < first for first, last in days):
        yield _("Milestones")


def _missing_in_milestones(field: Field, milestones: Any) -> Iterator[tuple[Promise, Promise | None]]:
    for key, label in MILESTONE_NEEDED:
        if any(not (words(each, key) if key in MILESTONE_TEXTS else each.get(key)) for each in milestones):
            yield field.label, label


def carriers_in(body: Mapping[str, Any]) -> set[str]:
    """Codes of whoever carries a commitment: its institutions, and the owners of its milestones."""
    named = {str(each["code"]) for each in body.get("institutions") or ()}
    return named | {str(step["owner"]) for step in body.get("milestones") or () if step.get("owner")}
