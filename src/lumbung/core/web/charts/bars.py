"""Bars, lying or standing. The axis always starts at zero."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from lumbung.core.web.charts.canvas import WIDTH, Chart, Scale, Unit, element, frame, join, shown, text

ROW = 48
BAR_TOP, BAR_HEIGHT = 20, 20
# Right of the longest bar; a phone shrinks the drawing and not its letters.
VALUE_SPACE, CHARACTER_WIDTH, VALUE_GAP = 64, 10.5, 8
CHARACTERS = 50
STANDING_HEIGHT = 280


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `value` None is "not available"; `low` and `high` its uncertainty; `main` takes the accent.

    mark     a sign behind the value, explained beside the chart
    instead  why there is no value, where it is not simply not available: nil, hidden
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    main: bool = False
    mark: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars of one measure; below zero they lie to the left. Raises ValueError for a standing bar below zero."""

    title: str
    finding: str
    bars: tuple[Bar, ...]
    category: str
    measure: str
    unit: Unit = "count"
    direction: Literal["lying", "standing"] = "lying"

    def __post_init__(self) -> None:
        for bar in self.bars:
            if self.direction == "standing" and bar.value is not None and bar.value < 0:
                raise ValueError(f"bar {bar.label!r} has value {bar.value}; expected 0 or more (BarChart.bars)")


def bar_chart(data: BarChart, language: str = "id") -> Chart:
    """The bars with each value written beside its bar."""
    draw = _lying if data.direction == "lying" else _standing
    rows = tuple({"label": bar.label, "value": _said(bar, data.unit, language)} for bar in data.bars)
    columns = (
        {"key": "label", "label": data.category, "numeric": False},
        {"key": "value", "label": data.measure, "numeric": True},
    )
    return Chart(svg=draw(data, language), columns=columns, rows=rows)


def _said(bar: Bar, unit: Unit, language: str) -> str:
    """The value as written beside its bar."""
    if bar.value is None and bar.instead:
        return bar.instead
    return shown(bar.value, unit, language) + bar.mark


def _bottom(bars: tuple[Bar, ...]) -> float:
    return min([bar.low or bar.value or 0 for bar in bars] + [0])


def _top(bars: tuple[Bar, ...]) -> float:
    return max([bar.high or bar.value or 0 for bar in bars] + [0]) or 1.0


def _short(label: str, most: int) -> str:
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def _lying(data: BarChart, language: str) -> Markup:
    """Each bar under its name: long names of offices stay whole on a phone."""
    low = _bottom(data.bars)
    scale = Scale(low, _top(data.bars), 0, WIDTH - _value_space(data, language))
    parts = [join(_lying_bar(bar, index * ROW, scale, data.unit, language)) for index, bar in enumerate(data.bars)]
    height = max(len(data.bars), 1) * ROW
    parts.append(element("path", d=f"M{scale.at(0):g} 0V{height}", class_="zero"))
    return frame(data.title, data.finding, height, parts)


def _value_space(data: BarChart, language: str) -> float:
    said = [_said(bar, data.unit, language) for bar in data.bars if bar.value is not None]
    return max(VALUE_SPACE, VALUE_GAP + CHARACTER_WIDTH * max(map(len, said), default=0))


def _lying_bar(bar: Bar, y: float, scale: Scale, unit: Unit, language: str) -> list[Markup]:
    kind, strong = ("bar main", "strong") if bar.main else ("bar", "")
    top, middle = y + BAR_TOP, y + BAR_TOP + BAR_HEIGHT / 2
    parts = [text(4, y + 14, _short(bar.label, CHARACTERS), class_=strong)]
    zero, end = scale.at(0), scale.at(bar.value or 0)
    if bar.value is not None:
        start, width = min(zero, end), round(abs(end - zero), 1)
        parts.append(element("rect", x=start, y=top, width=width, height=BAR_HEIGHT, class_=kind))
    end = max(zero, end)
    if bar.low is not None and bar.high is not None:
        low, high = scale.at(bar.low), scale.at(bar.high)
        parts.append(element("path", d=f"M{low:g} {middle - 4:g}v8m0-4H{high:g}m0-4v8", class_="whisker"))
        end = max(end, high)
    parts.append(text(end + VALUE_GAP, middle + 5, _said(bar, unit, language), class_=strong))
    return parts


def _standing(data: BarChart, language: str) -> Markup:
    bottom = STANDING_HEIGHT - 28
    scale = Scale(0, _top(data.bars), bottom, 24)
    step = WIDTH / max(len(data.bars), 1)
    parts = []
    for index, bar in enumerate(data.bars):
        middle = (index + 0.5) * step
        top = scale.at(bar.value or 0)
        width = min(step * 0.7, 72)
        if bar.value is not None:
            parts.append(
                element(
                    "rect",
                    x=round(middle - width / 2, 1),
                    y=top,
                    width=round(width, 1),
                    height=round(bottom - top, 1),
                    class_="bar main" if bar.main else "bar",
                )
            )
        if bar.low is not None and bar.high is not None:
            low, high = scale.at(bar.low), scale.at(bar.high)
            parts.append(element("path", d=f"M{middle - 4:g} {low:g}h8m-4 0V{high:g}m-4 0h8", class_="whisker"))
            top = min(top, high)
        parts.append(text(middle, top - 6, _said(bar, data.unit, language), anchor="middle", class_="strong"))
        parts.append(
            text(middle, bottom + 20, _short(bar.label, max(int(step / 8), 2)), anchor="middle", class_="quiet")
        )
    parts.append(element("path", d=f"M0 {bottom}H{WIDTH}", class_="zero"))
    return frame(data.title, data.finding, STANDING_HEIGHT, parts)
