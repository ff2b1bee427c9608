"""Computing figures from a published snapshot."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.declarations import Indicator
from lumbung.core.datasets import queries as datasets
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.events import actions as events
from lumbung.core.indicators import recompute, registry
from lumbung.core.indicators.events import IndicatorComputed
from lumbung.core.indicators.models import IndicatorResult

Rows = list[dict[str, str]]


def compute_for_version(*, version: DatasetVersion, now: datetime) -> int:
    """Compute every figure of a snapshot that is not there yet; returns how many were added.

    The bytes are checked against their published hash first, and read exactly as the downloaded script reads them.
    """
    missing = [each for each in registry.of_dataset(version.dataset_key) if not _is_computed(each, version)]
    if version.is_withdrawn or not missing:
        return 0
    rows = recompute.read_rows(datasets.verified_csv(version))
    return sum(_compute(indicator, version, rows, now) for indicator in missing)


def _is_computed(indicator: Indicator, version: DatasetVersion) -> bool:
    return version.results.filter(
        indicator_key=indicator.key, definition_sha256=registry.definition_sha256(indicator)
    ).exists()


def _compute(indicator: Indicator, version: DatasetVersion, rows: Rows, now: datetime) -> int:
    periods = [IndicatorResult.WHOLE, *recompute.months_in(rows, indicator.period_column)]
    results = [_result(indicator, version, rows, period, now) for period in periods]
    with transaction.atomic():
        IndicatorResult.objects.bulk_create(results)
        _tell(results[0], now)
    return len(results)


def _result(indicator: Indicator, version: DatasetVersion, rows: Rows, period: str, now: datetime) -> IndicatorResult:
    as_of = recompute.day_of_snapshot(rows) or version.as_of.isoformat()
    chosen = recompute.rows_of(rows, period, indicator.period_column)
    found: Any = indicator.function(chosen, as_of, **indicator.parameters)
    return IndicatorResult(
        indicator_key=indicator.key,
        indicator_version=indicator.version,
        definition_sha256=registry.definition_sha256(indicator),
        dataset_version=version,
        snapshot_sha256=version.csv_sha256,
        place=version.place,
        period=period,
        value=found.value,
        n=found.n,
        excluded=dict(found.excluded),
        curve=None if period else _curve_of(found),
        as_of=date.fromisoformat(as_of),
        computed_at=now,
    )


def _curve_of(found: Any) -> list[list[Any]] | None:
    """The steps of a duration's curve as the page draws them; shares and counts have none."""
    curve = getattr(found, "curve", None)
    return [[str(each.days), each.at_risk, each.ended, str(each.open)] for each in curve.steps] if curve else None


def _tell(whole: IndicatorResult, now: datetime) -> None:
    event = IndicatorComputed(
        indicator=whole.indicator_key,
        version=whole.indicator_version,
        definition_sha256=whole.definition_sha256,
        snapshot_sha256=whole.snapshot_sha256,
        place=whole.place,
        as_of=whole.as_of.isoformat(),
        value="" if whole.value is None else str(whole.value),
        n=whole.n,
    )
    events.record(event, subject_type="indicator", subject_id=whole.indicator_key, actor=SYSTEM, now=now)
