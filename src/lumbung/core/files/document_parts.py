"""What a document is by its content, whatever its name or header says. Pure; unpacks one small list at most.

Each kind answers with what is wrong with it, "" when nothing is:
damaged     its own structure does not hold together
protected   it needs a password, so nobody could check or read it
active      it carries a program: a macro, a script, an embedded object
hides       it can also be read as something else
heavy       unpacked it would be many times larger
"""

import csv
import io
import re
import struct
import zipfile
from itertools import islice
from typing import Literal

from lumbung.core.files.inspection import OTHER_DOCUMENTS
from lumbung.core.files.kinds import Kind

Fault = Literal["", "damaged", "protected", "active", "hides", "heavy"]

PDF_START, PDF_END = re.compile(rb"%PDF-[12]\.\d"), re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF[\s\x00]*\Z")
PDF_STREAM, PDF_STREAM_END = re.compile(rb"\bstream\r?\n"), b"endstream"
PDF_CROSS_REFERENCE = re.compile(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)")
PDF_PROTECTED = re.compile(rb"/Encrypt\s*(<<|\d+\s+\d+\s+R)")
PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch)(?=[\s/<(\[])")

ZIP_START, ZIP_END, ZIP_END_BYTES = b"PK\x03\x04", b"PK\x05\x06", 22
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_MEMBERS, MOST_LIST_BYTES, MOST_UNPACKED = 5_000, 1_000_000, 200_000_000
CONTENT_TYPES, MOST_CONTENT_TYPES = "[Content_Types].xml", 1_000_000
MAIN_PARTS: dict[Kind, str] = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
MAIN_TYPES: dict[Kind, bytes] = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
}
ACTIVE_TYPES = (b"macroenabled", b"vbaproject", b"activex", b"oleobject")
ACTIVE_NAMES = ("vbaproject.bin", "/activex/", "oleobject")

LINES_LOOKED_AT = 50
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(data: bytes) -> Kind | Literal["protected", "other"]:
    """The kind a document claims to be by its first bytes and parts; "protected" for Office files with a password."""
    if PDF_START.match(data):
        return "pdf"
    if data.startswith(OLD_OFFICE):
        return "protected"
    if data.startswith(ZIP_START):
        return _kind_of_package(data)
    return _kind_of_text(data)


def fault_of(data: bytes, kind: Kind) -> Fault:
    """What is wrong with a document of that kind."""
    if kind == "pdf":
        return _fault_of_pdf(data)
    return _fault_of_package(data, kind) if kind in MAIN_PARTS else _fault_of_text(data)


def _fault_of_pdf(data: bytes) -> Fault:
    end = PDF_END.search(data[-1024:])
    if end is None:
        # Something behind the last mark: an archive appended, or the upload was cut short.
        return "hides" if zipfile.is_zipfile(io.BytesIO(data)) else "damaged"
    if zipfile.is_zipfile(io.BytesIO(data)):
        return "hides"
    place = int(end[1])
    if not PDF_CROSS_REFERENCE.match(data[place : place + 40]) or place >= len(data):
        return "damaged"
    written = _outside_streams(data)
    if any(mark in written[:1024].lower() for mark in OTHER_DOCUMENTS if mark != b"%pdf-"):
        return "hides"
    if PDF_PROTECTED.search(written):
        return "protected"
    return "active" if PDF_ACTIVE.search(written) else ""


def _outside_streams(data: bytes) -> bytes:
    """A PDF without its pictures, fonts and pages: chance does not write words into what is left. Read once."""
    kept, place = [], 0
    while start := PDF_STREAM.search(data, place):
        kept.append(data[place : start.start()])
        end = data.find(PDF_STREAM_END, start.end())
        if end < 0:
            # Nothing closes it: what follows is read as it stands.
            kept.append(data[start.end() :])
            return b"".join(kept)
        place = end + len(PDF_STREAM_END)
    return b"".join([*kept, data[place:]])


def _kind_of_package(data: bytes) -> Kind | Literal["other"]:
    names = _names_of(data)
    return next((kind for kind, part in MAIN_PARTS.items() if part in names), "other")


def _names_of(data: bytes) -> set[str]:
    try:
        with _opened(data) as package:
            return set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return set()


def _opened(data: bytes) -> zipfile.ZipFile:
    """The package, its list known to be short; raises ValueError where it is not."""
    end = data.rfind(ZIP_END)
    if end < 0 or len(data) - end < ZIP_END_BYTES:
        raise ValueError("no end of list")
    members, size = struct.unpack("<HI", data[end + 10 : end + 16])
    if members > MOST_MEMBERS or size > MOST_LIST_BYTES:
        raise ValueError("too many members")
    return zipfile.ZipFile(io.BytesIO(data))


def _ends_where_it_should(data: bytes) -> bool:
    """Whether list and comment end with the file, and nothing lies between members and list."""
    end = data.rfind(ZIP_END)
    size, place, comment = struct.unpack("<IIH", data[end + 12 : end + 22])
    return bool(end + ZIP_END_BYTES + comment == len(data) and place + size == end)


def _fault_of_package(data: bytes, kind: Kind) -> Fault:
    if not _ends_where_it_should(data):
        return "hides"
    try:
        with _opened(data) as package:
            members = package.infolist()
            fault = _fault_of_members(members)
            if fault:
                return fault
            types = package.open(CONTENT_TYPES).read(MOST_CONTENT_TYPES).lower()
    except (KeyError, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError):
        return "damaged"
    if any(word in types for word in ACTIVE_TYPES):
        return "active"
    return "" if MAIN_TYPES[kind] in types else "damaged"


def _fault_of_members(members: list[zipfile.ZipInfo]) -> Fault:
    names = [member.filename.lower() for member in members]
    if any(member.flag_bits & 1 for member in members):
        return "protected"
    if any(name.startswith(("/", "\\")) or ".." in name for name in names) or len(set(names)) != len(names):
        return "damaged"
    if any(word in name for name in names for word in ACTIVE_NAMES):
        return "active"
    return "heavy" if sum(member.file_size for member in members) > MOST_UNPACKED else ""


def _kind_of_text(data: bytes) -> Kind | Literal["other"]:
    text = _as_text(data)
    if text is None:
        return "other"
    return "csv" if _is_table(text) else "txt"


def _as_text(data: bytes) -> str | None:
    if CONTROLS.search(data):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _is_table(text: str) -> bool:
    """Whether the first lines have the same number of columns, at least two, by one of the usual separators."""
    for separator in ",;\t":
        rows = csv.reader(io.StringIO(text), delimiter=separator)
        try:
            widths = [len(row) for row in islice(rows, LINES_LOOKED_AT) if row]
        except csv.Error:
            continue
        if len(widths) > 1 and min(widths) == max(widths) > 1:
            return True
    return False


def _fault_of_text(data: bytes) -> Fault:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith((b"#!", b"<?xml", b"<")):
        return "hides"
    return "hides" if any(mark in data.lower() for mark in OTHER_DOCUMENTS) else ""
