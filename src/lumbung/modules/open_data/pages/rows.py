"""The table on a dataset's page: filtered, ordered and turned by plain addresses, with a link to exactly this view."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.base import clock
from lumbung.core.limits import actions as limits
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.visitors import address_of
from lumbung.core.portals.middleware import portal_of
from lumbung.core.regions import queries as regions
from lumbung.core.tables.schemas import SchemaField
from lumbung.core.tables.shapes import MARK_SUFFIX
from lumbung.modules.open_data.forms.previews import ASKED, PreviewForm, page_number
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages import sieves
from lumbung.modules.open_data.pages.charts import naming
from lumbung.modules.open_data.pages.sieves import Chip, Sieve
from lumbung.modules.open_data.queries import catalogue, questions
from lumbung.modules.open_data.queries import rows as tables
from lumbung.modules.open_data.queries.charts import choices, spots
from lumbung.modules.open_data.queries.charts.choices import Choice
from lumbung.modules.open_data.queries.charts.columns import ChartColumns, chart_columns
from lumbung.modules.open_data.queries.questions import Condition

PAGE_ROWS = 20
VIEWS = Limit("open_data.views", count=240, per_seconds=60)


@dataclass(frozen=True, slots=True)
class RowView:
    """One table as its page shows it; `trouble` says why there are no rows just now.

    blank   the form to fill in: what was typed stands among the filters already
    sieves  lists of values to choose; hidden: filters no list shows
    places, meanings  what region codes and codes of lists are called, by column
    """

    key: str
    form: PreviewForm
    heads: list[dict[str, Any]]
    rows: list[dict[str, str]]
    page: Page[int]
    total: int
    base: str
    hidden: list[tuple[str, str]]
    all_url: str
    share_url: str
    api_url: str
    csv_url: str
    legend: tuple[tuple[str, str], ...] = ()
    trouble: str = ""
    blank: PreviewForm | None = None
    sieves: tuple[Sieve, ...] = ()
    chips: tuple[Chip, ...] = ()
    map_url: str = ""
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def first(self) -> int:
        return (self.page.number - 1) * PAGE_ROWS + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def text_types(self) -> str:
        """What a reader of CSV has to be told, so that 52.10 stays 52.10."""
        texts = [column.name for column in self.form.columns if column.type in questions.TEXTS]
        return ", ".join(f"{json.dumps(name, ensure_ascii=False)}: str" for name in texts)

    @property
    def has_texts(self) -> bool:
        """Whether a spreadsheet may take a text of this table for a number."""
        return any(column.type in questions.TEXTS for column in self.form.columns)


def view_of(
    request: HttpRequest, dataset: Dataset, release: Release, table: catalogue.TableShown, *, is_only: bool
) -> RowView | None:
    """What is asked of a table, answered; None where its rows are not open to everyone."""
    if not tables.is_open(release, table):
        return None
    asked = _asked_of(request, table.slug, is_only=is_only)
    columns = chart_columns(table)
    form = sieves.form_of(table, columns, asked)
    units = {name: str(told.get("unit") or "") for name, told in table.variables.items()}
    if any(value for name in (*ASKED, "page") for value in asked.getlist(name)):
        limits.take(VIEWS, address_of(request), now=clock.now())
    found = _found(table, form, page_number(asked.get("page", "")))
    links = _Links(request, dataset, release, [] if is_only else [("table", table.slug)], form, units)
    return _view(table, columns, found, links)


def _asked_of(request: HttpRequest, slug: str, *, is_only: bool) -> QueryDict:
    """What the address asks of this table: nothing where it names another."""
    return request.GET if is_only or request.GET.get("table") == slug else QueryDict()


@dataclass(frozen=True, slots=True)
class _Found:
    """A page of rows, or why there is none."""

    answer: tables.Answer | None = None
    number: int = 1
    trouble: str = ""

    @property
    def total(self) -> int:
        return self.answer.total if self.answer else 0


def _found(table: catalogue.TableShown, form: PreviewForm, number: int) -> _Found:
    """The page asked for, the last one where there are fewer; mistakes in the form are mended first."""
    if form.errors:
        return _Found()
    try:
        answer = tables.ask(table, form.question, limit=PAGE_ROWS, offset=(number - 1) * PAGE_ROWS)
        last = max(1, -(-answer.total // PAGE_ROWS))
        if number > last:
            number = last
            answer = tables.ask(table, form.question, limit=PAGE_ROWS, offset=(number - 1) * PAGE_ROWS)
    except (tables.Busy, tables.BadQuestion) as refused:
        return _Found(trouble=refused.sentence)
    return _Found(answer, number)


@dataclass(frozen=True, slots=True)
class _Links:
    """Addresses of a view: its page for ever, and the same question for programs."""

    request: HttpRequest
    dataset: Dataset
    release: Release
    table: list[tuple[str, str]]
    form: PreviewForm
    units: Mapping[str, str]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What is asked, but for the page."""
        return [*self.table, *self.filters, *self.order]

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The conditions, as the address carries them."""
        return [("where", self.form.written(each)) for each in self.form.conditions]

    @property
    def order(self) -> list[tuple[str, str]]:
        """The order, as the address carries it."""
        told = self.form.cleaned_data
        return [(name, told[name]) for name in ("sort", "direction") if told.get(name)]

    def page_for_ever(self, number: int) -> str:
        place = {"portal_slug": portal_of(self.request).slug, "key": self.dataset.key, "number": self.release.number}
        paged = [("page", str(number))] if number > 1 else []
        return self._whole(reverse("open_data:release", kwargs=place), [*self.kept, *paged])

    def without(self, condition: Condition | None) -> str:
        """The same rows without one filter; without any where none is named. Their order stays."""
        told = [] if condition is None else [pair for pair in self.filters if pair[1] != self.form.written(condition)]
        return f"{self.request.path}{_query([*self.table, *told, *self.order])}#{self.anchor}"

    @property
    def map_url(self) -> str:
        """The same rows on a map."""
        place = {"portal_slug": portal_of(self.request).slug, "key": self.dataset.key, "number": self.release.number}
        return f"{reverse('open_data:release-map', kwargs=place)}{_query([*self.table, *self.filters])}"

    @property
    def anchor(self) -> str:
        """Where the table stands on its page."""
        return f"isi-{self.form.key}"

    def for_programs(self, question: list[tuple[str, str]]) -> str:
        address = reverse("dataset-rows", kwargs={"dataset_name": self.dataset.name})
        return self._whole(address, [*self.table, ("release", str(self.release.number)), *question])

    def _whole(self, address: str, told: list[tuple[str, str]]) -> str:
        return self.request.build_absolute_uri(f"{address}{_query(told)}")

    def heads(self) -> list[dict[str, Any]]:
        """The heads of the table, each with the address that orders by its column, or turns the order round.

        A column of value marks has none: its marks stand beside the numbers they belong to.
        """
        names = {column.name for column in self.form.columns}
        marked = {name: f"{name}{MARK_SUFFIX}" for name in names if f"{name}{MARK_SUFFIX}" in names}
        return [
            self._head(column, marked.get(column.name, ""))
            for column in self.form.columns
            if column.name not in marked.values()
        ]

    def _head(self, column: SchemaField, marks: str) -> dict[str, Any]:
        told = self.form.cleaned_data
        is_sorted = told.get("sort") == column.name
        is_down = is_sorted and told.get("direction") == "desc"
        turned = [("sort", column.name), *([("direction", "desc")] if is_sorted and not is_down else [])]
        return {
            "key": column.name,
            "label": self.form.labels.get(column.name) or column.name,
            "unit": self.units.get(column.name) or column.unit,
            "marks": marks,
            "numeric": column.type in questions.NUMBERS,
            "url": f"{_query([*self.table, *self.filters, *turned])}#{self.anchor}",
            "sorted": ("descending" if is_down else "ascending") if is_sorted else "",
        }


def _view(table: catalogue.TableShown, columns: ChartColumns, found: _Found, links: _Links) -> RowView:
    form = links.form
    names = [column.name for column in form.columns]
    question = form.as_question()
    rows = [dict(zip(names, map(cell_shown, row), strict=True)) for row in found.answer.rows] if found.answer else []
    offered = choices.choices_of(table, columns)
    called = _called(columns, rows, offered, form)
    lists = sieves.sieves_of(offered, form.columns, form.conditions, called)
    return RowView(
        key=links.anchor,
        form=form,
        heads=links.heads(),
        rows=rows,
        page=Paginator(range(found.total), PAGE_ROWS).get_page(found.number),
        total=found.total,
        base=urlencode(links.kept),
        hidden=[*links.table, *(("where", told) for told in sieves.hidden(lists, form.columns, form.conditions))],
        all_url=links.without(None),
        share_url=links.page_for_ever(found.number),
        api_url=links.for_programs(question),
        csv_url=links.for_programs([*question, ("format", "csv")]),
        legend=_legend(form.columns),
        trouble=found.trouble,
        blank=form if form.errors else sieves.form_of(table, columns, QueryDict(urlencode(links.order))),
        sieves=lists,
        chips=sieves.chips_of(
            table, form, columns, called, links.without, is_empty=found.answer is not None and not found.total
        ),
        map_url=links.map_url if spots.coordinates(form.columns) and form.conditions else "",
        places=dict.fromkeys(
            [each.name for each in columns.regions if not naming.is_written_beside(each.name, rows, called)], called
        ),
        meanings=meanings_of(columns),
    )


def meanings_of(columns: ChartColumns) -> dict[str, dict[str, str]]:
    """What the codes of a column mean, where their meaning is not the code itself: "complaint" is a pengaduan."""
    coded = {each.name: naming.key_names(each, each.codes, {}) for each in columns.all if each.codes}
    return {
        name: {code: words for code, words in told.items() if words.casefold() != code.casefold()}
        for name, told in coded.items()
    }


def _called(
    columns: ChartColumns, rows: Sequence[Mapping[str, str]], offered: Sequence[Choice], form: PreviewForm
) -> dict[str, str]:
    """The names of the regions on a page: few readers know 52.07 by heart. The file keeps the code alone."""
    names = [each.name for each in columns.regions]
    told = {row[name] for name in names for row in rows} if names else set()
    told |= {value for each in offered if each.column.is_region for value in each.values}
    told |= naming.codes_in(form.conditions) if names else set()
    return regions.short_names_of(told) if told else {}


def _legend(columns: Sequence[SchemaField]) -> tuple[tuple[str, str], ...]:
    """What each value mark of the table means, as its file or its producer says."""
    return tuple(dict.fromkeys(pair for column in columns for pair in column.marks.items()))


def _query(told: Sequence[tuple[str, str]]) -> str:
    return f"?{urlencode(told)}" if told else ""


def cell_shown(value: Any) -> str:
    """A cell as its file has it, so that what is read here is what is found there."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return "" if value is None else str(value)
