"""The table of comments and answers as cells: columns and words declared once, for page, CSV, XLSX, PDF and DOCX."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.core.base import clock
from lumbung.core.web import formatting
from lumbung.modules.action_plan.models import Channel, Clearing, Response, Seat
from lumbung.modules.action_plan.queries import matrix
from lumbung.modules.action_plan.queries.matrix import Matrix, Row


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key for programs, its heading, its share of the width on paper, and its cell."""

    key: str
    label: Any
    width: float
    cell: Callable[[Row], str]


def verdict_label(verdict: str) -> str:
    """How an answer is called; also of what has none."""
    special = {matrix.UNANSWERED: _("Not answered yet"), matrix.HIDDEN: _("Hidden")}
    return special.get(verdict) or str(dict(Response.Verdict.choices)[verdict])


def channel_label(channel: str) -> str:
    """How a channel is called."""
    return str(dict(Channel.choices)[channel])


def sector_label(sector: str) -> str:
    """How a sector is called."""
    return str(dict(Seat.Sector.choices).get(sector) or _("not said"))


def words_of(row: Row) -> str:
    """The comment, or why it is not shown."""
    if row.clearing == Clearing.HIDDEN:
        return _("[hidden: %(reason)s]") % {"reason": row.hidden_reason}
    return row.text or _("[waiting to be cleared]")


def _part(row: Row) -> str:
    if not row.part:
        return _("The plan as a whole")
    return f"{row.commitment}. {row.part}" if row.commitment else row.part


def _from(row: Row) -> str:
    return " · ".join(filter(None, (row.institution, sector_label(row.sector) if row.sector else "")))


def _change(row: Row) -> str:
    version = _("version %(number)s") % {"number": row.version} if row.version else ""
    return f"{row.change} ({version})" if row.change and version else row.change


def _verdict(row: Row) -> str:
    if row.corrected_at is None:
        return verdict_label(row.verdict)
    day = formatting.date_short(clock.local_day(row.corrected_at))
    return _("%(verdict)s (corrected on %(day)s)") % {"verdict": verdict_label(row.verdict), "day": day}


COLUMNS: tuple[Column, ...] = (
    Column("number", gettext_lazy("Number"), 1.4, lambda row: row.number),
    Column("received_on", gettext_lazy("Received"), 1.1, lambda row: formatting.date_short(row.received_on)),
    Column("channel", gettext_lazy("How it came"), 1.0, lambda row: channel_label(row.channel)),
    Column("from", gettext_lazy("Who speaks"), 1.3, _from),
    Column("part", gettext_lazy("Part of the plan"), 1.5, _part),
    Column("quote", gettext_lazy("Quoted words"), 1.8, lambda row: row.quote),
    Column("text", gettext_lazy("Comment"), 3.0, words_of),
    Column("verdict", gettext_lazy("Response"), 1.2, _verdict),
    Column("reason", gettext_lazy("Reason"), 3.0, lambda row: row.reason),
    Column("change", gettext_lazy("What changes"), 2.2, _change),
)


def heads() -> list[str]:
    """The headings in the language active now."""
    return [str(column.label) for column in COLUMNS]


def cells(row: Row) -> list[str]:
    """One comment as people read it."""
    return [column.cell(row) for column in COLUMNS]


def by_key(row: Row) -> dict[str, str]:
    """One comment as people read it, each cell under the key of its column, and the verdict as a key."""
    return {column.key: column.cell(row) for column in COLUMNS} | {"kind": row.verdict}


def totals(found: Matrix) -> list[tuple[str, list[tuple[str, int]]]]:
    """The three sums: by answer, by channel, by sector; each adds up to all comments."""
    return [
        (_("By answer"), _named(found.by_verdict, verdict_label)),
        (_("By way it came"), _named(found.by_channel, channel_label)),
        (_("By sector"), _named(found.by_sector, sector_label)),
    ]


def _named(counted: Mapping[str, int], label: Callable[[str], str]) -> list[tuple[str, int]]:
    return [(label(key), count) for key, count in counted.items()]


def title_of(found: Matrix) -> str:
    """What the table is called."""
    return _("Table of comments and answers: %(member)s") % {"member": found.test.member.organisation.name}


def subtitle_of(found: Matrix) -> str:
    """Which plan, which version, which days."""
    test = found.test
    return _("%(plan)s. Draft version %(version)s, public test of %(from)s to %(until)s.") % {
        "plan": test.member.plan.title,
        "version": test.freeze.number,
        "from": formatting.date_medium(test.opens_on),
        "until": formatting.date_medium(test.closes_on),
    }


def notes(found: Matrix) -> list[str]:
    """What the reader has to know; on every form of the table."""
    told = [
        _("%(count)s comments in all. Hidden ones are counted and need no answer.")
        % {"count": formatting.number(found.total)},
        _("Words are shown as cleared of personal data; the fingerprint of what was sent stands in the public log."),
    ]
    if found.corrected:
        told.append(
            _("Where an answer was corrected, the newest is shown; those before stay on the page of the comment.")
        )
    if found.test.member.plan.is_illustration:
        told.insert(
            0, _("This plan is an illustration. It shows how a plan is drawn up here; no government has decided it.")
        )
    return told


def without_line_breaks(values: Sequence[str]) -> list[str]:
    """Cells of one line, for CSV that is read line by line."""
    return [" ".join(value.split()) for value in values]
