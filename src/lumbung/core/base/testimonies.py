"""What events tell of the rows of a table, fact by fact: `lumbung verify` compares both ways.

A `Claim` is one fingerprint over a whole text. A `Testimony` is for what is said piece by piece, by several events: a
report is written, then approved. Each row has a name; whoever changes, removes or adds one is found by it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]
Told = tuple["Said", str, Facts]


@dataclass(frozen=True, slots=True)
class Said:
    """One event, as a testimony reads it."""

    event_id: str
    key: str
    v: int
    on: str
    subject_id: str
    role: str
    organisation: str
    data: Mapping[str, Any]


class Unknown:
    """A fact the row itself no longer knows, and no event says that it may be gone."""


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Testimony:
    """What events of some kinds say of the rows of a table.

    kind    what the name of each row begins with: "assessment:<id>"
    keys    the events that speak of them
    tells   from these events, oldest first, to the facts each tells of a row, by the name of the row; of one row a
            later event adds to what earlier ones told, or replaces it
    stands  the rows as the tables hold them now, of one subject of the events or (None) all of them. A fact that is
            left out may be gone: words that were erased. UNKNOWN: it should be there, and cannot be worked out
    older   facts only events of an earlier version tell: a newer one tells more
    again   events that may speak of one row more than once: a meeting is moved twice
    """

    kind: str
    keys: tuple[str, ...]
    tells: Callable[[Iterable[Said]], Iterator[Told]]
    stands: Callable[[str | None], Iterable[tuple[str, Facts]]]
    older: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()


def picked(data: Mapping[str, Any], *names: str, **renamed: str) -> dict[str, Any]:
    """Fields of an event as facts, under their own name or another; an event of an earlier version may lack some."""
    pairs = (*((name, name) for name in names), *renamed.items())
    return {fact: _in_order(data[field]) for fact, field in pairs if field in data}


def _in_order(value: Any) -> Any:
    """Lists of ids and codes are compared whatever their order."""
    return sorted(value) if isinstance(value, list) else value


def one_by_one(ways: Mapping[str, Callable[[Said], tuple[str, Facts]]]) -> Callable[[Iterable[Said]], Iterator[Told]]:
    """`tells` for events that each speak of one row, without looking at the others."""

    def tells(events: Iterable[Said]) -> Iterator[Told]:
        for said in events:
            # An event that does not even name its row was not written by this program: it tells nothing.
            try:
                name, facts = ways[said.key](said)
            except (KeyError, TypeError, AttributeError):
                continue
            yield said, name, facts

    return tells
