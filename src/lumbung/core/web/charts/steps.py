"""The share still open after so many days (Kaplan–Meier): a staircase, never a smooth line."""

from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from lumbung.core.web.charts.canvas import WIDTH, Chart, Scale, element, frame, shown, text, ticks

HEIGHT = 300
LEFT, RIGHT, TOP, BOTTOM = 52, 24, 16, 252
AT_RISK_SPACE = 46


@dataclass(frozen=True, slots=True)
class StepPoint:
    """From this many days on, this share is still open, until the next point; `low`, `high`: 95% interval.

    `at_risk`: how many were watched at least this long; the reader sees from it how thin the right end is.
    """

    days: float
    share: float
    low: float | None = None
    high: float | None = None
    at_risk: int | None = None


@dataclass(frozen=True, slots=True)
class StepChart:
    """A survival curve. `median_days` None: fewer than half have finished. Points in order of days.

    `at_risk_label` names the row of numbers below the days; without it there is none. `days_shown` ends the drawing;
    `days_marked` are written below it instead of round numbers.
    """

    title: str
    finding: str
    points: tuple[StepPoint, ...]
    axis: str
    measure: str
    median_label: str = ""
    median_days: float | None = None
    at_risk_label: str = ""
    days_shown: float | None = None
    days_marked: tuple[float, ...] = ()


def step_chart(data: StepChart, language: str = "id") -> Chart:
    """The staircase with its interval, and the median marked where it crosses one half."""
    days_shown = data.days_shown or max([point.days for point in data.points] + [1])
    marked = data.days_marked or tuple(ticks(0, days_shown, 6))
    across_levels = [level for level in marked if level <= days_shown or not data.days_shown]
    across = Scale(0, max(days_shown, across_levels[-1]), LEFT, WIDTH - RIGHT)
    up = Scale(0, 1, BOTTOM, TOP)
    seen = _seen(data.points, across.high)
    parts = [*_axes(across_levels, across, up, language), _band(seen, across, up)]
    parts.append(element("path", d=_stairs([(p.days, p.share) for p in seen], across, up), class_="line main"))
    parts += _median(data, across, up, language)
    parts.append(text(WIDTH - RIGHT, HEIGHT - 6, data.axis, anchor="end", class_="quiet"))
    height = HEIGHT + (AT_RISK_SPACE if data.at_risk_label else 0)
    if data.at_risk_label:
        parts += _at_risk(data, across_levels, across, language)
    return Chart(svg=frame(data.title, data.finding, height, parts), **_table(data, across_levels, language))


def _seen(points: tuple[StepPoint, ...], last_day: float) -> tuple[StepPoint, ...]:
    """The points within the drawing, closed by one at its edge."""
    inside = tuple(point for point in points if point.days <= last_day)
    if inside and inside[-1].days < last_day and len(inside) < len(points):
        return (*inside, replace(inside[-1], days=last_day))
    return inside


def _table(data: StepChart, levels: list[float], language: str) -> dict[str, Any]:
    """Every step; with numbers at risk, only the days written below the drawing, as such tables are printed."""
    columns = [
        {"key": "days", "label": data.axis, "numeric": True},
        {"key": "share", "label": data.measure, "numeric": True},
    ]
    if data.at_risk_label:
        columns.append({"key": "at_risk", "label": data.at_risk_label, "numeric": True})
    points = [_at(data.points, level) for level in levels] if data.at_risk_label else data.points
    rows = [
        {
            "days": shown(point.days, "days", language),
            "share": shown(point.share, "share", language),
            "at_risk": shown(point.at_risk, "count", language),
        }
        for point in points
    ]
    keys = [str(column["key"]) for column in columns]
    return {"columns": tuple(columns), "rows": tuple({key: row[key] for key in keys} for row in rows)}


def _at(points: tuple[StepPoint, ...], days: float) -> StepPoint:
    """Where the curve stands after so many days, and how many were watched that long."""
    before = [point for point in points if point.days <= days] or [StepPoint(0, 1)]
    after = next((point.at_risk for point in points if point.days >= days), 0)
    return StepPoint(days, before[-1].share, at_risk=after)


def _at_risk(data: StepChart, levels: list[float], across: Scale, language: str) -> list[Markup]:
    parts = [text(LEFT, HEIGHT + 16, data.at_risk_label, class_="quiet")]
    for level in levels:
        watched = shown(_at(data.points, level).at_risk, "count", language)
        parts.append(text(across.at(level), HEIGHT + 36, watched, anchor="middle"))
    return parts


def _axes(levels: list[float], across: Scale, up: Scale, language: str) -> list[Markup]:
    parts = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = up.at(share)
        parts.append(element("path", d=f"M{LEFT} {y:g}H{WIDTH - RIGHT}", class_="zero" if share == 0 else "rule"))
        parts.append(text(LEFT - 8, y + 4, shown(share, "share", language), anchor="end", class_="quiet"))
    parts += [
        text(across.at(x), BOTTOM + 20, shown(x, "days", language), anchor="middle", class_="quiet") for x in levels
    ]
    return parts


def _stairs(points: list[tuple[float, float]], across: Scale, up: Scale) -> str:
    path = ""
    for days, share in points:
        x, y = across.at(days), up.at(share)
        path += f"H{x:g}V{y:g}" if path else f"M{x:g} {y:g}"
    return path


def _band(points: tuple[StepPoint, ...], across: Scale, up: Scale) -> Markup:
    low = [(p.days, p.low) for p in points if p.low is not None]
    high = [(p.days, p.high) for p in points if p.high is not None]
    if not low or len(low) != len(high):
        return Markup("")
    back = "".join(f"V{up.at(share):g}H{across.at(days):g}" for days, share in reversed(low))
    return element("path", d=f"{_stairs(high, across, up)}{back}Z", class_="doubt")


def _median(data: StepChart, across: Scale, up: Scale, language: str) -> list[Markup]:
    if data.median_days is None:
        return []
    x, y = across.at(data.median_days), up.at(0.5)
    words = f"{data.median_label} {shown(data.median_days, 'days', language)}".strip()
    return [
        element("path", d=f"M{LEFT} {y:g}H{x:g}V{BOTTOM}", class_="target"),
        element("circle", cx=x, cy=y, r=4.5, class_="dot"),
        _beside(x, y - 8, words, across),
    ]


def _beside(x: float, y: float, words: str, across: Scale) -> Markup:
    """Words on that side of a place where there is room for them."""
    if x > (across.at(across.low) + across.at(across.high)) / 2:
        return text(x - 10, y, words, anchor="end", class_="strong")
    return text(x + 10, y, words, class_="strong")
