"""Lists of datasets, and each release with its files and what describes it for other machines."""

from lumbung.modules.open_data.forms import list_frames
from lumbung.modules.open_data.forms.catalogue import ORDERS
from lumbung.modules.open_data.pages import catalogue, data_packages, workbooks
from lumbung.modules.open_data.queries import croissant
from lumbung.site.openapi.files import GRAPHS, JSON, KIND, MISSING, NOTHING, PORTAL, REFUSED, THING
from lumbung.site.openapi.operations import (
    HTML,
    SHORT_REFUSAL,
    TEXT,
    Answer,
    Operation,
    Parameter,
    Schema,
    list_of,
    named,
)
from lumbung.site.openapi.rows import NUMBERS, PAGES, WHOLE
from lumbung.site.openapi.rows import REFUSED as TOLD

SLUG: Schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
KEY = Parameter("key", "A dataset, as its address calls it.", SLUG, "path")
NUMBER = Parameter("number", "Which release, from 1.", WHOLE, "path", 1)
TABLE = Parameter("resource", "A table of the release; data where there is one only.", SLUG, "path", "data")
FILE_TYPES = {**catalogue.CONTENT_TYPES, workbooks.KIND: workbooks.CONTENT_TYPE}
FILE_KIND = Parameter("kind", "The form.", {"type": "string", "enum": [*FILE_TYPES]}, "path", "csv")
RELEASE = [PORTAL, KEY, NUMBER]
WITHDRAWN = {410: Answer("It was withdrawn; the reason is told.", {JSON: SHORT_REFUSAL})}
NO_RELEASE = {**MISSING, **WITHDRAWN, **REFUSED}
PAGE_FOR_PEOPLE = {
    404: Answer("There is nothing at this address.", {HTML: None}),
    410: Answer("It was withdrawn; the page tells the reason.", {HTML: None}),
    429: Answer("Too many requests.", {HTML: None}),
    503: Answer("The Excel file is being made; Retry-After says when to come back.", {HTML: None}),
}
NOT_UNDERSTOOD = {
    400: Answer("A word of the address is not understood.", {JSON: TOLD}),
    429: Answer("Too many requests.", {JSON: TOLD}),
    **NOTHING,
}
TEXTS = {
    "q": "Words to look for.",
    "sort": "The order.",
    "exact": "1 takes the words as they stand.",
}
SCHEMAS: dict[str, Schema] = {
    "sort": {"type": "string", "enum": [value for value, _words in ORDERS if value]},
    "exact": {"type": "string", "enum": ["1"]},
}
FOUND = [
    Parameter(each, TEXTS.get(each, f"Only with this {each}."), SCHEMAS.get(each, TEXT)) for each in list_frames.FOUND
]
LIST = named(
    {
        "total": WHOLE,
        "reachable": WHOLE,
        "page": WHOLE,
        "per_page": WHOLE,
        "read_as": list_of(named({"typed": TEXT, "read": TEXT})),
        "unknown_words": list_of(TEXT),
        "holds_part_of_the_words": {"type": "boolean"},
        "facets": {"type": "object", "additionalProperties": NUMBERS},
        "without": NUMBERS,
        "datasets": list_of(THING),
    }
)

LISTS = (
    Operation(
        "open_data:list-json",
        "dataset_list",
        "Datasets",
        "A page of the datasets of a portal by words and filters, with the number of datasets beside each filter.",
        {200: Answer("One page.", {JSON: LIST}), **NOT_UNDERSTOOD},
        [PORTAL, *FOUND, *PAGES],
    ),
    Operation(
        "open_data:list-csv",
        "dataset_list_csv",
        "Datasets",
        "Every dataset of the same list, one a line.",
        {200: Answer("The list.", {"text/csv": None}), **NOT_UNDERSTOOD},
        [PORTAL, *FOUND],
    ),
)
RELEASES = (
    Operation(
        "open_data:description",
        "dataset_description",
        "DCAT-AP 3",
        "The newest release of one dataset.",
        {200: Answer("The dataset.", GRAPHS), **NO_RELEASE},
        [PORTAL, KEY, KIND],
    ),
    Operation(
        "open_data:data-package",
        "data_package",
        "Releases",
        "Files, columns and fingerprints of one release, as a Data Package.",
        {200: Answer("The descriptor.", {JSON: THING}), **NO_RELEASE},
        RELEASE,
    ),
    Operation(
        "open_data:croissant",
        "croissant",
        "Releases",
        "The same as Croissant, for programs that learn from data.",
        {200: Answer("The descriptor.", {croissant.MEDIA_TYPE: THING}), **NO_RELEASE},
        RELEASE,
    ),
    Operation(
        "open_data:data-package-zip",
        "data_package_zip",
        "Releases",
        "Descriptor and data of one release in one file.",
        {200: Answer("The package.", {data_packages.ZIP: None}), **NO_RELEASE},
        RELEASE,
    ),
    Operation(
        "open_data:table",
        "table_file",
        "Releases",
        "A table of one release as a file, which never changes.",
        {200: Answer("The file.", {kind.split(";")[0]: None for kind in FILE_TYPES.values()}), **PAGE_FOR_PEOPLE},
        [*RELEASE, TABLE, FILE_KIND],
    ),
)
OPERATIONS = (*LISTS, *RELEASES)
