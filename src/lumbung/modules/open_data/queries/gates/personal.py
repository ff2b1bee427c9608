"""Columns that look like personal data and about which nobody decided."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.models import Draft, DraftTable
from lumbung.modules.open_data.queries.gates.gaps import Gap

UNDECIDED = _(
    "Table %(table)s: column %(column)s looks like personal data (%(kind)s, %(count)s cells). "
    "Leave the column out, or say why it is none."
)


def gaps(draft: Draft, tables: list[DraftTable]) -> Iterator[Gap]:
    """One gap a column and kind."""
    for table in tables:
        decided = {(each.column, each.kind) for each in table.decisions.all()}
        for finding in table.findings:
            if (finding["column"], finding["kind"]) not in decided:
                params = {key: str(finding[key]) for key in ("column", "kind", "count")}
                yield Gap(f"personal:{table.slug}", UNDECIDED, (("table", table.title), *params.items()))
