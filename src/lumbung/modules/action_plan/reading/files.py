"""Which reader an uploaded file is for, told by its content; names of files are not kept."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.modules.action_plan.reading import decidim, front_matter, limited, matrix, record
from lumbung.modules.action_plan.reading.outcome import Known, Row

MOST_BYTES = 5_000_000
MOST_FILES = 40
# PDF, programs, tables and documents of the years before 2007.
OTHERS = (b"%PDF", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read(files: Sequence[bytes], known: Known, *, plan: str) -> tuple[str, list[Row]]:
    """The kind of the files and their rows; several files only where each is one commitment (Markdown)."""
    if not files or not all(files):
        raise Refused("import-empty", _("The file is empty. Choose another one."), field="files")
    if any(len(each) > MOST_BYTES for each in files) or len(files) > MOST_FILES:
        raise Refused(
            "import-too-large",
            _("At most %(count)s files of %(size)s MB are read at a time."),
            field="files",
            count=MOST_FILES,
            size=MOST_BYTES // 1_000_000,
        )
    kinds = {kind_of(each) for each in files}
    if len(kinds) > 1 or (len(files) > 1 and kinds != {"markdown"}):
        raise Refused("import-of-several-kinds", _("Choose one file, or several Markdown files."), field="files")
    kind = kinds.pop()
    rows = _rows(kind, files, known, plan)
    if not rows:
        raise Refused(
            "import-without-commitments",
            _("No commitment was found. A table needs a row of headers, one of them “Komitmen” or “Judul komitmen”."),
            field="files",
        )
    return kind, rows


def kind_of(data: bytes) -> str:
    """record, matrix, markdown or decidim."""
    start = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:3]
    if data[:4] == b"PK\x03\x04":
        return "matrix"
    if data.startswith(OTHERS) or (b"\x00" in data[:1_000] and not data.startswith(UTF_16)):
        raise Refused(
            "import-of-unknown-kind",
            _("No plan can be read from a file of this kind. Choose XLSX, DOCX, JSON, CSV or Markdown."),
            field="files",
        )
    if start[:1] == b"{":
        return "record"
    return "markdown" if start == b"---" else "decidim"


def _rows(kind: str, files: Sequence[bytes], known: Known, plan: str) -> list[Row]:
    if kind == "matrix":
        return matrix.rows_of(limited.tables_of(files[0]), known)
    if kind == "record":
        return record.rows_of(files[0], known, plan=plan)
    if kind == "markdown":
        return [front_matter.row_of(_text(each), known, place=str(at)) for at, each in enumerate(files, start=1)]
    return decidim.rows_of(_text(files[0]), known)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refused(
            "import-not-utf8", _("The file is not written in UTF-8. Save it as UTF-8, then try again."), field="files"
        ) from error
