"""Rows of a draft: milestones, institutions beside the one in charge, indicators that await their service.

A row in which nothing was entered is no row. A button that sends the form adds one, so that it needs no script.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.modules.action_plan.models import Institution
from lumbung.modules.action_plan.queries.draft_choices import DraftChoices
from lumbung.modules.action_plan.shape import MOST_ENTRIES as MOST_ROWS
from lumbung.modules.action_plan.shape import SHORT_LINE

Data = MultiValueDict[str, Any]
Body = Mapping[str, Any]


def organisation_field(label: Any, choices: DraftChoices) -> forms.ChoiceField:
    """A list of organisations, by kind, of which none may be chosen."""
    return forms.ChoiceField(label=label, choices=[("", _("not chosen yet")), *choices.organisations], required=False)


class Row(forms.Form):
    """One row; `told` is what it puts into the body."""

    use_required_attribute = False

    def __init__(self, *args: Any, choices: DraftChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.add_lists()

    def add_lists(self) -> None:
        """Fields whose lists depend on the plan."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return not any(self.cleaned_data.values())

    def told(self, number: int) -> dict[str, Any]:
        """What the row says, as the body keeps it."""
        raise NotImplementedError

    @staticmethod
    def initial_of(told: Any) -> dict[str, Any]:
        """What the row shows of a body."""
        raise NotImplementedError

    def both(self, key: str) -> dict[str, str]:
        """A text in both languages."""
        return {language: self.cleaned_data[f"{key}_{language}"] for language in ("id", "en")}


def _line(label: Any, most: int = SHORT_LINE) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False)


def _spread(told: Body, *keys: str) -> dict[str, Any]:
    return {f"{key}_{language}": (told.get(key) or {}).get(language, "") for key in keys for language in ("id", "en")}


class MilestoneRow(Row):
    """A step, due on a day, with who answers for it and how one sees that it is done."""

    title_id = _line(_("Milestone"))
    title_en = _line(_("Milestone in English"))
    output_id = _line(_("Expected output"))
    output_en = _line(_("Expected output in English"))
    verification_id = _line(_("Means of verification"))
    verification_en = _line(_("Means of verification in English"))
    starts_on = day_field(_("Begins on"), required=False)
    due_on = day_field(_("Due on"), required=False)

    def add_lists(self) -> None:
        self.fields["owner"] = organisation_field(_("Who answers for it"), self.choices)

    def clean(self) -> dict[str, Any]:
        """A step is due after it begins."""
        told = super().clean() or {}
        starts_on, due_on = told.get("starts_on"), told.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", _("A milestone is due on the day it begins or later. Correct the dates."))
        return told

    def told(self, number: int) -> dict[str, Any]:
        days = {key: self.cleaned_data[key] for key in ("starts_on", "due_on")}
        return {
            "number": number,
            **{key: self.both(key) for key in ("title", "output", "verification")},
            **{key: day.isoformat() if day else None for key, day in days.items()},
            "owner": self.cleaned_data["owner"],
        }

    @staticmethod
    def initial_of(told: Any) -> dict[str, Any]:
        days = {key: told.get(key) for key in ("starts_on", "due_on", "owner")}
        return _spread(told, "title", "output", "verification") | days


class InstitutionRow(Row):
    """An institution beside the one in charge."""

    def add_lists(self) -> None:
        roles = [role for role in Institution.Role.choices if role[0] != Institution.Role.LEAD]
        self.fields["code"] = organisation_field(_("Institution"), self.choices)
        self.fields["role"] = forms.ChoiceField(label=_("Role in the commitment"), choices=roles, required=False)

    @property
    def is_empty(self) -> bool:
        return not self.cleaned_data.get("code")

    def told(self, number: int) -> dict[str, Any]:
        return {
            "code": self.cleaned_data["code"],
            "role": self.cleaned_data["role"] or Institution.Role.GOVERNMENT.value,
        }

    @staticmethod
    def initial_of(told: Any) -> dict[str, Any]:
        return {"code": told["code"], "role": told["role"]}


class AwaitedRow(Row):
    """An indicator whose service does not run here yet."""

    title_id = _line(_("Indicator"))
    title_en = _line(_("Indicator in English"))
    definition_id = _line(_("Definition"), 500)
    definition_en = _line(_("Definition in English"), 500)

    def told(self, number: int) -> dict[str, Any]:
        return {"title": self.both("title"), "definition": self.both("definition")}

    @staticmethod
    def initial_of(told: Any) -> dict[str, Any]:
        return _spread(told, "title", "definition")


class Rows:
    """All rows of one kind in a form: `name` is the beginning of their names, `<name>-rows` says how many there are."""

    KINDS: ClassVar[Mapping[str, type[Row]]] = {
        "milestones": MilestoneRow,
        "beside": InstitutionRow,
        "awaited": AwaitedRow,
    }

    def __init__(self, name: str, forms_: Sequence[Row]) -> None:
        self.name = name
        self.forms = forms_

    @classmethod
    def of(cls, name: str, told: Iterable[Any], choices: DraftChoices, *, spare: int = 1) -> "Rows":
        """The rows of a body, and empty ones behind them."""
        kind = cls.KINDS[name]
        known: list[dict[str, Any]] = [kind.initial_of(each) for each in told][:MOST_ROWS]
        known += [{}] * min(spare, MOST_ROWS - len(known))
        return cls(name, [kind(prefix=f"{name}-{at}", initial=each, choices=choices) for at, each in enumerate(known)])

    @classmethod
    def sent(cls, name: str, data: Data, choices: DraftChoices) -> "Rows":
        """The rows as they were sent."""
        kind = cls.KINDS[name]
        return cls(name, [kind(data, prefix=f"{name}-{at}", choices=choices) for at in range(_count(name, data))])

    @classmethod
    def typed(cls, name: str, data: Data, choices: DraftChoices, *, more: int) -> "Rows":
        """The rows as they were typed, unchecked, and so many empty ones more."""
        kind, count = cls.KINDS[name], _count(name, data)
        rows = [kind(prefix=f"{name}-{at}", choices=choices) for at in range(min(MOST_ROWS, count + more))]
        for row in rows:
            row.initial = {field: data.get(row.add_prefix(field), "") for field in row.fields}
        return cls(name, rows)

    @property
    def is_valid(self) -> bool:
        """Whether every row can be kept."""
        checked = [row.is_valid() for row in self.forms]  # every one, so that each shows its mistakes
        return all(checked)

    @property
    def has_room(self) -> bool:
        """Whether one more row may be added."""
        return len(self.forms) < MOST_ROWS

    def told(self) -> list[dict[str, Any]]:
        """What the rows say, empty ones left out."""
        filled = [row for row in self.forms if not row.is_empty]
        return [row.told(number) for number, row in enumerate(filled, start=1)]


def _count(name: str, data: Data) -> int:
    told = str(data.get(f"{name}-rows", "0"))
    return min(int(told), MOST_ROWS) if told.isdecimal() else 0
