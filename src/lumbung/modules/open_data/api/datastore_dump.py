"""All rows of a resource as one file, as CKAN's datastore gives them: /datastore/dump/<id>."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import duckdb
import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from lumbung.core.access.anywhere import readable_anywhere
from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.base.errors import TooMany
from lumbung.core.files import sending
from lumbung.core.limits import actions as limits
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.visitors import visitor_of
from lumbung.modules.open_data.api import ckan, ckan_rows, xml_rows
from lumbung.modules.open_data.ckan import BareFault, Fault, invalid
from lumbung.modules.open_data.models import ReleaseTable
from lumbung.modules.open_data.queries import datastore
from lumbung.modules.open_data.queries.datastore import Question, Row, Table
from lumbung.modules.open_data.schemas import ckan as read

DUMPS = Limit("open_data.dump", 60, 60)
TYPES = {"csv": "text/csv; charset=utf-8", "tsv": "text/tab-separated-values; charset=utf-8", "json": ckan.JSON}
TYPES["xml"] = "text/xml; charset=utf-8"
SEPARATORS = {"csv": ",", "tsv": "\t"}
BOM = "\ufeff".encode()
MORE = ("format", "bom")


@public()
@readable_anywhere
def dump(request: HttpRequest, datastore_id: str) -> HttpResponse:
    """Stream the rows; what cannot be asked is told in JSON, as the Action API does."""
    try:
        limits.take(DUMPS, visitor_of(request), now=clock.now())
        return _dumped(request, {**ckan_rows.as_told(read.params_of(request), *MORE), "resource_id": datastore_id})
    except BareFault as fault:
        return ckan.answer(fault.sentence, status=400)
    except TooMany as refused:
        return ckan.refusal(ckan.too_many(refused), {})
    except Fault as fault:
        return ckan.refusal(fault, {})


def _dumped(request: HttpRequest, params: read.Params) -> HttpResponse:
    form = read.text(params, "format") or "csv"
    if form not in TYPES:
        raise invalid("format", _("must be one of %(known)s") % {"known": ", ".join(TYPES)})
    table = ckan_rows.table_asked(params, ckan.scope_of(request), "resource_id")
    # The address says the rest: the same address of the same version gives the same bytes.
    etag = f'"{table.version.parquet_sha256[:32]}-{_told_with_rows(table, form)}{form}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or _streamed(table, params, form)
    response["ETag"], response["Cache-Control"] = etag, f"public, max-age={ckan.KEPT_SECONDS}"
    return response


def _told_with_rows(table: ReleaseTable, form: str) -> str:
    """A mark of what JSON says of the columns; the other forms hold rows only."""
    return f"{table.release.metadata_sha256[:32]}-" if form == "json" else ""


def _streamed(table: ReleaseTable, params: read.Params, form: str) -> HttpResponse:
    limit = None if params.get("limit") in (None, "") else read.whole(params, "limit", default=0)
    asked = ckan_rows.asked_of(params, limit=limit)
    head = BOM if read.flag(params, "bom", default=False) and form in SEPARATORS else b""
    with ExitStack() as stack:
        place = stack.enter_context(sending.place())
        opened = stack.enter_context(datastore.opened(table.version))
        question = opened.compiled(asked)
        pieces = _pieces(form, opened, question, table)
        broken = _told_broken() if form in SEPARATORS else b""
        sent = _closing(head, pieces, broken, stack.pop_all())
        response = StreamingHttpResponse(place.until_sent(sent), content_type=TYPES[form])
    name = f"{table.resource_id}.{form}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response  # type: ignore[return-value]


def _closing(head: bytes, pieces: Iterator[bytes], broken: bytes, stack: ExitStack) -> Iterator[bytes]:
    """The pieces; the table is closed when they are read or the reader has gone.

    broken  what is sent where the rows end too soon: the server ends such an answer as if it were whole
    """
    with stack:
        yield head
        try:
            yield from pieces
        except (duckdb.Error, OSError):
            yield broken
            raise


def _told_broken() -> bytes:
    """A last cell whose quotes never close: readers of CSV refuse it, people read why. JSON and XML lack their end."""
    return ('"' + _("INCOMPLETE: the server could not read further. Download the file again.")).encode()


def _pieces(form: str, opened: Table, question: Question, table: ReleaseTable) -> Iterator[bytes]:
    blocks = opened.streamed(question)
    if form == "json":
        return _as_json(blocks, ckan_rows.fields_of(opened, question.chosen, table))
    return _as_xml(blocks, question) if form == "xml" else _as_text(blocks, question, SEPARATORS[form])


def _as_xml(blocks: Iterator[list[Row]], question: Question) -> Iterator[bytes]:
    begin = 1 if question.chosen[:1] == [datastore.ROW] else 0
    elements = xml_rows.elements_of(question.chosen[begin:])
    yield xml_rows.BEGIN
    for block in blocks:
        told = [[None if cell is None else ckan_rows.plain(cell) for cell in row] for row in block]
        yield xml_rows.written(elements, [(row[0] or "" if begin else "", row[begin:]) for row in told])
    yield xml_rows.END


def _as_text(blocks: Iterator[list[Row]], question: Question, separator: str) -> Iterator[bytes]:
    end = "\r\n" if separator == "," else "\n"
    yield ckan_rows.delimited([tuple(question.chosen)], separator, line_end=end).encode()
    for block in blocks:
        yield ckan_rows.delimited(block, separator, line_end=end).encode()


def _as_json(blocks: Iterator[list[Row]], fields: list[dict[str, Any]]) -> Iterator[bytes]:
    yield b'{"fields": ' + orjson.dumps(fields) + b', "records": ['
    before = b"\n"
    for block in blocks:
        rows = [orjson.dumps([ckan_rows.exact(value) for value in row]) for row in block]
        yield before + b",\n".join(rows)
        before = b",\n"
    yield b"\n]}"
