"""Cells that programs send: wrong ones are refused with row and column at once, the whole table is checked by a job."""

import csv
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils import translation

from lumbung.core.base.errors import Refused
from lumbung.core.tables import checks, personal, proposals
from lumbung.core.tables.checks.reports import Fault
from lumbung.core.tables.schemas import Schema, SchemaField
from lumbung.core.tables.shapes import MARK_SUFFIX, Outcome, PlainTable
from lumbung.modules.open_data.actions import reading
from lumbung.modules.open_data.models import DraftTable
from lumbung.modules.open_data.queries import code_lists, workplace

MOST_TOLD = 20


def faults_in(schema: Schema, sent: Sequence[Mapping[str, str]]) -> tuple[Fault, ...]:
    """Cells that are not of their column's type or list; `row` counts the rows sent from 1."""
    told = {name for cells in sent for name in cells}
    columns = tuple(_without_needs(column) for column in schema.fields if column.name in told)
    loose = replace(schema, fields=columns, primary_key=())
    if not loose.fields:
        return ()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerow(loose.names)
            writer.writerows([cells.get(name, "") for name in loose.names] for cells in sent)
        plain = PlainTable(path, loose.names, loose.names, len(sent), "", first_data_row=1)
        lists = code_lists.all_codes(loose)
        report = checks.check(plain, loose, code_lists=lists, temporary=Path(folder) / "scratch", most=MOST_TOLD)
    return report.faults


def _without_needs(column: SchemaField) -> SchemaField:
    """What a row has to say is asked of the whole table: a call may send some columns only."""
    return replace(column, constraints=replace(column.constraints, required=False, unique=False))


def check_rows(*, table_id: uuid.UUID, sha256: str) -> None:
    """What looks like personal data, what speaks for each type, and every cell; if these are still the rows."""
    table = _still(table_id, sha256)
    if table is None or not table.plain:
        return
    try:
        _look_through(table)
        reading.check(table_id=table_id, sha256=sha256)
    except Refused as refused:
        _take(table, failure=_in_both(refused), progress={})
    except Exception:
        if _still(table_id, sha256) is not None:
            raise
        # A program wrote meanwhile and its file took the place of this one; a job of its own checks that.


def _look_through(table: DraftTable) -> None:
    plain = Outcome.from_json(table.plain or {}).plain
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=workplace.folder_of(table.pk)) as scratch:
        proposed = proposals.propose(plain, temporary=Path(scratch)).to_json()
        found = personal.findings(plain, temporary=Path(scratch))
    findings = [
        {"column": each.column, "kind": each.kind, "count": each.count, "by": each.by}
        for each in found
        if not _is_named_by_its_column(each, plain)
    ]
    _take(table, proposal=proposed, findings=findings)


def _is_named_by_its_column(found: personal.PersonalColumn, plain: PlainTable) -> bool:
    """A column of marks is called after the one it stands beside; its cells are looked at as any others."""
    base = found.column.removesuffix(MARK_SUFFIX)
    return found.by == "name" and base != found.column and base in plain.header


def _still(table_id: uuid.UUID, sha256: str) -> DraftTable | None:
    return DraftTable.objects.filter(pk=table_id, source_sha256=sha256).first()


def _take(table: DraftTable, **values: Any) -> None:
    DraftTable.objects.filter(pk=table.pk, source_sha256=table.source_sha256).update(**values)


def _in_both(refused: Refused) -> dict[str, str]:
    told = {}
    for language in ("id", "en"):
        with translation.override(language):
            told[language] = refused.sentence
    return told
