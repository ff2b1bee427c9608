"""Coded columns and the lists their codes come from."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lumbung.core.tables.schemas import REGION_CODE
from lumbung.modules.open_data.models import Draft, DraftTable
from lumbung.modules.open_data.queries import code_lists
from lumbung.modules.open_data.queries.gates.gaps import Gap

NO_LIST = _("Table %(table)s: column %(column)s holds region codes but names no code list. Choose one.")
UNKNOWN_LIST = _("Table %(table)s: column %(column)s names a code list that does not exist. Choose another one.")


def gaps(draft: Draft, tables: list[DraftTable]) -> Iterator[Gap]:
    """Coded columns without a list; whether their cells are codes of it, the check of the table has said."""
    for table in tables:
        described = draft.metadata.get("variables", {}).get(table.slug, {})
        for field in (table.schema or {}).get("fields", []):
            chosen = str(described.get(field["name"], {}).get("classification") or "")
            params = (("table", table.title), ("column", str(field["name"])))
            if field.get("rdfType") == REGION_CODE and not chosen:
                yield Gap(f"variables:{table.slug}:{field['name']}", NO_LIST, params)
            elif chosen and not code_lists.is_known(chosen):
                yield Gap(f"variables:{table.slug}:{field['name']}", UNKNOWN_LIST, params)
