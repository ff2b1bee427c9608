"""How the CSV of a Data Package is written: read so where we can, else refused, never read as other rows.

Version 2 of the standard keeps all in one object; frictionless-py puts what concerns CSV into another one inside it.
Many programs write out what is usual anyway, so a sign is refused only where it stands in a cell.
"""

from collections.abc import Mapping
from typing import Any

from lumbung.core.tables.sources.base import Dialect, Unreadable
from lumbung.core.tables.sources.json_stream import as_json

SHOWN = 80
# The ways that are read here, as JSON; nothing said, and null, means the first.
READ_SO: Mapping[str, tuple[str, ...]] = {
    "quoteChar": ('"\\""', '"\\"\\""'),
    "doubleQuote": ("true",),
    "commentRows": ("[]",),
    "nullSequence": ('""',),
    "lineTerminator": ('"\\r\\n"', '"\\n"', '"\\r"'),
}
SIGNS = ("escapeChar", "commentChar")


def dialect_of(resource: Mapping[str, Any], *, separators: tuple[str, ...], chosen: str = "") -> Dialect:
    """What a resource says of its CSV.

    separators  those read here
    chosen      the separator a person chose, which counts instead of the one told
    raises      Unreadable where it is written in a way that is not read here
    """
    told = _told(resource)
    for key, usual in READ_SO.items():
        if key in told and as_json(told[key]) not in usual:
            raise _not_read(key, told[key])
    separator = chosen or told.get("delimiter", "")
    if separator and separator not in separators:
        raise _not_read("delimiter", separator)
    return Dialect(
        separator=separator,
        header_rows=_header_rows(told),
        skips_blanks=told.get("skipInitialSpace") is True,
        signs=tuple((key, str(told[key])) for key in SIGNS if told.get(key)),
    )


def _told(resource: Mapping[str, Any]) -> dict[str, Any]:
    dialect = resource.get("dialect") or {}
    own = (dialect.get("csv") or {}) if isinstance(dialect, dict) else None
    if not isinstance(dialect, dict) or not isinstance(own, dict):
        raise _not_read("dialect", dialect)
    # Without quoting at all a quotation mark is a letter, which is not what nothing told means.
    return {key: value for key, value in {**dialect, **own}.items() if value is not None or key == "quoteChar"}


def _header_rows(told: Mapping[str, Any]) -> tuple[int, ...] | None:
    if told.get("header") is False:
        return ()
    rows = told.get("headerRows")
    if rows is None:
        return None
    if not isinstance(rows, list) or not all(str(row).isdecimal() and len(str(row)) < SHOWN for row in rows):
        raise _not_read("headerRows", rows)
    return tuple(int(row) for row in rows)


def _not_read(key: str, value: Any) -> Unreadable:
    return Unreadable("dialect-not-read", key=key, value=as_json(value)[:SHOWN])
