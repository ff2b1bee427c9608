"""SQL of anybody on an open table: /api/v1/sql?dataset=…&q=…"""

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.limits import actions as limits
from lumbung.core.limits.visitors import address_of
from lumbung.core.tables.sql.asking import LIMITS, Answer
from lumbung.core.web.programs import open_to_programs
from lumbung.modules.open_data.api.rows import plain
from lumbung.modules.open_data.forms.rows import refusal
from lumbung.modules.open_data.forms.sql import QUERIES
from lumbung.modules.open_data.queries import public_sql, public_tables
from lumbung.modules.open_data.queries.public_tables import PublicTable
from lumbung.modules.open_data.queries.rows import TooMuch

KEPT = "public, max-age=60"
KNOWN = ("dataset", "table", "q", "format")
# A spreadsheet would take these for a formula; the text comes from whoever wrote the link.
RISKY = ("=", "+", "-", "@", "\t", "\r")
# No formula, and the only form an exact number has: with a mark before it, it would be another value.
BELOW_NOUGHT = re.compile(r"-[0-9]+(\.[0-9]+)?")


@public()
@open_to_programs
def sql(request: HttpRequest) -> HttpResponse:
    """The answer of one query on the newest release; where it was cut, it says so with the whole number."""
    for name in request.GET:
        if name not in KNOWN:
            raise refusal("unknown-parameter", "address", name=name[:60], names=", ".join(KNOWN))
    form = request.GET.get("format") or "json"
    if form not in {"json", "csv"}:
        raise refusal("unknown-sql-format", "format")
    table = public_tables.public_table(request.GET.get("dataset", ""), slug=request.GET.get("table", ""))
    limits.take(QUERIES, address_of(request), now=clock.now())
    answer = public_sql.ask(table.shown, request.GET.get("q", ""))
    response = _as_csv(table, answer) if form == "csv" else _as_json(table, answer)
    response["X-Total-Count"] = str(answer.total)
    response["Cache-Control"] = KEPT
    # Of the answer, not of the question: one that asks for today is another tomorrow.
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:40]}"'
    response["ETag"] = etag
    return cast(HttpResponse, get_conditional_response(request, etag=etag, response=response))


def _as_json(table: PublicTable, answer: Answer) -> HttpResponse:
    told = {
        "dataset": table.dataset.name,
        "release": table.release.number,
        "table": table.shown.slug,
        "as_of": table.release.as_of.isoformat(),
        "sha256": table.fingerprint,
        "columns": answer.columns,
        "total": answer.total,
        "count": len(answer.rows),
        "cut": answer.is_cut,
        "rows": [[plain(cell) for cell in row] for row in answer.rows],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _as_csv(table: PublicTable, answer: Answer) -> HttpResponse:
    if answer.is_cut:
        cut = public_sql.CUT_FILE
        raise TooMuch("sql-too-many-rows", cut, field="q", total=answer.total, most=LIMITS.most_rows)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([_safe(column) for column in answer.columns])
    writer.writerows(_cells(row) for row in answer.rows)
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"{table.dataset.name}-v{table.release.number}-sql.csv"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _cells(row: Sequence[Any]) -> list[Any]:
    return [_safe(cell) if isinstance(cell, str) else cell for cell in row]


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(RISKY) and not BELOW_NOUGHT.fullmatch(text) else text
