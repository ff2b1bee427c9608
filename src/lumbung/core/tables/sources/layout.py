"""What of a sheet is table and what is not: a proposal with a reason for each decision, never a deed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lumbung.core.tables.shapes import LeftOutRow, Note, Why
from lumbung.core.tables.sources import cells, headers, totals
from lumbung.core.tables.sources.base import Source
from lumbung.core.tables.sources.named import first_words
from lumbung.core.tables.sources.scanning import MOST_SUSPECTS, Numbered, Scan

# With its colon a word of a footer may have a few cells after it; alone it must be alone: Sumber Agung is a village.
FOOTER = re.compile(r"(?:sumber|catatan|keterangan|ket\.?|source|notes?|penjelasan)(?:\s+data)?\s*[:;]", re.IGNORECASE)
FOOTER_ALONE = re.compile(
    r"(?:sumber|catatan|keterangan|ket\.|source|notes?|penjelasan|dicetak|diunduh|nip\.?)\b|\*{1,3}\s*\)?\s*\D|[¹²³]",
    re.IGNORECASE,
)
# If more rows than this share look like totals, they are what the table is about.
MOST_TOTALS = 0.34
SHOWN = 5


@dataclass
class Layout:
    """A proposal about rows and columns. Row numbers from 1, columns from 0."""

    header_rows: tuple[int, ...] = ()
    first_data_row: int = 1
    left_out: list[LeftOutRow] = field(default_factory=list)
    left_out_columns: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    usual: int = 1
    reasons: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)

    def leave_out(self, row: int, why: Why, told: Sequence[str]) -> None:
        """Propose to leave a row out."""
        self.left_out.append(LeftOutRow(row, why, cells.joined(told)))

    def data(self, scan: Scan) -> list[Numbered]:
        """The rows kept in the scan that would be data."""
        out = {row.row for row in self.left_out}
        return [(row, told) for row, told in scan.rows() if row >= self.first_data_row and row not in out and any(told)]


def propose(source: Source, scan: Scan, header_rows: tuple[int, ...] | None) -> Layout:
    """A layout for what the scan saw.

    header_rows  what a person chose; None means: propose; () means: there is no header
    """
    found = Layout()
    if source.keys:
        found.labels = source.keys
    else:
        _place_header(found, source, scan, header_rows)
        _leave_out_footer(found, scan)
        _leave_out_totals(found, scan)
        _leave_out_sums(found, scan)
        _leave_out_columns(found, source, scan)
    _leave_out_named(found, scan)
    found.left_out.sort(key=lambda row: row.row)
    return found


def _place_header(found: Layout, source: Source, scan: Scan, chosen: tuple[int, ...] | None) -> None:
    grid = scan.sample
    header = headers.find(grid, source.merged) if chosen is None else _chosen(grid, chosen)
    found.usual = headers.usual_filled(grid)
    if header is None:
        _without_header(found, scan)
        return
    found.header_rows = tuple(place + 1 for place in header.rows)
    found.first_data_row = header.first_data + 1
    width = max(len(grid[place]) for place in header.rows)
    found.labels = headers.labels_of(grid, header.rows, source.merged, width)
    # What stands above the header and is not blank is a title; it is told, not dropped in silence.
    for place in range(header.first_data):
        if cells.filled(grid[place]) and place not in header.rows:
            found.leave_out(place + 1, _why_above(grid[place], numbering=place == header.numbering), grid[place])
    found.reasons.append(Note("header-found", {"rows": _listed(found.header_rows), "columns": width}))
    _leave_out_repeated(found, scan)


def _chosen(grid: headers.Grid, chosen: tuple[int, ...]) -> headers.Header | None:
    rows = tuple(row - 1 for row in chosen if 0 < row <= len(grid))
    if not rows:
        return None
    usual = headers.usual_filled(grid)
    following = max(rows) + 1
    return headers.Header(rows, following if headers.is_numbering(grid, following, usual) else None, usual)


def _why_above(told: Sequence[str], *, numbering: bool) -> Why:
    if numbering:
        return "numbering"
    return "separator_line" if re.match(r"sep=", told[0], re.IGNORECASE) else "title"


def _without_header(found: Layout, scan: Scan) -> None:
    least = headers.dense_from(found.usual)
    first = next((n for n, row in enumerate(scan.sample, start=1) if len(cells.filled(row)) >= least), 1)
    for row, told in enumerate(scan.sample[: first - 1], start=1):
        if cells.filled(told):
            found.leave_out(row, "title", told)
    found.first_data_row = first
    found.labels = ("",) * (len(scan.sample[first - 1]) if scan.sample else 0)
    found.doubts.append(Note("no-header", {"row": first}))


def _leave_out_repeated(found: Layout, scan: Scan) -> None:
    last = scan.sample[found.header_rows[-1] - 1]
    if len(cells.filled(last)) < 2:
        return
    for row, told in found.data(scan):
        if list(told) == last:
            found.leave_out(row, "header_again", told)


def _leave_out_footer(found: Layout, scan: Scan) -> None:
    """What follows the last full row: from the first word of a footer, or from a blank row, to the end."""
    rows, least = scan.rows(), headers.dense_from(found.usual)
    last = max((n for n, (row, told) in enumerate(rows) if _is_full(row, told, found, least)), default=len(rows))
    tail = rows[last + 1 :]
    start = next((n for n in range(len(tail)) if _starts_footer(tail, n, found.usual)), None)
    if start is None:
        return
    footer = [(row, told) for row, told in tail[start:] if cells.filled(told)]
    for row, told in footer:
        found.leave_out(row, "footer", told)
    if footer:
        found.reasons.append(Note("footer-found", {"row": footer[0][0], "text": cells.joined(footer[0][1], most=120)}))


def _is_full(row: int, told: Sequence[str], found: Layout, least: int) -> bool:
    return row >= found.first_data_row and len(cells.filled(told)) >= least and not _says_footer(told, found.usual)


def _starts_footer(tail: list[Numbered], place: int, usual: int) -> bool:
    told = tail[place][1]
    if not cells.filled(told):
        return False
    return _says_footer(told, usual) or (place > 0 and not cells.filled(tail[place - 1][1]))


def _says_footer(told: Sequence[str], usual: int) -> bool:
    places = cells.filled(told)
    if not places or len(places) > 3:
        return False
    alone = usual > 1 and len(places) == 1
    return bool((FOOTER_ALONE if alone else FOOTER).match(told[places[0]].strip()))


def _leave_out_totals(found: Layout, scan: Scan) -> None:
    whys = [(row, told, why) for row, told in found.data(scan) if (why := totals.why_by_name(told))]
    if not whys or _too_many(len(whys), found, scan):
        return
    for row, told, why in whys:
        found.leave_out(row, why, told)
    if len(scan.suspects) >= MOST_SUSPECTS:
        found.doubts.append(Note("totals-not-all", {"count": len(whys), "row": whys[-1][0]}))
    word = cells.joined(whys[0][1], most=60)
    found.reasons.append(Note("totals-found", {"count": len(whys), "row": whys[0][0], "text": word}))


def _leave_out_sums(found: Layout, scan: Scan) -> None:
    """Rows that are called otherwise and yet add up the others. The middle of a large file is not known here."""
    sums = totals.sums(found.data(scan), found.labels) if scan.is_whole else []
    if _too_many(len(sums), found, scan):
        return
    for each in sums:
        found.leave_out(each.row, "sum", each.told)
    for each in sums[:SHOWN]:
        told = {name: getattr(each, name) for name in ("row", "first", "last", "matched", "columns")}
        found.reasons.append(Note("sum-found", {**told, "text": cells.joined(each.told, most=60)}))


def _too_many(count: int, found: Layout, scan: Scan) -> bool:
    return count > max(1, MOST_TOTALS * (scan.row_count - found.first_data_row + 1))


def _leave_out_named(found: Layout, scan: Scan) -> None:
    """What a person named; an entry that no row answers is told, not passed over."""
    rows = [(row, told) for row, told in found.data(scan) if scan.named.matches(row, told)]
    for row, told in rows:
        found.leave_out(row, "named", told)
    if rows:
        found.reasons.append(Note("named-found", {"count": len(rows), "row": rows[0][0]}))
    out = {row.row for row in found.left_out}
    words = {first_words(told) for row, told in scan.rows() if row in out}
    missing = [*map(str, sorted(scan.named.rows - out)), *sorted(scan.named.words - words)]
    if missing:
        found.doubts.append(Note("named-not-found", {"text": ", ".join(missing[:SHOWN])}))


def _leave_out_columns(found: Layout, source: Source, scan: Scan) -> None:
    bare = {place for place, label in enumerate(found.labels) if not label.strip()} - scan.filled
    bare -= _columns_of_losses(found, source)
    if bare:
        for _row, told in found.data(scan):
            bare.difference_update(cells.filled(told))
    # A cell of spaces is a cell: its column stays.
    found.left_out_columns = tuple(sorted(bare)) if len(bare) < len(found.labels) else ()
    if found.left_out_columns:
        found.reasons.append(Note("blank-columns", {"count": len(found.left_out_columns)}))


def _columns_of_losses(found: Layout, source: Source) -> set[int]:
    """Columns in whose rows of data a formula was never computed: nobody knows what is in them."""
    out = {row.row for row in found.left_out}
    return {column for row, column in source.losses if row + 1 >= found.first_data_row and row + 1 not in out}


def _listed(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows))
