"""What engines answer, as one text for each value: the same whoever answered."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any


def told(value: Any) -> str | None:
    """A value as a file of ours writes it: 12.5 and not 12.50, 2024-12-31, true; None where there is none."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _plain(format(value, "f"))
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(written: str) -> str:
    """Digits that say nothing left out; a zero has no sign."""
    kept = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if kept == "-0" else kept
