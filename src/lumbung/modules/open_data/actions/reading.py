"""Long steps of a table, done by jobs outside any transaction: looked at, read, checked.

Each result is taken only if the file is still the one the step began with.
"""

import hashlib
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.tables import checks, descriptors, personal, proposals, reading, writing
from lumbung.core.tables.proposals import declared
from lumbung.core.tables.schemas import SchemaField, Words
from lumbung.core.tables.shapes import MARK_SUFFIX, Look, Meaning, Outcome, Reading
from lumbung.modules.open_data.models import DraftTable, PersonalDecision
from lumbung.modules.open_data.queries import code_lists, workplace

Stage = DraftTable.Stage
SECONDS_BETWEEN = 1.0
# As the statistics office prints them; a mark belongs to the data and is not translated.
USUAL_WORDS: Mapping[Meaning, str] = {
    "preliminary": "angka sementara",
    "very_preliminary": "angka sangat sementara",
    "revised": "angka diperbaiki",
    "not_available": "data tidak tersedia",
    "nil": "nihil",
    "negligible": "data dapat diabaikan",
    "hidden": "dirahasiakan",
    "other": "tanda lain",
}
WANTED = ("sheet", "encoding", "separator", "header_rows", "leave_out")
LONGEST_NAME = 90  # with "value mark" before it, within what a name of a column may have
MARK_OF = _("Value mark: %(column)s")
MARK_MEANS = _(
    "Mark that stood beside the number in %(column)s, such as a preliminary figure or data not available. "
    "Empty: the number stands without remark."
)
ONLY_DROPPED = _(
    "Read so, the table would hold nothing but columns that were left out for personal data. Choose other rows, "
    "another separator or another sheet."
)


def look(*, table_id: uuid.UUID, sha256: str) -> None:
    """What the file holds and how it might be read."""
    table = still(table_id, sha256)
    if table is None:
        return
    chosen = table.progress.get("wanted") or {}
    wanted = {key: value for key, value in chosen.items() if key in WANTED}
    tell = teller(table_id, "look", wanted=chosen)
    try:
        found = reading.look(workplace.source_of(table_id), name=table.source_name, progress=tell, **wanted)
        found = _without_dropped(table, found)
    except Refused as refused:
        if table.look is None:
            fail(table_id, sha256, refused)
        else:
            _take(table_id, sha256, stage=Stage.LOOKED, failure=_in_both(refused))
        return
    _take(table_id, sha256, stage=Stage.LOOKED, look=found.to_json(), reading=found.reading.to_json())


def _without_dropped(table: DraftTable, found: Look) -> Look:
    """Columns once left out for personal data stay out: in their place on the same sheet, by their name on any."""
    if table.look is None:
        return found
    before, now = Look.from_json(table.look).reading, found.reading
    dropped = table.decisions.filter(choice=PersonalDecision.Choice.DROPPED).values_list("column", flat=True)
    same = (before.sheet, before.separator) == (now.sheet, now.separator)
    names = dict(zip(now.kept_columns, now.names, strict=True))
    by_place = set(before.dropped_columns) & names.keys() if same else set()
    places = by_place | {place for place, name in names.items() if name in set(dropped)}
    if places and len(places) == len(names):
        raise Refused("only-dropped-columns", ONLY_DROPPED)
    return found.without_columns(places)


def read(*, table_id: uuid.UUID, sha256: str) -> None:
    """The plain file of the confirmed reading, with a proposal for its columns and what looks like personal data."""
    table = still(table_id, sha256)
    if table is None or table.reading is None:
        return
    folder = workplace.folder_of(table_id) / "plain"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        outcome = reading.read(
            workplace.source_of(table_id),
            name=table.source_name,
            reading=Reading.from_json(table.reading),
            into=folder,
            progress=teller(table_id, "read"),
        )
        with _scratch(table_id) as scratch:
            guessed = proposals.propose(outcome.plain, temporary=scratch)
            proposed = declared.with_declared(guessed, outcome.plain.labels, outcome.declared)
            found = personal.findings(outcome.plain, temporary=scratch)
    except Refused as refused:
        fail(table_id, sha256, refused)
        return
    told = _with_marks(proposed, Reading.from_json(table.reading), outcome).to_json()
    findings = [
        {"column": each.column, "kind": each.kind, "count": each.count, "by": each.by}
        for each in found
        # A column of marks goes with the column it stands beside.
        if not each.column.endswith(MARK_SUFFIX)
    ]
    _take(
        table_id,
        sha256,
        stage=Stage.READ,
        plain=outcome.to_json(),
        schema=told["schema"],
        proposal=told,
        findings=findings,
    )


def check(*, table_id: uuid.UUID, sha256: str) -> None:
    """Every cell against the confirmed schema; without a fault the files of the release are written."""
    table = still(table_id, sha256)
    if table is None or table.schema is None or table.plain is None:
        return
    plain = Outcome.from_json(table.plain).plain
    try:
        with _scratch(table_id) as scratch:
            schema = descriptors.read(table.schema)
            report = checks.check(plain, schema, code_lists=code_lists.all_codes(schema), temporary=scratch)
            written = None
            if report.is_valid:
                csv_file, parquet_file = workplace.checked_of(table_id)
                written = writing.write(
                    plain, schema, report, csv_file=csv_file, parquet_file=parquet_file, temporary=scratch
                )
    except Refused as refused:
        _take(table_id, sha256, failure=_in_both(refused), progress={})
        return
    _take(
        table_id,
        sha256,
        stage=Stage.CHECKED if written else Stage.READ,
        report={**report.to_json(), "error_count": report.fault_count},
        written=_as_version(written) if written else None,
    )


def _with_marks(proposed: proposals.Proposal, chosen: Reading, outcome: Outcome) -> proposals.Proposal:
    """The proposal with what each value mark beside a column means: in the words of the file, else the usual ones."""
    words = {mark.text: mark.legend or USUAL_WORDS[mark.meaning] for mark in chosen.marks}
    moved = {name.removesuffix(MARK_SUFFIX): found for name, found in outcome.marks_moved.items()}
    titles = {field.name: field.title for field in proposed.schema.fields}

    def told(field: SchemaField) -> SchemaField:
        beside = field.name.removesuffix(MARK_SUFFIX)
        if beside == field.name or beside not in titles:
            return replace(field, marks={text: words[text] for text in moved.get(field.name, {}) if text in words})
        of = {"id": titles[beside].id or titles[beside].en or beside, "en": titles[beside].en or titles[beside].id}
        of["en"] = of["en"] or beside
        return replace(field, title=_words(MARK_OF, of), description=_words(MARK_MEANS, of))

    fields = tuple(told(field) for field in proposed.schema.fields)
    return replace(proposed, schema=replace(proposed.schema, fields=fields))


def _words(sentence: object, columns: Mapping[str, str]) -> Words:
    """A sentence about a column in both languages, each with what the column is called there."""
    told = {}
    for language, column in columns.items():
        with translation.override(language):
            told[language] = str(sentence) % {"column": column[:LONGEST_NAME]}
    return Words(told["id"], told["en"])


def _as_version(written: writing.Written) -> dict[str, Any]:
    """What core/datasets keeps of a version; equal cells of equal types are equal content."""
    content = f"{written.csv_sha256}:{written.parquet_sha256}"
    return {
        "row_count": written.row_count,
        "content_sha256": hashlib.sha256(content.encode()).hexdigest(),
        "csv_sha256": written.csv_sha256,
        "csv_bytes": written.csv_bytes,
        "parquet_sha256": written.parquet_sha256,
        "parquet_bytes": written.parquet_bytes,
    }


def still(table_id: uuid.UUID, sha256: str) -> DraftTable | None:
    """The table, if its file is still the one a step began with."""
    # A draft that was closed meanwhile has no files any more.
    open_tables = DraftTable.objects.filter(draft__closed_at__isnull=True)
    return open_tables.filter(pk=table_id, source_sha256=sha256).first()


def _take(table_id: uuid.UUID, sha256: str, **values: Any) -> None:
    """Keep what a step found, if nobody brought another file meanwhile."""
    with transaction.atomic():
        table = DraftTable.objects.select_for_update().filter(pk=table_id, source_sha256=sha256).first()
        if table is None:
            return
        for name, value in {"progress": {}, "failure": {}, **values}.items():
            setattr(table, name, value)
        table.save()


def fail(table_id: uuid.UUID, sha256: str, refused: Refused) -> None:
    """Keep why a step could not be done, in both languages."""
    _take(table_id, sha256, stage=Stage.FAILED, failure=_in_both(refused))


def _in_both(refused: Refused) -> dict[str, str]:
    told = {"code": refused.code}
    for language in ("id", "en"):
        with translation.override(language):
            told[language] = refused.sentence
    return told


def teller(table_id: uuid.UUID, step: str, **begun_with: Any) -> Callable[[int], None]:
    """Writes how far a step has come, at most once a second; what it began with stays there for a second try."""
    last = [time.monotonic()]

    def tell(rows: int) -> None:
        if time.monotonic() - last[0] >= SECONDS_BETWEEN:
            last[0] = time.monotonic()
            DraftTable.objects.filter(pk=table_id).update(progress={**begun_with, "step": step, "rows": rows})

    return tell


class _scratch:  # noqa: N801 - used as a context
    """A folder for what does not fit into memory; gone afterwards."""

    def __init__(self, table_id: uuid.UUID) -> None:
        self._root = workplace.folder_of(table_id)

    def __enter__(self) -> Path:
        self._folder = Path(tempfile.mkdtemp(prefix="scratch-", dir=self._root))
        return self._folder

    def __exit__(self, *_error: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
