"""Looks at a source and proposes how to read it, with reasons and doubts."""

from collections.abc import Callable, Iterable, Sequence

from lumbung.core.tables.shapes import Look, Note, Reading, Row
from lumbung.core.tables.sources import cells, layout, marks, merged, naming
from lumbung.core.tables.sources.base import Source, Unreadable, Wanted
from lumbung.core.tables.sources.layout import Layout
from lumbung.core.tables.sources.named import Named
from lumbung.core.tables.sources.scanning import Numbered, Scan, scan

SHOWN_FIRST, SHOWN_LAST = 40, 10
SHOWN_COLUMNS, SHOWN_CHARS = 60, 200
LISTED = 5
SPREADSHEET_FORMULA = ("=", "@")


def look(source: Source, wanted: Wanted, progress: Callable[[int], None]) -> Look:
    """What the source holds, and a proposed reading."""
    seen = scan(source, progress, Named.of(wanted.leave_out))
    if not seen.row_count or seen.blank_count == seen.row_count:
        raise Unreadable("empty")
    header_rows = source.header_rows if wanted.header_rows is None else wanted.header_rows
    found = layout.propose(source, seen, header_rows)
    kept = [place for place in range(len(found.labels)) if place not in found.left_out_columns]
    data = found.data(seen)
    proposal = marks.propose([told for _row, told in data], kept, marks.legend_of(_lines(found)))
    labels = tuple(found.labels[place] for place in kept)
    blank = _blank_below(found, seen)
    return Look(
        kind=source.kind,
        row_count=seen.row_count,
        column_count=max(seen.width, len(found.labels)),
        reading=_reading(source, found, proposal, labels, leave_out_blank=blank > 0),
        labels=labels,
        sheets=source.sheets,
        named=wanted.leave_out,
        first_rows=_shown(enumerate(seen.sample[:SHOWN_FIRST], start=1)),
        last_rows=_shown(seen.rows()[-SHOWN_LAST:] if seen.row_count > SHOWN_FIRST else ()),
        reasons=(*source.reasons, *found.reasons, *_of_blank(blank, seen), *proposal.reasons),
        doubts=(*source.doubts, *found.doubts, *_doubts(source, found, seen, data, kept)),
    )


def _reading(
    source: Source, found: Layout, proposal: marks.Proposal, labels: Sequence[str], *, leave_out_blank: bool
) -> Reading:
    return Reading(
        kind=source.kind,
        sheet=source.sheet,
        encoding=source.encoding,
        separator=source.separator,
        header_rows=found.header_rows,
        first_data_row=found.first_data_row,
        left_out_rows=tuple(found.left_out),
        left_out_columns=found.left_out_columns,
        leave_out_blank=leave_out_blank,
        names=naming.names_of(labels),
        marks=proposal.marks,
        mark_columns=proposal.columns,
    )


def _lines(found: Layout) -> list[str]:
    """Where a legend may stand: titles and footer."""
    return [row.text for row in found.left_out if row.why in {"title", "footer"}]


def _shown(rows: Iterable[Numbered]) -> tuple[Row, ...]:
    return tuple(Row(row, tuple(cell[:SHOWN_CHARS] for cell in told[:SHOWN_COLUMNS])) for row, told in rows)


def _blank_below(found: Layout, seen: Scan) -> int:
    return seen.blank_count - sum(1 for row in seen.blank_rows if row < found.first_data_row)


def _of_blank(blank: int, seen: Scan) -> list[Note]:
    return [Note("blank-rows", {"count": blank, "row": seen.blank_rows[-1]})] if blank > 0 else []


def _doubts(source: Source, found: Layout, seen: Scan, data: list[Numbered], kept: Sequence[int]) -> list[Note]:
    labels = [found.labels[place].strip() for place in kept]
    return [
        *([] if data else [Note("no-data-rows")]),
        *_label_doubts(labels, has_header=bool(found.header_rows or source.keys)),
        *_width_doubts(found, seen),
        *_code_doubts(source, found, data, kept),
        *_merged_doubts(source, found, seen, kept),
        *_formula_doubts(data),
    ]


def _label_doubts(labels: Sequence[str], *, has_header: bool) -> list[Note]:
    if not has_header:
        return []
    seen: set[str] = set()
    twice = [label for label in labels if label and (label in seen or seen.add(label))]  # type: ignore[func-returns-value]
    blank = [place for place, label in enumerate(labels, start=1) if not label]
    found = [Note("label-twice", {"count": len(twice), "label": twice[0]})] if twice else []
    return [*found, Note("label-blank", {"count": len(blank), "column": blank[0]})] if blank else found


def _width_doubts(found: Layout, seen: Scan) -> list[Note]:
    """Rows that end early or go on too long; those left out do not count."""
    width, out = len(found.labels), {row.row for row in found.left_out}
    odd = dict(seen.odd) if seen.usual == width else dict(enumerate(map(len, seen.sample), start=1))
    kept = [(row, size) for row, size in sorted(odd.items()) if size and row >= found.first_data_row and row not in out]
    short = [row for row, size in kept if size < width]
    long = [row for row, size in kept if size > width]
    told = {"rows-short": short, "rows-long": long}
    return [
        Note(code, {"count": len(rows), "rows": ", ".join(map(str, rows[:LISTED])), "columns": width})
        for code, rows in told.items()
        if rows
    ]


def _code_doubts(source: Source, found: Layout, data: list[Numbered], kept: Sequence[int]) -> list[Note]:
    """Columns of codes whose cells are numbers in the source: a zero at either end is already lost there."""
    told = []
    for place in kept:
        count = source.numbers.get(place, 0)
        if count and cells.names_a_code(found.labels[place]):
            sample = next((text for _row, row in data if (text := cells.at(row, place))), "")
            told.append(
                Note(
                    "code-is-number",
                    {"column": place + 1, "label": found.labels[place], "count": count, "text": sample},
                )
            )
    return told


def _merged_doubts(source: Source, found: Layout, seen: Scan, kept: Sequence[int]) -> list[Note]:
    """Cells merged over rows of data: below the first of them the sheet holds nothing."""
    rows, out = {row - 1: told for row, told in seen.rows()}, {row.row - 1 for row in found.left_out}
    areas = [
        area
        for area in merged.in_body(source.merged, first_data_row=found.first_data_row, columns=kept)
        if area[0] in rows
        and cells.at(rows[area[0]], area[1]).strip()
        # What covers nothing but left out rows, such as a signature, empties no row.
        and any(place not in out for place in range(area[0] + 1, area[2] + 1))
    ]
    if not areas:
        return []
    top, left, bottom, _right = areas[0]
    told = {"count": len(areas), "column": left + 1, "first": top + 1, "last": bottom + 1}
    return [Note("merged-cells", {**told, "text": cells.at(rows[top], left)[:60]})]


def _formula_doubts(data: list[Numbered]) -> list[Note]:
    """Cells a spreadsheet would compute. They stay text."""
    for row, told in data:
        for column, cell in enumerate(told, start=1):
            if cell.startswith(SPREADSHEET_FORMULA) and len(cell) > 1:
                return [Note("formula-as-text", {"row": row, "column": column, "text": cell[:60]})]
    return []
