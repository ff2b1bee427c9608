"""Values over time with baseline and target, and the small line beside a number."""

import textwrap
from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from lumbung.core.web import formatting
from lumbung.core.web.charts.canvas import (
    WIDTH,
    Chart,
    Scale,
    Unit,
    element,
    frame,
    join,
    shown,
    text,
    ticks,
)

HEIGHT = 300
LEFT, RIGHT, TOP, BOTTOM = 44, 122, 16, 268
LABEL_GAP = 17
# As many as fit right of the axis, and left of it; longer ones ("60.000") move the axis.
CHARACTERS = 17
# A phone shrinks the drawing and not its letters.
LEFT_CHARACTERS, CHARACTER_WIDTH, AXIS_GAP = 5, 10.5, 8
MOST_DATES = 3
TimeUnit = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day; None leaves a gap in the line. `low` and `high`: its uncertainty; `n`: what it rests on.

    is_marked  a value that may still change: a hollow point, explained beside the chart
    """

    day: date
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One series; at most one is `main`. `end_label`: shorter words at its right end than the table's heading."""

    label: str
    points: tuple[Point, ...]
    main: bool = False
    end_label: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A level to compare with: kind "baseline" or "target"."""

    label: str
    value: float
    kind: str = "target"


@dataclass(frozen=True, slots=True)
class LineChart:
    """Series over time on one axis. `count_label` heads a column with each point's n; without it there is none."""

    title: str
    finding: str
    lines: tuple[Line, ...]
    unit: Unit = "count"
    rules: tuple[Rule, ...] = ()
    from_zero: bool = True
    time_label: str = ""
    # How the table names a point's time.
    time_unit: TimeUnit = "day"
    count_label: str = ""


def line_chart(data: LineChart, language: str = "id") -> Chart:
    """The lines, each named at its end; baseline and target as dashed levels."""
    days = sorted({point.day for line in data.lines for point in line.points})
    levels = _levels(data)
    first, last = (days[0].toordinal(), days[-1].toordinal()) if days else (0, 1)
    across = Scale(first, last, _left_of(data, levels, language), WIDTH - RIGHT)
    up = Scale(levels[0], levels[-1], BOTTOM, TOP)
    parts = [*_axes(data, levels, across, up, language), *_dates(days, across, data.time_unit, language)]
    parts += [_rule(rule, across, up) for rule in data.rules]
    parts += [_doubt(line, across, up) for line in data.lines]
    parts += [drawn(line, across, up) for line in sorted(data.lines, key=lambda line: line.main)]
    parts += _names(data, up, language)
    return Chart(svg=frame(data.title, data.finding, HEIGHT, parts), **_table(data, days, language))


def spark_line(values: tuple[float | None, ...], title: str) -> Markup:
    """A line without axes beside a number; its title says what it shows."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0, 1)
    across, up = Scale(0, max(len(values) - 1, 1), 3, 89), Scale(low, high, 24, 4)
    places = [(across.at(index), up.at(value)) for index, value in enumerate(values) if value is not None]
    parts = [
        element("title", title),
        element("polyline", points=" ".join(f"{x:g},{y:g}" for x, y in places), class_="line"),
    ]
    if places:
        parts.append(element("circle", cx=places[-1][0], cy=places[-1][1], r=3, class_="dot"))
    return element("svg", join(parts), class_="spark", viewBox="0 0 96 28", role="img", aria_label=title)


def _levels(data: LineChart) -> list[float]:
    points = [point for line in data.lines for point in line.points]
    values = [value for point in points for value in (point.value, point.low, point.high) if value is not None]
    values += [rule.value for rule in data.rules]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    return ticks(min(low, 0) if data.from_zero else low, high)


def _left_of(data: LineChart, levels: list[float], language: str) -> float:
    """Where the axis stands: right of its longest number."""
    longest = max(len(shown(level, data.unit, language)) for level in levels)
    return LEFT if longest <= LEFT_CHARACTERS else AXIS_GAP + longest * CHARACTER_WIDTH


def _axes(data: LineChart, levels: list[float], across: Scale, up: Scale, language: str) -> list[Markup]:
    parts = []
    for level in levels:
        y = up.at(level)
        line = f"M{across.start:g} {y:g}H{across.end:g}"
        parts.append(element("path", d=line, class_="zero" if level == 0 else "rule"))
        parts.append(
            text(across.start - AXIS_GAP, y + 4, shown(level, data.unit, language), anchor="end", class_="quiet")
        )
    return parts


def _dates(days: list[date], across: Scale, unit: TimeUnit, language: str) -> list[Markup]:
    parts = []
    for day in spread(days):
        words = short_time(day, unit, language)
        parts.append(text(across.at(day.toordinal()), BOTTOM + 22, words, anchor="middle", class_="quiet"))
    return parts


def spread(days: list[date]) -> list[date]:
    """At most three of the days, first and last among them."""
    if len(days) <= MOST_DATES:
        return days
    last = len(days) - 1
    return [days[round(index * last / (MOST_DATES - 1))] for index in range(MOST_DATES)]


def short_time(day: date, unit: TimeUnit, language: str) -> str:
    """A time as an axis names it: "2025", "Mar 2026"."""
    return str(day.year) if unit == "year" else formatting.date_short(day, language).split(" ", 1)[1]


def time_name(day: date, unit: TimeUnit, language: str) -> str:
    """A point's time as the table names it."""
    if unit == "year":
        return str(day.year)
    return formatting.month(day, language) if unit == "month" else formatting.date_short(day, language)


def _rule(rule: Rule, across: Scale, up: Scale) -> Markup:
    return element("path", d=f"M{across.start:g} {up.at(rule.value):g}H{across.end:g}", class_=rule.kind)


def _doubt(line: Line, across: Scale, up: Scale) -> Markup:
    sure = [
        (across.at(p.day.toordinal()), up.at(p.low), up.at(p.high))
        for p in line.points
        if p.low is not None and p.high is not None
    ]
    if not sure:
        return Markup("")
    edge = [f"{x:g},{high:g}" for x, _, high in sure] + [f"{x:g},{low:g}" for x, low, _ in reversed(sure)]
    return element("polygon", points=" ".join(edge), class_="doubt")


def drawn(line: Line, across: Scale, up: Scale) -> Markup:
    """One path; a missing value lifts the pen, and a value alone between gaps is a dot."""
    path, dots, pen_down = "", [], False
    for index, point in enumerate(line.points):
        if point.value is None:
            pen_down = False
            continue
        x, y = across.at(point.day.toordinal()), up.at(point.value)
        path += f"{'L' if pen_down else 'M'}{x:g} {y:g}"
        follows = index + 1 < len(line.points) and line.points[index + 1].value is not None
        if point.is_marked or (not pen_down and not follows):
            kind = "ring" if point.is_marked else "dot" if line.main else "dot other"
            dots.append(element("circle", cx=x, cy=y, r=3.5, class_=kind))
        pen_down = True
    return element("path", d=path, class_="line main" if line.main else "line") + join(dots)


def _names(data: LineChart, up: Scale, language: str) -> list[Markup]:
    """Words at the right end of each line and level, kept from overlapping."""
    labels: list[tuple[float, str, str]] = []
    for line in data.lines:
        last = next((point for point in reversed(line.points) if point.value is not None), None)
        if last is not None and last.value is not None:
            words = f"{line.end_label or line.label} {shown(last.value, data.unit, language)}"
            labels.append((up.at(last.value), words, "strong" if line.main else ""))
    labels += [(up.at(r.value), f"{r.label} {shown(r.value, data.unit, language)}", "quiet") for r in data.rules]
    parts, free = [], 0.0
    for place, words, kind in sorted(labels, key=lambda label: label[0]):
        # What is longer than the margin goes on below itself, and pushes the next label down.
        for row in textwrap.wrap(words, CHARACTERS):
            free = max(place, free)
            parts.append(text(WIDTH - RIGHT + 10, free + 4, row, class_=kind))
            free += LABEL_GAP
    return parts


def _table(data: LineChart, days: list[date], language: str) -> dict[str, tuple[dict[str, object], ...]]:
    columns: list[dict[str, object]] = [{"key": "day", "label": data.time_label, "numeric": False}]
    columns += [{"key": f"v{index}", "label": line.label, "numeric": True} for index, line in enumerate(data.lines)]
    columns += [{"key": "n", "label": data.count_label, "numeric": True}] if data.count_label else []
    known = [{point.day: point.value for point in line.points} for line in data.lines]
    counts = {point.day: point.n for line in data.lines for point in line.points}
    rows: list[dict[str, object]] = []
    for day in days:
        row: dict[str, object] = {"day": time_name(day, data.time_unit, language)}
        row |= {f"v{index}": shown(values.get(day), data.unit, language) for index, values in enumerate(known)}
        row |= {"n": shown(counts[day], "count", language)} if data.count_label else {}
        rows.append(row)
    return {"columns": tuple(columns), "rows": tuple(rows)}
