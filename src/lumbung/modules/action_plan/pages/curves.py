"""The staircase behind a duration: what share is still open after so many days, with the numbers it rests on."""

from django.utils.translation import gettext as _

from lumbung.core.indicators import queries as indicators
from lumbung.core.indicators.queries import CurveStep, Figure
from lumbung.core.web import charts, formatting
from lumbung.kernels.intervals import survival_band

# Beyond these the line hangs on single reports, or says nothing an office could still use.
FEWEST_AT_RISK = 20
MOST_DAYS = 180
MARKED = tuple(range(0, MOST_DAYS + 1, 30))
# UU 25/2009 and Perpres 76/2013: a complaint is settled within 60 days of a complete file.
LEGAL_DAYS = 60


def curve_chart(figure: Figure) -> charts.StepChart | None:
    """The drawing of a duration in the language active now; None for every other figure."""
    steps = indicators.curve_of(figure.newest) if figure.indicator.unit == "days" else []
    if not steps:
        return None
    return charts.StepChart(
        title=_("How long until a report is finished"),
        finding=_finding(steps, figure),
        points=(charts.StepPoint(0, 1.0, at_risk=steps[0].at_risk), *_points(steps)),
        axis=_("Days since receipt"),
        measure=_("Not finished yet (estimate)"),
        median_label=_("Half finished, days:"),
        median_days=None if figure.newest.value is None else float(figure.newest.value),
        at_risk_label=_("Reports watched at least this long"),
        days_shown=_days_shown(steps),
        days_marked=MARKED,
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
    known = [step.days for step in steps if step.at_risk >= FEWEST_AT_RISK]
    return max(min(known[-1] if known else steps[-1].days, MOST_DAYS), 1)


def _finding(steps: list[CurveStep], figure: Figure) -> str:
    """ "Half of the reports are finished within 21 days; after 60 days 14% are not." """
    later = [step for step in steps if step.days <= LEGAL_DAYS]
    still_open = formatting.percent(later[-1].open if later else 1.0)
    if figure.newest.value is None:
        return _("After %(days)s days %(share)s of the reports are not finished.") % {
            "days": LEGAL_DAYS,
            "share": still_open,
        }
    return _("Half of the reports are finished within %(median)s days; after %(days)s days %(share)s are not.") % {
        "median": formatting.number(figure.newest.value),
        "days": LEGAL_DAYS,
        "share": still_open,
    }
