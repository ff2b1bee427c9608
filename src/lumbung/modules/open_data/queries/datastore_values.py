"""Values of a column as CKAN's clients write them, and the names they know types by."""

import math
import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from lumbung.modules.open_data.ckan import invalid

# Types by the names PostgreSQL gives them: CKAN's clients know those.
KINDS = {"VARCHAR": "text", "BOOLEAN": "bool", "DATE": "date", "DOUBLE": "float8", "FLOAT": "float8"}
WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
NUMBER = re.compile(r"-?\d{1,37}(\.\d{1,18})?")


def value_of(field: str, kind: str, wanted: Any) -> Any:
    """A value as its column holds it; never rounded, never guessed."""
    if wanted is None or isinstance(wanted, (list, dict)):
        raise invalid("filters", _("A value of “%(field)s” is one text or number.") % {"field": field[:60]})
    told = str(wanted).strip() if not isinstance(wanted, bool) else str(wanted).lower()
    try:
        return _parsed(kind, told, wanted)
    except (ValueError, InvalidOperation, OverflowError) as error:
        sentence = _("“%(value)s” is no value of field “%(field)s” (%(kind)s)")
        told = {"value": told[:60], "field": field[:60], "kind": ckan_kind(kind)}  # type: ignore[assignment]
        raise invalid("filters", sentence % told) from error


def _parsed(kind: str, told: str, wanted: Any) -> Any:
    if kind in WHOLE or kind.startswith("DECIMAL"):
        if not NUMBER.fullmatch(told):
            raise ValueError(told)
        return int(told) if kind in WHOLE else Decimal(told)
    if kind in {"DOUBLE", "FLOAT"}:
        found = float(told)
        if not math.isfinite(found):
            raise ValueError(told)
        return found
    if kind == "BOOLEAN":
        return {"true": True, "false": False}[told] if told in {"true", "false"} else _no(told)
    if kind == "DATE":
        return date.fromisoformat(told)
    if kind.startswith("TIMESTAMP"):
        return _moment(told)
    return wanted if isinstance(wanted, str) else told


def _moment(told: str) -> datetime:
    """In UTC and without a zone, as moments are kept; the engine would compare one with a zone in the server's own."""
    found = datetime.fromisoformat(told)
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def held(kind: str, word: str) -> Any:
    """A word as a column of numbers, days or moments would hold it; None where it cannot."""
    try:
        return _parsed(kind, word, word)
    except (ValueError, InvalidOperation, OverflowError):
        return None


def _no(told: str) -> Any:
    raise ValueError(told)


def ckan_kind(kind: str) -> str:
    """The type as CKAN names it."""
    if kind in WHOLE:
        return "int4" if kind in {"TINYINT", "SMALLINT", "INTEGER"} else "int8" if kind == "BIGINT" else "numeric"
    if kind.startswith("DECIMAL"):
        return "numeric"
    return "timestamp" if kind.startswith("TIMESTAMP") else KINDS.get(kind, "text")
