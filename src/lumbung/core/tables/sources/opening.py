"""Recognises a source by its first bytes and opens it with the reader of its kind. Names are only hints."""

import importlib
import re
from pathlib import Path

from lumbung.core.tables.shapes import Kind
from lumbung.core.tables.sources import data_packages, delimited, json_tables, packed
from lumbung.core.tables.sources.base import Caps, Source, Unreadable, Wanted
from lumbung.core.tables.sources.json_stream import Walker

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOOKED_AT = 1 << 16
MARKUP = re.compile(rb"<(?:!doctype|html|\?xml|table|head|body|meta|style|div|script|svg)\b", re.IGNORECASE)
KNOWN_OTHERS = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xfd7zXZ",
)
# Heavy libraries are imported only where their kind of file has come.
SHEETS, PARQUET = "lumbung.core.tables.sources.sheets", "lumbung.core.tables.sources.parquet"


def open_source(path: Path, name: str, *, caps: Caps, wanted: Wanted, scratch: Path) -> Source:
    """The source, ready to give its rows."""
    kind = kind_of(path, caps)
    if kind == "datapackage":
        return _open_package(path, caps, wanted, scratch)
    return _open(path, name, kind, caps, wanted, scratch)


def _open(path: Path, name: str, kind: Kind, caps: Caps, wanted: Wanted, scratch: Path) -> Source:
    found: Source
    if kind in {"xlsx", "xls", "ods"}:
        found = importlib.import_module(SHEETS).open_sheets(path, kind, caps=caps, wanted=wanted)
    elif kind == "parquet":
        found = importlib.import_module(PARQUET).open_parquet(path, caps=caps, scratch=scratch)
    elif kind in {"json", "ndjson", "geojson"}:
        found = json_tables.open_json(path, kind, caps=caps, wanted=wanted)
    else:
        found = delimited.open_delimited(path, name, caps=caps, wanted=wanted)
    return found


def _open_package(path: Path, caps: Caps, wanted: Wanted, scratch: Path) -> Source:
    zipped = _starts(path, packed.ZIP)
    data = data_packages.descriptor_in(path, caps) if zipped else path.read_bytes()
    resource, sheets, reasons = data_packages.choose(data, wanted)
    if "data" in resource or not zipped:
        found = data_packages.open_inline(path, resource, caps=caps)
    else:
        inner = data_packages.unpack(path, resource, caps=caps, scratch=scratch)
        kind = kind_of(inner, caps)
        if kind == "datapackage":
            raise Unreadable("package-in-package")
        plain = Wanted(encoding=wanted.encoding, separator=wanted.separator)
        if kind == "csv":
            plain = data_packages.written_as(resource, plain)
        found = _open(inner, str(resource.get("path")), kind, caps, plain, scratch)
    found.kind, found.sheet, found.sheets = "datapackage", str(resource["name"]), sheets
    found.declared = data_packages.schema_of(resource)
    found.reasons[:0] = reasons
    return found


def _starts(path: Path, sign: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(sign)) == sign


def kind_of(path: Path, caps: Caps) -> Kind:
    """By content; refuses what is no table."""
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Unreadable("empty")
    if head.startswith(packed.ZIP):
        return _kind_of_package(path, caps)
    if head.startswith(OLE):
        return _kind_of_ole(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(KNOWN_OTHERS):
        raise Unreadable("unknown-kind")
    return _kind_of_text(path, head)


def _kind_of_package(path: Path, caps: Caps) -> Kind:
    with packed.opened(path, caps) as package:
        names = set(package.namelist())
        if "xl/workbook.xml" in names:
            return "xlsx"
        if data_packages.DESCRIPTOR in names:
            return "datapackage"
        if "mimetype" in names and b"opendocument.spreadsheet" in packed.text_of(package, "mimetype", most=1_000):
            if b"encryption-data" in packed.text_of(package, "META-INF/manifest.xml", most=packed.BLOCK):
                raise Unreadable("protected")
            return "ods"
    raise Unreadable("unknown-package")


def _kind_of_ole(path: Path) -> Kind:
    """A workbook with a password is an OLE file with a stream of this name, anywhere in it."""
    sign, carried = "EncryptedPackage".encode("utf-16-le"), b""
    with path.open("rb") as file:
        while block := file.read(packed.BLOCK):
            if sign in carried + block:
                raise Unreadable("protected")
            carried = block[-len(sign) :]
    return "xls"


def _kind_of_text(path: Path, head: bytes) -> Kind:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if MARKUP.match(text):
        raise Unreadable("is-a-web-page")
    if text[:1] == b"[":
        return "json" if text[1:].lstrip()[:1] in {b"{", b"]", b"["} else "csv"
    if text[:1] != b"{":
        return "csv"
    with json_tables.walking(path) as walker:
        return _kind_of_object(walker)


def _kind_of_object(walker: Walker) -> Kind:
    """By the keys of the first object, and whether another object follows it."""
    kind: Kind = "json"
    for key in walker.keys():  # noqa: SIM118 - a walk, not a mapping
        value = _skipped(walker) if walker.next_sign() == "[" else walker.value()
        if key == "features" or (key == "type" and value == "FeatureCollection"):
            kind = "geojson"
        if key == "resources":
            kind = "datapackage"
    return "ndjson" if walker.next_sign() == "{" else kind


def _skipped(walker: Walker) -> str:
    """Pass over a list without holding it."""
    return str(sum(1 for _element in walker.elements()))
