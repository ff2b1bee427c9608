"""The reading actions about rows, and what may be asked of them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import orjson
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.modules.open_data.ckan import invalid, not_found
from lumbung.modules.open_data.models import ReleaseTable
from lumbung.modules.open_data.queries import datastore, packages, releases
from lumbung.modules.open_data.queries.datastore import Asked, Row, Table
from lumbung.modules.open_data.queries.datastore_values import ckan_kind
from lumbung.modules.open_data.queries.packages import Scope
from lumbung.modules.open_data.schemas import ckan as read
from lumbung.modules.open_data.schemas.ckan import Params

USUAL_LIMIT, MOST_ROWS = 100, 32_000
FORMATS = ("objects", "lists", "csv", "tsv")
LARGEST = 2**63
KNOWN = {"resource_id", "filters", "q", "plain", "language", "fields", "distinct", "sort", "limit", "offset"} | {
    "include_total",
    "total_estimation_threshold",
    "include_next_page",
    "records_format",
    "full_text",
}
NATIVE = {
    "int4": "integer",
    "int8": "bigint",
    "bool": "boolean",
    "float8": "double precision",
    "timestamp": "timestamp without time zone",
}
NO_INDEX = {"notnull": False, "index_name": None, "is_index": False, "uniquekey": False}


def datastore_search(params: Params, scope: Scope) -> Any:
    """Rows of a resource.

    Parameters: resource_id, filters, q, fields, distinct, sort, limit (100, at most 32000), offset, include_total,
    include_next_page, records_format (objects, lists, csv, tsv).
    """
    params = as_told(params)
    table = table_asked(params, scope, "resource_id")
    asked = asked_of(params, limit=read.whole(params, "limit", default=USUAL_LIMIT, most=MOST_ROWS))
    form = read.text(params, "records_format") or "objects"
    if form not in FORMATS:
        raise invalid("records_format", _("must be one of %(known)s") % {"known": ", ".join(FORMATS)})
    with datastore.opened(table.version) as opened:
        question = opened.compiled(asked)
        rows = opened.rows(question)
        counted: dict[str, Any] = {"include_total": False}
        if read.flag(params, "include_total", default=True):
            counted = {"include_total": True, "total": opened.total(question), "total_was_estimated": False}
        fields = fields_of(opened, question.chosen, table)
    told_next = read.flag(params, "include_next_page", default=False)
    return {
        "resource_id": str(table.resource_id),
        **_echo(params, asked),
        "limit": asked.limit,
        "records_format": form,
        "include_next_page": told_next,
        "fields": fields,
        "records": _records(form, question.chosen, rows),
        "_links": _links(params, asked, scope),
        **counted,
        **(_next_page(asked, question.chosen, rows) if told_next else {}),
    }


def as_told(params: Params, *more: str) -> Params:
    """What may be asked of rows; a word CKAN does not know either is refused, so that no filter is lost by a slip."""
    told = {("resource_id" if name == "id" else name): value for name, value in params.items()}
    unknown = sorted(told.keys() - KNOWN - {*more})
    if unknown:
        known = ", ".join(sorted((KNOWN | {*more}) - {"full_text"}))
        raise invalid(
            "__extras",
            _("There is no parameter %(name)s. There are: %(names)s.") % {"name": unknown[0][:60], "names": known},
        )
    return told


def _next_page(asked: Asked, chosen: Sequence[str], rows: Sequence[Row]) -> dict[str, Any]:
    """The filter that gives the rows behind these; only in the order of the file, where it is exact."""
    order = " ".join(asked.order).lower().split() or [datastore.ROW]
    if (
        order[0] != datastore.ROW
        or len(asked.order) > 1
        or asked.is_distinct
        or not rows
        or datastore.ROW not in chosen
    ):
        return {}
    last = rows[-1][chosen.index(datastore.ROW)]
    return {"next_page": {datastore.ROW: {"lt" if order[-1] == "desc" else "gt": last}}}


def datastore_info(params: Params, scope: Scope) -> Any:
    """Columns of a resource with type, label, meaning and unit, and how many rows there are. Parameters: id."""
    name = "id" if "id" in params else "resource_id"
    table = table_asked(params, scope, name)
    described = releases.metadata_of(table.release)["variables"].get(table.resource.slug, {})
    with datastore.opened(table.version) as opened:
        kinds = {column: kind for column, kind in opened.kinds.items() if column != datastore.ROW}
    return {
        "meta": {
            "id": str(table.resource_id),
            "count": table.version.row_count,
            "size": table.version.parquet_bytes,
            "table_type": "BASE TABLE",
            "aliases": [],
        },
        "fields": [
            {
                "id": column,
                "type": ckan_kind(kind),
                "info": _info(described.get(column, {})),
                "schema": {"native_type": NATIVE.get(ckan_kind(kind), ckan_kind(kind)), **NO_INDEX},
            }
            for column, kind in kinds.items()
        ],
        "schema": {column: ckan_kind(kind) for column, kind in kinds.items()},
    }


def datastore_search_sql(params: Params, scope: Scope) -> Any:
    """Not served here: SQL is asked of one dataset at an address of its own, with its own limits."""
    raise not_found(
        _(
            "datastore_search_sql does not exist here. Use datastore_search, /api/v1/datasets/{id}/rows for groups "
            "and sums, or SQL at /api/v1/sql."
        )
    )


def table_asked(params: Params, scope: Scope, name: str) -> ReleaseTable:
    """The table of a resource whose rows are for everyone; all others do not exist."""
    found = packages.table_of(scope, read.needed(params, name))
    if found is None:
        raise not_found(_('Resource "%(id)s" was not found.') % {"id": read.text(params, name)[:60]})
    return found[1]


def asked_of(params: Params, *, limit: int | None) -> Asked:
    """What is wanted of a table, from what was sent."""
    if not read.flag(params, "plain", default=True):
        raise invalid("plain", _("There is no language of queries here. Every word of q has to stand in the row."))
    filters, words = read.structured(params, "filters"), read.structured(params, "q") or read.text(params, "full_text")
    if filters and not isinstance(filters, Mapping):
        raise invalid("filters", _("Not a map of fields to values."))
    if words and not isinstance(words, (str, Mapping)):
        words = str(words)
    return Asked(
        filters=filters or {},
        words=words or "",
        fields=read.names(params, "fields"),
        order=read.names(params, "sort"),
        is_distinct=read.flag(params, "distinct", default=False),
        limit=limit,
        offset=read.whole(params, "offset", default=0),
    )


def fields_of(opened: Table, chosen: Sequence[str], table: ReleaseTable) -> list[dict[str, Any]]:
    """The columns of an answer with their meaning; the row's number is an `int`, as CKAN calls it."""
    described = releases.metadata_of(table.release)["variables"].get(table.resource.slug, {})
    kinds = {**{column: ckan_kind(kind) for column, kind in opened.kinds.items()}, datastore.ROW: "int"}
    return [
        {"id": column, "type": kinds[column], **({"info": _info(described[column])} if column in described else {})}
        for column in chosen
    ]


def _info(variable: Mapping[str, Any]) -> dict[str, str]:
    label, meaning = variable.get("label") or {}, variable.get("definition") or {}
    return {
        "label": label.get("id", ""),
        "label_en": label.get("en", ""),
        "notes": meaning.get("id", ""),
        "notes_en": meaning.get("en", ""),
        "unit": str(variable.get("unit") or ""),
    }


def _echo(params: Params, asked: Asked) -> dict[str, Any]:
    told = {"filters": asked.filters, "q": asked.words, "sort": ", ".join(asked.order), "offset": asked.offset}
    return {
        key: value
        for key, value in {**told, "distinct": asked.is_distinct, "full_text": asked.words}.items()
        if key in params
    }


def _links(params: Params, asked: Asked, scope: Scope) -> dict[str, str]:
    kept = {key: _text(value) for key, value in params.items() if key != "offset" and value is not None}
    place = {"ckan_action": "datastore_search"} | ({"portal_slug": scope.portal.pk} if scope.portal else {})
    base = reverse("portal-ckan-action" if scope.portal else "ckan-action", kwargs=place)
    limit = asked.limit or 0
    found = {
        "start": f"{base}?{urlencode(kept)}",
        "next": f"{base}?{urlencode({**kept, 'offset': asked.offset + limit})}",
    }
    if asked.offset >= limit:
        found["prev"] = f"{base}?{urlencode({**kept, 'offset': asked.offset - limit})}"
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _records(form: str, chosen: Sequence[str], rows: Sequence[Row]) -> Any:
    if form == "objects":
        return [dict(zip(chosen, map(exact, row), strict=True)) for row in rows]
    if form == "lists":
        return [list(map(exact, row)) for row in rows]
    return delimited(rows, "," if form == "csv" else "\t", line_end="\n")


def delimited(rows: Iterable[Row], separator: str, *, line_end: str) -> str:
    """Rows as CSV or TSV, every value whole."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(
        [plain(value) for value in row] for row in rows
    )
    return text.getvalue()


def exact(value: Any) -> Any:
    """A value for JSON: numbers keep every digit."""
    if isinstance(value, Decimal) or (isinstance(value, int) and abs(value) >= LARGEST):
        return orjson.Fragment(plain(value))
    return value


def plain(value: Any) -> str:
    """A value as text: no needless zeros, no rounding, days as ISO."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
