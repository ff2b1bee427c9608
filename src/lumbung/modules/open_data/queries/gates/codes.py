"""Coded columns and the lists their codes come from."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lumbung.core.tables.schemas import REGION_CODE
from lumbung.modules.open_data.models import Draft, DraftTable
from lumbung.modules.open_data.queries import code_lists
from lumbung.modules.open_data.queries.gates.gaps import Gap

NO_LIST = _("Table %(table)s: column %(column)s holds region codes but names no code list. Choose one.")
UNKNOWN_LIST = _("Table %(table)s: column %(column)s names a code list that does not exist. Choose another one.")
UNCHECKED = _(
    "Table %(table)s: the cells of column %(column)s were never checked against the code list it names. "
    "Choose the type text and confirm the columns; of a table kept from the last release, bring the file anew."
)


def gaps(draft: Draft, tables: list[DraftTable]) -> Iterator[Gap]:
    """Coded columns without a list, or whose cells no check has held against it; what the check found it told."""
    for table in tables:
        checked = _checked_lists(table)
        described = draft.metadata.get("variables", {}).get(table.slug, {})
        for field in (table.schema or {}).get("fields", []):
            chosen = str(described.get(field["name"], {}).get("classification") or "")
            params = (("table", table.title), ("column", str(field["name"])))
            if field.get("rdfType") == REGION_CODE and not chosen:
                yield Gap(f"variables:{table.slug}:{field['name']}", NO_LIST, params)
            elif chosen and not code_lists.is_known(chosen):
                yield Gap(f"variables:{table.slug}:{field['name']}", UNKNOWN_LIST, params)
            elif chosen and checked.get(field["name"]) != chosen:
                yield Gap(f"variables:{table.slug}:{field['name']}", UNCHECKED, params)


def _checked_lists(table: DraftTable) -> dict[str, str]:
    """The list the cells of each column are held against, as the schema of the table says."""
    keys = (table.schema or {}).get("foreignKeys", [])
    return {name: str(key["reference"]["resource"]) for key in keys for name in key["fields"]}
