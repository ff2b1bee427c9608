"""The table of comments and answers (matriks tanggapan masukan), and its totals: one reading for every form of it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lumbung.modules.action_plan.models import Channel, Clearing, Comment, Consultation, Prolongation, Response, Seat
from lumbung.modules.action_plan.queries import consultations, drafts

HIDDEN, UNANSWERED, NOT_SAID = "hidden", "unanswered", ""


@dataclass(frozen=True, slots=True)
class Row:
    """One comment as everybody may know it. Words that are not public are empty; `verdict` is a key of VERDICTS."""

    number: str
    received_on: date
    channel: str
    sector: str
    institution: str
    part: str
    commitment: int | None
    quote: str
    text: str
    clearing: str
    hidden_reason: str
    verdict: str
    reason: str
    change: str
    version: int | None
    # The draft that changed, by its slug; "" where nothing did, or where it is the text of the plan itself.
    changed_draft: str
    field: str
    corrected_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every comment of a public test with its published answer, and how many there are of each kind."""

    test: Consultation
    rows: tuple[Row, ...]
    by_verdict: Mapping[str, int]
    by_channel: Mapping[str, int]
    by_sector: Mapping[str, int]
    prolonged: tuple[Prolongation, ...] = ()

    @property
    def corrected(self) -> int:
        """Comments whose answer was corrected since."""
        return sum(row.corrected_at is not None for row in self.rows)

    @property
    def total(self) -> int:
        """All comments, hidden ones counted."""
        return len(self.rows)


VERDICTS = (*Response.Verdict.values, UNANSWERED, HIDDEN)


def matrix_of(test: Consultation) -> Matrix:
    """Everything that came in a public test, in the order of its numbers."""
    titles = {str(version.draft_id): drafts.title_of(version) for version in consultations.frozen_versions(test)}
    rows = tuple(_row(comment, titles.get(str(comment.draft_id), "")) for comment in consultations.comments_of(test))
    return Matrix(
        test=test,
        rows=rows,
        by_verdict=_counted(rows, lambda row: row.verdict, VERDICTS),
        by_channel=_counted(rows, lambda row: row.channel, tuple(Channel.values)),
        by_sector=_counted(rows, lambda row: row.sector, (*Seat.Sector.values, NOT_SAID)),
        prolonged=tuple(consultations.prolongations_of(test)),
    )


def _counted(rows: tuple[Row, ...], key: Callable[[Row], str], order: tuple[str, ...]) -> dict[str, int]:
    counted = Counter(map(key, rows))
    return {name: counted.get(name, 0) for name in order}


def _row(comment: Comment, part: str) -> Row:
    response = comment.response if comment.response and comment.response.published_at else None
    is_hidden = comment.clearing == Clearing.HIDDEN
    changed_in = response.changed_in if response and not is_hidden else None
    verdict = HIDDEN if is_hidden else response.verdict if response else UNANSWERED
    return Row(
        number=comment.number,
        received_on=comment.received_on,
        channel=comment.channel,
        sector=comment.sector,
        institution=comment.institution,
        part=part,
        commitment=comment.draft.number if comment.draft else None,
        quote=comment.quote,
        text=comment.public_text,
        clearing=comment.clearing,
        hidden_reason=comment.hidden_reason,
        verdict=verdict,
        reason=response.reason if response and not is_hidden else "",
        change=response.change if response and not is_hidden else "",
        version=changed_in.number if changed_in else None,
        changed_draft=changed_in.draft.slug if changed_in else "",
        field=comment.field,
        corrected_at=response.published_at if response and response.corrects_id and not is_hidden else None,
    )
