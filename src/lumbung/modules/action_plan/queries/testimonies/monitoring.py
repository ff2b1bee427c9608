"""What is said of commitments: reports of the agency, verdicts of the monitoring body, notes and replies."""

from collections.abc import Iterator
from typing import Any

from lumbung.core.base import clock
from lumbung.core.base.testimonies import Facts, Said, Testimony, one_by_one, picked
from lumbung.modules.action_plan.events.monitoring import (
    CommitmentAssessed,
    NoteSigned,
    ReplyGiven,
    SelfReportApproved,
    SelfReportReturned,
    SelfReportWritten,
)
from lumbung.modules.action_plan.models import Assessment, Hiding, Note, Reply, SelfReport, Term
from lumbung.modules.action_plan.queries.clocks import Quarter
from lumbung.modules.action_plan.queries.testimonies import words
from lumbung.modules.action_plan.queries.testimonies.words import HiddenWords

NOT_APPLICABLE = "n/a"
# The questions of each coding, in the order in which the event tells them.
CODED = {
    Assessment.Kind.INCEPTION: ("is_verifiable", "is_relevant", "novelty", "ambition"),
    Assessment.Kind.END: ("completion", "opened_information", "opened_participation", "opened_accountability"),
}
WAITS, APPROVED, RETURNED = "", "approved", "returned"


def spoken(answer: object) -> str:
    """One answer of a coding, as the log tells it."""
    if answer is None:
        return NOT_APPLICABLE
    return answer.key if isinstance(answer, Term) else ("yes" if answer else "no")


def coding_of(row: Assessment) -> dict[str, str]:
    """Question and answer, of the questions its kind has."""
    return {name: spoken(getattr(row, name)) for name in CODED[Assessment.Kind(row.kind)]}


def milestones_of(report: SelfReport) -> dict[str, str]:
    """The day each milestone was reached as the report tells it, by its number; "" for not yet."""
    return {
        str(each.milestone.number): each.done_on.isoformat() if each.done_on else "" for each in report.milestones.all()
    }


def _of_words(said: Said) -> Facts:
    told = picked(said.data, "words_hash", words="words_hash")
    return {"by": said.organisation, "written_on": said.on, **told}


def _of_row(row: Any, hidden: HiddenWords) -> Facts:
    return {**words.signed(row, hidden), "written_on": clock.local_day(row.written_at).isoformat()}


def _proofs(row: SelfReport | Assessment) -> list[str]:
    return sorted(str(each.pk) for each in row.evidence.all())


def _assessed(said: Said) -> tuple[str, Facts]:
    facts = picked(said.data, "commitment", "kind", "coding", "reply_due_on", "evidence", lessons="lessons_hash")
    return f"assessment:{said.data['assessment']}", {**facts, **_of_words(said)}


def _assessments(commitment: str | None) -> Iterator[tuple[str, Facts]]:
    hidden, rows = HiddenWords(Hiding.Kind.ASSESSMENT), Assessment.objects.prefetch_related("evidence")
    degrees = ("novelty", "ambition", *CODED[Assessment.Kind.END])
    rows = rows.select_related(*degrees)
    for each in rows if commitment is None else rows.filter(commitment=commitment):
        yield (
            f"assessment:{each.pk}",
            {
                "commitment": each.commitment_id,
                "kind": each.kind,
                "coding": coding_of(each),
                "reply_due_on": each.reply_due_on.isoformat(),
                "evidence": _proofs(each),
                **_of_row(each, hidden),
                **dict(words.fact("lessons", each.lessons, each.salt, is_hidden=hidden.hides(each, each.lessons))),
            },
        )


def _reported(said: Said) -> tuple[str, Facts]:
    facts = picked(said.data, "commitment", "period", "completion", "evidence", "milestones")
    return _report(said), {**facts, **_of_words(said), "decision": WAITS, "decided_on": ""}


def _approved(said: Said) -> tuple[str, Facts]:
    return _report(said), {"decision": APPROVED, "decided_on": said.on, **picked(said.data, "period", "completion")}


def _returned(said: Said) -> tuple[str, Facts]:
    return _report(said), {"decision": RETURNED, "decided_on": said.on}


def _report(said: Said) -> str:
    return f"self_report:{said.data['report']}"


def _reports(commitment: str | None) -> Iterator[tuple[str, Facts]]:
    hidden, rows = HiddenWords(Hiding.Kind.SELF_REPORT), SelfReport.objects.select_related("completion", "decision")
    rows = rows.prefetch_related("evidence", "milestones__milestone")
    for each in rows if commitment is None else rows.filter(commitment=commitment):
        decision = getattr(each, "decision", None)
        decided = (APPROVED if decision.is_approved else RETURNED) if decision else WAITS
        yield (
            f"self_report:{each.pk}",
            {
                "commitment": each.commitment_id,
                "period": Quarter(each.year, each.quarter).name,
                "completion": each.completion.key,
                "evidence": _proofs(each),
                "milestones": milestones_of(each),
                "decision": decided,
                "decided_on": clock.local_day(decision.decided_at).isoformat() if decision else "",
                **_of_row(each, hidden),
            },
        )


def _noted(said: Said) -> tuple[str, Facts]:
    facts = picked(said.data, "commitment", "reply_due_on", by="organisation")
    return f"note:{said.data['said']}", {**_of_words(said), **facts}


def _notes(commitment: str | None) -> Iterator[tuple[str, Facts]]:
    hidden, rows = HiddenWords(Hiding.Kind.NOTE), Note.objects.all()
    for each in rows if commitment is None else rows.filter(commitment=commitment):
        facts = {"commitment": each.commitment_id, "reply_due_on": each.reply_due_on.isoformat()}
        yield f"note:{each.pk}", {**facts, **_of_row(each, hidden)}


def _replied(said: Said) -> tuple[str, Facts]:
    return f"reply:{said.data['reply']}", {**_of_words(said), **picked(said.data, "answers", by="organisation")}


def _replies(commitment: str | None) -> Iterator[tuple[str, Facts]]:
    hidden, rows = HiddenWords(Hiding.Kind.REPLY), Reply.objects.select_related("assessment", "note")
    for each in rows:
        answered = each.assessment or each.note
        if answered is not None and commitment in {None, answered.commitment_id}:
            yield f"reply:{each.pk}", {"answers": str(answered.pk), **_of_row(each, hidden)}


TESTIMONIES = (
    Testimony("assessment", (CommitmentAssessed.key,), one_by_one({CommitmentAssessed.key: _assessed}), _assessments),
    Testimony(
        "self_report",
        (SelfReportWritten.key, SelfReportApproved.key, SelfReportReturned.key),
        one_by_one(
            {SelfReportWritten.key: _reported, SelfReportApproved.key: _approved, SelfReportReturned.key: _returned}
        ),
        _reports,
    ),
    Testimony("note", (NoteSigned.key,), one_by_one({NoteSigned.key: _noted}), _notes),
    Testimony("reply", (ReplyGiven.key,), one_by_one({ReplyGiven.key: _replied}), _replies),
)
