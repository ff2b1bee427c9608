"""Whether tables were read, checked, and named so that other programs can use them."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.models import Draft, DraftTable
from lumbung.modules.open_data.queries.gates.gaps import Gap

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
NO_TABLE = _("There is no table yet. Bring a file.")
NOT_READ = _("Table %(table)s: confirm how the file is read.")
FAILED = _("Table %(table)s could not be read. Bring another file, or remove it.")
NOT_CONFIRMED = _("Table %(table)s: confirm the type of every column.")
NOT_CHECKED = _("Table %(table)s: its cells have not been checked yet. Wait a moment and look again.")
NO_ROWS = _("Table %(table)s is announced, but nothing was sent yet. Send its rows or a file, or remove it.")
WITHDRAWN = _(
    "Table %(table)s: the data it keeps from an earlier release were withdrawn and are gone. "
    "Bring its file anew, or remove the table."
)
HAS_ERRORS = _(
    "Table %(table)s: %(count)s cells do not keep to the standard. Mend the file, or the type of the column."
)
BAD_NAME = _("Table %(table)s: the column name %(column)s is not made of small letters, digits and _. Rename it.")

UNREAD = {DraftTable.Stage.FAILED: FAILED, DraftTable.Stage.ANNOUNCED: NO_ROWS}
READ = frozenset({DraftTable.Stage.READ, DraftTable.Stage.CHECKED, DraftTable.Stage.KEPT})


def read_gaps(draft: Draft, tables: list[DraftTable]) -> Iterator[Gap]:
    """No table, one that was not read, or one whose bytes were withdrawn meanwhile."""
    if not tables:
        yield Gap("tables", NO_TABLE)
    for table in tables:
        if table.stage not in READ:
            yield _gap(table, UNREAD.get(DraftTable.Stage(table.stage), NOT_READ))
        elif table.kept_version is not None and table.kept_version.is_withdrawn:
            yield _gap(table, WITHDRAWN)


def standard_gaps(draft: Draft, tables: list[DraftTable]) -> Iterator[Gap]:
    """Types nobody confirmed, and cells that do not keep to them."""
    for table in tables:
        if table.stage == DraftTable.Stage.KEPT:
            continue
        if table.stage in READ and table.schema_confirmed_at is None:
            yield _gap(table, NOT_CONFIRMED)
        elif table.stage == DraftTable.Stage.READ and not table.report:
            yield _gap(table, NOT_CHECKED)
        errors = int((table.report or {}).get("error_count", 0))
        if errors:
            yield _gap(table, HAS_ERRORS, count=str(errors))


def name_gaps(draft: Draft, tables: list[DraftTable]) -> Iterator[Gap]:
    """Column names other programs would stumble over."""
    for table in tables:
        for field in (table.schema or {}).get("fields", []):
            if not NAME.match(str(field["name"])):
                yield _gap(table, BAD_NAME, column=str(field["name"]))


def _gap(table: DraftTable, sentence: object, **params: str) -> Gap:
    return Gap(f"table:{table.slug}", sentence, (("table", table.title), *params.items()))  # type: ignore[arg-type]
