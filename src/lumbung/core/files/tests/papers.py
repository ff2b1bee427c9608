"""Good and hostile documents, made here so that none is kept in the repository."""

import io
import zipfile
from collections.abc import Callable

import openpyxl

OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{OFFICE}.wordprocessingml.document.main+xml"
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
PAGE = b"<!DOCTYPE html><script>alert(document.domain)</script>"


def pdf(*, catalog: bytes = b"", trailer: bytes = b"", stream: bytes = b"BT ET") -> bytes:
    """The smallest document of one empty page, its table of places right."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
    )
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"trailer\n<< /Size %d /Root 1 0 R " % size + trailer + b" >>\nstartxref\n%d\n%%%%EOF\n" % start


def package(members: dict[str, bytes], *, main: str = WORD) -> bytes:
    """An Office package of one main part, and whatever else."""
    out = io.BytesIO()
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", "<Relationships/>")
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def docx(**members: bytes) -> bytes:
    """A text of Word."""
    return package({"word/document.xml": b"<w:document/>", **members})


def xlsx() -> bytes:
    """A sheet of Excel."""
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["desa", "jumlah"])
    book.save(out)
    return out.getvalue()


def archive() -> bytes:
    """A plain archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as found:
        found.writestr("run.sh", "echo")
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """The package with the mark of encryption on each member, in both places where it stands."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(mark, place + 4)
    return bytes(changed)


GOOD: dict[str, tuple[Callable[[], bytes], str]] = {
    "pdf": (pdf, "pdf"),
    "pdf signed, with zeros behind": (lambda: pdf() + b"\x00" * 8, "pdf"),
    "pdf whose picture holds any bytes": (lambda: pdf(stream=b"/JS (x) /Encrypt 5 0 R <html"), "pdf"),
    "docx": (docx, "docx"),
    "xlsx": (xlsx, "xlsx"),
    "csv": (lambda: b"desa;jumlah\nSeteluk;3\nTaliwang;4\n", "csv"),
    "csv with a line break in a cell": (lambda: b'desa,catatan\nSeteluk,"satu\ndua"\n', "csv"),
    "txt": ("Catatan rapat, 26 Maret 2026.\nHadir: 12 lembaga – semua sektor.\n".encode, "txt"),
}

# What is sent: how it is made, and the code of the refusal it meets.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zero bytes": (lambda: b"", "document-empty"),
    "more than ten megabytes": (lambda: pdf(stream=b"\x00" * 10_000_001), "document-too-large"),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "document-hides-a-file"),
    "page": (lambda: PAGE, "document-hides-a-file"),
    "page behind words": (lambda: b"Catatan.\n" * 9000 + PAGE, "document-hides-a-file"),
    "shell script": (lambda: b"#!/bin/sh\nrm -rf /\n", "document-hides-a-file"),
    "program of windows": (lambda: b"MZ\x90\x00" + b"\x00" * 500, "document-kind-not-accepted"),
    "program of linux": (lambda: b"\x7fELF\x02\x01\x01" + b"\x00" * 500, "document-kind-not-accepted"),
    "text in another code page": (lambda: "Kota é".encode("latin-1"), "document-kind-not-accepted"),
    "archive": (archive, "document-kind-not-accepted"),
    "archive with a broken list": (lambda: archive()[:-30], "document-kind-not-accepted"),
    "archive that claims 65,535 members": (
        lambda: docx()[:-12] + b"\xff\xff" + docx()[-10:],
        "document-kind-not-accepted",
    ),
    "old office, or office with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        "document-is-protected",
    ),
    "locked package": (lambda: locked(docx()), "document-is-protected"),
    "macros by their part": (lambda: docx(**{"word/vbaProject.bin": b"x"}), "document-carries-a-program"),
    "macros by their type": (
        lambda: package({"word/document.xml": b"<w:document/>"}, main=WORD_WITH_MACROS),
        "document-carries-a-program",
    ),
    "embedded object": (lambda: docx(**{"word/embeddings/oleObject1.bin": b"x"}), "document-carries-a-program"),
    "active control": (lambda: docx(**{"word/activeX/activeX1.xml": b"x"}), "document-carries-a-program"),
    "path out of the package": (lambda: docx(**{"../../etc/cron.d/x": b"x"}), "document-damaged"),
    "package of something else": (
        lambda: package({"word/document.xml": b"x"}, main="text/html"),
        "document-damaged",
    ),
    "package with a page in front of its list": (
        lambda: (found := docx())[: found.index(b"PK\x01\x02")] + PAGE + found[found.index(b"PK\x01\x02") :],
        "document-hides-a-file",
    ),
    "package with a page behind": (lambda: docx() + PAGE, "document-hides-a-file"),
    "package that unpacks to 300 megabytes": (
        lambda: docx(**{"word/media/zeros.xml": b"\x00" * 300_000_000}),
        "document-too-heavy",
    ),
    "pdf cut short": (lambda: pdf()[:-20], "document-damaged"),
    "pdf whose table is elsewhere": (lambda: pdf().replace(b"startxref\n", b"startxref\n9"), "document-damaged"),
    "pdf with a password": (lambda: pdf(trailer=b"/Encrypt 5 0 R"), "document-is-protected"),
    "pdf with a script": (
        lambda: pdf(catalog=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        "document-carries-a-program",
    ),
    "pdf that starts a program": (
        lambda: pdf(catalog=b"/OpenAction << /S /Launch /F (cmd) >>"),
        "document-carries-a-program",
    ),
    "pdf that is an archive": (lambda: pdf() + archive(), "document-hides-a-file"),
    "pdf with a page in front": (lambda: PAGE + pdf(), "document-kind-not-accepted"),
    "pdf with a page in its first lines": (
        lambda: pdf(catalog=b"/X (<html><script>1</script>)"),
        "document-hides-a-file",
    ),
}
