"""Figures as people read them: a value with its unit, a small line, a chart with its finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from markupsafe import Markup

from lumbung.core.indicators import registry
from lumbung.core.indicators.models import IndicatorResult
from lumbung.core.indicators.queries import Figure
from lumbung.core.web import charts, formatting
from lumbung.kernels.intervals import wilson_interval
from lumbung.modules.action_plan.pages import curves

SPARK_MONTHS = 12


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One figure ready to print."""

    figure: Figure
    value: str
    spark: Markup
    chart: charts.Chart
    finding: str
    excluded: str
    printed: str
    period: str
    curve_title: str = ""
    curve_finding: str = ""
    curve: charts.Chart | None = None


def value_words(figure: Figure, result: IndicatorResult) -> str:
    """ "62%", "15 hari", or that there is none."""
    return in_words(result.value, figure.indicator.unit)


def in_words(value: Decimal | None, unit: str) -> str:
    """A value with its unit."""
    if value is None:
        return _("no figure yet")
    if unit == "share":
        return formatting.percent(value)
    if unit == "days":
        return _("%(days)s days") % {"days": formatting.number(value)}
    return formatting.number(value)


def complete_months(figure: Figure) -> list[IndicatorResult]:
    """Months in which every report has come due: the newest ones look better than they are until then."""
    left_out = ("not_yet_due", "other_years")
    return [month for month in figure.months if not any(month.excluded.get(reason) for reason in left_out)]


def shown(figure: Figure) -> ShownFigure:
    """A figure with its drawings and sentences in the language active now."""
    months = complete_months(figure)
    finding = _finding(figure, months)
    curve = curves.curve_chart(figure)
    return ShownFigure(
        figure=figure,
        value=value_words(figure, figure.newest),
        spark=spark(figure),
        chart=_chart(figure, months, finding),
        finding=finding,
        excluded=excluded_words(figure.newest),
        printed=printed(figure.newest),
        period=_period_words(figure),
        curve_title=curve.title if curve else "",
        curve_finding=curve.finding if curve else "",
        curve=curves.drawn(curve) if curve else None,
    )


def spark(figure: Figure) -> Markup:
    """The last twelve complete months as a small line."""
    months = complete_months(figure)[-SPARK_MONTHS:]
    values = tuple(None if month.value is None else float(month.value) for month in months)
    title = _("%(figure)s, month by month") % {"figure": figure.indicator.title}
    return charts.spark_line(values, title)


def first_day(result: IndicatorResult) -> date:
    """The first day of a result's month; of a snapshot, that of the month it was made in."""
    if not result.period:
        return result.as_of.replace(day=1)
    return date.fromisoformat(f"{result.period}-01")


def _finding(figure: Figure, months: list[IndicatorResult]) -> str:
    """The newest month, and how far the months lie apart; each with the number of reports it rests on."""
    known = [month for month in months if month.value is not None]
    if len(known) < 2:
        return _("Too few months to show a course.")
    by_value = sorted(known, key=lambda month: (month.value or 0, month.period))
    told = {
        "last": _month_words(figure, known[-1]),
        "low": _month_words(figure, by_value[0]),
        "high": _month_words(figure, by_value[-1]),
        "period": _period_label(figure),
        "rows": _rows_label(figure),
    }
    return _("%(last)s. Lowest: %(low)s. Highest: %(high)s. %(period)s; n: %(rows)s.") % told


def _period_label(figure: Figure) -> str:
    """What the months are: "Month of receipt"."""
    return str(figure.indicator.period_label) or _("Month of receipt")


def _rows_label(figure: Figure) -> str:
    """What rows are called: "Reports"."""
    return str(figure.indicator.rows_label) or _("Reports")


def _period_words(figure: Figure) -> str:
    """What a caption says of the months and of the band around a share."""
    months = _("By month of receipt; months with reports not yet due are left out")
    parts = [str(figure.indicator.period_label) or months]
    if figure.indicator.unit == "share":
        parts.append(_("Band: what chance alone may do, 95 times in 100"))
    return ". ".join(parts)


def _month_words(figure: Figure, month: IndicatorResult) -> str:
    told = {"value": value_words(figure, month), "month": formatting.month(first_day(month)), "n": month.n}
    return _("%(value)s in %(month)s (n = %(n)s)") % told


def _chart(figure: Figure, months: list[IndicatorResult], finding: str) -> charts.Chart:
    points = tuple(_point(figure, month) for month in months)
    data = charts.LineChart(
        title=str(figure.indicator.title),
        finding=finding,
        lines=(charts.Line(str(figure.indicator.short), points, main=True, end_label=_("Newest")),),
        unit=figure.indicator.unit,
        rules=_rules(figure),
        time_label=_period_label(figure),
        time_unit="month",
        count_label=f"{_rows_label(figure)} (n)",
    )
    return charts.line_chart(data, formatting.language_now())


def _rules(figure: Figure) -> tuple[charts.Rule, ...]:
    """The level over the whole table, where months have one in common, and what law or promise asks for."""
    whole, target = figure.newest.value, figure.indicator.target
    # Of a stock, such as open datasets, the whole is the newest month once more.
    overall = (
        ()
        if whole is None or figure.indicator.unit == "count"
        else (charts.Rule(_("Overall"), float(whole), "baseline"),)
    )
    asked = () if target is None else (charts.Rule(str(figure.indicator.target_label), target, "target"),)
    return (*overall, *asked)


def _point(figure: Figure, month: IndicatorResult) -> charts.Point:
    """A month on the line; a share with the band chance alone may move it in."""
    if month.value is None:
        return charts.Point(first_day(month), None, n=month.n)
    if figure.indicator.unit != "share":
        return charts.Point(first_day(month), float(month.value), n=month.n)
    band = wilson_interval(round(month.value * month.n), month.n)
    return charts.Point(first_day(month), float(month.value), band.low, band.high, month.n)


def printed(result: IndicatorResult) -> str:
    """The value exactly as the script prints it: "0.6000", "20", "null"."""
    if result.value is None:
        return "null"
    if registry.get(result.indicator_key).unit == "share":
        return f"{result.value:.4f}"
    return f"{result.value.normalize():f}"


def excluded_words(result: IndicatorResult) -> str:
    """ "43 archived, 30 handed over": what was left out and counted beside."""
    return counted_beside(result.excluded)


def counted_beside(excluded: Mapping[str, int]) -> str:
    """The same for counts by reason, also those another installation tells."""
    words: dict[str, str] = {
        "archived": _("archived"),
        "handed_out": _("handed over"),
        "withdrawn": _("withdrawn"),
        "not_yet_due": _("not yet due"),
    }
    words |= {reason: str(said) for each in registry.all_indicators() for reason, said in each.reasons.items()}
    counted = [(count, words.get(reason, reason)) for reason, count in excluded.items() if count]
    return ", ".join(f"{formatting.number(count)} {word}" for count, word in counted)
