"""The sentences of reading: refusals with their way out, reasons of a proposal, doubts about a file. Both languages."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.tables.shapes import Note
from lumbung.core.tables.sources.sheet_xml import column_letters

FIELD = "source"

REFUSALS: Mapping[str, Promise] = {
    # What the file is
    "empty": _("The file holds no row. Choose the file with the table in it."),
    "unknown-kind": _(
        "This is no table file. Bring CSV, XLSX, XLS, ODS, JSON, NDJSON, Parquet, GeoJSON or a Data Package."
    ),
    "unknown-package": _(
        "This ZIP holds neither a spreadsheet nor a Data Package. Unpack it and bring the table file itself."
    ),
    "is-a-web-page": _(
        "This file is a web page or XML, even if its name ends like a spreadsheet. Open it in your spreadsheet program "
        "and save it as XLSX or CSV."
    ),
    "damaged": _("The file is damaged or incomplete. Open it on your device, save it again, and bring the new file."),
    "protected": _("The file is locked with a password. Remove the password, save it, and bring the new file."),
    "other-kind": _(
        "The file is of the kind %(kind)s, but the confirmed reading is for %(confirmed)s. Look at the file again."
    ),
    # What it costs
    "busy": _("Many files are being read right now. Try again in a minute; nothing was changed."),
    "out-of-time": _("The file takes too long to read. Split it, or save the table alone as CSV."),
    "heavy": _(
        "The file needs too much memory to be read. Delete cells far away from the table, or save the table as CSV."
    ),
    "disk-full": _("There is no room to read the file just now. Tell the administrator, and try again later."),
    "too-much-inside": _(
        "Unpacked, the file is larger than %(limit_mb)s MB. Remove what does not belong to the table, or save it as "
        "CSV."
    ),
    "too-many-columns": _(
        "The table has %(columns)s columns; at most %(limit)s can be read. Delete empty columns beside the table, or "
        "turn columns into rows."
    ),
    "too-many-rows": _("The table has more than %(limit)s rows. Split it, for instance by year."),
    "too-many-cells": _("The table has more than %(limit)s cells. Split it, for instance by year."),
    "cell-too-long": _(
        "Row %(row)s, column %(letter)s: the cell has more than %(limit)s characters. Is a quotation mark missing "
        "before it? Shorten the cell and bring the file again."
    ),
    # Text and signs
    "unknown-encoding": _("The encoding %(encoding)s is not read. Choose UTF-8, UTF-16, Windows-1252 or Latin-1."),
    "unknown-separator": _("“%(separator)s” is no separator. Choose comma, semicolon, tab or vertical bar."),
    "not-in-encoding": _(
        "Row %(row)s: the byte %(byte)s is no character in %(encoding)s. Choose another encoding, or save the file as "
        "“CSV UTF-8”."
    ),
    "nul": _(
        "Row %(row)s, column %(letter)s: the cell holds a NUL character, which no text has. Save the file anew from "
        "the program that made it."
    ),
    "not-text": _("Around row %(row)s: a character is only half there. Save the file anew as UTF-8."),
    "quote-never-closed": _(
        "Row %(row)s: a quotation mark opens a cell and is never closed. Close it, or delete it, and bring the file "
        "again."
    ),
    "quote-inside-cell": _(
        "Row %(row)s: text follows a closing quotation mark. Write quotation marks inside a cell twice, and bring the "
        "file again."
    ),
    # Rows and columns
    "row-short": _(
        "Row %(row)s ends after %(cells)s cells, the table has %(columns)s columns (missing from column %(letter)s "
        "on). Mend the row, or confirm that cells missing at the end are empty."
    ),
    "row-long": _(
        "Row %(row)s goes on after the last of %(columns)s columns: column %(letter)s holds “%(text)s”. Mend the "
        "row, or give the column a label."
    ),
    "cell-in-blank-column": _(
        "Row %(row)s, column %(letter)s holds “%(text)s”, but the column was to be left out because it has no label "
        "and no other cells. Give the column a label in the file and bring it again, or leave this row out."
    ),
    "formula-without-result": _(
        "Row %(row)s, column %(letter)s: the formula in %(cell)s was never computed, so the file holds no value. "
        "Open the file in a spreadsheet program, save it, and bring it again."
    ),
    "too-many-cells-without-value": _(
        "More than %(limit)s cells hold an error or a formula without result. Open the file in a spreadsheet program, "
        "mend them, and save it."
    ),
    "too-many-left-out": _("More than %(limit)s rows would be left out. Bring a file that holds the table alone."),
    "column-without-text": _(
        "Column %(letter)s (“%(label)s”) holds %(kind)s, which has no text. Leave the column out and bring the file "
        "again."
    ),
    # The confirmed reading
    "no-sheet": _("The workbook has no sheet with cells. Choose another file."),
    "unknown-sheet": _("There is no sheet or table named “%(sheet)s” in the file. Choose one of those it holds."),
    "names-do-not-fit": _(
        "%(names)s names are given for %(columns)s columns. Look at the file again and name each column."
    ),
    "name-unfit": _(
        "“%(name)s” cannot be the name of a column. Use small letters, digits and _, begin with a letter, and use each "
        "name once."
    ),
    "header-beyond-end": _("Row %(row)s cannot be the header: the file has %(rows)s rows. Choose another row."),
    "header-below-data": _("The header (row %(row)s) must stand above the first row of data (row %(first)s)."),
    "header-too-deep": _("The header must stand in the first %(limit)s rows. Delete what stands above the table."),
    # JSON and packages
    "json-broken": _("The file is not complete JSON (record %(row)s). Save it anew from the program that made it."),
    "json-key-twice": _("Record %(row)s names “%(key)s” twice or as no number. Mend it, and bring the file again."),
    "json-too-deep": _("Record %(row)s is nested too deeply to be a row. Bring a flat table."),
    "json-not-utf8": _("JSON has to be in UTF-8. Save the file anew as UTF-8."),
    "json-no-table": _(
        'The JSON holds no list of records. Bring a list of objects, such as [{"kecamatan": "Taliwang"}].'
    ),
    "json-not-an-object": _("Record %(row)s is no object with keys. Every record needs the names of its columns."),
    "package-without-resource": _("The Data Package names no resource. Add the table to its list of resources."),
    "package-file-missing": _(
        "The Data Package names the file “%(file)s”, which is not in it. Pack descriptor and data file together as ZIP."
    ),
    "package-many-files": _("A resource of the Data Package must be one file. Join its parts and pack it again."),
    "dialect-not-read": _(
        "The Data Package says its rows are written with %(key)s %(value)s, which is not read here. Write the CSV with "
        "commas, double quotes around texts and one header row, and take that line out of the descriptor."
    ),
    "package-in-package": _("The Data Package holds another package. Bring the inner one."),
}

NOTES: Mapping[str, Promise] = {
    # Reasons of a proposal
    "encoding-by-mark": _("The first bytes of the file say that it is %(encoding)s."),
    "encoding-every-byte": _("Every byte of the file is valid %(encoding)s."),
    "separator-told": _("The first line of the file names “%(separator)s” as separator."),
    "separator-by-count": _(
        "With “%(separator)s” as separator, %(percent)s%% of the first rows have %(cells)s cells each."
    ),
    "separator-none": _("No separator was found: the table has one column."),
    "columns-by-keys": _("The file names its %(count)s columns itself."),
    "first-sheet": _("“%(sheet)s” is the first of %(count)s sheets or tables with rows."),
    "header-found": _("Header in row %(rows)s: the first full row without numbers, %(columns)s columns wide."),
    "footer-found": _("From row %(row)s on the file explains itself: “%(text)s”."),
    "totals-found": _("%(count)s rows are totals or averages by their name, the first in row %(row)s: “%(text)s”."),
    "sum-found": _(
        "Row %(row)s (“%(text)s”) is the sum of rows %(first)s to %(last)s in %(matched)s of its %(columns)s columns "
        "of numbers: probably a total. Untick it below if it is none."
    ),
    "named-found": _("%(count)s rows are left out because you named them, the first is row %(row)s."),
    "blank-columns": _("%(count)s columns have neither label nor cells."),
    "blank-rows": _("%(count)s rows hold no cell (the last one known: row %(row)s)."),
    "marks-by-legend": _("“%(mark)s” stands beside or instead of %(count)s numbers; the file itself explains it."),
    "marks-by-habit": _(
        "“%(mark)s” stands beside or instead of %(count)s numbers; the file does not explain it. The meaning is the "
        "usual one of BPS: confirm it."
    ),
    # Doubts about the file
    "older-encoding": _(
        "The file is not UTF-8 (byte %(byte)s). Read as %(encoding)s it says “%(sample)s”: confirm that the letters "
        "are right."
    ),
    "no-header": _(
        "No row looks like a header: row %(row)s already holds values. Choose the header, or name the columns."
    ),
    "named-not-found": _("No row of data answers to what you named: %(text)s. Write it as it stands in the file."),
    "merged-cells": _(
        "%(count)s cells are merged over several rows of data, the first is “%(text)s” in column %(letter)s, rows "
        "%(first)s to %(last)s. Only the first row of each holds the value; the rows below would be empty there unless "
        "you have it repeated."
    ),
    "no-data-rows": _("There is no row of data below the header."),
    "totals-not-all": _(
        "The file holds more totals than the %(count)s that can be listed; behind row %(row)s they would be read as "
        "data. Bring a file without them."
    ),
    "label-twice": _("%(count)s labels are used twice, such as “%(label)s”. Give each column a name of its own."),
    "label-blank": _("%(count)s columns have cells but no label, the first is column %(letter)s. Name them."),
    "rows-short": _(
        "%(count)s rows have fewer cells than the %(columns)s columns of the table (rows %(rows)s). They are refused "
        "unless you confirm that the missing cells are empty."
    ),
    "rows-long": _(
        "%(count)s rows have more cells than the %(columns)s columns of the table (rows %(rows)s). They are refused "
        "unless the cells beyond are empty."
    ),
    "code-is-number": _(
        "Column %(letter)s “%(label)s” names codes, but %(count)s of its cells are stored as numbers, such as "
        "“%(text)s”. What was 52.10 may already be 52.1 in the file, and 0812 may be 812; we cannot know. If codes "
        "begin or end with 0, write the column as text in the source and bring the file again."
    ),
    "long-number": _(
        "Column %(letter)s holds numbers with more than 15 digits, such as “%(text)s” in row %(row)s. Spreadsheets "
        "lose the last digits: write the column as text in the source."
    ),
    "formula-as-text": _("Row %(row)s, column %(letter)s: “%(text)s” looks like a formula. It stays text."),
    "formulas": _("%(count)s cells hold formulas (%(cell)s); the results last saved are read, nothing is computed."),
    "formulas-without-result": _(
        "%(count)s formulas were never computed, the first in %(cell)s: rows that need them are refused. Open the "
        "file in a spreadsheet program and save it."
    ),
    "error-cells": _("%(count)s cells hold an error such as #N/A, the first in %(cell)s. They are read as that text."),
    "hidden-sheets": _("%(count)s sheets are hidden: %(names)s."),
    "hidden-rows": _("%(count)s rows of the sheet are hidden. They are read like the others."),
    "hidden-columns": _("The sheet hides columns (%(count)s groups). They are read like the others."),
    "json-nulls": _("%(count)s values are null. They become empty cells."),
    "json-keys-missing": _("%(count)s keys are missing in records that others have. They become empty cells."),
    "json-nested": _("%(count)s values are lists or objects. They are kept as JSON in their cell."),
}


def refusal(code: str, params: Mapping[str, Any]) -> Refused:
    """What the child found, as a refusal with its sentence."""
    return Refused(f"table-{code}", REFUSALS[code], field=FIELD, **_shown(params))


def sentence(note: Note) -> str:
    """A reason or a doubt in the language active now."""
    params = _shown(note.params)
    return str(NOTES[note.code]) % params if params else str(NOTES[note.code])


def _shown(params: Mapping[str, Any]) -> dict[str, Any]:
    """With the letters a spreadsheet gives the column, and signs nobody can see by their name."""
    column = params.get("column")
    shown = dict(params)
    if column is not None:
        shown["letter"] = column_letters(column - 1) if isinstance(column, int) else column
    if shown.get("separator") == "\t":
        shown["separator"] = "tab"
    return shown
