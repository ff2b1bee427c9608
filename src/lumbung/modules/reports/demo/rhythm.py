"""When people report: seasons, weekdays, disasters, hours, and which channel is open at that hour."""
# ruff: noqa: E501

import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from lumbung.modules.reports.demo.reports import WITA

DAYS: Final = 3 * 365
RAINY_MONTHS: Final = frozenset({11, 12, 1, 2, 3})
DRY_MONTHS: Final = frozenset({7, 8, 9, 10})
WEEKDAYS: Final = (1.2, 1.15, 1.05, 1.05, 0.95, 0.8, 0.75)
THURSDAY, FRIDAY, SATURDAY = 3, 4, 5
FIXED_HOLIDAYS: Final = frozenset({(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)})
AFTERMATH_DAYS: Final = 12

CHANNELS: Final = {
    "whatsapp": 31,
    "social_media": 18,
    "web": 13,
    "counter": 12,
    "kader": 10,
    "phone": 9,
    "forum": 7,
}
# channel -> (first hour, last hour, share outside office hours); None = office hours only
EVENING: Final = (5, 6, 6, 16, 17, 18, 19, 19, 20, 20, 20, 21, 21, 22, 23)
SHARE_OUTSIDE: Final = {"whatsapp": 0.74, "social_media": 0.8, "web": 0.72, "kader": 0.7, "phone": 0.15}


def days_before(until: datetime) -> list[date]:
    """The three years of whole days that end before `until`, in WITA."""
    last = until.astimezone(WITA).date() - timedelta(days=1)
    return [last - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]


def disaster_days(rng: Random, days: Sequence[date]) -> tuple[date, ...]:
    """Two hard days in each rainy season, the same for the same generator."""
    rainy = [day for day in days if day.month in RAINY_MONTHS]
    return tuple(sorted(rng.sample(rainy, 6)))


def days_since_disaster(day: date, disasters: Sequence[date]) -> int | None:
    """Days since the latest disaster, or None when none is near."""
    near = [(day - hit).days for hit in disasters if 0 <= (day - hit).days <= AFTERMATH_DAYS]
    return min(near, default=None)


def weights_of(days: Sequence[date], disasters: Sequence[date]) -> list[float]:
    """How likely a report is on each day: growth, season, weekday, aftermath of disasters."""
    return [
        (0.7 + 0.6 * index / len(days))
        * (1.5 if day.month in RAINY_MONTHS else 1.0)
        * WEEKDAYS[day.weekday()]
        * _aftermath(days_since_disaster(day, disasters))
        for index, day in enumerate(days)
    ]


def _aftermath(days_after: int | None) -> float:
    return 1.0 if days_after is None else 1.0 + 2.5 * math.exp(-days_after / 4)


def channel_on(rng: Random, day: date, portal: str) -> str:
    """A channel open on that day; the citizens' forum in KSB meets on Thursday night, the counter closes at weekends."""
    weights = dict(CHANNELS)
    weights["forum"] = (
        45 if portal == "ksb" and day.weekday() == THURSDAY else 12 if _province_forum(portal, day) else 0
    )
    if _closed(day):
        weights["counter"] = 0
        weights["phone"] = 3
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def _closed(day: date) -> bool:
    return day.weekday() >= SATURDAY or (day.month, day.day) in FIXED_HOLIDAYS


def _province_forum(portal: str, day: date) -> bool:
    return portal == "ntb" and day.weekday() == FRIDAY and not _closed(day)


def moment_on(rng: Random, day: date, channel: str, portal: str) -> datetime:
    """A moment of that day that fits the channel."""
    return datetime.combine(day, time(_hour(rng, day, channel, portal), rng.randrange(60), rng.randrange(60)), WITA)


def _hour(rng: Random, day: date, channel: str, portal: str) -> int:
    if channel == "counter":
        return rng.choice((8, 9, 9, 10, 10, 11) if day.weekday() == FRIDAY else (8, 9, 9, 10, 10, 11, 13, 14, 15))
    if channel == "forum":
        return rng.choice((20, 20, 21)) if portal == "ksb" else rng.choice((9, 10))
    if day.weekday() >= SATURDAY:
        return rng.choice((*EVENING, 9, 10, 11, 13, 14, 15))
    if rng.random() < SHARE_OUTSIDE[channel]:
        return rng.choice(EVENING)
    return rng.choice((8, 9, 9, 10, 11, 12, 13, 14, 15))


def office_moment(rng: Random, at: datetime) -> datetime:
    """`at` itself in office hours, else the next open morning. Moving holidays are left to the real calendar."""
    if not _closed(at.date()) and 8 <= at.hour < 16:
        return at
    day = at.date() if at.hour < 8 else at.date() + timedelta(days=1)
    while _closed(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(8), WITA) + timedelta(minutes=rng.randrange(5, 300))


def waking_moment(at: datetime) -> datetime:
    """`at` moved out of the night: people answer between six and ten."""
    if at.hour < 6:
        return at.replace(hour=6) + timedelta(minutes=at.minute)
    return at - timedelta(hours=2) if at.hour >= 22 else at
