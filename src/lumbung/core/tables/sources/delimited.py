"""Reads CSV and its kin: encodings and separators are found with evidence, quoting is strict, nothing is trimmed."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from lumbung.core.tables.shapes import Note
from lumbung.core.tables.sources.base import Caps, Dialect, Rows, Source, Unreadable, Wanted, batch_rows, guard_size

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")
SEPARATORS = (",", ";", "\t", "|")
BLOCK = 1 << 20
LOOKED_AT = 1 << 16
SAMPLE_ROWS = 200
NUL = "\x00"
# What ends a line and so is no sign of a binary file.
QUIET_CONTROLS = b"\t\n\r\x0c\x1a\x1b"


def open_delimited(path: Path, name: str, *, caps: Caps, wanted: Wanted) -> Source:
    """The source with its encoding and separator: those wanted, else those found."""
    found = Delimited(path, caps, kind="csv")
    found.dialect, found.header_rows = wanted.dialect, wanted.dialect.header_rows
    found.encoding = wanted.encoding or _encoding_of(path, found)
    if found.encoding not in ENCODINGS:
        raise Unreadable("unknown-encoding", encoding=found.encoding)
    found.separator = wanted.separator or _separator_of(found, name)
    if found.separator not in SEPARATORS:
        raise Unreadable("unknown-separator", separator=found.separator)
    return found


class Delimited(Source):
    """A file of separated values."""

    dialect = Dialect()

    def batches(self) -> Iterator[Rows]:
        csv.field_size_limit(self.caps.cell_chars)
        may_hold_nul = self.encoding.startswith("utf-16") or _holds_nul(self.path)
        with self.path.open(encoding=self.encoding, newline="") as file:
            blanks = self.dialect.skips_blanks
            reader = csv.reader(file, delimiter=self.separator, strict=True, skipinitialspace=blanks)
            row, width = 0, 1
            while batch := self._batch(reader, row, batch_rows(width)):
                width = max(map(len, batch))
                if may_hold_nul:
                    _refuse_nul(batch, row)
                for key, sign in self.dialect.signs:
                    _refuse_sign(batch, key, sign)
                row += len(batch)
                guard_size(self.caps, rows=row, columns=width)
                yield batch

    def _batch(self, reader: Iterator[list[str]], row: int, size: int) -> Rows:
        batch: Rows = []
        try:
            batch.extend(islice(reader, size))
        except csv.Error as error:
            # What was read before the fault stays in the list: the fault is in the row after it.
            raise _fault(error, row + len(batch) + 1, self.caps) from error
        except UnicodeDecodeError as error:
            raise self._undecodable(error) from error
        return batch

    def _undecodable(self, error: UnicodeDecodeError) -> Unreadable:
        row = row_of_bad_byte(self.path, self.encoding, self.separator)
        shown = error.object[error.start : error.start + 1].hex().upper()
        return Unreadable("not-in-encoding", row=row, byte=shown, encoding=self.encoding)


def _fault(error: csv.Error, row: int, caps: Caps) -> Unreadable:
    words = str(error)
    if "field larger" in words:
        return Unreadable("cell-too-long", row=row, column="?", limit=caps.cell_chars)
    if "unexpected end" in words:
        return Unreadable("quote-never-closed", row=row)
    return Unreadable("quote-inside-cell", row=row)


def _holds_nul(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b"\0" in block for block in iter(lambda: file.read(BLOCK), b""))


def _refuse_nul(batch: Rows, before: int) -> None:
    for row, cells in enumerate(batch, start=before + 1):
        for column, cell in enumerate(cells, start=1):
            if NUL in cell:
                raise Unreadable("nul", row=row, column=column)


def _refuse_sign(batch: Rows, key: str, sign: str) -> None:
    """A sign the file itself says is no letter; a comment begins a line."""
    if key == "commentChar":
        stands = any(row[0].startswith(sign) for row in batch if row)
    else:
        stands = any(sign in cell for row in batch for cell in row)
    if stands:
        raise Unreadable("dialect-not-read", key=key, value=sign)


def row_of_bad_byte(path: Path, encoding: str, separator: str) -> int:
    """The row in which the first byte stands that the encoding does not know."""
    if encoding.startswith("utf-16"):
        return 0
    with path.open("rb") as file:
        good = csv.reader(_lines_until_bad(file, encoding), delimiter=separator)
        # The line of the bad byte comes last, its row too.
        return sum(1 for _ in good)


def _lines_until_bad(file: io.BufferedReader, encoding: str) -> Iterator[str]:
    for line in file:
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError:
            yield line.decode(encoding, errors="replace")
            return


def _encoding_of(path: Path, found: Source) -> str:
    """By its first bytes; else UTF-8 where every byte agrees; else Windows-1252 or Latin-1 as a doubt with evidence."""
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    marked = _by_mark(head)
    if marked:
        found.reasons.append(Note("encoding-by-mark", {"encoding": marked}))
        return marked
    _refuse_binary(head)
    bad = _first_bad_byte(path)
    if bad is None:
        found.reasons.append(Note("encoding-every-byte", {"encoding": "UTF-8"}))
        return "utf-8"
    return _older_encoding(path, bad, found)


def _by_mark(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    half = len(head) // 2
    if half > 1 and head[1::2].count(0) > 0.7 * half and head[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if half > 1 and head[::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _refuse_binary(head: bytes) -> None:
    controls = sum(1 for byte in head if byte < 32 and byte not in QUIET_CONTROLS)
    if controls > max(16, len(head) // 20):
        raise Unreadable("unknown-kind")


def _first_bad_byte(path: Path) -> int | None:
    decoder, place = codecs.getincrementaldecoder("utf-8")(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                return place - held + error.start
            place += len(block)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return max(0, place - 1)
    return None


def _older_encoding(path: Path, bad: int, found: Source) -> str:
    encoding = "cp1252" if _decodes(path, "cp1252") else "latin-1"
    with path.open("rb") as file:
        file.seek(max(0, bad - 20))
        around = file.read(40).decode(encoding, errors="replace")
    shown = " ".join(around.splitlines())
    found.doubts.append(Note("older-encoding", {"encoding": encoding, "sample": shown, "byte": bad + 1}))
    return encoding


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _separator_of(found: Source, name: str) -> str:
    """The separator that gives the first rows the same number of cells, more than one."""
    with found.path.open(encoding=found.encoding, newline="", errors="replace") as file:
        sample = file.read(LOOKED_AT)
    if sample[:5].lower() == "sep=" + sample[4:5] and sample[4:5] in SEPARATORS:
        found.reasons.append(Note("separator-told", {"separator": sample[4]}))
        return sample[4]
    scores = {separator: _score(sample, separator) for separator in SEPARATORS}
    usual = "\t" if name.lower().endswith((".tsv", ".tab")) else ","
    best = max(SEPARATORS, key=lambda separator: (scores[separator], separator == usual))
    share, cells = scores[best]
    if cells < 2:
        found.reasons.append(Note("separator-none"))
        return usual
    found.reasons.append(Note("separator-by-count", {"separator": best, "cells": cells, "percent": round(share * 100)}))
    return best


def _score(sample: str, separator: str) -> tuple[float, int]:
    """Share of the rows that have the usual number of cells, and that number; nothing where it is one."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    widths: Counter[int] = Counter()
    try:
        widths.update(len(row) for row in islice(rows, SAMPLE_ROWS) if any(row))
    except csv.Error:
        if not widths:
            return 0.0, 0
    wide = Counter({width: count for width, count in widths.items() if width > 1})
    if not wide:
        return 0.0, 0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return round(count / widths.total(), 2), width
