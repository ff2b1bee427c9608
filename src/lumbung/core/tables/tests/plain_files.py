"""Plain files made by code, and Frictionless's verdict on them."""

import csv
import hashlib
import re
from pathlib import Path

from frictionless import Package, system
from frictionless import Schema as TheirSchema
from frictionless.resources import TableResource

from lumbung.core.tables import descriptors, shapes

CODES = TheirSchema.from_descriptor({"fields": [{"name": "kode", "type": "string"}]})
RULES = {"type-error": "type", "unique-error": "unique", "primary-key": "primaryKey", "foreign-key": "codeList"}


def plain_of(folder: Path, header, rows, *, name="polos.csv", first_data_row=2, row_numbers=None) -> shapes.PlainTable:
    """A plain file as `reading` writes it."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        quoting = csv.QUOTE_ALL if any("\r" in cell for row in rows for cell in row) else csv.QUOTE_MINIMAL
        writer = csv.writer(file, lineterminator="\n", quoting=quoting)
        writer.writerow(header)
        writer.writerows(rows)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return shapes.PlainTable(path, tuple(header), tuple(header), len(rows), digest, first_data_row, row_numbers)


def cells_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def their_verdict(plain: shapes.PlainTable, schema, code_lists=None) -> set[tuple[int, str, str]]:
    """(row, column, rule) of every error Frictionless finds."""
    told = descriptors.write(schema)
    lists = [
        TableResource(name=name, data=[["kode"], *[[code] for code in sorted(codes)]], schema=CODES)
        for name, codes in (code_lists or {}).items()
    ]
    with system.use_context(trusted=True):
        table = TableResource(path=str(plain.path), name="polos", schema=TheirSchema.from_descriptor(told))
        Package(resources=[table, *lists])  # where the table looks for its code lists
        with table:
            return {each for row in table.row_stream for error in row.errors for each in _told(error, schema)}


def _told(error, schema):
    rule = RULES.get(error.type, error.type)
    if error.type == "constraint-error":
        rule = re.match(r'constraint "(\w+)"', error.note).group(1)
    if error.type == "blank-row":
        return [(error.row_number, "", "blankRow")]
    if error.type == "primary-key":
        none = 'are all "None"' in error.note
        return [(error.row_number, ", ".join(schema.primary_key), "keyMissing" if none else "primaryKey")]
    if error.type == "foreign-key":
        return [(error.row_number, ", ".join(error.field_names), rule)]
    return [(error.row_number, error.field_name, rule)]
