"""Reading the calendar. Days off are public: everyone sees the same."""

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import NotFound
from lumbung.core.calendar.models import CalendarDay, DeadlineRule
from lumbung.kernels.deadlines import (
    ALL_DAYS_OFF,
    COLLECTIVE_LEAVE_COUNTS,
    EVERY_DAY_COUNTS,
    Calendar,
    DayKind,
    DayOff,
    Rule,
    Unit,
)

DAY_NOT_FOUND = _("This day is not in the calendar any more. Go back to the calendar of the year.")


def days_in_force() -> QuerySet[CalendarDay]:
    """Every day off that has not been removed, oldest first."""
    return CalendarDay.objects.filter(removed_at__isnull=True)


def days_of_year(year: int) -> list[CalendarDay]:
    """The days off of one year, with whoever changed them."""
    return list(days_in_force().filter(on__year=year).select_related("changed_by"))


def day_in_force(day_id: int) -> CalendarDay:
    """One day off, or a refusal."""
    found = days_in_force().filter(pk=day_id).first()
    if found is None:
        raise NotFound("calendar-day-not-found", DAY_NOT_FOUND)
    return found


def years_listed() -> list[int]:
    """Years that have at least one day off, oldest first."""
    return [day.year for day in days_in_force().dates("on", "year")]


def calendar_between(first: date, last: date) -> Calendar:
    """The calendar for the whole years from `first` to `last`, names in the language active now.

    One query. The caller keeps the result for as many deadlines as it computes: a cache between requests would hand out
    an old date after a change made by another process. A deadline that runs past `last` says so in its cautions.
    """
    rows = list(days_in_force().filter(on__gte=date(first.year, 1, 1), on__lte=date(last.year, 12, 31)))
    days = tuple(DayOff(row.on, DayKind(row.kind), row.name, row.is_estimated) for row in rows)
    return Calendar(
        days,
        known_years=frozenset(day.on.year for day in days if day.kind == DayKind.PUBLIC_HOLIDAY),
        decreed_years=frozenset(
            day.on.year for day in days if day.kind == DayKind.COLLECTIVE_LEAVE and not day.is_estimated
        ),
    )


def rule_in_force(
    applies_to: str, key: str, *, on: date, subject_class: str = "", urgency: str = ""
) -> DeadlineRule | None:
    """The rule for a class and urgency on a day; one that names them goes before one for any."""
    return (
        DeadlineRule.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            applies_to=applies_to,
            key=key,
            subject_class__in=["", subject_class],
            urgency__in=["", urgency],
            valid_from__lte=on,
        )
        .annotate(
            fit=Case(
                When(~Q(subject_class="") & ~Q(urgency=""), then=Value(3)),
                When(~Q(subject_class=""), then=Value(2)),
                When(~Q(urgency=""), then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
        )
        .order_by("-fit", "-valid_from")
        .first()
    )


def rules_of(applies_to: str, *, on: date) -> list[DeadlineRule]:
    """Every rule of a module in force on a day."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return list(DeadlineRule.objects.filter(in_force, applies_to=applies_to, valid_from__lte=on))


def as_kernel_rule(rule: DeadlineRule) -> Rule:
    """The stored rule in the form the kernel counts with."""
    skips = EVERY_DAY_COUNTS
    if rule.unit == Unit.WORKING_DAY:
        skips = COLLECTIVE_LEAVE_COUNTS if rule.counts_collective_leave else ALL_DAYS_OFF
    return Rule(rule.key, rule.number, Unit(rule.unit), skips, rule.legal_source, rule.needs_confirmation)
