"""The monthly summary as a table: columns declared once, for the page, the workbook and the printed document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.styles.alignment import Alignment
from openpyxl.styles.fonts import Font
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook.workbook import Workbook

from lumbung.core.web import formatting
from lumbung.modules.reports import queries
from lumbung.modules.reports.queries import Summary

HEAD_ROW = 3
WHOLE, SHARE, ONE_DECIMAL = "#,##0", "0%", "0.0"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, heading, number format in a workbook, and what stands there when there is no number."""

    key: str
    label: Any
    form: str
    absent: Callable[[Summary], str] = lambda _summary: ""


def _too_few(summary: Summary) -> str:
    return _("n < %(count)s") % {"count": queries.FEWEST_SHOWN}


def _no_median(summary: Summary) -> str:
    return _too_few(summary) if summary.counted < queries.FEWEST_SHOWN else _("not half yet")


def _none_counted(summary: Summary) -> str:
    return _("none due yet")


COLUMNS: tuple[Column, ...] = (
    Column("received", gettext_lazy("Received"), WHOLE),
    Column("on_time", gettext_lazy("Finished on time"), WHOLE),
    Column("late", gettext_lazy("Finished late"), WHOLE),
    Column("overdue", gettext_lazy("Open, overdue"), WHOLE),
    Column("running", gettext_lazy("Open, in time"), WHOLE),
    Column("on_time_share", gettext_lazy("On time"), SHARE, _none_counted),
    Column("promise_share", gettext_lazy("Promise kept"), SHARE, _none_counted),
    Column("median_days", gettext_lazy("Median days"), WHOLE, _no_median),
    Column("reopened", gettext_lazy("Reopened"), WHOLE),
    Column("rating", gettext_lazy("Rating (1–4)"), ONE_DECIMAL, _too_few),
    Column("beside", gettext_lazy("Counted beside"), WHOLE),
)


def name_of(summary: Summary) -> str:
    """The row's heading."""
    special = {"": _("Not assigned yet"), "*": _("All agencies")}
    return special.get(summary.agency, summary.name)


def cell(summary: Summary, column: Column) -> str:
    """A cell as people read it."""
    value: int | Decimal | None = getattr(summary, column.key)
    if value is None:
        return column.absent(summary)
    if column.form == SHARE:
        return formatting.percent(value)
    if column.key == "rating":
        return _("%(mean)s (n = %(count)s)") % {
            "mean": formatting.number(value, 1),
            "count": formatting.number(summary.ratings),
        }
    return formatting.number(value, 0)


def notes() -> list[str]:
    """What each number means: under the table on every form of it."""
    return [
        _("Each report belongs to the month in which it was received; an anonymous one to the month of its Monday."),
        _("On time: finished by the legal due date, over finished reports and open ones past their due date."),
        _("Promise kept: first answer within 1 hour (urgent), 24 hours (important) or 48 hours (ordinary)."),
        _("Median days: half of the reports take no longer; open reports count as taking longer (Kaplan–Meier)."),
        _("Counted beside: archived, handed over or withdrawn; they are in no share."),
        _("Ratings and medians are shown from %(count)s on. Confidential reports are in no row.")
        % {"count": queries.FEWEST_SHOWN},
    ]


def workbook(title: str, summaries: Sequence[Summary]) -> bytes:
    """The table as XLSX: numbers as numbers, notes on a second sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Summary")
    _put_row(sheet, 1, [title])
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    _put_heads(sheet, [_("Agency"), *(str(column.label) for column in COLUMNS), _("Ratings (n)")])
    for number, summary in enumerate(summaries, start=HEAD_ROW + 1):
        _put_row(sheet, number, [name_of(summary), *(_raw(summary, each) for each in COLUMNS), summary.ratings])
        for place, column in enumerate(COLUMNS, start=2):
            sheet.cell(number, place).number_format = column.form
    _fit_on_paper(sheet)
    explained: Any = book.create_sheet(_("Notes"))
    for number, note in enumerate(notes(), start=1):
        _put_row(explained, number, [note])
    explained.column_dimensions["A"].width = 110
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fit_on_paper(sheet: Any) -> None:
    """A4 on its side, every column on one page, headings on each: it is printed as often as it is read."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"


def _put_heads(sheet: Any, heads: list[str]) -> None:
    _put_row(sheet, HEAD_ROW, heads)
    for place in range(1, len(heads) + 1):
        sheet.cell(HEAD_ROW, place).font = Font(bold=True)
        sheet.cell(HEAD_ROW, place).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = 44 if place == 1 else 13
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"


def _raw(summary: Summary, column: Column) -> Any:
    value = getattr(summary, column.key)
    return column.absent(summary) if value is None else value


def _put_row(sheet: Any, number: int, values: Sequence[Any]) -> None:
    for place, value in enumerate(values, start=1):
        cell = sheet.cell(number, place, value)
        if isinstance(value, str):
            cell.data_type = "s"  # a name that begins with "=" is a name, not a formula


def document(title: str, subtitle: str, publisher: str, summaries: Sequence[Summary]) -> dict[str, Any]:
    """The table as the printed document takes it: every cell as on the page."""
    return {
        "title": title,
        "subtitle": subtitle,
        "publisher": publisher,
        "language": formatting.language_now(),
        "head": [_("Agency"), *(str(column.label) for column in COLUMNS)],
        "rows": [[name_of(summary), *(cell(summary, column) for column in COLUMNS)] for summary in summaries],
        "notes_title": _("How to read this table"),
        "notes": notes(),
        "page_word": _("Page"),
    }
