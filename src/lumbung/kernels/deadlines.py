"""When something is due: hours, calendar days and working days, with the reason for every day that does not count.

Pure: the rule, the calendar, the start, the pauses and the zone come in; nothing is read from a clock or a table.
Source of the golden dates: tests/golden/deadlines.csv.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import cached_property

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Unit(StrEnum):
    """What a rule counts in."""

    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"


class DayKind(StrEnum):
    """Why a day may not be a working day."""

    WEEKEND = "weekend"
    PUBLIC_HOLIDAY = "public_holiday"
    COLLECTIVE_LEAVE = "collective_leave"


class SkipReason(StrEnum):
    """Why a day was not counted: the three kinds of day off, or the clock stood still at its end."""

    WEEKEND = "weekend"
    PUBLIC_HOLIDAY = "public_holiday"
    COLLECTIVE_LEAVE = "collective_leave"
    CLOCK_STOPPED = "clock_stopped"


class CautionKind(StrEnum):
    """Why a computed date may still move."""

    RULE_NEEDS_CONFIRMATION = "rule_needs_confirmation"
    YEAR_UNKNOWN = "year_unknown"
    YEAR_WITHOUT_DECREE = "year_without_decree"
    ESTIMATED_DAY = "estimated_day"


ALL_DAYS_OFF = frozenset(DayKind)
COLLECTIVE_LEAVE_COUNTS = frozenset({DayKind.WEEKEND, DayKind.PUBLIC_HOLIDAY})
EVERY_DAY_COUNTS: frozenset[DayKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """A number of hours or days, which kinds of day are skipped, and where that is written.

    number              > 0
    skips               kinds of day that do not count; working days only, and then with the weekend
    legal_source        "Perpres 76/2013"
    needs_confirmation  the source leaves a doubt that a legal officer must settle
    """

    key: str
    number: int
    unit: Unit
    skips: frozenset[DayKind] = EVERY_DAY_COUNTS
    legal_source: str = ""
    needs_confirmation: bool = False

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"rule {self.key!r} has number {self.number}; expected 1 or more (Rule.number)")
        if self.unit == Unit.WORKING_DAY and DayKind.WEEKEND not in self.skips:
            raise ValueError(f"rule {self.key!r} counts working days but not {DayKind.WEEKEND!r} (Rule.skips)")
        if self.unit != Unit.WORKING_DAY and self.skips:
            raise ValueError(f"rule {self.key!r} counts {self.unit}s; only working days skip any (Rule.skips)")


@dataclass(frozen=True, slots=True)
class DayOff:
    """A public holiday or a day of collective leave (cuti bersama). `is_estimated`: no decree has fixed it yet."""

    on: date
    kind: DayKind
    name: str
    is_estimated: bool = False


@dataclass(frozen=True)
class Calendar:
    """Days off, and how far they can be trusted.

    known_years    years whose public holidays are entered
    decreed_years  years whose collective leave is fixed by the joint decree (SKB 3 Menteri)
    """

    days_off: tuple[DayOff, ...] = ()
    known_years: frozenset[int] = frozenset()
    decreed_years: frozenset[int] = frozenset()

    @cached_property
    def by_date(self) -> dict[date, tuple[DayOff, ...]]:
        """Days off by date, public holidays first, then collective leave."""
        found: dict[date, tuple[DayOff, ...]] = {}
        for day in sorted(self.days_off, key=lambda d: (d.kind != DayKind.PUBLIC_HOLIDAY, d.name)):
            found[day.on] = (*found.get(day.on, ()), day)
        return found


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still between two moments, both with zone. For a pause still running pass now as `until`."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        _refuse_naive(self.since, "Pause.since")
        _refuse_naive(self.until, "Pause.until")
        if self.until < self.since:
            raise ValueError(f"pause ends at {self.until}, before it begins at {self.since} (Pause.until)")


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day between receipt and due date that did not count, and why. `name` is empty for weekends and pauses."""

    on: date
    reason: SkipReason
    name: str = ""
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Caution:
    """A doubt about a computed date, with the year or the day it is about."""

    kind: CautionKind
    year: int | None = None
    on: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The result, with everything the page "Why this date?" has to show.

    starts_on   day 0 in the zone
    due_on      last day on time, in the zone
    due_at      last moment on time: exact for hours, the last microsecond of due_on for days
    paused_for  time the clock stood still between start and due_at (hours only; for days see `skipped`)
    """

    rule: Rule
    starts_on: date
    due_on: date
    due_at: datetime
    skipped: tuple[SkippedDay, ...] = ()
    cautions: tuple[Caution, ...] = ()
    paused_for: timedelta = timedelta(0)


def due(rule: Rule, start: datetime, calendar: Calendar, pauses: Iterable[Pause] = (), *, zone: tzinfo) -> Deadline:
    """The last moment on time for something that began at `start`.

    start    moment of receipt, with zone; its local day is day 0 and never counts
    pauses   may overlap and come in any order. Hours: the time between is added. Days: a day counts only when the
             clock runs at its end, so a pause from Tuesday to Thursday takes out Tuesday and Wednesday, a pause within
             one day takes out none, and a clock stopped on the due day itself cannot run out while it stands still
    raises   ValueError when `start` has no zone
    source   domain rules of citizen reports, sections 2 and 4
    """
    _refuse_naive(start, "start")
    ordered = _merged(pauses)
    if rule.unit == Unit.HOUR:
        return _due_in_hours(rule, start, ordered, zone)
    return _due_in_days(rule, start.astimezone(zone).date(), calendar, ordered, zone)


def working_days_between(first: date, last: date, calendar: Calendar, skips: frozenset[DayKind] = ALL_DAYS_OFF) -> int:
    """Working days after `first` up to and including `last`; negative when `last` lies before `first`.

    From today to the due date: "4 hari kerja lagi"; from the due date to today: "terlambat 2 hari kerja".
    """
    if last < first:
        return -working_days_between(last, first, calendar, skips)
    return sum(1 for day in _days(first + ONE_DAY, last) if _day_off(day, calendar, skips) is None)


def _due_in_hours(rule: Rule, start: datetime, pauses: Sequence[Pause], zone: tzinfo) -> Deadline:
    # In UTC: a wall clock that jumps for summer time must not lengthen or shorten an hour.
    running_since, remaining, paused = start.astimezone(UTC), timedelta(hours=rule.number), timedelta(0)
    for pause in pauses:
        since, until = max(pause.since.astimezone(UTC), running_since), pause.until.astimezone(UTC)
        if since >= running_since + remaining:
            break
        if until <= since:
            continue
        remaining -= since - running_since
        paused += until - since
        running_since = until
    due_at = (running_since + remaining).astimezone(zone)
    return Deadline(
        rule=rule,
        starts_on=start.astimezone(zone).date(),
        due_on=due_at.date(),
        due_at=due_at,
        cautions=tuple(_rule_cautions(rule)),
        paused_for=paused,
    )


def _due_in_days(rule: Rule, starts_on: date, calendar: Calendar, pauses: Sequence[Pause], zone: tzinfo) -> Deadline:
    stopped = [(pause.since.astimezone(zone).date(), pause.until.astimezone(zone).date()) for pause in pauses]
    day, counted, skipped = starts_on, 0, []
    while counted < rule.number:
        day += ONE_DAY
        reason = _day_off(day, calendar, rule.skips) or _stopped_day(day, stopped)
        if reason is None:
            counted += 1
        else:
            skipped.append(reason)
    return Deadline(
        rule=rule,
        starts_on=starts_on,
        due_on=day,
        due_at=datetime.combine(day, time.max, tzinfo=zone),
        skipped=tuple(skipped),
        cautions=(*_rule_cautions(rule), *_calendar_cautions(rule, starts_on, day, calendar, skipped)),
    )


def _day_off(day: date, calendar: Calendar, skips: frozenset[DayKind]) -> SkippedDay | None:
    """The reason a day is off; a named holiday says more than the weekend it falls on."""
    for off in calendar.by_date.get(day, ()):
        if off.kind in skips:
            return SkippedDay(day, SkipReason(off.kind), off.name, off.is_estimated)
    if DayKind.WEEKEND in skips and day.weekday() >= SATURDAY:
        return SkippedDay(day, SkipReason.WEEKEND)
    return None


def _stopped_day(day: date, stopped: Sequence[tuple[date, date]]) -> SkippedDay | None:
    if any(since <= day < until for since, until in stopped):
        return SkippedDay(day, SkipReason.CLOCK_STOPPED)
    return None


def _rule_cautions(rule: Rule) -> Iterator[Caution]:
    if rule.needs_confirmation:
        yield Caution(CautionKind.RULE_NEEDS_CONFIRMATION)


def _calendar_cautions(
    rule: Rule, starts_on: date, due_on: date, calendar: Calendar, skipped: Iterable[SkippedDay]
) -> Iterator[Caution]:
    if rule.unit != Unit.WORKING_DAY:
        return
    for year in range((starts_on + ONE_DAY).year, due_on.year + 1):
        if year not in calendar.known_years:
            yield Caution(CautionKind.YEAR_UNKNOWN, year=year)
        elif year not in calendar.decreed_years and DayKind.COLLECTIVE_LEAVE in rule.skips:
            yield Caution(CautionKind.YEAR_WITHOUT_DECREE, year=year)
    for day in skipped:
        # An estimate on a Saturday may turn out to be a Friday, so weekends are not left out.
        if day.is_estimated:
            yield Caution(CautionKind.ESTIMATED_DAY, year=day.on.year, on=day.on, name=day.name)


def _merged(pauses: Iterable[Pause]) -> list[Pause]:
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: (p.since, p.until)):
        if merged and pause.since <= merged[-1].until:
            merged[-1] = Pause(merged[-1].since, max(merged[-1].until, pause.until))
        else:
            merged.append(pause)
    return merged


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + offset * ONE_DAY


def _refuse_naive(moment: datetime, where: str) -> None:
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} has no zone ({where})")
