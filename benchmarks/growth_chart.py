"""Cost against size as a drawing for the documentation, both axes by powers of ten.

Processor seconds, since a clock on a shared machine measures its neighbours; and the peak of memory.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lumbung.core.web.charts.canvas import Scale, element, frame, join

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 490.0, 330.0, 64.0, 330.0, 56.0, 270.0
NAMES = {
    "page": "filtered, sorted page",
    "group": "group by place and year",
    "facet": "facet of 60 values",
    "export": "everything as CSV",
    "ingest": "CSV taken in",
}
COLOURS = {"page": "#0b5c46", "group": "#1f4e9e", "facet": "#8a5a00", "export": "#8c2f5e", "ingest": "#4b4b4b"}
Found = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Axis:
    """Powers of ten between two exponents."""

    scale: Scale

    def at(self, value: float) -> float:
        return self.scale.at(math.log10(value))


def drawing(found: Found) -> str:
    """Both panels as one SVG that needs no style sheet."""
    panels = (
        element("g", _panel(found, "Processor seconds", "cpu")),
        element("g", _panel(found, "Peak memory, MB", "mb"), transform=f"translate({WIDTH:g} 0)"),
    )
    paper = element("rect", x=0, y=0, width=2 * WIDTH, height=HEIGHT, fill="#ffffff")
    body = element("g", join([paper, *panels]), font_family="system-ui, sans-serif", font_size=12, fill="#1c1c1c")
    told = frame("Cost as a table grows", _finding(found), HEIGHT, [body], width=2 * WIDTH)
    return f"{told}\n"


def _finding(found: Found) -> str:
    parts = []
    for key, name in NAMES.items():
        each = [f"{size} million {held[key]['cpu']:.2g} s" for size, held in found.items() if key in held]
        parts.append(f"{name}: {', '.join(each)}")
    return "; ".join(parts)


def _panel(found: Found, title: str, what: str) -> Any:
    values = [held[key][what] for held in found.values() for key in NAMES if key in held]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    up = Axis(Scale(low, max(high, low + 1), BOTTOM, TOP))
    over = Axis(Scale(math.log10(min(found)), max(math.log10(max(found)), 0.5), LEFT, RIGHT))
    grid = [_grid(10.0**power, up.at(10.0**power)) for power in range(low, max(high, low + 1) + 1)]
    sizes = [_words(over.at(size), BOTTOM + 20, f"{size} M", anchor="middle") for size in found]
    head = [_words(LEFT, 28, title, weight="600"), _words(LEFT, HEIGHT - 20, "rows of twelve columns")]
    return join([*head, *grid, *sizes, *_lines(found, what, over, up)])


def _grid(value: float, y: float) -> Any:
    line = element("line", x1=LEFT, x2=RIGHT, y1=y, y2=y, stroke="#d5d5d5", stroke_width=1)
    return line + _words(LEFT - 8, y + 4, f"{value:g}", anchor="end")


def _lines(found: Found, what: str, over: Axis, up: Axis) -> list[Any]:
    points = {
        key: [(over.at(size), up.at(held[key][what])) for size, held in found.items() if key in held] for key in NAMES
    }
    points = {key: held for key, held in points.items() if held}
    labels = dict(zip(points, apart([held[-1][1] for held in points.values()], 16), strict=True))
    drawn = []
    for key, held in points.items():
        path = " ".join(f"{x:g},{y:g}" for x, y in held)
        drawn.append(element("polyline", points=path, fill="none", stroke=COLOURS[key], stroke_width=2))
        drawn += [element("circle", cx=x, cy=y, r=3.5, fill=COLOURS[key]) for x, y in held]
        drawn.append(_words(RIGHT + 10, labels[key] + 4, NAMES[key], fill=COLOURS[key]))
    return drawn


def apart(places: Sequence[float], gap: float) -> list[float]:
    """Label positions moved down just enough not to overlap, in the order given."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    result = list(places)
    for before, after in pairwise(order):
        result[after] = max(result[after], result[before] + gap)
    return result


def _words(
    x: float, y: float, said: str, *, anchor: str | None = None, weight: str | None = None, fill: str | None = None
) -> Any:
    return element("text", said, x=x, y=y, text_anchor=anchor, font_weight=weight, fill=fill)
