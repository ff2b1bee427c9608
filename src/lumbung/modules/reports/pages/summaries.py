"""The monthly summary per agency (rekap): page, workbook, printed document; all three hold the same numbers."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web import charts, documents, formatting
from lumbung.modules.reports import forms, queries
from lumbung.modules.reports.pages import summary_table
from lumbung.modules.reports.queries import MonthlyFigure, Summary

MONTHS_DRAWN = 12
TYPST = Path(__file__).parents[1] / "templates" / "reports" / "summary.typ"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """The month chosen, its rows, and the words that say what they are."""

    form: forms.MonthForm
    month: date
    summaries: list[Summary]
    as_of: date
    title: str
    subtitle: str


def _asked(request: HttpRequest) -> Asked:
    today, portal = clock.local_day(clock.now()), portal_of(request)
    form = forms.MonthForm(request.GET, today=today)
    month = form.chosen
    summaries = queries.monthly_summaries(portal, month, as_of=today)
    title = _("Summary of reports, %(month)s") % {"month": formatting.month(month)}
    subtitle = _("%(portal)s. Received in %(month)s, as they stand on %(day)s.") % {
        "portal": portal.name,
        "month": formatting.month(month),
        "day": formatting.date_long(today),
    }
    return Asked(form, month, summaries, today, title, subtitle)


@public()
def monthly(request: HttpRequest) -> HttpResponse:
    """The page: a month to choose, the table, and twelve months drawn."""
    asked = _asked(request)
    figures = queries.monthly_figures(portal_of(request), asked.month, months=MONTHS_DRAWN, as_of=asked.as_of)
    context = {
        "asked": asked,
        "columns": summary_table.COLUMNS,
        "cell": summary_table.cell,
        "name_of": summary_table.name_of,
        "notes": summary_table.notes(),
        "confidential": queries.confidential_in(portal_of(request), asked.month),
        "query": f"bulan={asked.month:%Y-%m}",
        "received_finding": _received_finding(figures),
        "received_chart": _received_chart(figures),
        "on_time_chart": _on_time_chart(figures),
        "period": f"{formatting.month(figures[0].month)}–{formatting.month(figures[-1].month)}",
        "drawn": sum(figure.received for figure in figures),
    }
    return render(request, "reports/summary.html", context, status=422 if asked.form.errors else 200)


@public()
def as_workbook(request: HttpRequest) -> HttpResponse:
    """The same table as XLSX."""
    asked = _asked(request)
    body = summary_table.workbook(f"{asked.title}. {asked.subtitle}", asked.summaries)
    return _download(request, asked, body, XLSX, "xlsx")


@public()
def as_document(request: HttpRequest) -> HttpResponse:
    """The same table as a tagged PDF."""
    asked = _asked(request)
    data = summary_table.document(asked.title, asked.subtitle, portal_of(request).name, asked.summaries)
    return _download(request, asked, documents.pdf(TYPST, data), "application/pdf", "pdf")


def _download(request: HttpRequest, asked: Asked, body: bytes, content_type: str, ending: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    name = f"rekap-laporan-{portal_of(request).slug}-{asked.month:%Y-%m}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _received_finding(figures: list[MonthlyFigure]) -> str:
    most = max(figures, key=lambda figure: figure.received)
    return _("Most came in %(month)s: %(count)s reports.") % {
        "month": formatting.month(most.month),
        "count": formatting.number(most.received),
    }


def _received_chart(figures: list[MonthlyFigure]) -> charts.Chart:
    points = tuple(charts.Point(figure.month, figure.received) for figure in figures)
    data = charts.LineChart(
        title=_("Reports received each month"),
        finding=_received_finding(figures),
        lines=(charts.Line(_("Received"), points, main=True),),
        time_label=_("Month"),
    )
    return charts.line_chart(data, formatting.language_now())


def _on_time_chart(figures: list[MonthlyFigure]) -> charts.Chart:
    points = tuple(
        charts.Point(figure.month, None if figure.on_time_share is None else float(figure.on_time_share))
        for figure in figures
    )
    known = [figure for figure in figures if figure.on_time_share is not None]
    finding = _("No report of these months is finished or overdue yet.")
    if known:
        finding = _("%(share)s of the reports received in %(month)s were finished on time.") % {
            "share": formatting.percent(known[-1].on_time_share),
            "month": formatting.month(known[-1].month),
        }
    data = charts.LineChart(
        title=_("Finished on time"),
        finding=finding,
        lines=(charts.Line(_("On time"), points, main=True),),
        rules=(charts.Rule(_("Law"), 1.0),),
        time_label=_("Month"),
        unit="share",
    )
    return charts.line_chart(data, formatting.language_now())
