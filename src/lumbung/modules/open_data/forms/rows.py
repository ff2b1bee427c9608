"""A question about rows as an address carries it, read word by word. What cannot be read is refused, never left out.

?select=kode,tahun&where=kode:eq:52.07&where=tahun:gte:2020&order=-tahun,kode&limit=100&cursor=…
?group_by=kondisi&aggregate=count,sum:panjang_km&order=-sum:panjang_km&format=csv
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.tables import canonical
from lumbung.core.tables.schemas import SchemaField
from lumbung.modules.open_data.queries import questions
from lumbung.modules.open_data.queries.questions import Aggregate, Condition, Operator, Order, Question
from lumbung.modules.open_data.queries.rows import BadQuestion

SINGLE = ("table", "release", "format", "limit", "cursor")
SEVERAL = ("select", "where", "group_by", "aggregate", "order")
MOST_CONDITIONS, MOST_LISTED, MOST_NAMES = 20, 200, 200
EITHER = frozenset({"eq", "in"})

SENTENCES: Mapping[str, Promise] = {
    "unknown-parameter": _("There is no parameter %(name)s. There are: %(names)s."),
    "given-twice": _("%(name)s stands in the address twice. Write it once."),
    "question-too-long": _("This question is longer than %(most)s characters. Ask it in parts."),
    "not-in-range": _("%(name)s is a whole number from 1 to %(most)s."),
    "unknown-choice": _("%(name)s is one of: %(names)s."),
    "not-a-number": _("%(name)s must be a whole number, such as 100."),
    "limit-too-large": _("At most %(most)s rows a page. Follow `next`, or take format=csv without a limit for all."),
    "unknown-format": _("format is json, csv, parquet or arrow."),
    "unknown-sql-format": _("format is json or csv."),
    "unknown-column": _("There is no column “%(name)s” in this table. There are: %(names)s."),
    "bad-condition": _("Write where=column:operator:value, such as where=kode:eq:52.07. Operators: %(names)s."),
    "bad-value": _("“%(value)s” does not fit the column %(name)s (%(kind)s). Write it like %(example)s."),
    "value-too-long": _("A number in a condition has at most 38 digits."),
    "only-for-text": _("contains works on columns of text; %(name)s holds another kind. Use eq, lt, gt or in."),
    "no-order": _("A yes-or-no column has no order. Use eq."),
    "too-many": _("%(name)s takes at most %(most)s entries. Ask in parts."),
    "bad-aggregate": _("Write aggregate=count or aggregate=sum:column. Functions: %(names)s."),
    "only-for-numbers": _("sum and avg work on columns of numbers, and %(name)s is none. Use count, min or max."),
    "select-with-groups": _("With group_by or aggregate the answer has the groups and figures. Leave select out."),
    "order-not-in-groups": _("A grouped answer can be ordered by its own columns: %(names)s."),
    "bad-cursor": _("This cursor belongs to another question. Start without a cursor."),
}

KIND_WORDS: Mapping[str, Promise] = {
    "string": _("text"),
    "integer": _("whole number"),
    "number": _("decimal number"),
    "date": _("date (YYYY-MM-DD)"),
    "datetime": _("date and time"),
    "year": _("year"),
    "yearmonth": _("month"),
    "boolean": _("yes or no"),
}


def question_of(asked: QueryDict, columns: Sequence[SchemaField]) -> Question:
    """What is asked of a table with these columns."""
    names = _Names(columns)
    where = tuple(condition(names, told) for told in _at_most(asked.getlist("where"), "where", MOST_CONDITIONS))
    groups = _places(asked, "group_by", names)
    aggregates = _aggregates(asked, names, groups)
    if aggregates and asked.getlist("select"):
        raise refusal("select-with-groups", "select")
    shown = _places(asked, "select", names) or tuple(range(len(columns)))
    bare = Question(names.columns, shown, where, groups, aggregates)
    order = tuple(_order(bare, names, told) for told in _listed(asked, "order", names, marks="-"))
    return Question(names.columns, shown, where, groups, aggregates, order)


def conditions(where: Sequence[str], columns: Sequence[SchemaField]) -> tuple[Condition, ...]:
    """Several `column:operator:value`, all of them met."""
    names = _Names(columns)
    return tuple(condition(names, told) for told in where)


class _Names:
    """The columns of a table by their names."""

    def __init__(self, columns: Sequence[SchemaField]) -> None:
        self.columns = tuple(columns)
        self.place_of = {column.name: place for place, column in enumerate(columns)}

    def place(self, name: str, field: str) -> int:
        if name not in self.place_of:
            shown = ", ".join(list(self.place_of)[:30])
            raise refusal("unknown-column", field, name=name[:60], names=shown)
        return self.place_of[name]

    def is_one(self, told: str, marks: str) -> bool:
        """Whether a text is a single name, commas and all, or a figure of one column."""
        bare = told.removeprefix(marks)
        function, _colon, name = bare.partition(":")
        return bool({told, bare} & set(self.place_of)) or (function in questions.FUNCTIONS and name in self.place_of)

    def opening(self, told: str) -> str | None:
        """The longest column name a text begins with before a colon: names may hold colons themselves."""
        found = [name for name in self.place_of if told.startswith(f"{name}:")]
        return max(found, key=len, default=None)


def condition(names: "_Names", told: str) -> Condition:
    """One `column:operator:value`."""
    name = names.opening(told)
    if name is None:
        column, colon, _rest = told.partition(":")
        if not colon:
            raise refusal("bad-condition", "where", names=", ".join(questions.OPERATORS))
        names.place(column, "where")
        raise refusal("bad-condition", "where", names=", ".join(questions.OPERATORS))
    operator, colon, value = told[len(name) + 1 :].partition(":")
    if operator not in questions.OPERATORS or not colon:
        raise refusal("bad-condition", "where", names=", ".join(questions.OPERATORS))
    place = names.place_of[name]
    return checked(names.columns[place], place, operator, value)


def together(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Several values people choose of one column mean any of them: no row is two of them at once."""
    kept = tuple(dict.fromkeys(conditions))
    chosen: dict[int, dict[str, None]] = {}
    for each in kept:
        if each.operator in EITHER:
            chosen.setdefault(each.place, {}).update(dict.fromkeys(each.values))
    return tuple(dict.fromkeys(_any_of(each.place, chosen) if each.operator in EITHER else each for each in kept))


def _any_of(place: int, chosen: Mapping[int, Iterable[str]]) -> Condition:
    values = tuple(chosen[place])
    return Condition(place, "eq" if len(values) == 1 else "in", values)


def checked(column: SchemaField, place: int, operator: Operator | str, value: str) -> Condition:
    """A condition whose value is of the column's type."""
    known: Operator = next(each for each in questions.OPERATORS if each == operator)
    if known == "is_null":
        return Condition(place, known, (_value(SchemaField("is_null", "boolean"), value),))
    if known == "contains" and column.type not in questions.TEXTS:
        raise refusal("only-for-text", "where", name=column.name)
    if column.type == "boolean" and known in {"lt", "lte", "gt", "gte"}:
        raise refusal("no-order", "where")
    if known == "contains":
        return Condition(place, known, (value,))
    values = _at_most(_split(value), "in", MOST_LISTED) if known == "in" else [value]
    return Condition(place, known, tuple(_value(column, each) for each in values))


def _value(column: SchemaField, written: str) -> str:
    try:
        return questions.value_of(column, written)
    except questions.BadNumber as error:
        raise refusal("value-too-long", "where") from error
    except canonical.BadValue as error:
        example = canonical.example(SchemaField(column.name, column.type)) or "52.07"
        kind = KIND_WORDS[column.type]
        raise refusal("bad-value", "where", value=written[:60], name=column.name, kind=kind, example=example) from error


def _places(asked: QueryDict, field: str, names: "_Names") -> tuple[int, ...]:
    found = [names.place(told, field) for told in _listed(asked, field, names)]
    return tuple(dict.fromkeys(found))


def _aggregates(asked: QueryDict, names: "_Names", groups: Sequence[int]) -> tuple[Aggregate, ...]:
    told = list(dict.fromkeys(_listed(asked, "aggregate", names)))
    if groups and not told:
        told = ["count"]
    return tuple(_aggregate(each, names) for each in told)


def _aggregate(told: str, names: "_Names") -> Aggregate:
    function, colon, name = told.partition(":")
    if function not in questions.FUNCTIONS or (not colon and function != "count"):
        raise refusal("bad-aggregate", "aggregate", names=", ".join(questions.FUNCTIONS))
    if not colon:
        # A column may be called count itself.
        return Aggregate("count", None, "count:*" if "count" in names.place_of else "count")
    place = names.place(name, "aggregate")
    if function in {"sum", "avg"} and names.columns[place].type not in questions.NUMBERS:
        raise refusal("only-for-numbers", "aggregate", name=name)
    return Aggregate(function, place, told)


def _order(question: Question, names: "_Names", told: str) -> Order:
    descending = told.startswith("-") and told not in names.place_of
    name = told[1:] if descending else told
    if not question.aggregates:
        return Order("column", names.place(name, "order"), descending)
    labels = {each.label: number for number, each in enumerate(question.aggregates)}
    if name in labels or (name == "count" and "count:*" in labels and names.place_of["count"] not in question.groups):
        return Order("aggregate", labels.get(name, labels.get("count:*", 0)), descending)
    if name in names.place_of and names.place_of[name] in question.groups:
        return Order("column", names.place_of[name], descending)
    raise refusal("order-not-in-groups", "order", names=", ".join(field.name for field in question.fields))


def _listed(asked: QueryDict, field: str, names: "_Names", *, marks: str = "") -> list[str]:
    """Names in a parameter: one each, or several behind commas; a name with a comma stands alone."""
    found: list[str] = []
    for value in asked.getlist(field):
        found += [value] if names.is_one(value, marks) else [each for each in _split(value) if each]
    return _at_most(found, field, MOST_NAMES)


def _split(value: str) -> list[str]:
    """Parts between commas; one that holds a comma stands in double quotes, as in CSV."""
    return next(csv.reader([value.replace("\r", " ").replace("\n", " ")]), [""]) or [""]


def _at_most(values: list[str], field: str, most: int) -> list[str]:
    if len(values) > most:
        raise refusal("too-many", field, name=field, most=most)
    return values


def refusal(code: str, field: str, **params: Any) -> BadQuestion:
    """What cannot be read, with the way to write it."""
    return BadQuestion(code, SENTENCES[code], field=field, **params)
