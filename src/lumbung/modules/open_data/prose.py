"""The text of a story: a small, safe part of Markdown. Pure; gives plain values, never markup.

    ## Heading        - list        > quote        **strong**  *stressed*  [words](https://… or /…)

An address alone on its line is a view: a chart or a table of this installation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "list", "quote", "view"]
INLINE = re.compile(
    r"\*\*(?P<strong>(?!\s)[^*\n]+(?<!\s))\*\*|(?<!\*)\*(?P<stressed>(?!\s)[^*\n]+(?<!\s))\*"
    r"|\[(?P<words>[^\]\n]+)\]\((?P<address>(?:https://|/(?!/))[^\s()]+)\)"
)
ALONE = re.compile(r"(?:https?://\S+|/\S+)\Z")
HEADING, ITEM, QUOTE = re.compile(r"#{2,3}\s+(.+)"), re.compile(r"[-*]\s+(.+)"), re.compile(r">\s?(.*)")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words: plain, strong, stressed, or a link where `address` is given."""

    words: str
    kind: Literal["plain", "strong", "stressed", "link"] = "plain"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a story. A list has several lines of spans, everything else one; a view has its address.

    line  where it begins, counted from 1, so that a mistake can be named
    """

    kind: Kind
    lines: tuple[tuple[Span, ...], ...] = ()
    address: str = ""
    line: int = 0


def blocks_of(text: str) -> tuple[Block, ...]:
    """The pieces of a text, in order."""
    return tuple(_blocks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def views_of(text: str) -> list[Block]:
    """The views of a text."""
    return [block for block in blocks_of(text) if block.kind == "view"]


def spans_of(text: str) -> tuple[Span, ...]:
    """Words with what is marked in them."""
    found, at = [], 0
    for match in INLINE.finditer(text):
        if match.start() > at:
            found.append(Span(text[at : match.start()]))
        found.append(_span(match))
        at = match.end()
    rest = text[at:]
    return (*found, Span(rest)) if rest else tuple(found)


def _span(match: re.Match[str]) -> Span:
    if match["strong"]:
        return Span(match["strong"], "strong")
    if match["stressed"]:
        return Span(match["stressed"], "stressed")
    return Span(match["words"], "link", match["address"])


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Lines that belong together as one block."""
    held: list[str] = []
    kind: Kind = "paragraph"
    began = 1
    for number, raw in enumerate([*lines, ""], start=1):
        told, words = _kind_of(raw.strip())
        if held and (told != kind or not words or told in {"heading", "view"}):
            yield _block(kind, held, began)
            held = []
        if words:
            began = began if held else number
            kind, held = told, [*held, words]


def _kind_of(line: str) -> tuple[Kind, str]:
    if match := HEADING.fullmatch(line):
        return "heading", match[1]
    if match := ITEM.fullmatch(line):
        return "list", match[1]
    if match := QUOTE.fullmatch(line):
        return "quote", match[1]
    return ("view", line) if ALONE.match(line) else ("paragraph", line)


def _block(kind: Kind, held: list[str], line: int) -> Block:
    if kind == "view":
        return Block(kind, address=held[0], line=line)
    if kind == "list":
        return Block(kind, tuple(spans_of(each) for each in held), line=line)
    return Block(kind, (spans_of(" ".join(held)),), line=line)
