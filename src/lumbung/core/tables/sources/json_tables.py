"""Tables in JSON: a list of objects, a list under a key, one object a line, the features of a GeoJSON."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from lumbung.core.tables.shapes import Kind, Note, Sheet
from lumbung.core.tables.sources.base import Caps, Rows, Source, Unreadable, Wanted, batch_rows, guard_cell, guard_size
from lumbung.core.tables.sources.json_stream import NumberText, Walker, text_of

Form = Literal["list", "lines", "key"]
Record = dict[str, Any]
GEOMETRY = "geometry"
PLACES = ("lon", "lat")


def open_json(path: Path, kind: Kind, *, caps: Caps, wanted: Wanted) -> Source:
    """The table in a JSON file, its keys known."""
    found = JsonTable(path, caps, kind=kind, encoding="utf-8-sig")
    found.choose(wanted.sheet)
    found.take_keys()
    return found


@contextmanager
def walking(path: Path) -> Iterator[Walker]:
    """A walk through a file in UTF-8."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            yield Walker(file)
        except UnicodeDecodeError as error:
            raise Unreadable("json-not-utf8") from error


class JsonTable(Source):
    """Objects of one kind: keys are columns, in the order in which they first appear."""

    form: Form

    def choose(self, wanted: str) -> None:
        """Find where the objects stand."""
        if self.kind == "ndjson":
            self.form = "lines"
            return
        with walking(self.path) as walker:
            if walker.next_sign() == "[":
                self.form = "list"
                return
            lists = _lists_of(walker)
        self.form = "key"
        self.sheets = tuple(Sheet(key) for key in lists)
        if wanted and wanted not in lists:
            raise Unreadable("unknown-sheet", sheet=wanted)
        if not lists:
            raise Unreadable("json-no-table")
        self.sheet = wanted or ("features" if self.kind == "geojson" and "features" in lists else lists[0])
        if len(lists) > 1 and not wanted:
            self.reasons.append(Note("first-sheet", {"sheet": self.sheet, "count": len(lists)}))

    def take_keys(self) -> None:
        """A first pass: which keys there are, and what is missing where."""
        keys: dict[str, int] = {}
        records = nulls = nested = 0
        for row, record in enumerate(self.records(), start=1):
            records = row
            for key, value in record.items():
                keys[key] = keys.get(key, 0) + 1
                nulls += value is None
                nested += isinstance(value, (dict, list)) and key != GEOMETRY
            guard_size(self.caps, rows=row, columns=len(keys))
        if not records:
            raise Unreadable("empty")
        self.keys = tuple(keys)
        self.reasons.append(Note("columns-by-keys", {"count": len(keys)}))
        missing = sum(records - count for count in keys.values())
        told = {"json-nulls": nulls, "json-keys-missing": missing, "json-nested": nested}
        self.doubts += [Note(code, {"count": count}) for code, count in told.items() if count]

    def batches(self) -> Iterator[Rows]:
        self.numbers.clear()
        rows, size, row = self.records(), batch_rows(len(self.keys)), 0
        while batch := [self._cells(record, row + n) for n, record in enumerate(islice(rows, size), start=1)]:
            row += len(batch)
            yield batch

    def _cells(self, record: Record, row: int) -> list[str]:
        cells = []
        for place, key in enumerate(self.keys):
            value = record.get(key)
            if value.__class__ is NumberText:
                self.numbers[place] += 1
            cell = text_of(value)
            guard_cell(self.caps, cell, row=row, column=place + 1)
            if "\x00" in cell:
                raise Unreadable("nul", row=row, column=place + 1)
            cells.append(cell)
        return cells

    def records(self) -> Iterator[Record]:
        """Each object with its columns."""
        shape: Callable[[Record], Record] = _feature if self.kind == "geojson" else dict
        with walking(self.path) as walker:
            for row, found in enumerate(self._elements(walker), start=1):
                if not isinstance(found, dict):
                    raise Unreadable("json-not-an-object", row=row)
                yield shape(found)

    def _elements(self, walker: Walker) -> Iterator[Any]:
        if self.form == "lines":
            yield from _lines(walker)
        elif self.form == "list":
            yield from walker.elements()
        else:
            for key in walker.keys():  # noqa: SIM118 - a walk, not a mapping
                if key == self.sheet:
                    yield from walker.elements()
                else:
                    walker.value()


def _lines(walker: Walker) -> Iterator[Any]:
    row = 0
    while walker.next_sign():
        row += 1
        yield walker.value(row=row)


def _lists_of(walker: Walker) -> list[str]:
    """The keys of an object under which a list of objects stands."""
    found = []
    for key in walker.keys():  # noqa: SIM118 - a walk, not a mapping
        if walker.next_sign() != "[":
            walker.value()
            continue
        elements = walker.elements()
        if isinstance(next(elements, None), dict):
            found.append(key)
        for _element in elements:
            pass
    return found


def _feature(found: Record) -> Record:
    """A feature as a row: its properties, longitude and latitude of a point, its geometry as text."""
    record = dict(found.get("properties") or {}) if isinstance(found.get("properties") or {}, dict) else {}
    if "id" in found and "id" not in record:
        record = {"id": found["id"], **record}
    geometry = found.get(GEOMETRY)
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        record |= _point(geometry, record)
    return {**record, _free(GEOMETRY, record): geometry}


def _point(geometry: Record, record: Record) -> Record:
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        return {}
    return {_free(name, record): value for name, value in zip(PLACES, coordinates, strict=False)}


def _free(name: str, record: Record) -> str:
    """A key the properties do not use."""
    return name if name not in record else f"{name} (GeoJSON)"


class Inline(Source):
    """Rows written in the descriptor of a Data Package itself."""

    rows: list[Any]

    def take(self, rows: list[Any]) -> "Inline":
        """Objects by their keys, or lists of which the first is the header."""
        self.rows = rows
        if rows and isinstance(rows[0], dict):
            keys: dict[str, None] = {}
            for row in rows:
                keys.update(dict.fromkeys(row if isinstance(row, dict) else ()))
            self.keys = tuple(keys)
        return self

    def batches(self) -> Iterator[Rows]:
        rows = []
        for number, row in enumerate(self.rows, start=1):
            if not isinstance(row, (dict, list)) or isinstance(row, dict) != bool(self.keys):
                raise Unreadable("json-not-an-object", row=number)
            cells = [row.get(key) for key in self.keys] if isinstance(row, dict) else row
            rows.append([text_of(cell) for cell in cells])
        guard_size(self.caps, rows=len(rows), columns=max(map(len, rows), default=0))
        if rows:
            yield rows


def walker_over(text: str) -> Walker:
    """A walk through text already in memory."""
    return Walker(io.StringIO(text))
