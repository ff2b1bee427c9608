"""Query budgets: `with queries_at_most(6): client.get("/ntb/laporan/")`, and the SQL of a page in a form to compare."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

STRING = re.compile(r"'(?:[^']|'')*'")
NUMBER = re.compile(r"(?<![\w\"])-?\d+(?:\.\d+)?\b")
LIST = re.compile(r"\((?:\?(?:, )?)+\)")
COLUMNS = re.compile(r"^SELECT (DISTINCT )?(.+?) FROM ")


@contextmanager
def queries_at_most(limit: int) -> Iterator[CaptureQueriesContext]:
    """Fails with every statement when the block asks the database more often than that."""
    with CaptureQueriesContext(connection) as captured:
        yield captured
    asked = statements(captured)
    assert len(asked) <= limit, f"{len(asked)} queries; at most {limit}\n" + "\n".join(asked)


def statements(captured: CaptureQueriesContext) -> list[str]:
    """What was asked, in order, without values; savepoints left out."""
    texts = [normalised(query["sql"]) for query in captured.captured_queries]
    return [text for text in texts if not text.startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT"))]


def normalised(sql: str) -> str:
    """A statement with `?` for each value, one for a list, and … for a plain row of columns."""
    text = NUMBER.sub("?", STRING.sub("?", " ".join(sql.split())))
    text = LIST.sub("(…)", text).replace('"', "")
    return COLUMNS.sub(lambda found: f"SELECT {found[1] or ''}{_told(found[2])} FROM ", text)


def _told(columns: str) -> str:
    plain = re.fullmatch(r"[\w.]+(?:, [\w.]+)*", columns)
    return "…" if plain and "," in columns else columns
