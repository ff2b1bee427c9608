"""What is read of a question before its table is known: which table and release, in what form, from which row on."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from lumbung.core.tables import canonical
from lumbung.modules.open_data.forms.rows import SENTENCES, SEVERAL, SINGLE, refusal
from lumbung.modules.open_data.queries import questions
from lumbung.modules.open_data.queries.questions import Place, Question
from lumbung.modules.open_data.queries.rows import TooMuch

FORMATS = ("json", "csv", "parquet", "arrow")
USUAL_ROWS, MOST_ROWS = 100, 10_000
MOST_CHARACTERS = 8_000
CURSOR = re.compile(r"v([0-9]{1,9})\.([0-9a-f]{16})\.([A-Za-z0-9_-]{1,2000})")
MOST_TOLD, MOST_BEHIND = 2_000, 10**12
NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Frame:
    """What can be read before the table is known."""

    table: str
    release: int | None
    format: str
    limit: int | None
    behind: int
    digest: str
    # What the cursor says of the last row before: its number and its cells in the columns of the order.
    row: int | None = None
    cells: tuple[str | None, ...] = ()

    @property
    def offset(self) -> int:
        """How many rows are passed over: none where the page begins at a place."""
        return self.behind if self.row is None else 0

    def cursor(self, *, release: int, behind: int, place: Place | None) -> str:
        """Where the next page begins, in the release this page is of: behind a row, told by its place in the order.

        Groups have no place, and the cells of some rows are too long for an address: there rows are counted.
        """
        told = _token([behind, place.row, *place.cells]) if place is not None else ""
        token = told if 0 < len(told) <= MOST_TOLD else _token([behind])
        return f"v{release}.{self.digest}.{token}"


def _token(told: list[Any]) -> str:
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(written).decode().rstrip("=")


def frame_of(asked: QueryDict) -> Frame:
    """Which table and release, in what form, from which row on."""
    _refuse_unknown(asked)
    form = asked.get("format") or "json"
    if form not in FORMATS:
        raise refusal("unknown-format", "format")
    digest = _digest(asked)
    release = _release(asked)
    told: list[Any] = [0]
    if asked.get("cursor"):
        release, told = _from_cursor(str(asked["cursor"]), release, digest)
    behind, row, cells = told[0], told[1] if len(told) > 1 else None, tuple(told[2:])
    return Frame(asked.get("table", ""), release, form, _limit(asked, form), behind, digest, row, cells)


def _refuse_unknown(asked: QueryDict) -> None:
    known = (*SEVERAL, *SINGLE)
    for name, values in asked.lists():
        if name not in known:
            raise refusal("unknown-parameter", "address", name=name[:60], names=", ".join(known))
        if name in SINGLE and len(values) > 1:
            raise refusal("given-twice", name, name=name)
    if sum(len(value) for _name, values in asked.lists() for value in values) > MOST_CHARACTERS:
        raise TooMuch("question-too-long", SENTENCES["question-too-long"], field="address", most=MOST_CHARACTERS)


def _digest(asked: QueryDict) -> str:
    told = [(name, asked.getlist(name)) for name in (*SEVERAL, "table")]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _release(asked: QueryDict) -> int | None:
    return _number(asked, "release") if asked.get("release") else None


def _number(asked: QueryDict, name: str) -> int:
    told = str(asked[name])
    if not NUMBER.fullmatch(told):
        raise refusal("not-a-number", name, name=name)
    return int(told)


def _limit(asked: QueryDict, form: str) -> int | None:
    if not asked.get("limit"):
        return USUAL_ROWS if form == "json" else None
    limit = _number(asked, "limit")
    if limit > MOST_ROWS:
        raise TooMuch("limit-too-large", SENTENCES["limit-too-large"], field="limit", most=MOST_ROWS)
    return limit


def _from_cursor(told: str, release: int | None, digest: str) -> tuple[int, list[Any]]:
    found = CURSOR.fullmatch(told)
    if found is None or found[2] != digest or release not in {None, int(found[1])}:
        raise refusal("bad-cursor", "cursor")
    try:
        read = json.loads(base64.urlsafe_b64decode(found[3] + "=" * (-len(found[3]) % 4)))
        is_ours = isinstance(read, list) and _token(read) == found[3]
    except (ValueError, RecursionError) as error:  # no JSON, nested without end, half a sign
        raise refusal("bad-cursor", "cursor") from error
    if not is_ours or not read or not all(map(_is_number, read[:2])):
        raise refusal("bad-cursor", "cursor")
    if not all(cell is None or isinstance(cell, str) for cell in read[2:]):
        raise refusal("bad-cursor", "cursor")
    return int(found[1]), read


def _is_number(told: Any) -> bool:
    return isinstance(told, int) and not isinstance(told, bool) and 0 <= told < MOST_BEHIND


def place_of(frame: Frame, question: Question) -> Place | None:
    """The place a page begins behind, whose cells are of the types of the columns; None where rows are counted."""
    if frame.row is None:
        return None
    if question.aggregates or len(frame.cells) != len(question.order):
        raise refusal("bad-cursor", "cursor")
    try:
        cells = [
            None if cell is None else questions.value_of(question.columns[order.place], cell)
            for order, cell in zip(question.order, frame.cells, strict=True)
        ]
    except (canonical.BadValue, questions.BadNumber) as error:
        raise refusal("bad-cursor", "cursor") from error
    return Place(tuple(cells), frame.row)
