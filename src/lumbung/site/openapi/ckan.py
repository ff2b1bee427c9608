"""The Action API: one operation for each action there is, with the parameters its help names."""

import re
from collections.abc import Iterator
from http import HTTPStatus

from lumbung.modules.open_data import ckan as faults
from lumbung.modules.open_data.api import ckan, datastore_dump
from lumbung.modules.open_data.schemas.ckan import FORMS
from lumbung.site.openapi.operations import (
    NO_SUCH_ADDRESS,
    TEXT,
    Answer,
    Operation,
    Parameter,
    Schema,
    list_of,
    named,
)

NAME = re.compile(r"[a-z][a-z_.]*")
BESIDE = re.compile(r"\([^()]*\)")
JSON = "application/json"
THING: Schema = {"type": "object"}
FIELD = {"type": "object", "required": ["id", "type"], "properties": {"id": TEXT, "type": TEXT, "info": THING}}
WHOLE: Schema = {"type": "integer", "minimum": 0}
NAMES_OR_THINGS = list_of({"anyOf": [TEXT, THING]})
RESOURCE = {"type": "object", "required": ["id", "package_id", "name", "url", "format"]}
PACKAGE = {
    "type": "object",
    "required": ["id", "name", "title", "organization", "resources", "tags", "groups", "extras", "state"],
    "properties": {"id": TEXT, "name": TEXT, "title": TEXT, "resources": list_of(RESOURCE), "extras": list_of(THING)},
}
# What an action gives; an object where nothing stands here.
RESULTS: dict[str, Schema] = {
    "current_package_list_with_resources": list_of(PACKAGE),
    "datastore_info": {"type": "object", "required": ["meta", "fields"], "properties": {"fields": list_of(FIELD)}},
    "datastore_search": {
        "type": "object",
        "required": ["resource_id", "fields", "records", "limit", "include_total", "records_format"],
        "properties": {
            "fields": list_of(FIELD),
            "records": {"type": ["array", "string"]},
            "limit": WHOLE,
            "total": WHOLE,
        },
    },
    "group_list": NAMES_OR_THINGS,
    "help_show": TEXT,
    "license_list": list_of(THING),
    "organization_list": NAMES_OR_THINGS,
    "package_list": list_of(TEXT),
    "package_search": {
        "type": "object",
        "required": ["count", "results", "facets", "search_facets", "sort"],
        "properties": {"count": WHOLE, "results": list_of(PACKAGE)},
    },
    "package_show": PACKAGE,
    "resource_show": RESOURCE,
    "tag_list": NAMES_OR_THINGS,
    "package_delete": {"type": "null"},
    "resource_delete": {"type": "null"},
}
ERROR: Schema = {"type": "object", "required": ["__type"], "properties": {"__type": {"enum": sorted(faults.STATUS)}}}
FAILED: Schema = {
    "type": "object",
    "required": ["help", "success", "error"],
    "properties": {"help": TEXT, "success": {"const": False}, "error": ERROR},
}
# What cannot be read at all is told without the envelope, as CKAN does.
UNREADABLE: Schema = {"anyOf": [TEXT, FAILED]}
REFUSALS: dict[HTTPStatus, Schema] = {
    HTTPStatus.BAD_REQUEST: UNREADABLE,
    HTTPStatus.FORBIDDEN: FAILED,
    HTTPStatus.NOT_FOUND: FAILED,
    HTTPStatus.CONFLICT: FAILED,
    HTTPStatus.TOO_MANY_REQUESTS: FAILED,
    HTTPStatus.SERVICE_UNAVAILABLE: FAILED,
}


def parameters_of(help_text: str) -> list[str]:
    """The names behind "Parameters:" in the help of an action."""
    told = help_text.partition("Parameters:")[2].partition(".\n")[0]
    words = re.split(r"[,;\s]+", BESIDE.sub(" ", told))
    return [word for word in (each.rstrip(".") for each in words) if NAME.fullmatch(word) and word not in SMALL_WORDS]


SMALL_WORDS = {"and", "any", "or", "of", "those", "its", "at", "most", "says", "the", "same", "otherwise"}


def _answers(name: str) -> dict[int, Answer]:
    result = RESULTS.get(name, THING)
    told = named({"help": TEXT, "success": {"const": True}, "result": result})
    refused = {int(status): Answer(status.phrase, {JSON: schema}) for status, schema in REFUSALS.items()}
    return {200: Answer("The result, in the envelope of CKAN.", {JSON: told}), **refused}


def _actions() -> Iterator[Operation]:
    for name, action in ckan.ACTIONS.items():
        summary = (action.__doc__ or name).strip().partition("\n")[0].partition(" Parameters:")[0]
        parameters = [Parameter(each, "See help_show.") for each in parameters_of(action.__doc__ or "")]
        known = {"fixed": {"ckan_action": name}, "group": "CKAN", "summary": summary, "answers": _answers(name)}
        yield Operation("ckan-action", f"{name}_get", parameters=parameters, **known)  # type: ignore[arg-type]
        yield Operation("ckan-action", name, method="post", body=_body(action.__doc__ or ""), **known)  # type: ignore[arg-type]


def _writes() -> Iterator[Operation]:
    for name, (write, _scope) in ckan.WRITES.items():
        told = write.__doc__ or ""
        yield Operation(
            "ckan-action",
            name,
            "CKAN, writing drafts",
            told.strip().partition("\n")[0].partition(" Parameters:")[0],
            _answers(name),
            method="post",
            body=_body(told),
            fixed={"ckan_action": name},
            needs_key=True,
        )


def _body(help_text: str) -> dict[str, Schema]:
    told: Schema = {"type": "object", "properties": {name: {} for name in parameters_of(help_text)}}
    return {JSON: told, FORMS[0]: told}


DUMP = Operation(
    "datastore-dump",
    "datastore_dump",
    "CKAN",
    "All rows of a resource as one file.",
    {
        200: Answer("The file.", {kind.split(";")[0]: None for kind in datastore_dump.TYPES.values()}),
        **{int(status): Answer(status.phrase, {JSON: {}}) for status in REFUSALS if status != HTTPStatus.NOT_FOUND},
        404: Answer("No such resource.", {JSON: {}, **NO_SUCH_ADDRESS}),
    },
    [
        Parameter("datastore_id", "The id of a resource.", {"type": "string", "minLength": 1}, "path"),
        Parameter("format", "The kind of file.", {"type": "string", "enum": [*datastore_dump.TYPES]}),
        *(Parameter(name, "As in datastore_search.") for name in ("filters", "q", "fields", "sort", "distinct")),
        *(Parameter(name, "Which rows.", WHOLE) for name in ("limit", "offset")),
        Parameter("bom", "A mark for spreadsheets before CSV and TSV.", {"type": "boolean"}),
    ],
)
OPERATIONS = (*_actions(), *_writes(), DUMP)
