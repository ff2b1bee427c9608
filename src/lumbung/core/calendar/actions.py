"""Every write to the calendar: seeding from the library, and what the calendar keeper adds, changes and removes."""

import csv
import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.actors import SYSTEM, Actor
from lumbung.core.base.errors import NotFound, Refused
from lumbung.core.calendar import library
from lumbung.core.calendar.events import DayChanged, RulesLoaded, YearSeeded
from lumbung.core.calendar.library import KnownDay
from lumbung.core.calendar.models import CalendarDay, DeadlineRule
from lumbung.core.calendar.permissions import editor
from lumbung.core.calendar.queries import DAY_NOT_FOUND
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.kernels.deadlines import DayKind

SUBJECT = "calendar_year"
RULE_IDENTITY = ("key", "subject_class", "urgency", "valid_from")
RULE_FACTS = ("unit", "starts_with", "pauses", "legal_source", "checked_by")
RULE_COLUMNS = (*RULE_IDENTITY, *RULE_FACTS, "number", "counts_collective_leave", "needs_confirmation")
YES_NO = {"yes": True, "no": False}


def seed_from_library(
    *, years: Iterable[int], now: datetime, known_days: Callable[[int], list[KnownDay]] = library.days_of_year
) -> int:
    """Bring years up to what the library (`known_days` of a year) knows; returns how many rows changed.

    What a person added, changed or removed stays as it is. A first seeding is one event a year; after that each
    correction of the library is an event of its own.
    """
    return sum(_seed_year(year, known_days(year), now) for year in years)


def _seed_year(year: int, known: list[KnownDay], now: datetime) -> int:
    with transaction.atomic():
        stored = {(day.on, day.kind): day for day in CalendarDay.objects.select_for_update().filter(on__year=year)}
        if not stored:
            return _fill_empty_year(year, known, now)
        changed = sum(_adopt(day, stored.get((day.on, day.kind)), now) for day in known)
        kept = {(day.on, day.kind) for day in known}
        gone = [day for place, day in stored.items() if place not in kept and day.is_from_library]
        return changed + sum(_drop(day, now) for day in gone)


def _fill_empty_year(year: int, known: list[KnownDay], now: datetime) -> int:
    if not known:
        return 0
    CalendarDay.objects.bulk_create(_row_of(day, now) for day in known)
    leave = sum(1 for day in known if day.kind == DayKind.COLLECTIVE_LEAVE)
    seeded = YearSeeded(year=year, holidays=len(known) - leave, collective_leave=leave, source=library.SOURCE)
    _record(seeded, year=year, actor=SYSTEM, now=now)
    return len(known)


def _row_of(day: KnownDay, now: datetime) -> CalendarDay:
    return CalendarDay(
        on=day.on,
        kind=day.kind.value,
        name_id=day.name_id,
        name_en=day.name_en,
        is_estimated=day.is_estimated,
        source=library.SOURCE,
        changed_at=now,
    )


def _adopt(known: KnownDay, stored: CalendarDay | None, now: datetime) -> int:
    """Create or correct one day as the library has it, unless a person has had a hand in it."""
    day = stored or _row_of(known, now)
    facts = (known.name_id, known.name_en, known.is_estimated)
    is_same = stored is not None and not day.removed_at and (day.name_id, day.name_en, day.is_estimated) == facts
    if is_same or not day.is_from_library:
        return 0
    before = "" if stored is None or stored.removed_at else stored.name_id
    day.name_id, day.name_en, day.is_estimated = facts
    day.source, day.removed_at, day.changed_at = library.SOURCE, None, now
    day.save()
    _record_change(day, before=before, after=day.name_id, actor=SYSTEM, now=now)
    return 1


def _drop(day: CalendarDay, now: datetime) -> int:
    """Remove a day the library no longer has: an estimate that moved, or a mistake put right."""
    if day.removed_at:
        return 0
    day.removed_at, day.changed_at, day.source = now, now, library.SOURCE
    day.save()
    _record_change(day, before=day.name_id, after="", actor=SYSTEM, now=now)
    return 1


def add_day(
    *,
    on: date,
    kind: str,
    name_id: str,
    name_en: str,
    source: str,
    is_estimated: bool,
    by: Viewer,
    now: datetime,
) -> CalendarDay:
    """Put a day off into the calendar; one that was removed before comes back."""
    actor = editor(by)
    with transaction.atomic():
        day = CalendarDay.objects.select_for_update().filter(on=on, kind=kind).first()
        if day is not None and day.removed_at is None:
            raise Refused(
                "calendar-day-already-listed",
                _("This date is already in the calendar as “%(name)s”. Change that entry instead."),
                field="on",
                name=day.name,
            )
        day = day or CalendarDay(on=on, kind=kind, added_by=by.account)
        day.name_id, day.name_en, day.source, day.is_estimated = name_id, name_en, source, is_estimated
        day.removed_at, day.changed_by, day.changed_at = None, by.account, now
        day.save()
        _record_change(day, before="", after=day.name_id, actor=actor, now=now)
    return day


def change_day(
    *, day_id: int, name_id: str, name_en: str, source: str, is_estimated: bool, by: Viewer, now: datetime
) -> CalendarDay:
    """Correct the names, the source or the mark of estimation. A day that moves is removed and added."""
    actor = editor(by)
    with transaction.atomic():
        day = _locked(day_id)
        before = day.name_id
        day.name_id, day.name_en, day.source, day.is_estimated = name_id, name_en, source, is_estimated
        day.changed_by, day.changed_at = by.account, now
        day.save()
        _record_change(day, before=before, after=day.name_id, actor=actor, now=now)
    return day


def remove_day(*, day_id: int, source: str, by: Viewer, now: datetime) -> CalendarDay:
    """Take a day off out of the calendar, naming the decree or reason; the library will not bring it back."""
    actor = editor(by)
    with transaction.atomic():
        day = _locked(day_id)
        day.removed_at, day.source, day.changed_by, day.changed_at = now, source, by.account, now
        day.save()
        _record_change(day, before=day.name_id, after="", actor=actor, now=now)
    return day


def load_rules(*, applies_to: str, path: Path, now: datetime) -> int:
    """Create or correct the deadline rules of a module from a CSV with RULE_COLUMNS; returns how many rows it has.

    A rule that begins later ends its predecessor the day before; nothing is deleted: an old date stays explainable.
    """
    content = path.read_bytes()
    rows = sorted(csv.DictReader(content.decode("utf-8-sig").splitlines()), key=lambda row: row["valid_from"])
    with transaction.atomic():
        for row in rows:
            _load_rule(applies_to, row)
        loaded = RulesLoaded(applies_to=applies_to, count=len(rows), sha256=hashlib.sha256(content).hexdigest())
        events.record(loaded, subject_type="deadline_rules", subject_id=applies_to, actor=SYSTEM, now=now)
    return len(rows)


def _load_rule(applies_to: str, row: dict[str, str]) -> None:
    begins = date.fromisoformat(row["valid_from"])
    same: dict[str, Any] = {
        "applies_to": applies_to,
        **{name: row[name] for name in RULE_IDENTITY if name != "valid_from"},
    }
    facts = {name: row[name] for name in RULE_FACTS}
    later = DeadlineRule.objects.filter(**same, valid_from__gt=begins).order_by("valid_from").first()
    DeadlineRule.objects.update_or_create(
        **same,
        valid_from=begins,
        defaults={
            **facts,
            "number": int(row["number"]),
            "counts_collective_leave": _yes_or_no(row, "counts_collective_leave"),
            "needs_confirmation": _yes_or_no(row, "needs_confirmation"),
            "valid_to": later.valid_from - timedelta(days=1) if later else None,
        },
    )
    earlier = DeadlineRule.objects.filter(**same, valid_from__lt=begins).order_by("-valid_from").first()
    if earlier is not None:
        earlier.valid_to = begins - timedelta(days=1)
        earlier.save(update_fields=["valid_to"])


def _yes_or_no(row: dict[str, str], column: str) -> bool:
    if row[column] not in YES_NO:
        raise ValueError(f"rule {row['key']!r}: {column} is {row[column]!r}; expected yes or no")
    return YES_NO[row[column]]


def _locked(day_id: int) -> CalendarDay:
    day = CalendarDay.objects.select_for_update().filter(pk=day_id, removed_at__isnull=True).first()
    if day is None:
        raise NotFound("calendar-day-not-found", DAY_NOT_FOUND)
    return day


def _record_change(day: CalendarDay, *, before: str, after: str, actor: Actor, now: datetime) -> None:
    changed = DayChanged(
        on=day.on.isoformat(),
        kind=day.kind,
        before=before,
        after=after,
        is_estimated=day.is_estimated,
        source=day.source,
    )
    _record(changed, year=day.on.year, actor=actor, now=now)


def _record(event: Event, *, year: int, actor: Actor, now: datetime) -> None:
    events.record(event, subject_type=SUBJECT, subject_id=str(year), actor=actor, now=now)
