"""Every way in which our answers differ from a real CKAN's, with its reason. The page for people is written from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.ckan.comparing import Difference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "ckan-differences.md"
HEAD = """# Differences from CKAN

    .venv/bin/pytest tests/ckan        # asks a real CKAN {version} and us the same {count} requests; two minutes

Written from `tests/ckan/listed.py`: a difference that does not stand here fails the test, and so does a line that no
longer occurs. Compared as alike are the address of each installation, moments, sentences (they are in the reader's
language), and the order of rows nobody asked an order for, of tags and of extras. `package_search` and
`current_package_list_with_resources` need Solr in CKAN; they are tested by its documentation
(`src/lumbung/modules/open_data/tests/test_ckan.py`). What a program reads is compared; writing makes drafts here
([ADR 0030](../adr/0030-a-key-acts-for-its-maker-and-never-publishes.md)).

| action | where | CKAN | here | why |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One difference we know of.

    action   a name, several with blanks between
    places   where in the answer, several with bars between; a star at the end stands for whatever follows
    asked    what the request has to contain
    """

    action: str
    places: str
    theirs: str
    ours: str
    why: str
    asked: str = ""

    def explains(self, found: Difference) -> bool:
        return (
            found.action in self.action.split()
            and any(_fits(place, found.place) for place in self.places.split(" | "))
            and self.asked in found.request
        )


def _fits(place: str, found: str) -> bool:
    return found.startswith(place[:-1]) if place.endswith("*") else found == place


LISTED = (
    Listed(
        "datastore_search",
        "result._links | result.total_was_estimated",
        "not told since 2.12",
        "told",
        "programs written for CKAN up to 2.11 turn pages by `_links`; a total here is always exact, and says so",
    ),
    Listed(
        "datastore_search",
        "result.filterops",
        "how it read the filters",
        "not told",
        "its own words inside; the filters are told back as they were sent",
    ),
    Listed(
        "datastore_search",
        "result.fields | result.records[].rank*",
        "`q` adds columns `rank`",
        "no such columns",
        "what is not in the table does not stand among its columns",
    ),
    Listed("dump", "lines[]", "`q` adds a column `rank` to the file", "no such column", "as above", "q="),
    Listed(
        "datastore_search",
        "result.records | result.total",
        "whole words, by English grammar",
        "parts of words too",
        "people type the beginning of a name, and English endings mean nothing in Indonesian",
        "q=lom",
    ),
    Listed(
        "datastore_search",
        "result.records | result.total",
        "a filter of `null` finds nothing",
        "finds the empty cells",
        "there is no other way to ask for them",
        "null",
    ),
    Listed(
        "datastore_search",
        "result.records[]*",
        "`distinct` without `fields` counts `_id`, so that no two rows are alike",
        "leaves `_id` out",
        "otherwise `distinct` says nothing",
        '"fields": "", "distinct": true',
    ),
    Listed(
        "datastore_search dump",
        "result.records | result.records[].waktu | result.records[][] | records[][] | lines[][] | text",
        "`2025-01-01T07:30:00.000`; in files `t` and `f`",
        "`2025-01-01T07:30:00`; `true` and `false`",
        "a cell reads the same in every file and answer here",
        "kinds",
    ),
    Listed(
        "datastore_search",
        "error.filters | error.info | error.query",
        "what PostgreSQL said of the SQL",
        "which filter, and what to write instead",
        "a reader never saw that SQL",
    ),
    Listed(
        "datastore_search", "status", "500", "409", "a filter that says nothing is refused, not broken on", '"kode": {}'
    ),
    Listed(
        "datastore_search",
        "status",
        "any word is taken as no",
        "409",
        "what cannot be read is refused; the total or the repeated rows would be missed in silence",
        "=mungkin",
    ),
    Listed(
        "datastore_search",
        "status",
        "415",
        "400",
        "JSON is read whatever it is called; what is no JSON is told as unreadable",
        "resource_id={roads}&limit=1",
    ),
    Listed(
        "datastore_info",
        "result.meta.db_size | result.meta.idx_size | result.meta.size",
        "sizes in PostgreSQL",
        "`size` of the Parquet file",
        "each version of a table is one file",
    ),
    Listed("datastore_info", "result.schema", "not told", "told", "older programs read the types there"),
    Listed("dump", "text", "`bom` before JSON too", "not there", "JSON with a mark before it is no JSON", "bom=true"),
    Listed(
        "dump", "lines", "`limit=0` gives an empty file", "the header alone", "a CSV begins with its header", "limit=0"
    ),
    Listed(
        "dump",
        "status",
        "400 or 500, as a page",
        "409, in the envelope",
        "the same refusal as in datastore_search, with the field at fault",
    ),
    Listed(
        "status_show",
        "result.locale_default | result.site_title | result.software",
        "its own",
        "our own",
        "it tells who answers",
    ),
    Listed(
        "license_list",
        "result",
        "every licence its makers know",
        "those a dataset may have here",
        "a choice nobody may make is no help",
    ),
    Listed("package_list", "result", "`limit=0` gives all", "gives none", "nothing was asked for", "limit=0"),
    Listed(
        "organization_list",
        "error.message | error.sort",
        "says it in `message`",
        "under `sort`",
        "as every other parameter that cannot be read",
        "sort=warna",
    ),
    Listed(
        "organization_list group_list",
        "result",
        "a list in JSON in the address is not read",
        "read",
        "so ckanapi and people send it",
        "=%5B%22",
    ),
    Listed(
        "organization_list organization_show group_list group_show tag_list package_show",
        "result.id | result[].id | result.groups[].id | result.tags[].id | result.organization.id | result.owner_org",
        "an UUID",
        "the code itself",
        "codes of agencies and topics last; one name is enough",
    ),
    Listed(
        "organization_list organization_show group_list group_show",
        "result[].package_count | result.package_count",
        "0",
        "counted",
        "CKAN counts with Solr, which this test does without",
    ),
    Listed(
        "group_list group_show",
        "result[].created | result.created",
        "a moment",
        "not there",
        "topics were never created",
    ),
    Listed(
        "organization_show group_show",
        "result.users",
        "who has rights there",
        "empty",
        "names of officers are not published",
    ),
    Listed("package_show", "result.creator_user_id", "who made it", "null", "names of officers are not published"),
    Listed(
        "package_show",
        "result.isopen | result.license_title | result.license_url",
        "does not know CC-BY-4.0 by this name",
        "title and address",
        "licences go by their SPDX names here",
    ),
    Listed(
        "package_show",
        "status",
        "409 for `name_or_id` alone",
        "200",
        "its own error asks for `name_or_id`",
        "name_or_id",
    ),
    Listed("package_show", "status", "500", "409", "a list is no id", '["a"]'),
    Listed("resource_show", "status", "500", "409", "a map is no id", '{"a": 1}'),
    Listed(
        "datastore_search_sql",
        "status",
        "400: not known, unless somebody opened it",
        "404, with what to ask instead",
        "no text of SQL is taken by the Action API",
    ),
    Listed("help_show", "result", "its own words", "our own words", "what an action takes here"),
)


def page(listed: Iterable[Listed], *, version: str, count: int) -> str:
    """The page for people."""
    rows = [
        [_code(each.action.split()), _code(each.places.split(" | ")), each.theirs, each.ours, each.why]
        for each in listed
    ]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return HEAD.format(version=version, count=count) + "\n".join(lines) + "\n"


def _code(told: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in told)
