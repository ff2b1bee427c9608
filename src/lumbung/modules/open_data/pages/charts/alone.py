"""A drawing that leaves our pages, and their stylesheet: with its colours, title and source inside."""

import re
from collections.abc import Sequence
from typing import Any

from markupsafe import escape

from lumbung.modules.open_data.pages.charts import colours

SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
LINKS = re.compile(r"</?a\b[^>]*>")
# Drawn twice as large, so that it is legible where it opens.
TWICE, WIDE = 2, 800


def source_of(shown: Any) -> tuple[str, ...]:
    """Where the figures come from, where they stand, and the fingerprint of the file."""
    source = f"{shown.dataset.producer.name}. {shown.title} (v{shown.release.number})."
    return source, shown.links.release, f"SHA-256 {shown.table.version.csv_sha256}"


def drawing(svg: str, title: str, finding: str, source: Sequence[str], accent: str) -> str:
    """The drawing as a file. Ways nearer are left out: they lead nowhere from there."""
    size = SIZE.search(svg)
    width, height = (float(size[1]), float(size[2])) if size else (440.0, 300.0)
    body = LINKS.sub("", svg[svg.index(">") + 1 : svg.rindex("</svg>")])
    lines = [
        f'<text x="0" y="-34" class="strong head">{escape(title)}</text>',
        f'<text x="0" y="-14" class="quiet">{escape(finding)}</text>',
        *(
            f'<text x="0" y="{height + 24 + 18 * place:g}" class="quiet">{escape(words)}</text>'
            for place, words in enumerate(source)
        ),
    ]
    larger = 1 if width > WIDE else TWICE
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="-16 -60 {width + 32:g} '
        f'{height + 134:g}" width="{(width + 32) * larger:g}" height="{(height + 134) * larger:g}">'
    )
    style = f"<style>{colours.style_of(accent)}</style>"
    return (
        f'{opening}{style}<rect x="-16" y="-60" width="100%" height="100%" class="paper"/>{body}{"".join(lines)}</svg>'
    )
