"""A list of datasets as a CSV file: one row a file, rows of one dataset share its id.

For governments without a portal: a spreadsheet saved as CSV at a lasting address is enough. Headings in Indonesian or
English, in any order; `id`, `judul` and `berkas` are needed.
"""

import csv
import io
from collections.abc import Mapping

from lumbung.modules.open_data.remote import records
from lumbung.modules.open_data.remote.records import Gathered, Page, Unfit, Unreadable

HEADINGS = {
    "id": ("id", "kode"),
    "title": ("judul", "title"),
    "summary": ("ringkasan", "deskripsi", "summary", "description"),
    "publisher": ("penerbit", "produsen data", "publisher"),
    "licence": ("lisensi", "licence", "license"),
    "modified": ("diubah", "dimutakhirkan", "modified"),
    "page": ("halaman", "page"),
    "topic": ("topik", "topic"),
    "frequency": ("jadwal", "frequency"),
    "keywords": ("kata kunci", "keywords"),
    "file": ("berkas", "url", "file"),
    "file_title": ("nama berkas", "file title"),
    "format": ("format",),
    "bytes": ("ukuran", "bytes"),
    "sha256": ("sidik digital", "sha256"),
}
NEEDED = ("id", "title", "file")
FIELD_BYTES = 100_000
Row = Mapping[str, str]


def read(content: bytes, *, base: str) -> Page:
    """Every dataset of the list."""
    rows = _rows(content)
    gathered, together = Gathered(), _by_id(rows)
    for identity, held in together.items():
        first = held[0]
        try:
            gathered.add(
                records.record(
                    identity=identity,
                    name=identity,
                    title={"id": first["title"]},
                    summary={"id": first["summary"]},
                    publisher=first["publisher"],
                    page=first["page"],
                    licence=first["licence"],
                    frequency=first["frequency"],
                    topics=[first["topic"]],
                    modified=first["modified"],
                    keywords=first["keywords"].replace(";", ",").split(","),
                    files=[_file(row) for row in held],
                    base=base,
                )
            )
        except Unfit as unfit:
            gathered.refuse(unfit.code, identity=identity, title=first["title"])
    return gathered.page()


def _by_id(rows: list[Row]) -> dict[str, list[Row]]:
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(row["id"].strip(), []).append(row)
    return together


def _rows(content: bytes) -> list[Row]:
    try:
        told = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("not-utf8") from error
    head = told.partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    csv.field_size_limit(FIELD_BYTES)
    try:
        cells = list(csv.reader(io.StringIO(told), delimiter=separator))
    except csv.Error as error:
        raise Unreadable("not-csv-list") from error
    places = _places(cells[0] if cells else [])
    return [
        {name: row[at] if 0 <= at < len(row) else "" for name, at in places.items()} for row in cells[1:] if any(row)
    ]


def _places(heads: list[str]) -> dict[str, int]:
    known = [head.strip().lower().replace("_", " ") for head in heads]
    places = {
        name: next((known.index(word) for word in words if word in known), -1) for name, words in HEADINGS.items()
    }
    if any(places[name] < 0 for name in NEEDED):
        raise Unreadable("not-csv-list")
    return places


def _file(row: Row) -> dict[str, str]:
    extension = row["file"].rpartition("/")[2].rpartition(".")[2]
    return {
        "title": row["file_title"],
        "format": row["format"] or (extension if 0 < len(extension) <= 8 and extension.isalnum() else ""),
        "url": row["file"],
        "bytes": row["bytes"],
        "sha256": row["sha256"],
    }
