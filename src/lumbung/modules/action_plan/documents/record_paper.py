"""The record of a public test (berita acara): its frame, what it says, every comment with its answer, who signs.

One reading for the page, the printed paper, DOCX and CSV.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lumbung.core.web import formatting
from lumbung.modules.action_plan.documents import matrix_table, test_papers
from lumbung.modules.action_plan.queries.matrix import Matrix


@dataclass(frozen=True, slots=True)
class Record:
    """The words of the record. `listing` holds a row of three cells for each comment."""

    opening: str
    sentences: tuple[str, ...]
    heads: tuple[str, ...]
    listing: tuple[tuple[str, ...], ...]
    closing: str
    signing: tuple[tuple[str, str], ...]


def record_of(found: Matrix, *, meetings: Sequence[Any], seats: Sequence[str], today: date) -> Record:
    """The record of a public test as it stands today; of one that is over it does not change any more."""
    return Record(
        opening=_opening(found, today),
        sentences=tuple(test_papers.record_sentences(found, meetings)),
        heads=(_("Number"), _("Comment"), _("Response, reason and change")),
        listing=tuple(_listed(matrix_table.by_key(row)) for row in found.rows),
        closing=_("This record was drawn up truthfully and signed by those named below."),
        signing=tuple(test_papers.signatures(found, seats)),
    )


def _opening(found: Matrix, today: date) -> str:
    test = found.test
    told = {"plan": test.member.plan.title, "member": test.member.organisation.name}
    if today <= test.closes_on:
        return _("On this day, %(day)s, the public test of “%(plan)s” by %(member)s stands as follows.") % {
            "day": formatting.date_long(today),
            **told,
        }
    return _("On this day, %(day)s, the public test of “%(plan)s” by %(member)s ended. This was recorded of it.") % {
        "day": formatting.date_long(test.closes_on),
        **told,
    }


def _listed(cells: dict[str, str]) -> tuple[str, str, str]:
    origin = " · ".join(part for part in (cells["received_on"], cells["channel"], cells["from"]) if part)
    quote = f"“{cells['quote']}”" if cells["quote"] else ""
    change = " ".join((_("What changes:"), cells["change"])) if cells["change"] else ""
    return (
        f"{cells['number']}\n{origin}",
        "\n".join(part for part in (cells["part"], quote, cells["text"]) if part),
        "\n".join(part for part in (cells["verdict"], cells["reason"], change) if part),
    )


def heads_of_csv() -> list[str]:
    """The columns of the record as a table for programs."""
    return [_("Section"), _("Number"), _("What is recorded"), _("Response"), _("Reason"), _("What changes")]


def rows_of_csv(found: Matrix, record: Record) -> list[list[str]]:
    """Everything the record says, one line each: frame, sentences, sums, comments, signatures."""
    rows = [[_("Opening"), "", record.opening]]
    rows += [[_("Content"), str(number), words] for number, words in enumerate(record.sentences, start=1)]
    rows += [[title, label, str(count)] for title, sums in matrix_table.totals(found) for label, count in sums]
    for row in found.rows:
        cells = matrix_table.by_key(row)
        keys = ("number", "text", "verdict", "reason", "change")
        rows.append([_("Comment"), *(cells[key] for key in keys)])
    rows.append([_("Closing"), "", record.closing])
    rows += [[_("Signed by"), role, name] for role, name in record.signing]
    width = len(heads_of_csv())
    return [matrix_table.without_line_breaks([*row, *[""] * (width - len(row))]) for row in rows]
