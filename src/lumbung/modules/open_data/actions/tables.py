"""Tables of a draft: a file is brought, how it is read and what its columns are is confirmed, it is removed again."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.jobs import actions as jobs
from lumbung.core.tables import descriptors
from lumbung.core.tables.schemas import SchemaField, Words
from lumbung.core.tables.shapes import Look, Reading
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import clearing
from lumbung.modules.open_data.actions.datasets import count_save
from lumbung.modules.open_data.actions.workflow import require_seen
from lumbung.modules.open_data.models import Draft, DraftTable, PersonalDecision
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import personal_columns, sources, workplace

FIRST_SLUG = "data"
MOST_TABLES = 20
BLOCK = 1 << 20
LOOK, READ, CHECK = "look", "read", "check"
NOT_READ = _("This table has not been read yet. Confirm how it is read first.")


def bring_file(
    *, draft: Draft, source: Path, name: str, title: str, by: Viewer, now: datetime, slug: str = ""
) -> DraftTable:
    """Take a file in as a new table of the draft, or as new content of the table of that slug; it is looked at next.

    source  a file of ours on the file system of the datasets; it is moved
    name    what the file was called: a hint for reading, shown to those who work on the draft
    """
    permissions.required_in(by, permissions.PRODUCE, draft.dataset)
    sha256, size = _fingerprint(source)
    with transaction.atomic():
        current = known.locked(draft)
        known.require_writable(current)
        table = table_for(current, slug, title)
        folder = workplace.folder_of(table.pk)
        folder.mkdir(parents=True, exist_ok=True)
        source.replace(workplace.source_of(table.pk))
        table.source_name, table.source_sha256, table.source_bytes = name[-200:], sha256, size
        begin_anew(table, DraftTable.Stage.RECEIVED, {"step": LOOK, "rows": 0})
        table.save()
        count_save(current)
        jobs.enqueue("open_data.look", now=now, table_id=str(table.pk), sha256=sha256)
        return table


def choose_reading(*, table: DraftTable, reading: Reading, by: Viewer, now: datetime) -> DraftTable:
    """Confirm how a file is read; it is read next."""
    permissions.required_in(by, permissions.PRODUCE, table.draft.dataset)
    with transaction.atomic():
        current = writable(table)
        if current.progress.get("step") == LOOK:
            raise Refused(
                "table-is-looked-at", _("The file is being looked through. Wait until that is done, then confirm.")
            )
        _ask_anew(current)
        return _read_next(current, reading, now)


def look_again(*, table: DraftTable, wanted: Mapping[str, Any], by: Viewer, now: datetime) -> DraftTable:
    """Look at the file once more with a sheet, an encoding, a separator, header rows or rows left out somebody chose.

    What is known of the file stands until the new look has come to something.
    """
    permissions.required_in(by, permissions.PRODUCE, table.draft.dataset)
    with transaction.atomic():
        current = writable(table)
        _ask_anew(current)
        look, reading = current.look, current.reading
        begin_anew(current, DraftTable.Stage.RECEIVED, {"step": LOOK, "rows": 0, "wanted": dict(wanted)})
        current.look, current.reading = look, reading
        current.save()
        jobs.enqueue("open_data.look", now=now, table_id=str(current.pk), sha256=current.source_sha256)
        return current


def confirm_columns(
    *,
    table: DraftTable,
    schema: Mapping[str, Any],
    variables: Mapping[str, Mapping[str, Any]],
    seen: int,
    by: Viewer,
    now: datetime,
) -> DraftTable:
    """Confirm type, rules and meaning of every column; all cells are checked against them next."""
    permissions.required_in(by, permissions.PRODUCE, table.draft.dataset)
    descriptors.read(schema)  # refuses what is no schema
    with transaction.atomic():
        require_seen(known.locked(table.draft), seen)
        current = writable(table)
        if current.plain is None:
            raise Refused("table-not-read", NOT_READ)
        _keep_variables(current, variables)
        current.schema, current.schema_confirmed_at = dict(schema), now
        current.stage, current.report, current.written = DraftTable.Stage.READ, None, None
        current.progress = {"step": CHECK, "rows": 0}
        current.save()
        jobs.enqueue("open_data.check", now=now, table_id=str(current.pk), sha256=current.source_sha256)
        return current


def describe_columns(
    *, table: DraftTable, variables: Mapping[str, Mapping[str, Any]], seen: int, by: Viewer
) -> DraftTable:
    """Say anew what the columns of a table kept from the last release mean; its cells and their types stay."""
    permissions.required_in(by, permissions.PRODUCE, table.draft.dataset)
    with transaction.atomic():
        require_seen(known.locked(table.draft), seen)
        current = writable(table)
        if current.stage != DraftTable.Stage.KEPT:
            raise Refused("table-is-not-kept", _("Another file was brought for this table. Reload the page."))
        _keep_variables(current, variables)
        schema = descriptors.read(current.schema or {})
        fields = tuple(_said_of(column, variables.get(column.name, {})) for column in schema.fields)
        current.schema = descriptors.write(replace(schema, fields=fields))
        current.save()
        return current


def _said_of(column: SchemaField, variable: Mapping[str, Any]) -> SchemaField:
    title, description = (Words(**variable.get(word, {})) for word in ("label", "definition"))
    return replace(column, title=title, description=description, unit=variable.get("unit", ""))


def _keep_variables(table: DraftTable, variables: Mapping[str, Mapping[str, Any]]) -> None:
    draft = table.draft
    described = {**draft.metadata.get("variables", {}), table.slug: variables}
    draft.metadata = {**draft.metadata, "variables": described}
    draft.save(update_fields=["metadata"])


def leave_column_out(*, table: DraftTable, column: str, by: Viewer, now: datetime) -> DraftTable:
    """Read the file once more without a column; the column's cells are nowhere in what is published."""
    permissions.required_in(by, permissions.PRODUCE, table.draft.dataset)
    with transaction.atomic():
        current = writable(table)
        reading = _named(current)
        if column not in reading.names:
            raise Refused("no-such-column", _("There is no such column. Reload the page."))
        if len(reading.names) == 1:
            raise Refused("last-column", _("This is the only column left. Remove the whole table instead."))
        place = reading.kept_columns[reading.names.index(column)]
        if current.look:
            current.look = Look.from_json(current.look).without_columns({place}).to_json()
        return _read_next(current, reading.without_columns({place}), now)


def _named(table: DraftTable) -> Reading:
    """How the table was read, with the names its columns have got."""
    if table.plain is None or table.reading is None:
        raise Refused("table-not-read", NOT_READ)
    reading = Reading.from_json(table.reading)
    return replace(reading, names=tuple(personal_columns.source_places(reading, personal_columns.header_of(table))))


def _read_next(current: DraftTable, reading: Reading, now: datetime) -> DraftTable:
    """Read the held table so. What was left out for personal data stays out, whatever form was sent."""
    out = set(Look.from_json(current.look).reading.dropped_columns) if current.look else set()
    dropped = current.decisions.filter(choice=PersonalDecision.Choice.DROPPED).values_list("column", flat=True)
    named = zip(reading.kept_columns, reading.names, strict=True)
    out |= {place for place, name in named if name in set(dropped)}
    current.reading = reading.without_columns(out - set(reading.dropped_columns)).to_json()
    current.stage, current.failure, current.progress = DraftTable.Stage.LOOKED, {}, {"step": READ, "rows": 0}
    current.plain = current.schema = current.proposal = current.report = current.written = None
    current.schema_confirmed_at, current.findings = None, []
    current.save()
    jobs.enqueue("open_data.read", now=now, table_id=str(current.pk), sha256=current.source_sha256)
    return current


def _ask_anew(table: DraftTable) -> None:
    """What was said to be no personal data was said of the cells as they were read then."""
    PersonalDecision.objects.filter(table=table, choice=PersonalDecision.Choice.NOT_PERSONAL).delete()


def remove_table(*, table: DraftTable, by: Viewer, now: datetime) -> None:
    """Take a table out of the draft, with its file."""
    permissions.required_in(by, permissions.PRODUCE, table.draft.dataset)
    with transaction.atomic():
        current = writable(table)
        table_id = current.pk
        forget_address(current.draft, current)
        current.delete()
        transaction.on_commit(lambda: clearing.clear(table_id))


def table_for(draft: Draft, slug: str, title: str) -> DraftTable:
    """The table of that slug, or a new one after the others."""
    tables = list(draft.tables.all())
    found = next((table for table in tables if slug and table.slug == slug), None)
    if found is not None:
        PersonalDecision.objects.filter(table=found).delete()
        forget_address(draft, found)
        return found
    if len(tables) >= MOST_TABLES:
        raise Refused(
            "draft-has-many-tables", _("A dataset holds at most %(most)s tables. Begin another one."), most=MOST_TABLES
        )
    taken = {table.slug for table in tables}
    position = max((table.position for table in tables), default=0) + 1
    return DraftTable(draft=draft, slug=_free_slug(title, taken), title=title, position=position)


def forget_address(draft: Draft, table: DraftTable) -> None:
    """The address a table was fetched from is no longer where it comes from."""
    table.source_url = ""
    if table.slug in draft.metadata.get(sources.SOURCES, {}):
        draft.metadata = sources.without(draft.metadata, table.slug)
        draft.save(update_fields=["metadata"])


def _free_slug(title: str, taken: set[str]) -> str:
    if not taken:
        return FIRST_SLUG
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:34] or "tabel"
    return next(slug for number in range(1, 99) if (slug := plain if number == 1 else f"{plain}-{number}") not in taken)


def begin_anew(table: DraftTable, stage: str, progress: dict[str, Any]) -> None:
    """Forget what was found in a table so far."""
    table.stage, table.progress, table.failure = stage, progress, {}
    table.look = table.reading = table.plain = table.schema = None
    table.proposal = table.report = table.written = table.kept_version = None
    table.schema_confirmed_at, table.findings = None, []


def writable(table: DraftTable) -> DraftTable:
    """The table as it stands now, held with its draft until the transaction ends; counts as a save."""
    draft = known.locked(table.draft)
    known.require_writable(draft)
    count_save(draft)
    return DraftTable.objects.select_for_update().select_related("draft__dataset").get(pk=table.pk)


def _fingerprint(source: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
    if size == 0:
        raise Refused("file-is-empty", _("This file is empty. Choose another one."), field="table_file")
    return digest.hexdigest(), size
