"""Rows of a dataset for programs: /api/v1/datasets/<name>/rows."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any, cast

import duckdb
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.files import sending
from lumbung.core.files.ranges import Streamed
from lumbung.core.limits import actions as limits
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.visitors import address_of
from lumbung.core.web.programs import open_to_programs
from lumbung.modules.open_data.forms import row_frames as frames
from lumbung.modules.open_data.forms import rows as asking
from lumbung.modules.open_data.forms.row_frames import Frame
from lumbung.modules.open_data.queries import public_tables, row_files
from lumbung.modules.open_data.queries import rows as tables
from lumbung.modules.open_data.queries.public_tables import PublicTable
from lumbung.modules.open_data.queries.questions import Place, Question
from lumbung.modules.open_data.queries.row_files import FileKind

QUESTIONS = Limit("open_data.rows", count=120, per_seconds=60)
KEPT = "public, max-age=300"
CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
CONTENT_TYPES |= {"arrow": "application/vnd.apache.arrow.stream"}
# What every reader of JSON takes without rounding.
SAFE_INTEGER, SAFE_DIGITS = 2**53 - 1, 15


@public()
@open_to_programs
def rows(request: HttpRequest, dataset_name: str) -> HttpResponse:
    """The rows a question asks for, with the exact total; whole, or refused."""
    frame = frames.frame_of(request.GET)
    table = public_tables.public_table(dataset_name, number=frame.release, slug=frame.table)
    question = asking.question_of(request.GET, table.columns)
    after = frames.place_of(frame, question)
    etag = _etag(request.GET, table)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    limits.take(QUESTIONS, address_of(request), now=clock.now())
    try:
        answer = (_as_json if frame.format == "json" else _as_file)(request, table, frame, question, after)
    except (duckdb.Error, OSError):
        # Withdrawn while it was read? Then that is the answer; a file that is lost stays a fault.
        public_tables.public_table(dataset_name, number=frame.release, slug=frame.table)
        raise
    answer["ETag"] = etag
    answer["Cache-Control"] = KEPT
    return answer


def _etag(asked: QueryDict, table: PublicTable) -> str:
    told = sorted((key, values) for key, values in asked.lists())
    whole = f"{table.dataset.name} v{table.release.number} {table.fingerprint} {told!r}"
    return f'"{hashlib.sha256(whole.encode()).hexdigest()[:40]}"'


def _as_json(
    request: HttpRequest, table: PublicTable, frame: Frame, question: Question, after: Place | None
) -> HttpResponse:
    limit = frame.limit or 0
    answer = tables.ask(table.shown, question, limit=limit, offset=frame.offset, after=after)
    names = [field.name for field in question.fields]
    rows = [dict(zip(names, map(plain, row), strict=True)) for row in answer.rows]
    cursor = _cursor(table, frame, answer.total, answer.place)
    told = {
        "dataset": table.dataset.name,
        "release": table.release.number,
        "table": table.shown.slug,
        "as_of": table.release.as_of.isoformat(),
        "sha256": table.fingerprint,
        "fields": [{"name": field.name, "type": field.type} for field in question.fields],
        "total": answer.total,
        "offset": frame.behind,
        "count": len(rows),
        "cursor": cursor,
        "next": _next(request, cursor),
        "rows": rows,
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _cursor(table: PublicTable, frame: Frame, total: int, place: Place | None) -> str | None:
    """Where the next page begins; None on the last."""
    behind = frame.behind + (frame.limit or 0)
    if not frame.limit or behind >= total:
        return None
    return frame.cursor(release=table.release.number, behind=behind, place=place)


def _next(request: HttpRequest, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    asked = request.GET.copy()
    asked["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


def plain(value: Any) -> Any:
    """A cell as JSON has it; a number a reader would round is given as text."""
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, date):  # moments too
        return value.isoformat()
    if isinstance(value, int) and abs(value) > SAFE_INTEGER:
        return str(value)
    return value


def _number(value: Decimal) -> int | float | str:
    if value == value.to_integral_value():
        return int(value) if abs(value) <= SAFE_INTEGER else str(int(value))
    shortest = value.normalize()
    return float(shortest) if len(shortest.as_tuple().digits) <= SAFE_DIGITS else format(shortest, "f")


def _as_file(
    request: HttpRequest, table: PublicTable, frame: Frame, question: Question, after: Place | None
) -> HttpResponse:
    kind = cast(FileKind, frame.format)
    limit, offset = frame.limit, frame.offset
    with (
        sending.place() as place,
        row_files.written(table.shown, question, kind, limit=limit, offset=offset, after=after) as file,
    ):
        # Open already, the file may lose its name: its bytes are there until the answer is sent.
        response = Streamed(place.until_sent(file.path.open("rb")), content_type=CONTENT_TYPES[kind])
        response["Content-Length"] = str(file.path.stat().st_size)
    name = f"{table.dataset.name}-v{table.release.number}-{frame.digest[:6]}.{kind}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["X-Total-Count"] = str(file.total)
    following = _next(request, _cursor(table, frame, file.total, file.place))
    if following is not None:
        response["Link"] = f'<{following}>; rel="next"'
    return cast(HttpResponse, response)
