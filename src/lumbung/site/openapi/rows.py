"""Rows, asked in parts or in SQL; the words are those their own readers know."""

from http import HTTPStatus

from lumbung.core.tables.schemas import KINDS
from lumbung.modules.open_data.api import rows as api
from lumbung.modules.open_data.forms import list_frames
from lumbung.modules.open_data.forms import row_frames as frames
from lumbung.modules.open_data.forms import rows as asking
from lumbung.site.openapi.operations import TEXT, Answer, Operation, Parameter, Schema, list_of, named, or_nothing

WHOLE: Schema = {"type": "integer", "minimum": 0}
NUMBERS: Schema = {"type": "object", "additionalProperties": WHOLE}
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
DATASET = named(
    {
        "name": TEXT,
        "portal": TEXT,
        "title_id": TEXT,
        "title_en": or_nothing(TEXT),
        "producer": TEXT,
        "access": {"enum": ["open", "restricted", "excluded"]},
        "release": WHOLE,
        "published_on": {"type": "string", "format": "date"},
        "row_count": or_nothing(WHOLE),
        "harvested_from": or_nothing(TEXT),
        "page": TEXT,
        "description": or_nothing(TEXT),
        "rows": or_nothing(TEXT),
    }
)
NAMES = named(
    {
        "total": WHOLE,
        "page": WHOLE,
        "per_page": WHOLE,
        "next": or_nothing(TEXT),
        "datasets": list_of(DATASET),
        "search": {"type": "object", "additionalProperties": TEXT},
    }
)
PAGES = [
    Parameter("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "maximum": list_frames.LAST_PAGE}),
    Parameter(
        "per_page", "How many datasets on it.", {"type": "integer", "minimum": 1, "maximum": list_frames.MOST_A_PAGE}
    ),
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
        "dataset-names",
        "datasets",
        "Rows",
        "The names under which rows are asked for, of every portal; `search` names the lists to search in.",
        {
            200: Answer("One page, by name.", {"application/json": NAMES}),
            404: Answer("No such portal.", {"application/json": REFUSED}),
            **{int(status): Answer(status.phrase, {"application/json": REFUSED}) for status in STATUSES},
        },
        [Parameter("portal", "Of one portal only: ntb."), *PAGES],
    ),
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
        "sql",
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
