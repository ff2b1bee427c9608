"""Parts of a whole in one bar."""

from dataclasses import dataclass

from markupsafe import Markup

from lumbung.core.web.charts.canvas import WIDTH, Chart, element, frame, shown, text

BAR = 40
LINE = 26
SHADES = 6


@dataclass(frozen=True, slots=True)
class Share:
    """One part, as a count."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ShareBar:
    """Parts of a whole. Raises ValueError with more than six parts: shades could not be told apart."""

    title: str
    finding: str
    parts: tuple[Share, ...]
    category: str
    measure: str
    share_label: str

    def __post_init__(self) -> None:
        if len(self.parts) > SHADES:
            raise ValueError(f"{len(self.parts)} parts; expected at most {SHADES} (ShareBar.parts)")


def share_bar(data: ShareBar, language: str = "id") -> Chart:
    """One bar, and below it each part named with a swatch, its share and its count."""
    total = sum(part.count for part in data.parts)
    parts: list[Markup] = []
    x = 0.0
    for index, part in enumerate(data.parts):
        share = part.count / total if total else 0.0
        width = share * WIDTH
        shade = f"p{index + 1} seg"
        parts.append(element("rect", x=round(x, 1), y=0, width=round(width, 1), height=BAR, class_=shade))
        y = BAR + 12 + index * LINE
        words = f"{part.label}: {shown(share, 'share', language)} ({shown(part.count, 'count', language)})"
        parts += [element("rect", x=0, y=y, width=16, height=16, class_=shade), text(26, y + 13, words)]
        x += width
    height = BAR + 16 + len(data.parts) * LINE
    columns = (
        {"key": "label", "label": data.category, "numeric": False},
        {"key": "count", "label": data.measure, "numeric": True},
        {"key": "share", "label": data.share_label, "numeric": True},
    )
    rows = tuple(
        {
            "label": part.label,
            "count": shown(part.count, "count", language),
            "share": shown(part.count / total if total else 0.0, "share", language),
        }
        for part in data.parts
    )
    return Chart(svg=frame(data.title, data.finding, height, parts), columns=columns, rows=rows)
