"""Filters of a table as a page offers and says them: values by what they are called, each filter with a way out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from lumbung.core.regions import queries as regions
from lumbung.core.tables.schemas import SchemaField
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.forms.previews import Finder, PreviewForm, written
from lumbung.modules.open_data.forms.rows import EITHER, MOST_LISTED
from lumbung.modules.open_data.pages.charts import naming
from lumbung.modules.open_data.queries import rows as tables
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.charts import values
from lumbung.modules.open_data.queries.charts.choices import Choice
from lumbung.modules.open_data.queries.charts.columns import ChartColumn, ChartColumns
from lumbung.modules.open_data.queries.questions import Condition

# By name; times stand newest first.
SORTED = frozenset({"string", "boolean"})


@dataclass(frozen=True, slots=True)
class Option:
    """One value to choose: the whole condition, as the address carries it."""

    written: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Sieve:
    """A list of the values of one column."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is chosen, each as the address carries it."""
        return tuple(each.written for each in self.options if each.is_chosen)

    @property
    def lists(self) -> tuple[str, ...]:
        """A list for each value chosen, and one more to choose another."""
        return (*self.chosen, "") if len(self.chosen) < len(self.options) else self.chosen


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in words. `url` leads to the same without it; `rows`: how many there would be, where that was asked."""

    words: str
    url: str
    rows: int | None = None


def form_of(table: TableShown, columns: ChartColumns, asked: QueryDict) -> PreviewForm:
    """The form of a table, which knows what its values are called."""
    labels = {name: shape.words(told.get("label")) for name, told in table.variables.items()}
    find = finder(table, columns)
    return PreviewForm(asked, columns=tables.columns_of(table), labels=labels, key=table.slug, find=find)


def finder(table: TableShown, columns: ChartColumns) -> Finder:
    """Which values of a column are called so."""

    def found(name: str, called: str, is_whole: bool) -> Sequence[str]:  # noqa: FBT001 - the shape of a Finder
        column, wanted = columns.named(name), called.casefold().strip()
        if column is None or not _is_named(column):
            return ()
        names = _names_of(table, column)
        if wanted in {code.casefold() for code in names}:
            return ()
        fits = [code for code, words in names.items() if _fits(words.casefold(), wanted, is_whole=is_whole)]
        return fits[:MOST_LISTED]

    return found


def _fits(words: str, wanted: str, *, is_whole: bool) -> bool:
    return words == wanted if is_whole else wanted in words


def _is_named(column: ChartColumn) -> bool:
    return bool(column.is_region or column.codes or column.type == "boolean")


def _names_of(table: TableShown, column: ChartColumn) -> Mapping[str, str]:
    """Every value of a column with what it is called; none while others keep the engine busy."""
    try:
        held = values.values_of(table, column)
    except (tables.Busy, tables.BadQuestion):
        return {}
    known = regions.short_names_of(held) if column.is_region else {}
    return naming.key_names(column, held, known)


def sieves_of(
    choices: Sequence[Choice], fields: Sequence[SchemaField], conditions: Sequence[Condition], names: Mapping[str, str]
) -> tuple[Sieve, ...]:
    """A list for each column whose values are few, by what they are called."""
    called = set(names.values())
    return tuple(_sieve(each, fields, conditions, names) for each in choices if not _repeats(each, called))


def _repeats(choice: Choice, called: set[str]) -> bool:
    """Whether a column only writes out the names of the regions whose codes stand beside it."""
    column = choice.column
    if column.is_region or column.codes or column.type != "string" or not called:
        return False
    return sum(value in called for value in choice.values) * 2 > len(choice.values)


def _sieve(
    choice: Choice, fields: Sequence[SchemaField], conditions: Sequence[Condition], names: Mapping[str, str]
) -> Sieve:
    column = choice.column
    chosen = {value for each in conditions if _is_listed(each, choice) for value in each.values}
    told = [
        Option(
            written(fields, Condition(column.place, "eq", (value,))),
            naming.value_name(column, value, names),
            value in chosen,
        )
        for value in choice.values
    ]
    in_order = sorted(told, key=lambda each: each.words.casefold()) if column.type in SORTED else told[::-1]
    return Sieve(column.name, naming.named_by(column), tuple(in_order))


def _is_listed(condition: Condition, choice: Choice) -> bool:
    """Whether a list can show the whole condition: every value it names is one to choose."""
    return (
        condition.place == choice.column.place
        and condition.operator in EITHER
        and set(condition.values) <= set(choice.values)
    )


def hidden(sieves: Sequence[Sieve], fields: Sequence[SchemaField], conditions: Sequence[Condition]) -> list[str]:
    """Filters that no list shows: the form keeps them."""
    shown = {told for each in sieves for told in each.chosen}
    return [written(fields, each) for each in conditions if not set(_each(fields, each)) <= shown]


def _each(fields: Sequence[SchemaField], condition: Condition) -> list[str]:
    """The values of a condition one by one, as lists offer them; any other as it is."""
    if condition.operator not in EITHER:
        return [written(fields, condition)]
    return [written(fields, Condition(condition.place, "eq", (value,))) for value in condition.values]


def chips_of(
    table: TableShown,
    form: PreviewForm,
    columns: ChartColumns,
    called: Mapping[str, str],
    without: Callable[[Condition], str],
    *,
    is_empty: bool,
) -> tuple[Chip, ...]:
    """Each filter with the address that takes it away; where no row is left, with how many there would be."""
    return tuple(
        Chip(
            naming.condition_said(each, columns, called),
            without(each),
            _total_without(table, form, each) if is_empty else None,
        )
        for each in form.conditions
    )


def _total_without(table: TableShown, form: PreviewForm, condition: Condition) -> int | None:
    try:
        return tables.ask(table, form.question_without(condition), limit=0).total
    except (tables.Busy, tables.BadQuestion):
        return None
