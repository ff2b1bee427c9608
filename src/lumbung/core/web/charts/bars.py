"""Bars, lying or standing. The axis always starts at zero."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from lumbung.core.web.charts.canvas import WIDTH, Chart, Scale, Unit, element, frame, join, shown, text

ROW = 34
LABEL_SHARE = 0.36
CHARACTERS = 28
STANDING_HEIGHT = 280


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `value` None is "not available"; `low` and `high` its uncertainty; `main` takes the accent."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    main: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars of one measure. Raises ValueError for a negative value: a bar from zero could not show it."""

    title: str
    finding: str
    bars: tuple[Bar, ...]
    category: str
    measure: str
    unit: Unit = "count"
    direction: Literal["lying", "standing"] = "lying"

    def __post_init__(self) -> None:
        for bar in self.bars:
            if bar.value is not None and bar.value < 0:
                raise ValueError(f"bar {bar.label!r} has value {bar.value}; expected 0 or more (BarChart.bars)")


def bar_chart(data: BarChart, language: str = "id") -> Chart:
    """The bars with each value written beside its bar."""
    draw = _lying if data.direction == "lying" else _standing
    rows = tuple({"label": bar.label, "value": shown(bar.value, data.unit, language)} for bar in data.bars)
    columns = (
        {"key": "label", "label": data.category, "numeric": False},
        {"key": "value", "label": data.measure, "numeric": True},
    )
    return Chart(svg=draw(data, language), columns=columns, rows=rows)


def _top(bars: tuple[Bar, ...]) -> float:
    return max([bar.high or bar.value or 0 for bar in bars] + [0]) or 1.0


def _short(label: str, most: int) -> str:
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def _lying(data: BarChart, language: str) -> Markup:
    left = WIDTH * LABEL_SHARE
    scale = Scale(0, _top(data.bars), left, WIDTH - 72)
    parts = [
        join(_lying_bar(bar, index * ROW, left, scale, data.unit, language)) for index, bar in enumerate(data.bars)
    ]
    height = max(len(data.bars), 1) * ROW + 4
    parts.append(element("path", d=f"M{left:g} 0V{height}", class_="zero"))
    return frame(data.title, data.finding, height, parts)


def _lying_bar(bar: Bar, y: float, left: float, scale: Scale, unit: Unit, language: str) -> list[Markup]:
    middle = y + ROW / 2
    parts = [text(left - 10, middle + 5, _short(bar.label, CHARACTERS), anchor="end", class_="strong" if bar.main else "")]
    end = left
    if bar.value is not None:
        width = round(scale.at(bar.value) - left, 1)
        parts.append(element("rect", x=left, y=y + 6, width=width, height=ROW - 12, class_="bar main" if bar.main else "bar"))
        end = left + width
    if bar.low is not None and bar.high is not None:
        from_x, to_x = scale.at(bar.low), scale.at(bar.high)
        parts.append(element("path", d=f"M{from_x:g} {middle - 4:g}v8m0-4H{to_x:g}m0-4v8", class_="whisker"))
        end = max(end, to_x)
    words = shown(bar.value, unit, language)
    parts.append(text(end + 8, middle + 5, words, class_="strong" if bar.main else ""))
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
        parts.append(text(middle, top - 6, shown(bar.value, data.unit, language), anchor="middle", class_="strong"))
        parts.append(text(middle, bottom + 20, _short(bar.label, int(step / 7) or 1), anchor="middle", class_="quiet"))
    parts.append(element("path", d=f"M0 {bottom}H{WIDTH}", class_="zero"))
    return frame(data.title, data.finding, STANDING_HEIGHT, parts)
