"""Small pictures of the same measure side by side: each shows one line, the others grey behind it.

Nobody has to tell six colours apart: which line is whose stands above its picture.
"""

from dataclasses import dataclass, replace

from markupsafe import Markup

from lumbung.core.web.charts.canvas import WIDTH, Chart, Scale, Unit, element, frame, join, shown, text, ticks
from lumbung.core.web.charts.lines import Line, TimeUnit, drawn, short_time, spread, time_name

ACROSS = 2
GAP, HEAD, PLOT, FOOT = 24, 26, 96, 34
TITLE_CHARACTERS = 18
MOST = 6


@dataclass(frozen=True, slots=True)
class PanelChart:
    """Series on the same two axes, a picture each. Raises ValueError beyond six."""

    title: str
    finding: str
    lines: tuple[Line, ...]
    time_label: str
    unit: Unit = "count"
    time_unit: TimeUnit = "day"

    def __post_init__(self) -> None:
        if len(self.lines) > MOST:
            raise ValueError(f"{len(self.lines)} lines; expected at most {MOST} (PanelChart.lines)")


def panel_chart(data: PanelChart, language: str = "id") -> Chart:
    """The pictures in rows of two, with the last value of each beside its name."""
    width = (WIDTH - GAP) / ACROSS
    days = sorted({point.day for line in data.lines for point in line.points})
    across = Scale(days[0].toordinal(), days[-1].toordinal(), 4, width - 4) if days else Scale(0, 1, 4, width - 4)
    levels = _levels(data)
    up = Scale(levels[0], levels[-1], HEAD + PLOT, HEAD + 6)
    parts = []
    for index, line in enumerate(data.lines):
        x, y = (index % ACROSS) * (width + GAP), (index // ACROSS) * (HEAD + PLOT + FOOT)
        picture = _picture(data, line, levels, (across, up, width), language)
        parts.append(element("g", join(picture), class_="panel", transform=f"translate({x:g} {y:g})"))
    rows = -(-len(data.lines) // ACROSS) or 1
    svg = frame(data.title, data.finding, rows * (HEAD + PLOT + FOOT), parts)
    return Chart(svg=svg, **_table(data, language))


def _levels(data: PanelChart) -> list[float]:
    values = [point.value for line in data.lines for point in line.points if point.value is not None]
    return ticks(min([*values, 0]), max([*values, 0]) or 1.0, 2)


def _picture(
    data: PanelChart, line: Line, levels: list[float], space: tuple[Scale, Scale, float], language: str
) -> list[Markup]:
    across, up, width = space
    name = line.label if len(line.label) <= TITLE_CHARACTERS else line.label[: TITLE_CHARACTERS - 1].rstrip() + "…"
    parts = [text(0, 14, name, class_="strong")]
    for level in levels:
        y = up.at(level)
        parts.append(element("path", d=f"M0 {y:g}H{width:g}", class_="zero" if level == 0 else "rule"))
    last = next((point.value for point in reversed(line.points) if point.value is not None), None)
    parts.append(
        text(width, 14, shown(last, data.unit, language) if last is not None else "–", anchor="end", class_="strong")
    )
    parts.append(text(width, HEAD + 4, shown(levels[-1], data.unit, language), anchor="end", class_="quiet"))
    parts += [drawn(other, across, up) for other in _grey(data.lines, line)]
    parts.append(drawn(_main(line), across, up))
    return [*parts, *_ends(data, across, language)]


def _grey(lines: tuple[Line, ...], own: Line) -> list[Line]:
    """The others without their marks: those stand in their own picture."""
    return [_bare(line) for line in lines if line is not own]


def _bare(line: Line) -> Line:
    return replace(line, points=tuple(replace(point, is_marked=False) for point in line.points))


def _main(line: Line) -> Line:
    return replace(line, main=True)


def _ends(data: PanelChart, across: Scale, language: str) -> list[Markup]:
    """First and last time under the picture."""
    days = sorted({point.day for line in data.lines for point in line.points})
    if not days:
        return []
    ends = spread([days[0], days[-1]]) if len(days) > 1 else days
    y = HEAD + PLOT + 16
    parts = []
    for index, day in enumerate(ends):
        anchor = "end" if index else None
        words = short_time(day, data.time_unit, language)
        parts.append(text(across.at(day.toordinal()), y, words, anchor=anchor, class_="quiet"))
    return parts


def _table(data: PanelChart, language: str) -> dict[str, tuple[dict[str, object], ...]]:
    days = sorted({point.day for line in data.lines for point in line.points})
    columns: list[dict[str, object]] = [{"key": "day", "label": data.time_label, "numeric": False}]
    columns += [{"key": f"v{index}", "label": line.label, "numeric": True} for index, line in enumerate(data.lines)]
    known = [{point.day: point.value for point in line.points} for line in data.lines]
    rows = []
    for day in days:
        row: dict[str, object] = {"day": time_name(day, data.time_unit, language)}
        rows.append(
            row | {f"v{index}": shown(values.get(day), data.unit, language) for index, values in enumerate(known)}
        )
    return {"columns": tuple(columns), "rows": tuple(rows)}
