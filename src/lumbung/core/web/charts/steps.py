"""The share still open after so many days (Kaplan–Meier): a staircase, never a smooth line."""

from dataclasses import dataclass

from markupsafe import Markup

from lumbung.core.web.charts.canvas import WIDTH, Chart, Scale, element, frame, shown, text, ticks

HEIGHT = 300
LEFT, RIGHT, TOP, BOTTOM = 52, 24, 16, 252


@dataclass(frozen=True, slots=True)
class StepPoint:
    """From this many days on, this share is still open, until the next point; `low`, `high`: 95% interval."""

    days: float
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class StepChart:
    """A survival curve. `median_days` None: fewer than half have finished. Points in order of days."""

    title: str
    finding: str
    points: tuple[StepPoint, ...]
    axis: str
    measure: str
    median_label: str = ""
    median_days: float | None = None


def step_chart(data: StepChart, language: str = "id") -> Chart:
    """The staircase with its interval, and the median marked where it crosses one half."""
    across_levels = ticks(0, max([point.days for point in data.points] + [1]), 6)
    across = Scale(0, across_levels[-1], LEFT, WIDTH - RIGHT)
    up = Scale(0, 1, BOTTOM, TOP)
    parts = [*_axes(across_levels, across, up, language), _band(data, across, up)]
    parts.append(element("path", d=_stairs([(p.days, p.share) for p in data.points], across, up), class_="line main"))
    parts += _median(data, across, up, language)
    parts.append(text(WIDTH - RIGHT, HEIGHT - 6, data.axis, anchor="end", class_="quiet"))
    columns = (
        {"key": "days", "label": data.axis, "numeric": True},
        {"key": "share", "label": data.measure, "numeric": True},
    )
    rows = tuple(
        {"days": shown(point.days, "days", language), "share": shown(point.share, "share", language)}
        for point in data.points
    )
    return Chart(svg=frame(data.title, data.finding, HEIGHT, parts), columns=columns, rows=rows)


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


def _band(data: StepChart, across: Scale, up: Scale) -> Markup:
    low = [(p.days, p.low) for p in data.points if p.low is not None]
    high = [(p.days, p.high) for p in data.points if p.high is not None]
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
        text(x + 10, y - 8, words, class_="strong"),
    ]
