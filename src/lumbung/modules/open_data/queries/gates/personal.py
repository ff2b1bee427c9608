"""Columns that look like personal data and about which nobody decided."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.models import Draft, DraftTable
from lumbung.modules.open_data.queries import personal_columns
from lumbung.modules.open_data.queries.gates.gaps import Gap

IN_CELLS = _(
    "Table %(table)s: column %(column)s looks like personal data in %(count)s cells. "
    "Leave the column out, or say why it is none."
)
BY_NAME = _(
    "Table %(table)s: column %(column)s is called like a column of personal data. "
    "Leave the column out, or say why it is none."
)


def gaps(draft: Draft, tables: list[DraftTable]) -> Iterator[Gap]:
    """One gap a column and kind."""
    for table in tables:
        for finding, decision in personal_columns.with_decisions(table):
            if decision is None:
                params = {key: str(finding[key]) for key in ("column", "count")}
                message = IN_CELLS if finding["count"] else BY_NAME
                yield Gap(f"personal:{table.slug}", message, (("table", table.title), *params.items()))
