"""Steps of time without holes, so that a year nobody measured is a gap and not a line drawn across it. Pure."""

from collections.abc import Collection
from datetime import date

YEAR, MONTH = 4, 7
MOST = 1200


def filled(keys: Collection[str]) -> tuple[str, ...]:
    """The keys in order, with the years or months that are missing between the first and the last."""
    ordered = sorted(keys)
    if len(ordered) < 2 or len({len(key) for key in ordered}) > 1:
        return tuple(ordered)
    first, last = ordered[0], ordered[-1]
    if len(first) == YEAR:
        found = [f"{year:04d}" for year in range(int(first), int(last) + 1)]
    elif len(first) == MONTH:
        found = [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(_months(first), _months(last) + 1)]
    else:
        return tuple(ordered)
    return tuple(found) if len(found) <= MOST else tuple(ordered)


def _months(key: str) -> int:
    return int(key[:4]) * 12 + int(key[5:7]) - 1


def day_of(key: str) -> date:
    """The first day of a year, a month or a day."""
    year, month, day = [*(int(part) for part in key.split("-")), 1, 1][:3]
    return date(year, month, day)
