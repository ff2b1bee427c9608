"""A story as its page shows it: each block with the chart or the rows it points at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from lumbung.core.regions import queries as regions
from lumbung.core.tables.schemas import SchemaField
from lumbung.core.web.formatting import exact_number
from lumbung.modules.open_data import prose
from lumbung.modules.open_data.models import Release
from lumbung.modules.open_data.pages import sieves
from lumbung.modules.open_data.pages.charts import naming, showing
from lumbung.modules.open_data.pages.charts.showing import Shown
from lumbung.modules.open_data.pages.rows import cell_shown
from lumbung.modules.open_data.prose import Block
from lumbung.modules.open_data.queries import questions
from lumbung.modules.open_data.queries import rows as tables
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.charts.columns import chart_columns
from lumbung.modules.open_data.queries.stories import Shelves

MOST_ROWS = 10


@dataclass(frozen=True, slots=True)
class RowsTold:
    """The first rows of a view of a table."""

    release: Release
    title: str
    address: str
    columns: Sequence[dict[str, object]]
    rows: Sequence[dict[str, str]]
    total: int
    condition: str


@dataclass(frozen=True, slots=True)
class Told:
    """One block, and what it points at: a chart, rows, or why neither is there."""

    block: Block
    chart: Shown | None = None
    table: RowsTold | None = None
    trouble: str = ""


def told(request: HttpRequest, body: str) -> list[Told]:
    """The whole story, in order."""
    shelves = Shelves()
    return [_told(request, block, shelves) for block in prose.blocks_of(body)]


def _told(request: HttpRequest, block: Block, shelves: Shelves) -> Told:
    if block.kind != "view":
        return Told(block)
    pointed = shelves.pointed_at(block.address)
    release = pointed.release if pointed else None
    if pointed is None or release is None:
        return Told(block, trouble=_("The data of this chart were withdrawn."))
    asked = QueryDict(pointed.query)
    if pointed.is_chart:
        found = showing.shown(request, pointed.dataset, release, asked, held=pointed.tables)
        if found is None or found.drawn is None:
            return Told(block, trouble=found.trouble if found else _("These data are not open any more."))
        return Told(block, chart=found)
    rows = _rows(block.address, release, pointed.tables, asked)
    return Told(block, table=rows) if rows else Told(block, trouble=_("These rows cannot be shown just now."))


def _rows(address: str, release: Release, opened: Sequence[TableShown], asked: QueryDict) -> RowsTold | None:
    """The rows an address of a table shows first."""
    table = next((each for each in opened if each.slug == asked.get("table", each.slug)), None)
    if table is None:
        return None
    columns = chart_columns(table)
    form = sieves.form_of(table, columns, asked)
    if form.errors:
        return None
    try:
        answer = tables.ask(table, form.question, limit=MOST_ROWS)
    except (tables.Busy, tables.BadQuestion):
        return None
    names = [column.name for column in form.columns]
    numbers = {column.name for column in form.columns if column.type in questions.NUMBERS}
    rows = [
        {name: exact_number(cell_shown(cell)) if name in numbers else cell_shown(cell) for name, cell in told}
        for told in (zip(names, row, strict=True) for row in answer.rows)
    ]
    called = regions.short_names_of(naming.codes_in(form.conditions))
    condition = "; ".join(naming.condition_said(each, columns, called) for each in form.conditions)
    heads = _columns(form.columns, form.labels)
    return RowsTold(release, table.table.title, address, heads, rows, answer.total, condition)


def _columns(columns: Sequence[SchemaField], labels: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {"key": each.name, "label": labels.get(each.name) or each.name, "numeric": each.type in questions.NUMBERS}
        for each in columns
    ]
