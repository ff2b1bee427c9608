"""What every chart is drawn with: escaped elements, a scale with round ticks, number forms, the frame."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup, escape

from lumbung.core.web import formatting

Unit = Literal["count", "share", "days", "decimal"]
# Narrow, so that words stay legible when a phone shrinks the drawing.
WIDTH = 440


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and the same numbers as a table, in the shape `data_table` takes."""

    svg: Markup
    columns: tuple[Mapping[str, Any], ...]
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values to pixels along one axis."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value; a scale of no length puts everything at its start."""
        span = self.high - self.low
        part = (value - self.low) / span if span else 0.0
        return round(self.start + part * (self.end - self.start), 1)


def element(name: str, content: object = "", /, **attributes: object) -> Markup:
    """One SVG element; `class_` and `stroke_width` become `class` and `stroke-width`, everything is escaped."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{written}>{escape(content)}</{name}>")  # noqa: S704 - both parts are escaped above


def _plain(value: object) -> object:
    return f"{value:g}" if isinstance(value, float) else value


def join(parts: Iterable[Markup]) -> Markup:
    """Elements one after the other."""
    return Markup("").join(parts)


def text(x: float, y: float, words: str, *, class_: str = "", anchor: str | None = None) -> Markup:
    """Words at a place; `anchor` is middle or end."""
    return element("text", words, x=x, y=y, class_=class_ or None, text_anchor=anchor)


def frame(
    title: str,
    finding: str,
    height: float,
    parts: Iterable[Markup],
    *,
    width: float = WIDTH,
    class_: str = "chart",
    role: str = "img",
) -> Markup:
    """The drawing with its name and what it shows, for those who hear the page; a group where it holds links."""
    key = "c" + hashlib.sha256(f"{title}|{finding}|{height}".encode()).hexdigest()[:10]
    words = join([element("title", title, id=f"{key}t"), element("desc", finding, id=f"{key}d")])
    return element(
        "svg",
        words + join(parts),
        class_=class_,
        viewBox=f"0 0 {width:g} {height:g}",
        role=role,
        aria_labelledby=f"{key}t",
        aria_describedby=f"{key}d",
        xmlns="http://www.w3.org/2000/svg",
    )


def shown(value: float | None, unit: Unit, language: str) -> str:
    """A value as printed beside its mark: 62%, 1.234, 4,5."""
    if value is None:
        return "not available" if language == "en" else "tidak tersedia"
    if unit == "share":
        return formatting.percent(value, language=language)
    return formatting.number(value, None if unit in {"decimal", "days"} else 0, language)


def ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round values covering low..high in steps of 1, 2 or 5 times a power of ten."""
    span = (high - low) or abs(high) or 1.0
    raw = span / wanted
    power = 10 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(index * step, 10) for index in range(first, max(last, first + 1) + 1)]
