"""Tables programs write row by row: announced, named, filled, emptied; every cell is checked by a job afterwards."""

import csv
import hashlib
import io
import os
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.errors import NotFound, Refused
from lumbung.core.files import spooling
from lumbung.core.jobs import actions as jobs
from lumbung.core.tables import descriptors
from lumbung.core.tables.schemas import Schema
from lumbung.core.tables.shapes import Outcome, PlainTable, Reading
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import addresses, datasets, tables
from lumbung.modules.open_data.models import Dataset, Draft, DraftTable, PersonalDecision
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import sent_rows, workplace
from lumbung.modules.open_data.queries.sent_rows import Standing

MOST_ROWS = 200_000
MOST_BYTES = 50_000_000
ATTEMPTS = 5
AT_ONCE = 1000
SENT = "sent-"
MEANWHILE = "table-written-meanwhile"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table is to be: its columns, what they mean as far as it was said now, all its rows in order."""

    schema: Schema
    variables: Mapping[str, Mapping[str, Any]]
    rows: Iterable[list[str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """The file of a whole table, written before the transaction that makes it the table's content."""

    path: Path
    sha256: str
    size: int
    row_count: int


def draft_of(*, dataset: Dataset, by: Viewer, now: datetime) -> Draft:
    """The open draft of a dataset, held until the transaction ends, or one begun now.

    The dataset itself is held only where a draft is begun: whoever publishes holds the draft first.
    """
    permissions.required_in(by, permissions.PRODUCE, dataset)
    found = known.open_draft_of(dataset) or datasets.begin_draft(dataset=dataset, by=by, now=now)
    draft = known.locked(found)
    known.require_writable(draft)
    return draft


def announce_table(*, draft: Draft, title: str, by: Viewer, now: datetime) -> DraftTable:
    """A table of a draft whose rows or file come later."""
    permissions.required_in(by, permissions.PRODUCE, draft.dataset)
    with transaction.atomic():
        current = known.locked(draft)
        known.require_writable(current)
        table = tables.table_for(current, "", title)
        tables.begin_anew(table, DraftTable.Stage.ANNOUNCED, {})
        table.save()
        datasets.count_save(current)
        return table


def put_table(
    *,
    dataset: Dataset,
    slug: str,
    title: str,
    source: Path | None,
    name: str,
    by: Viewer,
    now: datetime,
    address: str = "",
) -> DraftTable:
    """A table of the draft with the title and the file that were sent, or an address; without a slug a new one.

    All of it or nothing: a call that is refused begins no draft.
    """
    with transaction.atomic():
        draft = draft_of(dataset=dataset, by=by, now=now)
        if address:
            return addresses.ask_for(draft=draft, address=address, title=title, slug=slug, by=by, now=now)
        if not slug and source is None:
            return announce_table(draft=draft, title=title, by=by, now=now)
        table = _table_of(draft, slug) if slug else None
        if table is not None and title and title != table.title:
            table = rename_table(table=table, title=title, by=by)
        if source is not None:
            called = title or (table.title if table else "")
            table = tables.bring_file(draft=draft, source=source, name=name, title=called, slug=slug, by=by, now=now)
        assert table is not None
        return table


def drop_table(*, dataset: Dataset, slug: str, by: Viewer, now: datetime) -> None:
    """Take a table out of the draft; published releases keep it."""
    with transaction.atomic():
        table = _table_of(draft_of(dataset=dataset, by=by, now=now), slug)
        tables.remove_table(table=table, by=by, now=now)


def rename_table(*, table: DraftTable, title: str, by: Viewer) -> DraftTable:
    """Call a table of a draft otherwise; its address stays."""
    permissions.required_in(by, permissions.PRODUCE, table.draft.dataset)
    with transaction.atomic():
        current = tables.writable(table)
        current.title = title
        current.save(update_fields=["title"])
        return current


def empty_table(*, dataset: Dataset, slug: str, by: Viewer, now: datetime) -> DraftTable:
    """Take every row and column out of a table; it waits for new ones."""
    with transaction.atomic():
        table = _table_of(draft_of(dataset=dataset, by=by, now=now), slug)
        current = tables.writable(table)
        tables.begin_anew(current, DraftTable.Stage.ANNOUNCED, {})
        tables.forget_address(current.draft, current)
        current.source_name, current.source_sha256, current.source_bytes = "", "", 0
        current.save()
        PersonalDecision.objects.filter(table=current).delete()
        return current


def write_rows(
    *,
    standing_of: Callable[[], Standing],
    plan: Callable[[Standing], Plan],
    by: Viewer,
    now: datetime,
    is_trial: bool = False,
) -> DraftTable | None:
    """Give a table the rows that `plan` makes of those it has; None where it was a trial.

    The file is written outside any transaction. If somebody else wrote meanwhile, all is worked out once more from
    what they left, so that of two programs neither loses a row.
    """
    for _attempt in range(ATTEMPTS):
        standing = standing_of()
        permissions.required_in(by, permissions.PRODUCE, standing.dataset)
        try:
            return _attempted(standing, plan(standing), by=by, now=now, is_trial=is_trial)
        except FileNotFoundError:  # another program's rows took the place of those we were reading
            continue
        except Refused as refused:
            if refused.code != MEANWHILE:
                raise
    raise _meanwhile()


def _attempted(standing: Standing, planned: Plan, *, by: Viewer, now: datetime, is_trial: bool) -> DraftTable | None:
    with _written(planned.schema, planned.rows) as kept:
        return None if is_trial else _keep(standing, planned, kept, by=by, now=now)


def _keep(standing: Standing, planned: Plan, kept: Kept, *, by: Viewer, now: datetime) -> DraftTable:
    with transaction.atomic():
        draft = draft_of(dataset=standing.dataset, by=by, now=now)
        if standing.mark == sent_rows.NEW:
            table = announce_table(draft=draft, title=standing.title, by=by, now=now)
        else:
            table = _table_of(draft, standing.slug)
            if sent_rows.mark_of(table) != standing.mark:
                raise _meanwhile()
        told = descriptors.write(planned.schema)
        if _is_the_same(table, told, planned.variables, kept):
            return table
        current = tables.writable(table)
        _describe(current, planned.schema, planned.variables)
        _fill(current, told, kept, now)
        return current


def _meanwhile() -> Refused:
    return Refused(MEANWHILE, _("Other programs write this table now. Send the call once more in a while."))


def _is_the_same(table: DraftTable, told: Mapping[str, Any], variables: Mapping[str, Any], kept: Kept) -> bool:
    """Nothing new: the decisions and checks of people stay. A version keeps its bytes under the same hash."""
    sha256 = table.kept_version.csv_sha256 if table.kept_version is not None else table.source_sha256
    return sha256 == kept.sha256 and table.schema == told and not any(variables.values())


def _describe(table: DraftTable, schema: Schema, variables: Mapping[str, Any]) -> None:
    """What columns mean: what was sent now, else what was said before."""
    draft = table.draft
    described = draft.metadata.get("variables", {})
    before = known.variables_of(draft, table.slug, schema.names)
    told = {name: {**before[name], **variables.get(name, {})} for name in schema.names}
    draft.metadata = {**draft.metadata, "variables": {**described, table.slug: told}}
    draft.save(update_fields=["metadata"])


def _fill(table: DraftTable, told: Mapping[str, Any], kept: Kept, now: datetime) -> None:
    header, former = tuple(field["name"] for field in told["fields"]), _sent_file(table)
    folder = workplace.folder_of(table.pk)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{SENT}{uuid.uuid4().hex}.csv"
    kept.path.replace(path)
    _link(path, workplace.source_of(table.pk))
    tables.forget_address(table.draft, table)
    tables.begin_anew(table, DraftTable.Stage.READ, {"step": tables.CHECK, "rows": 0})
    table.source_name, table.source_sha256, table.source_bytes = "datastore.csv", kept.sha256, kept.size
    table.reading = Reading("csv", encoding="utf-8", separator=",", header_rows=(1,), first_data_row=2).to_json()
    plain = PlainTable(path, header, header, kept.row_count, kept.sha256, first_data_row=2)
    table.plain, table.schema, table.schema_confirmed_at = Outcome(plain).to_json(), dict(told), now
    table.save()
    PersonalDecision.objects.filter(table=table).delete()
    jobs.enqueue("open_data.check_sent", now=now, table_id=str(table.pk), sha256=kept.sha256)
    if former is not None:
        transaction.on_commit(lambda: former.unlink(missing_ok=True))


def _sent_file(table: DraftTable) -> Path | None:
    path = Path(table.plain["plain"]["path"]) if table.plain else None
    return path if path is not None and path.name.startswith(SENT) else None


def _link(path: Path, source: Path) -> None:
    """The same bytes as the file that was brought, for a person who wants it read otherwise."""
    beside = source.with_name(f".{path.name}")
    os.link(path, beside)
    beside.replace(source)


def _table_of(draft: Draft, slug: str) -> DraftTable:
    table = draft.tables.select_related("draft__dataset", "kept_version").filter(slug=slug).first()
    if table is None:
        raise NotFound("no-such-table", _("The draft has no such table any more."))
    return table


@contextmanager
def _written(schema: Schema, rows: Iterable[list[str]]) -> Iterator[Kept]:
    """The whole table as a plain file on the file system of the datasets; gone afterwards unless it was moved."""
    folder = Path(settings.LUMBUNG_DATASETS) / spooling.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rows-", dir=folder) as made:
        yield _file_of(Path(made) / "rows.csv", schema.names, rows)


def _file_of(path: Path, header: Sequence[str], rows: Iterable[list[str]]) -> Kept:
    digest, size, count = hashlib.sha256(), 0, 0
    with path.open("wb") as file:
        for block in _blocks(header, rows):
            data = _as_csv(block).encode()
            digest.update(data)
            size, count = size + len(data), count + len(block)
            if count - 1 > MOST_ROWS or size > MOST_BYTES:
                raise Refused(
                    "table-too-large-for-rows",
                    _("A table written row by row has at most %(rows)s rows and %(bytes)s bytes. Send a file instead."),
                    field="records",
                    rows=MOST_ROWS,
                    bytes=MOST_BYTES,
                )
            file.write(data)
    return Kept(path, digest.hexdigest(), size, count - 1)


def _blocks(header: Sequence[str], rows: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    block = [list(header)]
    for row in rows:
        block.append(row)
        if len(block) >= AT_ONCE:
            yield block
            block = []
    if block:
        yield block


def _as_csv(rows: list[list[str]]) -> str:
    """As core/tables writes a plain file: quoted where need be, everything where a carriage return stands in a cell."""
    has_return = any("\r" in cell for row in rows for cell in row)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL if has_return else csv.QUOTE_MINIMAL).writerows(rows)
    return text.getvalue()
