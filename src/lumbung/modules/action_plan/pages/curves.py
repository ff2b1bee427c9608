"""The staircase behind a duration: what share is still open after so many days, with the numbers it rests on."""

from django.utils.translation import gettext as _

from lumbung.core.indicators import queries as indicators
from lumbung.core.indicators.queries import CurveStep, Figure
from lumbung.core.web import charts, formatting
from lumbung.kernels.intervals import survival_band

# Beyond these the line hangs on single reports, or says nothing an office could still use.
FEWEST_AT_RISK = 20
MOST_DAYS = 180
# UU 25/2009 and Perpres 76/2013: a complaint is settled within 60 days of a complete file. Of few reports the line is
# drawn that far, too: band and numbers below say how thin it is.
LEGAL_DAYS = 60
# How far apart the days below the drawing stand, by the longest it shows.
MARKS = ((20, 5), (60, 10), (MOST_DAYS, 30))


def curve_chart(figure: Figure) -> charts.StepChart | None:
    """The drawing of a duration in the language active now; None for every other figure."""
    steps = indicators.curve_of(figure.newest) if figure.indicator.unit == "days" else []
    if not steps:
        return None
    days_shown = _days_shown(steps)
    return charts.StepChart(
        title=_("How long until a report is finished"),
        finding=_finding(steps, figure, days_shown),
        points=(charts.StepPoint(0, 1.0, at_risk=steps[0].at_risk), *_points(steps)),
        axis=_("Days since receipt"),
        measure=_("Not finished yet (estimate)"),
        median_label=_("Half finished, days:"),
        median_days=None if figure.newest.value is None else float(figure.newest.value),
        at_risk_label=_("Reports watched at least this long"),
        days_shown=days_shown,
        days_marked=_marked(days_shown),
    )


def drawn(data: charts.StepChart) -> charts.Chart:
    """The chart with its table."""
    return charts.step_chart(data, formatting.language_now())


def _points(steps: list[CurveStep]) -> list[charts.StepPoint]:
    band = survival_band((step.at_risk, step.ended) for step in steps)
    return [
        charts.StepPoint(step.days, step.open, at_risk=step.at_risk)
        if sure is None
        else charts.StepPoint(step.days, step.open, sure.low, sure.high, step.at_risk)
        for step, sure in zip(steps, band, strict=True)
    ]


def _days_shown(steps: list[CurveStep]) -> float:
    """As far as enough reports were watched; at least to the day the law speaks of, if anything was watched so long."""
    enough = [step.days for step in steps if step.at_risk >= FEWEST_AT_RISK]
    lawful = min(steps[-1].days, LEGAL_DAYS)
    return max(min(max(enough[-1] if enough else 0, lawful), MOST_DAYS), 1)


def _marked(days_shown: float) -> tuple[float, ...]:
    apart = next(each for longest, each in MARKS if days_shown <= longest)
    return tuple(range(0, int(days_shown) + 1, apart))


def _finding(steps: list[CurveStep], figure: Figure, days_shown: float) -> str:
    """ "Half of the reports are finished within 21 days; after 60 days 14% are not": of a day that is drawn."""
    day = min(LEGAL_DAYS, int(days_shown))
    later = [step for step in steps if step.days <= day]
    still_open = formatting.percent(later[-1].open if later else 1.0)
    if figure.newest.value is None:
        return _("After %(days)s days %(share)s of the reports are not finished.") % {"days": day, "share": still_open}
    return _("Half of the reports are finished within %(median)s days; after %(days)s days %(share)s are not.") % {
        "median": formatting.number(figure.newest.value),
        "days": day,
        "share": still_open,
    }
