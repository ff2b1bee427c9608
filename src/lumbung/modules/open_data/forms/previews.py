"""What a reader asks of the table on a dataset's page: one column filtered, one column in order, a page."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.tables.schemas import SchemaField
from lumbung.modules.open_data.forms import rows as asking
from lumbung.modules.open_data.queries import questions
from lumbung.modules.open_data.queries.questions import Condition, Order, Question

ASKED = ("column", "op", "value", "sort", "direction")
OPERATORS = (
    ("", _("contains, or equals")),
    ("eq", _("equals")),
    ("ne", _("is not")),
    ("gte", _("is at least")),
    ("lte", _("is at most")),
    ("filled", _("is filled")),
    ("empty", _("is empty")),
)
CONTAINS = _("contains")
CHOOSE_COLUMN = _("Choose the column in which to look for “%(value)s”.")
VALUELESS = {"filled": "false", "empty": "true"}
PAGE = re.compile(r"[1-9][0-9]{0,8}")


class PreviewForm(forms.Form):
    """Filter and order of one table; every field may be left empty."""

    column = forms.ChoiceField(label=_("Column"), required=False)
    op = forms.ChoiceField(label=_("Condition"), required=False, choices=OPERATORS)
    value = forms.CharField(
        label=_("Value"),
        required=False,
        max_length=200,
        strip=True,
        error_messages={"max_length": _("Shorten this to 200 characters.")},
    )
    sort = forms.ChoiceField(label=_("Order by"), required=False)
    direction = forms.ChoiceField(
        label=_("Direction"),
        required=False,
        choices=[("", _("Smallest or A first")), ("desc", _("Largest or Z first"))],
    )

    def __init__(
        self, asked: Mapping[str, Any], *, columns: Sequence[SchemaField], labels: Mapping[str, str], key: str
    ) -> None:
        super().__init__(asked, auto_id=f"{key}-%s")
        self.columns = tuple(columns)
        self.labels = labels
        self.place_of = {column.name: place for place, column in enumerate(columns)}
        named = [(name, _labelled(name, labels)) for name in self.place_of]
        for field, empty in (("column", _("No filter")), ("sort", _("As in the file"))):
            chosen = self.fields[field]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [("", empty), *named]
        self.condition: Condition | None = None
        self.full_clean()

    def clean(self) -> dict[str, Any]:
        """The condition, when there is one; a value without a column helps nobody, so it is said."""
        told = self.cleaned_data
        column, operator, value = told.get("column", ""), told.get("op", ""), told.get("value", "")
        if value and not column and "column" not in self.errors:
            self.add_error("column", str(CHOOSE_COLUMN) % {"value": value})
        elif column and (value or operator in VALUELESS):
            self._take(column, operator, value)
        return told

    def _take(self, name: str, operator: str, value: str) -> None:
        place = self.place_of[name]
        column = self.columns[place]
        try:
            if operator in VALUELESS:
                self.condition = asking.checked(column, place, "is_null", VALUELESS[operator])
            else:
                usual = "contains" if column.type in questions.TEXTS else "eq"
                self.condition = asking.checked(column, place, operator or usual, _typed(column, value))
        except Refused as refused:
            self.add_error("value", refused.sentence)

    @property
    def question(self) -> Question:
        """The whole table, as far as it is asked for."""
        where = (self.condition,) if self.condition else ()
        return Question(self.columns, tuple(range(len(self.columns))), where, order=self.order)

    @property
    def order(self) -> tuple[Order, ...]:
        """The column the rows are in order of, if any."""
        name = self.cleaned_data.get("sort", "")
        descending = self.cleaned_data.get("direction") == "desc"
        return (Order("column", self.place_of[name], descending),) if name else ()

    @property
    def is_narrowed(self) -> bool:
        """Whether a condition keeps rows back."""
        return self.condition is not None

    @property
    def in_words(self) -> str:
        """The condition as a person would say it."""
        told = self.cleaned_data
        contains = self.condition is not None and self.condition.operator == "contains"
        operator = str(CONTAINS if contains else dict(OPERATORS)[told["op"] or "eq"])
        value = "" if told["op"] in VALUELESS else f": {told['value']}"
        return f"{self.labels.get(told['column']) or told['column']} {operator}{value}"

    def as_question(self) -> list[tuple[str, str]]:
        """The same for programs: what stands behind the question mark of their address."""
        told = []
        if self.condition:
            column = self.columns[self.condition.place].name
            told.append(("where", f"{column}:{self.condition.operator}:{self.condition.values[0]}"))
        for order in self.order:
            name = self.columns[order.place].name
            told.append(("order", f"{'-' if order.descending else ''}{name}"))
        return told


def _labelled(name: str, labels: Mapping[str, str]) -> str:
    label = labels.get(name, "")
    return f"{name} ({label})" if label and label.lower() != name.replace("_", " ").lower() else name


def _typed(column: SchemaField, value: str) -> str:
    """640,5 as people here write it is 640.5; anything else stays as it was written."""
    return value.replace(",", ".") if column.type == "number" and value.count(",") == 1 and "." not in value else value


def page_number(written: str) -> int:
    """The page an address names; the first where it names none."""
    return int(written) if PAGE.fullmatch(written) else 1
