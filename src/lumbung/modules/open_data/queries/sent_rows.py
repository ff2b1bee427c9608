"""The rows a table of a draft has now, for programs that add to them."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.datasets import queries as versions
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.tables import canonical, descriptors
from lumbung.core.tables.schemas import Schema, SchemaField
from lumbung.core.tables.shapes import PlainTable
from lumbung.modules.open_data.models import Dataset, DraftTable, ReleaseTable
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import releases

Stage = DraftTable.Stage
NEW = "new"
# A line of a plain file is at most this long.
csv.field_size_limit(2_000_000)


@dataclass(frozen=True, slots=True)
class Standing:
    """A table as it stands before a call: its schema and rows, or neither; `mark` changes with its content.

    A table that is made by the call has the mark NEW and a title, and no slug yet.
    """

    dataset: Dataset
    slug: str
    mark: str
    schema: Schema | None = None
    path: Path | None = None
    row_count: int = 0
    title: str = ""

    def rows(self) -> Iterator[list[str]]:
        """Every row, as text; none where nothing was sent yet."""
        if self.path is not None:
            with self.path.open(encoding="utf-8", newline="") as file:
                reader = csv.reader(file)
                next(reader, None)
                yield from reader


def standing_of(dataset: Dataset, slug: str) -> Standing | None:
    """The table of the open draft, or of the newest release where no draft is open."""
    draft = known.open_draft_of(dataset)
    if draft is not None:
        table = draft.tables.select_related("kept_version").filter(slug=slug).first()
        return of_draft_table(dataset, table) if table else None
    newest = releases.newest_of(dataset)
    held = newest.tables.select_related("version").filter(resource__slug=slug).first() if newest else None
    return _of_version(dataset, slug, held.version, _schema_of(held)) if held else None


def of_draft_table(dataset: Dataset, table: DraftTable) -> Standing:
    """The same of one table; a file that waits for a person is refused, so that no program undoes what they do."""
    if table.stage == Stage.KEPT and table.kept_version is not None:
        return _of_version(dataset, table.slug, table.kept_version, table.schema or {})
    if table.stage in {Stage.ANNOUNCED, Stage.FAILED}:
        return Standing(dataset, table.slug, mark_of(table))
    if table.schema_confirmed_at is None or not table.plain or not table.schema:
        raise Refused(
            "table-waits-for-a-person",
            _("Somebody has to confirm on the data desk how the file of this table is read. Then rows can be sent."),
            field="resource_id",
        )
    plain = PlainTable.from_json(table.plain["plain"])
    return Standing(dataset, table.slug, mark_of(table), descriptors.read(table.schema), plain.path, plain.row_count)


def mark_of(table: DraftTable) -> str:
    """What tells whether somebody wrote the table meanwhile."""
    if table.kept_version_id is not None:
        return f"kept:{table.kept_version_id}"
    return f"{table.stage == Stage.ANNOUNCED}:{table.source_sha256}:{table.schema_confirmed_at}"


def _of_version(dataset: Dataset, slug: str, version: DatasetVersion, schema: dict[str, Any]) -> Standing:
    if version.is_withdrawn:
        raise Refused("version-withdrawn", _("The rows of this table were withdrawn. Send them anew as another table."))
    path = versions.path_of(version, "csv")
    return Standing(dataset, slug, f"kept:{version.pk}", descriptors.read(schema), path, version.row_count)


def _schema_of(table: ReleaseTable) -> dict[str, Any]:
    return releases.schema_of(table)


def canon(column: SchemaField, cell: str) -> str:
    """A cell in the one form equal values share: 1.50 and 1.5, true and 1."""
    if not cell or column.type == "string" or (cell.isascii() and cell.isdecimal() and cell[0] != "0"):
        return cell  # nearly all keys: texts, and whole numbers as everybody writes them
    try:
        found = canonical.canonical(column, cell)
    except canonical.BadValue:
        return cell
    return format(Decimal(found).normalize(), "f") if column.type in {"number", "integer"} else found


def places_of(schema: Schema, names: Sequence[str]) -> list[tuple[int, SchemaField]]:
    """Where columns stand in a row."""
    return [(schema.names.index(name), schema.column(name)) for name in names]
