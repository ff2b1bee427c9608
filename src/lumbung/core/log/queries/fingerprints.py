"""Which entries name a fingerprint: of a plan, of a text, of a file, of a table."""

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BinaryField, F, Func, IntegerField, Value

from lumbung.core.events import registry
from lumbung.core.events.models import EventRecord

MOST = 50
# Fields of events that hold fingerprints of texts and files; those of words, with their salt, end in "_hash".
NAMED_SO = ("sha256", "objects", "files")


class Position(Func):
    """Where some bytes begin in others, 1 for the first; 0 where they are not."""

    function = "INSTR"
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """The same, asked as PostgreSQL wants it."""
        reversed_ = self.copy()
        reversed_.set_source_expressions(list(reversed(self.get_source_expressions())))
        return reversed_.as_sql(compiler, connection, function="POSITION", arg_joiner=" IN ", **context)


@dataclass(frozen=True, slots=True)
class Naming:
    """An entry that names a fingerprint, and as what: "objects: commitment:ntb-care". `index`: None while it waits."""

    uid: str
    key: str
    on: date
    index: int | None
    sentence: str
    as_what: str


def entries_naming(sha256: str) -> list[Naming]:
    """The entries that name this fingerprint, the newest first; only those kinds that can are looked through.

    Every act of a citizen holds the hash of its words: these many entries are looked through only if no other names it.
    """
    files = [key for key, names in _fields() if any(name in NAMED_SO or name.endswith("_sha256") for name in names)]
    words = [key for key, names in _fields() if any(name.endswith("_hash") for name in names)]
    return _naming_of(files, sha256) or _naming_of(words, sha256)


def _fields() -> Iterator[tuple[str, list[str]]]:
    """The fields of each kind of event."""
    for each in registry.all_types():
        kind: Any = each.event_class
        yield kind.key, [field.name for field in dataclasses.fields(kind)]


def _naming_of(keys: list[str], sha256: str) -> list[Naming]:
    place = Position(F("body"), Value(sha256.encode(), output_field=BinaryField()))
    rows = EventRecord.objects.filter(key__in=keys).annotate(place=place).filter(place__gt=0).order_by("-id")
    values = rows.values_list("uid", "key", "on", "leaf__index", "body")[:MOST]
    return [found for row in values if (found := _naming(row, sha256)) is not None]


def _naming(row: tuple[Any, ...], sha256: str) -> Naming | None:
    uid, key, on, index, body = row
    data = json.loads(bytes(body))["data"]
    as_what = next(_places(data, sha256), "")
    return Naming(str(uid), key, on, index, _sentence(key, data), as_what) if as_what else None


def _sentence(key: str, data: Any) -> str:
    # An entry outlives the version of the software that wrote it.
    try:
        return registry.told(key, data)
    except (LookupError, TypeError, ValueError):
        return key


def _places(told: Any, sha256: str, path: str = "") -> Iterator[str]:
    """Where in the facts of an entry it stands."""
    pairs = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    for name, value in pairs:
        here = f"{path}: {name}" if path else str(name)
        if value == sha256:
            yield here
        else:
            yield from _places(value, sha256, here)
