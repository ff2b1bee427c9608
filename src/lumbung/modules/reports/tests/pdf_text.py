"""Reads the words of a PDF made by typst: fonts with a ToUnicode map, strings in TJ arrays."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
# A string may hold parentheses without a backslash where they are in pairs, and a glyph may have their number.
PLAIN = rb"(?:\\.|[^()\\])"
PAIRED = rb"(?:" + PLAIN + rb"|\(" + PLAIN + rb"*\))"
INSIDE = rb"(?:" + PLAIN + rb"|\(" + PAIRED + rb"*\))*"
SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\[(?:\(" + INSIDE + rb"\)|[^\](])*\]TJ|\(" + INSIDE + rb"\)Tj", re.DOTALL)
STRING = re.compile(rb"\((" + INSIDE + rb")\)", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(document: bytes) -> list[str]:
    """Every string the pages show, in reading order."""
    objects = {int(number): body for number, body in OBJECT.findall(document)}
    fonts = {}
    for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", document):
        found = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
        assert found
        fonts[name] = _map_of(_stream(objects[int(found[1])]))
    shown = []
    for body in objects.values():
        if b"stream" in body and b"BT" in (content := _stream(body)):
            shown += _strings(content, fonts)
    return shown


def _stream(body: bytes) -> bytes:
    raw = body.split(b"stream", 1)[1].lstrip(b"\r\n")
    try:
        return zlib.decompressobj().decompress(raw)
    except zlib.error:
        return raw


def _map_of(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", cmap.split(b"endcodespacerange", 1)[1])
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _strings(content: bytes, fonts: dict[bytes, dict[int, str]]) -> list[str]:
    shown, font = [], {}
    for found in SHOWN.finditer(content):
        if found[1]:
            font = fonts[found[1]]
            continue
        raw = b"".join(_unescaped(part) for part in STRING.findall(found[0]))
        shown.append("".join(font.get(int.from_bytes(raw[at : at + 2]), "?") for at in range(0, len(raw), 2)))
    return shown


def _unescaped(text: bytes) -> bytes:
    return re.sub(
        rb"\\([0-7]{3}|.)",
        lambda found: bytes([int(found[1], 8)]) if len(found[1]) == 3 else ESCAPES.get(found[1], found[1]),
        text,
        flags=re.DOTALL,
    )
