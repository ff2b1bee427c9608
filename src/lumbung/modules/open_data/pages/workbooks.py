"""The table of a release for Excel: made by a job, so that many who ask at once cost one making."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock
from lumbung.core.base.errors import NotFound
from lumbung.core.files import ranges
from lumbung.core.files.ranges import OnDisk, Served
from lumbung.core.limits import actions as limits
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.visitors import visitor_of
from lumbung.core.tables.workbooks.cells import LONGEST_TEXT
from lumbung.core.web import formatting
from lumbung.modules.open_data.actions import workbooks as making
from lumbung.modules.open_data.models import Release
from lumbung.modules.open_data.queries import workbooks
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.workbooks import Workbook

KIND = "xlsx"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT = "public, max-age=86400"
NOT_YET, AGAIN_AFTER_SECONDS = 503, 15
PREPARED = Limit("open_data.workbooks", count=12, per_seconds=60)
FAILED = _("No Excel file of this table could be made. Take the CSV, which Excel opens as well.")
REASONS: dict[str, Promise] = {
    "too-many-rows": _(
        "No Excel file: the table has more than %(rows)s rows. "
        "Take the CSV, or filter the rows below and download those."
    ),
    "too-many-cells": _(
        "No Excel file: the table has more than %(cells)s cells. "
        "Take the CSV, or filter the rows below and download those."
    ),
    "long-text": _(
        "No Excel file: a text of the table is longer than a cell of Excel holds (%(signs)s characters). Take the CSV."
    ),
}


def sentence_of(book: Workbook) -> str:
    """Why there is no workbook, and what to take instead."""
    facts = {
        "rows": formatting.number(workbooks.MOST_ROWS),
        "signs": formatting.number(LONGEST_TEXT),
        "cells": formatting.number(workbooks.MOST_CELLS),
    }
    return str(REASONS.get(book.reason, FAILED)) % facts if book.state == "none" else ""


def offered(release: Release, shown: list[TableShown]) -> dict[str, tuple[Workbook, str]]:
    """The workbook of each table whose rows are open, by its slug, with the reason where there is none."""
    if release.withdrawn_at is not None or release.access != "open":
        return {}
    found = {each.slug: workbooks.of_table(each.table) for each in shown if not each.version.is_withdrawn}
    return {slug: (book, sentence_of(book)) for slug, book in found.items()}


def answer(request: HttpRequest, release: Release, shown: TableShown, name: str) -> HttpResponse:
    """The workbook, or word that it is being made, or why there is none. Who may have it was asked before."""
    book = workbooks.of_table(shown.table)
    if book.state == "ready":
        etag = f'"{book.path.name}-{book.path.stat().st_mtime_ns:x}"'
        return ranges.answer(request, Served(OnDisk(book.path), etag, CONTENT_TYPE, name, KEPT))
    if book.state == "none":
        raise NotFound("no-workbook", sentence_of(book))
    if request.method == "GET":
        limits.take(PREPARED, visitor_of(request), now=clock.now())
        making.ask_for_one(table=shown.table, now=clock.now())
    context = {"dataset": release.dataset, "release": release, "table": shown}
    response = render(request, "open_data/workbook_waiting.html", context, status=NOT_YET)
    response["Retry-After"] = str(AGAIN_AFTER_SECONDS)
    return response
