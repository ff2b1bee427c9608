"""What stands at fixed addresses: health, catalogues, feeds, regions, the log."""

from lumbung.core.federation import feeds
from lumbung.modules.open_data.pages import dcat
from lumbung.site.openapi.operations import (
    NO_SUCH_ADDRESS,
    SHORT_REFUSAL,
    TEXT,
    Answer,
    Operation,
    Parameter,
    Schema,
    list_of,
    named,
)

JSON = "application/json"
THING: Schema = {"type": "object"}
HEALTH = named({"status": {"enum": ["ok", "storage-full", "database-unreachable"]}, "version": TEXT, "database": TEXT})
REGION = named({"code": TEXT, "name": TEXT, "kind": TEXT, "label": TEXT}, more=True)
REFUSED = {429: Answer("Too many requests.", {JSON: SHORT_REFUSAL})}
NOT_SIGNED_YET = {503: Answer("The public log was not signed yet; Retry-After says when.", {JSON: SHORT_REFUSAL})}
MISSING = {404: Answer("There is nothing at this address.", {JSON: SHORT_REFUSAL, **NO_SUCH_ADDRESS})}
NOTHING = {404: Answer("There is nothing at this address.", NO_SUCH_ADDRESS)}
GRAPHS = {kind.split(";")[0]: None for kind in dcat.TYPES.values()}
PORTAL = Parameter("portal_slug", "A portal: ntb.", {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}, "path", "ntb")
KIND = Parameter("kind", "The form.", {"type": "string", "enum": [*dcat.TYPES]}, "path", "ttl")
PAGE = Parameter("page", "Which page, from 1.", {"type": "integer", "minimum": 1})
CODE = Parameter("code", "A region: 52.07.", {"type": "string", "pattern": "^[0-9.]+$"}, "path", "52.07")
LEVEL = Parameter("level", "Which areas.", {"enum": ["district", "regency"]}, "path", "district")
FEED = named({"checkpoint": TEXT}, more=True)

HEALTH_OPERATIONS = (
    Operation(
        "healthz",
        "healthz",
        "State",
        "Whether this installation answers.",
        {200: Answer("It does.", {JSON: HEALTH}), 503: Answer("It does not.", {JSON: HEALTH})},
    ),
)
CATALOGUES = (
    Operation(
        "catalogue-of-all",
        "catalogue_of_all",
        "DCAT-AP 3",
        "The catalogue of every portal, page by page.",
        {200: Answer("One page.", GRAPHS), **MISSING, **REFUSED},
        [KIND, PAGE],
    ),
    Operation(
        "catalogue-of-portal",
        "catalogue_of_portal",
        "DCAT-AP 3",
        "The catalogue of one portal, page by page.",
        {200: Answer("One page.", GRAPHS), **MISSING, **REFUSED},
        [PORTAL, KIND, PAGE],
    ),
)
FEEDS = (
    Operation(
        "federation-files:feed",
        "federation_feed",
        "For other installations",
        f"What this installation tells others, each record with its proof ({feeds.DOCUMENT}).",
        {200: Answer("The feed.", {JSON: FEED}), **NOTHING},
    ),
    Operation(
        "open_data:portal-feed",
        "portal_feed",
        "For other installations",
        "A page of a portal's datasets, each with the entry of the public log that proves it.",
        {200: Answer("One page.", {JSON: THING}), **MISSING, **REFUSED, **NOT_SIGNED_YET},
        [PORTAL, PAGE],
    ),
)
REGIONS = (
    Operation(
        "regions:matching",
        "regions_matching",
        "Regions",
        "Regions whose name fits what was typed.",
        {200: Answer("At most a few.", {JSON: named({"regions": list_of(REGION)})})},
        [Parameter("q", "The beginning of a name."), Parameter("di", "Below which region: 52.")],
    ),
    Operation(
        "regions:children",
        "regions_children",
        "Regions",
        "The regions one level below.",
        {200: Answer("In the order of their names.", {JSON: named({"code": TEXT, "children": list_of(REGION)})})}
        | MISSING,
        [CODE],
    ),
    Operation(
        "regions:areas",
        "regions_areas",
        "Regions",
        "Indicative areas below a region, as GeoJSON.",
        {200: Answer("The areas.", {"application/geo+json": THING}), **MISSING},
        [CODE, LEVEL],
    ),
)
NUMBER = Parameter("number", "Which tile: 000, x001/234, 003.p/17.", TEXT, "path", "000")
LOG = (
    Operation(
        "log-files:checkpoint",
        "log_checkpoint",
        "Public log",
        "The newest signed checkpoint, with the lines of its witnesses.",
        {200: Answer("A signed note.", {"text/plain": TEXT}), **NOTHING},
    ),
    Operation(
        "log-files:tile",
        "log_tile",
        "Public log",
        "Up to 256 hashes of one level, as C2SP tlog-tiles lays them out.",
        {200: Answer("The hashes.", {"application/octet-stream": None}), **NOTHING},
        [Parameter("level", "From 0.", TEXT, "path", "0"), NUMBER],
    ),
    Operation(
        "log-files:entries",
        "log_entries",
        "Public log",
        "Up to 256 entries, each behind its length.",
        {200: Answer("The entries.", {"application/octet-stream": None}), **NOTHING},
        [NUMBER],
    ),
)
OPERATIONS = (*HEALTH_OPERATIONS, *CATALOGUES, *FEEDS, *REGIONS, *LOG)
