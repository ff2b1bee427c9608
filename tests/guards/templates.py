"""What templates and scripts may not hold: inline script or style, addresses of others, glued sentences."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.guards.tree import SOURCE, Problem

INLINE = (
    (re.compile(r"<style\b", re.IGNORECASE), "a <style> block"),
    (re.compile(r"\sstyle\s*=\s*[\"']", re.IGNORECASE), "a style attribute"),
    # A block of JSON-LD is data for search engines: no browser runs it, and script-src does not concern it.
    (re.compile(r"<script\b(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)", re.IGNORECASE), "an inline <script>"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE), "an on… attribute"),
    (re.compile(r"javascript:", re.IGNORECASE), "a javascript: address"),
)
# A link may lead elsewhere when a person follows it; nothing may be loaded from elsewhere.
LOADED = (
    re.compile(r"\b(?:src|srcset|poster|action|data-src)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    re.compile(
        r"<link\b(?![^>]*rel=[\"']?(?:canonical|alternate|license)\b)[^>]*href\s*=\s*[\"']?(?:https?:)?//",
        re.IGNORECASE,
    ),
    re.compile(r"url\(\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    re.compile(r"@import\b", re.IGNORECASE),
    re.compile(r"\b(?:fetch|import|importScripts|Worker|WebSocket|EventSource)\s*\(\s*[\"'`](?:https?:|wss?:)?//"),
    re.compile(r"\bfrom\s+[\"'](?:https?:)?//"),
)
COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|<!--.*?-->", re.DOTALL)
GLUED = re.compile(r"\b(?:_|gettext|ngettext)\(\s*(?:\"[^\"]*\"|'[^']*')\s*(?:~|\+|%\s*[\w(])")
TEXT_SUFFIXES = {".html", ".txt", ".js", ".css", ".svg", ".typ", ".xml"}


def shown_files(source: Path = SOURCE) -> list[Path]:
    """Every template and static text file of ours."""
    rooms = ("templates", "static", "django_templates")
    paths = [path for room in rooms for path in source.rglob(f"{room}/**/*") if path.suffix in TEXT_SUFFIXES]
    return sorted(set(paths))


def inline_problems(name: str, text: str) -> Iterator[Problem]:
    """Inline script and style in a template or in a page."""
    for line, content in _lines(text):
        for pattern, what in INLINE:
            if pattern.search(content):
                yield Problem(f"{name}:{line}", f"{what}: the Content-Security-Policy refuses it")


def foreign_problems(name: str, text: str) -> Iterator[Problem]:
    """Anything a browser would fetch from another host."""
    for line, content in _lines(text):
        if any(pattern.search(content) for pattern in LOADED):
            yield Problem(f"{name}:{line}", "loads from another host; serve it ourselves")


def glued_problems(name: str, text: str) -> Iterator[Problem]:
    """Sentences put together inside _()."""
    for line, content in _lines(text):
        if GLUED.search(content):
            yield Problem(f"{name}:{line}", "a sentence glued together inside _(): use a named placeholder")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    # Comments go, their line breaks stay, so that the line numbers are right.
    bare = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    yield from enumerate(bare.split("\n"), start=1)
