"""What everybody sees of an agreed data list: the list, how far it has come, its record, blank templates."""

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lumbung.core.access.policies import public, viewer_of
from lumbung.core.base import clock
from lumbung.core.events import queries as history
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web import documents, formatting
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.actions.data_lists import LIST
from lumbung.modules.open_data.documents import csv_tables, list_records, row_templates
from lumbung.modules.open_data.documents.row_templates import Advice
from lumbung.modules.open_data.models import DataList, ListRow
from lumbung.modules.open_data.pages import amendments
from lumbung.modules.open_data.pages.list_places import agreed_here, count_paper, file_response, sees_lists, today
from lumbung.modules.open_data.queries import data_lists as known
from lumbung.modules.open_data.queries import progress as sums
from lumbung.modules.open_data.queries import template_columns

MOST_NAMED = 4
TEMPLATES = Path(__file__).parents[1] / "templates" / "open_data"


@public()
def newest_list(request: HttpRequest) -> HttpResponse:
    """The list in force, or why there is none."""
    portal = portal_of(request)
    found = known.in_force(portal, today()) or known.agreed_lists(portal).last()
    if found is None:
        return render(request, "open_data/data_list_none.html", {"desk": sees_lists(request)})
    return _shown(request, found)


@public()
def data_list(request: HttpRequest, year: int) -> HttpResponse:
    """The list of one year."""
    return _shown(request, agreed_here(request, year))


def _shown(request: HttpRequest, found: DataList) -> HttpResponse:
    rows = list(known.listed_rows(found))
    context = {
        "data_list": found,
        "years": [each.year for each in known.agreed_lists(found.portal)],
        "agencies": known.by_agency(rows),
        "stages": {each.row.pk: each for each in sums.of_rows(found, rows, today=today())},
        "row_count": len(rows),
        "priority_count": sum(row.is_priority for row in rows),
        "amendments": amendments.told_of(found),
        "history": history.history_of(LIST, str(found.pk)),
        "days_told": days_told,
        "now": clock.now(),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "open_data/data_list.html", context)


def days_told(row: ListRow) -> str:
    """The frequency of a row and its days; of many days how many, the first and the last."""
    days = [day.on for day in row.days.all()]
    if len(days) <= MOST_NAMED:
        return list_records.days_told(row.frequency, days)
    choice = shape.choice_of("frequencies", row.frequency)
    return _("%(frequency)s: %(count)s days of release, %(first)s to %(last)s") % {
        "frequency": choice.words if choice else row.frequency,
        "count": len(days),
        "first": formatting.date_short(days[0]),
        "last": formatting.date_short(days[-1]),
    }


@public()
def list_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The list as a table."""
    found = agreed_here(request, year)
    heads = [_("Number"), _("Data"), _("Data producer"), _("Purpose"), _("Data standard"), _("Frequency")]
    heads += [_("Days of release"), _("Priority"), _("Why priority"), _("BPS recommendation number")]
    heads += [_("e-Walidata code"), _("Dataset")]
    rows = [_csv_row(row) for row in known.listed_rows(found)]
    return file_response(csv_tables.csv_bytes(heads, rows), "csv", f"daftar-data-{found.portal_id}-{year}")


def _csv_row(row: ListRow) -> list[Any]:
    choice = shape.choice_of("frequencies", row.frequency)
    days = " ".join(day.on.isoformat() for day in row.days.all())
    priority = _("Yes") if row.is_priority else _("No")
    told = [
        row.number,
        row.title,
        row.producer.name,
        row.purpose,
        row.standard,
        choice.words if choice else row.frequency,
    ]
    told += [days, priority, row.priority_reason, row.bps_number, row.ewalidata_code]
    return [*told, row.dataset.key if row.dataset else ""]


@public()
def progress(request: HttpRequest, year: int) -> HttpResponse:
    """How far the list has come, agency by agency."""
    found = agreed_here(request, year)
    lines, total = sums.by_agency(found, today=today())
    context = {"data_list": found, "lines": lines, "total": total, "day": today(), "now": clock.now()}
    context |= {"address": request.build_absolute_uri(request.path)}
    return render(request, "open_data/data_list_progress.html", context)


@public()
def progress_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The same as a table."""
    found = agreed_here(request, year)
    heads = [_("As of"), _("Data producer"), _("Planned"), _("Not begun"), _("Drafted"), _("In check")]
    heads += [_("Published"), _("Release day passed")]
    lines, total = sums.by_agency(found, today=today())
    rows = [
        [
            today().isoformat(),
            each.agency.name if each.agency else _("All"),
            *(each.planned, each.not_begun, each.drafted, each.in_check, each.published, each.late),
        ]
        for each in [*lines, total]
    ]
    return file_response(csv_tables.csv_bytes(heads, rows), "csv", f"rekap-{found.portal_id}-{year}")


@public()
def record(request: HttpRequest, year: int) -> HttpResponse:
    """The record of the Forum (berita acara)."""
    found = agreed_here(request, year)
    context = {
        "data_list": found,
        "record": list_records.record_of(found.agreement),
        "heads": list_records.heads(),
        "address": request.build_absolute_uri(request.path),
        "now": clock.now(),
    }
    return render(request, "open_data/list_record.html", context)


@public()
def record_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The same to print and sign."""
    found = agreed_here(request, year)
    count_paper(request)
    told = list_records.record_of(found.agreement)
    address = request.build_absolute_uri(request.path).removesuffix("berita-acara.pdf") + "berita-acara/"
    data = list_records.printed(told, publisher=found.portal.government.name, address=address)
    content = documents.pdf(TEMPLATES / "list_record.typ", data)
    return file_response(content, "pdf", f"berita-acara-daftar-data-{found.portal_id}-{year}")


@public()
def row_template(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """A blank spreadsheet for a row: of an agreed list for everybody, before that on the desk."""
    found = known.list_at(portal_of(request), year)
    row = known.row_at(found, number) if found else None
    if found is None or row is None or not _may_see(request, found, row):
        raise Http404("row")
    count_paper(request)
    content = row_templates.xlsx_bytes(template_columns.columns_of(row, today=today()), _advice(row))
    return file_response(content, "xlsx", f"templat-{found.portal_id}-{year}-{number}")


def _may_see(request: HttpRequest, found: DataList, row: ListRow) -> bool:
    if found.is_agreed and row.state == known.ON_THE_LIST:
        return True
    return sees_lists(request) and known.rows_seen_by(viewer_of(request), found).filter(pk=row.pk).exists()


def _advice(row: ListRow) -> Advice:
    return Advice(
        title=row.title,
        year=row.data_list.year,
        number=row.number,
        producer=row.producer.name_id,
        standard=row.standard,
        days=", ".join(formatting.date_long(day.on, "id") for day in row.days.all()),
        is_known=template_columns.is_known(row),
    )
