"""The monthly summary of each agency: the reports received in a month, as they stand on the day of looking.

Confidential reports are in no agency's row. An anonymous report belongs to the month of its week's Monday, the only day
the public knows of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.models import Q, QuerySet

from lumbung.core.base import clock
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.kernels import shares, survival
from lumbung.modules.reports.models import Rating, Report
from lumbung.modules.reports.queries.marks import deadline_mark, promise_mark
from lumbung.modules.reports.queries.public import FEWEST_SHOWN, within
from lumbung.modules.reports.queries.told import HELD_FIELDS, facts_as_told, known, seen_at, told_day

FIELDS = (
    "id", "number", "urgency", "state", "agency_id", "received_at", "received_on", "told_on", "due_on",
    "first_answered_at", "finished_at", "paused_since", "reopened_count", "is_anonymous", *HELD_FIELDS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Summary:
    """One agency's month; `agency` is empty for reports nobody was given yet, "*" for the sum of all.

    on_time, late     finished by, and after, the legal due date
    overdue, running  open and past the due date, open and within it
    beside            archived, handed out or withdrawn: in no share (decision 10)
    median_days       None while fewer than half are estimated to be finished, or from fewer than five reports
    rating            None from fewer than five ratings; `ratings` is 0 then
    """

    agency: str
    name: str
    received: int
    on_time: int
    late: int
    overdue: int
    running: int
    beside: int
    reopened: int
    on_time_share: Decimal | None
    promise_share: Decimal | None
    median_days: Decimal | None
    counted: int
    ratings: int
    rating: Decimal | None


@dataclass(frozen=True, slots=True)
class MonthlyFigure:
    """What came in a month, and how much of it was finished on time."""

    month: date
    received: int
    on_time_share: Decimal | None


def month_after(month: date) -> date:
    """The first day of the following month."""
    return (month + timedelta(days=31)).replace(day=1)


def monthly_summaries(portal: Portal, month: date, *, as_of: date) -> list[Summary]:
    """A row for each agency that had reports in the month, by name; those of no agency, and the sum, come last."""
    reports = _received_in(portal, month, month_after(month), as_of)
    rows = [facts_as_told(row, day=as_of) for row in reports.values(*FIELDS)]
    scores = _scores_of(reports, {row["id"]: row["agency_id"] or "" for row in rows}, as_of)
    by_agency: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_agency[row["agency_id"] or ""].append(row)
    names = {each.code: each.name for each in Organisation.objects.filter(code__in=by_agency)}
    made = [_summary(code, names.get(code, ""), each, scores.get(code, []), as_of) for code, each in by_agency.items()]
    made.sort(key=lambda summary: (not summary.name, summary.name))
    everything = [score for each in scores.values() for score in each]
    return [*made, _summary("*", "", rows, everything, as_of)] if made else []


def monthly_figures(portal: Portal, last: date, *, months: int, as_of: date) -> list[MonthlyFigure]:
    """Month by month up to `last`, oldest first: reports received and the share finished on time."""
    index = last.year * 12 + last.month - months
    first = date(index // 12, index % 12 + 1, 1)
    by_month: dict[date, list[Mapping[str, Any]]] = defaultdict(list)
    for row in _received_in(portal, first, month_after(last), as_of).values(*FIELDS):
        by_month[row["told_on"].replace(day=1)].append(facts_as_told(row, day=as_of))
    figures, month = [], first
    while month <= last:
        share = shares.on_time_share([_kernel_row(row, as_of) for row in by_month[month]], as_of.isoformat())
        figures.append(MonthlyFigure(month, len(by_month[month]), share.value))
        month = month_after(month)
    return figures


def _received_in(portal: Portal, first: date, after: date, as_of: date) -> QuerySet[Report]:
    return Report.objects.filter(
        known(day=as_of),
        within(first, after - timedelta(days=1)),
        village__code__startswith=f"{portal.region_id}.",
        is_confidential=False,
    )


def _scores_of(reports: QuerySet[Report], agency_of: Mapping[Any, str], as_of: date) -> dict[str, list[int]]:
    """By agency; of anonymous reporters those of the weeks that are over, or the sum would tell who confirmed today."""
    told = Q(report__is_anonymous=False) | Q(rated_on__lt=clock.monday_of(as_of))
    scores: dict[str, list[int]] = defaultdict(list)
    for report_id, score in Rating.objects.filter(told, report__in=reports.values("pk")).values_list(
        "report_id", "score"
    ):
        scores[agency_of[report_id]].append(score)
    return scores


def _kernel_row(row: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    """The row as `reports_public` has it, for the kernels: of an anonymous report weeks, and no due date."""
    finished, anonymous = row["finished_at"], row["is_anonymous"]
    this_morning = datetime.combine(as_of, time.min, tzinfo=clock.WITA)
    moment = seen_at(this_morning, is_anonymous=anonymous)
    return {
        "number": row["number"],
        "state": row["state"],
        "received_on": row["told_on"].isoformat(),
        "due_on": "" if anonymous else row["due_on"].isoformat(),
        "finished_on": told_day(clock.local_day(finished), is_anonymous=anonymous).isoformat() if finished else "",
        "deadline": deadline_mark(row, clock.local_day(moment)),
        "promise": promise_mark(row, moment),
    }


def _summary(agency: str, name: str, rows: list[Mapping[str, Any]], scores: list[int], as_of: date) -> Summary:
    told, today = [_kernel_row(row, as_of) for row in rows], as_of.isoformat()
    on_time = shares.on_time_share(told, today)
    median = survival.median_days_to_finish(told, today)
    counted = median.finished + median.open
    return Summary(
        agency=agency,
        name=name,
        received=len(rows),
        on_time=on_time.numerator,
        late=median.finished - on_time.numerator,
        overdue=on_time.denominator - median.finished,
        running=on_time.excluded["not_yet_due"],
        beside=sum(median.excluded.values()),
        reopened=sum(1 for row in rows if row["reopened_count"]),
        on_time_share=on_time.value,
        promise_share=shares.promise_kept_share(told, today).value,
        median_days=median.value if counted >= FEWEST_SHOWN else None,
        counted=counted,
        ratings=len(scores) if len(scores) >= FEWEST_SHOWN else 0,
        rating=_mean(scores) if len(scores) >= FEWEST_SHOWN else None,
    )


def _mean(scores: Iterable[int]) -> Decimal:
    listed = list(scores)
    return (Decimal(sum(listed)) / len(listed)).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
