"""Every way in which our answers differ from a real CKAN's, with its reason. The page for people is written from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.ckan.comparing import Difference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "ckan-differences.md"
EVERY = "*"
HEAD = """# Differences from CKAN

    .venv/bin/pytest tests/ckan        # asks a real CKAN {version} and us the same {count} requests; five minutes

Written from `tests/ckan/listed.py`: a difference that does not stand here fails the test, and so does a line that no longer
occurs. Compared alike are the address of each installation, moments, sentences in the reader's language, and the order of rows
nobody asked an order for, of tags and of extras. `package_search` and `current_package_list_with_resources` need Solr in CKAN
and are tested by its documentation instead (`src/lumbung/modules/open_data/tests/test_ckan.py`). Only what a program reads is
compared: writing makes drafts here ([ADR 0030](../adr/0030-a-key-acts-for-its-maker-and-never-publishes.md)).

| action | where | CKAN | here | why |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One difference we know of.

    action   a name, several with blanks between, or *
    places   where in the answer, several with blanks between; a star at the end stands for whatever follows
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
            (self.action == EVERY or found.action in self.action.split())
            and any(_fits(place, found.place) for place in self.places.split(" | "))
            and self.asked in found.request
        )


def _fits(place: str, found: str) -> bool:
    return found.startswith(place[:-1]) if place.endswith("*") else found == place


READING = "datastore_search dump"
GROUPS = "organization_list organization_show group_list group_show"
LISTED = (
    Listed(
        "datastore_search",
        "result._links | result.total_was_estimated",
        "not told since 2.12",
        "told",
        "programs written for CKAN up to 2.11 turn pages by `_links`; a total here is always exact and says so",
    ),
    Listed(
        "datastore_search",
        "result.filterops",
        "how it read the filters",
        "not told",
        "words of its own inside; the filters are told back as they were sent",
    ),
    Listed(
        "datastore_search",
        "result.records[].rank* | result.fields | result.fields[]*",
        "q adds a column `rank`",
        "no such column",
        "a column that is not in the table does not belong among its columns; a word is found or it is not",
        "q=",
    ),
    Listed(
        "dump",
        "lines[] | lines",
        "q adds a column `rank` to the file",
        "no such column",
        "the file has the columns of the table",
        "q=",
    ),
    Listed(
        "datastore_search",
        "result.records | result.total",
        "only whole words, by English grammar",
        "parts of words",
        "people type the beginning of a name; English endings mean nothing in Indonesian",
        "q=lom",
    ),
    Listed(
        "datastore_search",
        "result.records | result.total",
        "null finds nothing",
        "null finds the empty cells",
        "there is no other way to ask for them",
        "null",
    ),
    Listed(
        READING,
        "result.records | result.records[].waktu | result.records[][] | records[][] | lines[][]* | *",
        "`2025-01-01T07:30:00.000`, `t`, `f`",
        "`2025-01-01T07:30:00`, `true`, `false`",
        "a cell reads the same in every file and answer here, as it was published",
        "{kinds}",
    ),
)


def page(listed: Iterable[Listed], *, version: str, count: int) -> str:
    """The page for people."""
    lines = [f"| {_code(each.action)} | {_code(each.places)} | {each.theirs} | {each.ours} | {each.why} |" for each in listed]
    return HEAD.format(version=version, count=count) + "\n".join(lines) + "\n"


def _code(told: str) -> str:
    return ", ".join(f"`{each.strip()}`" for each in told.replace(" | ", "\n").replace(" ", "\n").splitlines())
