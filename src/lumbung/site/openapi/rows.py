"""Rows, asked in parts or in SQL; the words are those their own readers know."""

from http import HTTPStatus

from lumbung.core.tables.schemas import KINDS
from lumbung.modules.open_data.api import rows as api
from lumbung.modules.open_data.forms import row_frames as frames
from lumbung.modules.open_data.forms import rows as asking
from lumbung.site.openapi.operations import TEXT, Answer, Operation, Parameter, Schema, list_of, named, or_nothing

WHOLE: Schema = {"type": "integer", "minimum": 0}
TEXTS = {
    "select": "Columns, with commas.",
    "where": f"column:operator:value; at most {asking.MOST_CONDITIONS}, all of them have to hold.",
    "group_by": "Columns whose values make a group, with commas.",
    "aggregate": "count, or sum:, avg:, min:, max: before a column.",
    "order": "Columns, with commas; a minus before one turns its order.",
    "table": "Which table, where a dataset has several.",
    "release": "Which release; the newest otherwise.",
    "format": "The kind of answer.",
    "limit": f"Rows a page; {frames.USUAL_ROWS} in JSON, all of them in a file. At most {frames.MOST_ROWS}.",
    "cursor": "Where the page begins, as the page before told it.",
}
SCHEMAS: dict[str, Schema] = {
    "format": {"type": "string", "enum": [*frames.FORMATS]},
    "limit": {**WHOLE, "maximum": frames.MOST_ROWS},
    "release": WHOLE,
}
ANSWER = named(
    {
        "dataset": TEXT,
        "release": WHOLE,
        "table": TEXT,
        "as_of": {"type": "string", "format": "date"},
        "sha256": TEXT,
        "fields": list_of(named({"name": TEXT, "type": {"type": "string", "enum": [*KINDS]}})),
        "total": WHOLE,
        "offset": WHOLE,
        "count": WHOLE,
        "cursor": or_nothing(TEXT),
        "next": or_nothing(TEXT),
        "rows": list_of({"type": "object"}),
    }
)
REFUSED = named({"error": named({"code": TEXT, "message_id": TEXT, "message_en": TEXT, "field": or_nothing(TEXT)})})
SQL_ANSWER = named(
    {
        "dataset": TEXT,
        "release": WHOLE,
        "table": TEXT,
        "as_of": {"type": "string", "format": "date"},
        "sha256": TEXT,
        "columns": list_of(TEXT),
        "total": WHOLE,
        "count": WHOLE,
        "cut": {"type": "boolean"},
        "rows": list_of({"type": "array"}),
    }
)
SQL_PARAMETERS = [
    Parameter("dataset", "The name of a dataset.", TEXT),
    Parameter("table", TEXTS["table"], TEXT),
    Parameter("q", "One SELECT of SQLite.", TEXT),
    Parameter("format", TEXTS["format"], {"type": "string", "enum": ["json", "csv"]}),
]
STATUSES = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.GONE,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


def _parameters() -> list[Parameter]:
    name = Parameter(
        "dataset_name", "The name of a dataset.", {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}, "path"
    )
    several = [Parameter(each, TEXTS[each], list_of(TEXT)) for each in asking.SEVERAL]
    return [name, *several, *(Parameter(each, TEXTS[each], SCHEMAS.get(each, TEXT)) for each in asking.SINGLE)]


OPERATIONS = (
    Operation(
        "dataset-rows",
        "rows",
        "Rows",
        "Rows of a published table, with the exact total; whole, or refused.",
        {
            200: Answer(
                "The rows.",
                {"application/json": ANSWER} | {kind.split(";")[0]: None for kind in api.CONTENT_TYPES.values()},
            ),
            404: Answer("No such dataset, release or table.", {"application/json": REFUSED, "text/html": None}),
            **{int(status): Answer(status.phrase, {"application/json": REFUSED}) for status in STATUSES},
        },
        _parameters(),
    ),
    Operation(
        "dataset-sql",
        "rows",
        "SQL",
        "The answer of one SQL query on the newest open release; where it was cut, it says so with the whole number.",
        {
            200: Answer("The answer.", {"application/json": SQL_ANSWER, "text/csv": None}),
            404: Answer("No such dataset or table.", {"application/json": REFUSED, "text/html": None}),
            **{int(status): Answer(status.phrase, {"application/json": REFUSED}) for status in STATUSES},
        },
        SQL_PARAMETERS,
    ),
)
