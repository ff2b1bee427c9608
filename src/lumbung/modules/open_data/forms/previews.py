"""What a reader asks of the table on a dataset's page: several conditions, one column in order, a page.

?where=kecamatan:eq:52.07.01&where=tahun:eq:2025&sort=penduduk&direction=desc: conditions as programs write them.
The form adds one more by `column`, `op` and `value`; from there on it stands among the others.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.tables.schemas import SchemaField
from lumbung.modules.open_data.forms import rows as asking
from lumbung.modules.open_data.queries import questions
from lumbung.modules.open_data.queries.questions import Condition, Order, Question

ASKED = ("where", "column", "op", "value", "sort", "direction")
MOST_CONDITIONS = 10
OPERATORS = (
    ("", _("contains, or equals")),
    ("eq", _("equals")),
    ("ne", _("is not")),
    ("gte", _("is at least")),
    ("lte", _("is at most")),
    ("filled", _("is filled")),
    ("empty", _("is empty")),
)
CHOOSE_COLUMN = _("Choose the column in which to look for “%(value)s”.")
TOO_MANY = _("A table takes at most %(most)s filters. Take some away.")
VALUELESS = {"filled": "false", "empty": "true"}
PAGE = re.compile(r"[1-9][0-9]{0,8}")
# Values of a column that are called so: "Seteluk" → 52.07.01. The last says whether only the whole name counts.
Finder = Callable[[str, str, bool], Sequence[str]]


def _none(_name: str, _called: str, _is_whole: bool) -> Sequence[str]:  # noqa: FBT001 - the shape of a Finder
    return ()


class PreviewForm(forms.Form):
    """Filters and order of one table; every field may be left empty."""

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
        self,
        asked: QueryDict,
        *,
        columns: Sequence[SchemaField],
        labels: Mapping[str, str],
        key: str,
        find: Finder = _none,
    ) -> None:
        super().__init__(asked, auto_id=f"{key}-%s")
        self.asked = asked
        self.key = key
        self.columns = tuple(columns)
        self.labels = labels
        self.find = find
        self.place_of = {column.name: place for place, column in enumerate(columns)}
        named = [(name, _labelled(name, labels)) for name in self.place_of]
        for field, empty in (("column", _("No filter")), ("sort", _("As in the file"))):
            chosen = self.fields[field]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [("", empty), *named]
        self.conditions: tuple[Condition, ...] = ()
        self.full_clean()

    def clean(self) -> dict[str, Any]:
        """The conditions; a value without a column helps nobody, so it is said."""
        self.conditions = self._kept()
        told = self.cleaned_data
        column, operator, value = told.get("column", ""), told.get("op", ""), told.get("value", "")
        if value and not column and "column" not in self.errors:
            self.add_error("column", str(CHOOSE_COLUMN) % {"value": value})
        elif column and (value or operator in VALUELESS):
            self._take(column, operator, value)
        self.conditions = asking.together(self.conditions)
        if len(self.conditions) > MOST_CONDITIONS:
            self.add_error(None, str(TOO_MANY) % {"most": MOST_CONDITIONS})
        return told

    def _kept(self) -> tuple[Condition, ...]:
        """Those the address names; lists left at "all" say nothing."""
        found: list[Condition] = []
        for told in self.asked.getlist("where"):
            try:
                found += asking.conditions([told], self.columns) if told else []
            except Refused as refused:
                self.add_error(None, refused.sentence)
        return tuple(dict.fromkeys(found))

    def _take(self, name: str, operator: str, value: str) -> None:
        try:
            typed = self._typed(name, operator, value)
        except Refused as refused:
            self.add_error("value", refused.sentence)
        else:
            self.conditions = tuple(dict.fromkeys((*self.conditions, typed)))

    def _typed(self, name: str, operator: str, value: str) -> Condition:
        place = self.place_of[name]
        column = self.columns[place]
        if operator in VALUELESS:
            return asking.checked(column, place, "is_null", VALUELESS[operator])
        called = tuple(self.find(name, value, operator != "")) if operator in {"", "eq", "ne"} else ()
        if len(called) == 1:
            return asking.checked(column, place, operator or "eq", called[0])
        if called and not operator:
            return Condition(place, "in", called)
        usual = "contains" if column.type in questions.TEXTS else "eq"
        return asking.checked(column, place, operator or usual, _typed(column, value))

    @property
    def question(self) -> Question:
        """The whole table, as far as it is asked for."""
        return Question(self.columns, tuple(range(len(self.columns))), self.conditions, order=self.order)

    def question_without(self, condition: Condition) -> Question:
        """The same with one condition taken away."""
        return replace(self.question, where=tuple(each for each in self.conditions if each != condition))

    @property
    def order(self) -> tuple[Order, ...]:
        """The column the rows are in order of, if any."""
        name = self.cleaned_data.get("sort", "")
        descending = self.cleaned_data.get("direction") == "desc"
        return (Order("column", self.place_of[name], descending),) if name else ()

    @property
    def is_narrowed(self) -> bool:
        """Whether a condition keeps rows back."""
        return bool(self.conditions)

    def written(self, condition: Condition) -> str:
        """A condition as an address carries it."""
        return written(self.columns, condition)

    def as_question(self) -> list[tuple[str, str]]:
        """The same for programs: what stands behind the question mark of their address."""
        told = [("where", self.written(condition)) for condition in self.conditions]
        for order in self.order:
            name = self.columns[order.place].name
            told.append(("order", f"{'-' if order.descending else ''}{name}"))
        return told


def written(columns: Sequence[SchemaField], condition: Condition) -> str:
    """A condition as an address carries it: `column:operator:value`, several values behind commas."""
    told = condition.values
    if condition.operator == "in":
        told = (
            ",".join(f'"{each.replace(chr(34), chr(34) * 2)}"' if set(each) & set(',"') else each for each in told),
        )
    return f"{columns[condition.place].name}:{condition.operator}:{told[0]}"


def _labelled(name: str, labels: Mapping[str, str]) -> str:
    label = labels.get(name, "")
    return f"{name} ({label})" if label and label.lower() != name.replace("_", " ").lower() else name


def _typed(column: SchemaField, value: str) -> str:
    """640,5 as people here write it is 640.5; anything else stays as it was written."""
    return value.replace(",", ".") if column.type == "number" and value.count(",") == 1 and "." not in value else value


def page_number(written_number: str) -> int:
    """The page an address names; the first where it names none."""
    return int(written_number) if PAGE.fullmatch(written_number) else 1
