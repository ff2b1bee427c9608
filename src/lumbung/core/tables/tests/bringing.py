"""Looks and reads without the child, for the rules of reading itself; the child has its own tests."""

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lumbung.core.tables import reading_words
from lumbung.core.tables.shapes import Look, Outcome, Reading
from lumbung.core.tables.sources import looking, opening, plain
from lumbung.core.tables.sources.base import Caps, Unreadable, Wanted

# Gone with the process; a table stays readable until then.
FOLDER = tempfile.TemporaryDirectory(prefix="lumbung-test-tables-")
CAPS = Caps(unpacked_bytes=50_000_000)


def brought(data: bytes | str) -> Path:
    path = Path(tempfile.mkdtemp(dir=FOLDER.name)) / "source"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def look(data: bytes | str, *, name: str = "berkas", wanted: Wanted | None = None) -> Look:
    path = brought(data)
    wanted = wanted or Wanted()
    source = opening.open_source(path, name, caps=CAPS, wanted=wanted, scratch=path.parent)
    found = looking.look(source, wanted, lambda _rows: None)
    assert Look.from_json(found.to_json()) == found
    return found


def read(data: bytes | str, *, reading: Reading | None = None, name: str = "berkas") -> Outcome:
    path = brought(data)
    reading = reading or look(data, name=name).reading
    wanted = Wanted(reading.sheet, reading.encoding, reading.separator)
    source = opening.open_source(path, name, caps=CAPS, wanted=wanted, scratch=path.parent)
    return plain.read(source, reading, path.parent, lambda _rows: None)


def table(outcome: Outcome) -> list[list[str]]:
    """The plain file, header first."""
    with outcome.plain.path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert rows[0] == list(outcome.plain.header)
    assert len(rows) - 1 == outcome.plain.row_count
    return rows


def rows_of(data: bytes | str) -> list[list[str]]:
    """The rows of a file, read as proposed."""
    return table(read(data))[1:]


def codes(notes: Sequence[object]) -> list[str]:
    for note in notes:
        assert "%(" not in reading_words.sentence(note)
    return [note.code for note in notes]


def refused(error: Unreadable) -> tuple[str, object, object]:
    """Rule, row and column of a refusal, and that its sentence can be said."""
    assert "%(" not in reading_words.refusal(error.code, error.params).sentence
    return error.code, error.params.get("row"), error.params.get("column")
