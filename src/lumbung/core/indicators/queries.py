"""Reading figures."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from lumbung.core.base.declarations import Indicator
from lumbung.core.indicators import registry
from lumbung.core.indicators.models import IndicatorResult

FigureKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator of one place: the figure of its newest snapshot, and its months from that same snapshot.

    Where rows fall into no months, a month is the figure of the last snapshot made in it.
    """

    indicator: Indicator
    newest: IndicatorResult
    months: tuple[IndicatorResult, ...]


@dataclass(frozen=True, slots=True)
class CurveStep:
    """From so many days on: how many were watched that long, how many ended then, what share is still open after."""

    days: float
    at_risk: int
    ended: int
    open: float


def figures(wanted: Iterable[FigureKey]) -> dict[FigureKey, Figure]:
    """The newest figures of (indicator key, place) pairs; a pair without a figure is absent. Four queries for all."""
    pairs = {pair for pair in wanted if registry.is_registered(pair[0])}
    newest = _newest(pairs)
    versions = {result.dataset_version_id for result in newest.values()}
    months: dict[tuple[FigureKey, str], list[IndicatorResult]] = {}
    rows = _light().filter(dataset_version_id__in=versions).exclude(period=IndicatorResult.WHOLE)
    for row in rows.order_by("period"):
        months.setdefault(((row.indicator_key, row.place), row.definition_sha256), []).append(row)
    months |= _courses(newest)
    return {
        pair: Figure(registry.get(pair[0]), result, tuple(months.get((pair, result.definition_sha256), ())))
        for pair, result in newest.items()
    }


def _newest(pairs: set[FigureKey]) -> dict[FigureKey, IndicatorResult]:
    last = (
        IndicatorResult.objects.filter(
            period=IndicatorResult.WHOLE,
            indicator_key__in={key for key, _ in pairs},
            place__in={place for _, place in pairs},
            dataset_version__withdrawn_at__isnull=True,
        )
        .order_by()
        .values("indicator_key", "place")
        .annotate(last=Max("pk"))
    )
    rows = _light().filter(pk__in=[row["last"] for row in last]).select_related("dataset_version")
    return {(row.indicator_key, row.place): row for row in rows if (row.indicator_key, row.place) in pairs}


def _courses(newest: dict[FigureKey, IndicatorResult]) -> dict[tuple[FigureKey, str], list[IndicatorResult]]:
    """The last snapshot of each month, for figures whose rows fall into no months."""
    without = {pair for pair in newest if not registry.get(pair[0]).period_column}
    found: dict[tuple[FigureKey, str], dict[str, IndicatorResult]] = {}
    if not without:
        return {}
    told = _light().filter(
        period=IndicatorResult.WHOLE,
        indicator_key__in={key for key, _ in without},
        place__in={place for _, place in without},
        dataset_version__withdrawn_at__isnull=True,
    )
    for row in told.order_by("as_of", "pk"):
        key = (row.indicator_key, row.place), row.definition_sha256
        found.setdefault(key, {})[f"{row.as_of:%Y-%m}"] = row
    return {key: list(by_month.values()) for key, by_month in found.items()}


def _light() -> QuerySet[IndicatorResult]:
    """Figures without their curves, which only one drawing needs."""
    return IndicatorResult.objects.defer("curve")


def curve_of(result: IndicatorResult) -> list[CurveStep]:
    """The steps of a duration's curve; empty for shares, counts and figures computed before curves were kept."""
    kept = IndicatorResult.objects.filter(pk=result.pk).values_list("curve", flat=True).first()
    return [CurveStep(float(days), at_risk, ended, float(share)) for days, at_risk, ended, share in kept or ()]


def history(indicator_key: str, place: str) -> list[IndicatorResult]:
    """The figure of the whole table, snapshot by snapshot, as it was published each time."""
    return list(
        _light()
        .filter(indicator_key=indicator_key, place=place, period=IndicatorResult.WHOLE)
        .select_related("dataset_version")
        .order_by("dataset_version__number", "computed_at")
    )
