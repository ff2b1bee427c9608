"""What was said of commitments and comments, held against the log: `lumbung verify` finds a verdict that was rewritten.

The events of these say degrees, days and the salted hashes of words. From the event and from the row the same facts
are put together and compared. Words that were hidden are taken as the log has them, if somebody hid them here.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import rfc8785
from django.db.models import Model

from lumbung.core.base import sealing
from lumbung.core.base.declarations import Claim
from lumbung.modules.action_plan.events import consultation, monitoring, remarks
from lumbung.modules.action_plan.models import (
    Assessment,
    Hiding,
    Note,
    RemarkAnswer,
    Reply,
    ReportDecision,
    Response,
    SelfReport,
    Term,
)
from lumbung.modules.action_plan.models.words import MARK
from lumbung.modules.action_plan.queries.clocks import Quarter

Data = Mapping[str, Any]
Objects = dict[str, str]
Buffer = bytes | memoryview
SALT_BYTES = 16
NOT_APPLICABLE = "n/a"
CODED = ("is_verifiable", "is_relevant", "novelty", "ambition")
CODED_AT_THE_END = ("completion", "opened_information", "opened_participation", "opened_accountability")


def spoken(answer: object) -> str:
    """How the log says one answer of a coding."""
    if answer is None:
        return NOT_APPLICABLE
    return answer.key if isinstance(answer, Term) else ("yes" if answer else "no")


def coding_of(row: Assessment) -> dict[str, str]:
    """The coding of an assessment as the log says it."""
    names = CODED_AT_THE_END if row.kind == Assessment.Kind.END else CODED
    return {name: spoken(getattr(row, name)) for name in names}


def _print(name: str, **facts: Any) -> Objects:
    return {name: hashlib.sha256(rfc8785.dumps(facts)).hexdigest()}


def _words_hash(kind: str, row: Any, text: str, salt: Buffer | None, said: str) -> str:
    """The hash of words as they stand; of hidden ones, if somebody hid them, what the log says."""
    if MARK in text:
        hidden = Hiding.objects.filter(kind=kind, subject=str(row.pk)).exclude(is_upheld=False).exists()
        return said if hidden else ""
    known = bytes(salt or b"")
    return sealing.salted_hash(text, known) if len(known) == SALT_BYTES else ""


def _evidence(row: Any) -> list[str]:
    return sorted(str(each) for each in row.evidence.values_list("pk", flat=True))


def _assessment_says(data: Data) -> Objects:
    return _print(
        f"assessment:{data['assessment']}",
        commitment=data["commitment"],
        kind=data["kind"],
        coding=data["coding"],
        words=data["words_hash"],
        evidence=sorted(data["evidence"]),
        reply_due_on=data["reply_due_on"],
    )


def _assessment(data: Data) -> Objects:
    row = Assessment.objects.filter(pk=data["assessment"]).first()
    if row is None:
        return {}
    return _print(
        f"assessment:{row.pk}",
        commitment=row.commitment_id,
        kind=row.kind,
        coding=coding_of(row),
        words=_words_hash(Hiding.Kind.ASSESSMENT, row, row.words, row.salt, data["words_hash"]),
        evidence=_evidence(row),
        reply_due_on=row.reply_due_on.isoformat(),
    )


def _report_says(data: Data) -> Objects:
    return _print(
        f"self_report:{data['report']}",
        commitment=data["commitment"],
        period=data["period"],
        completion=data["completion"],
        words=data["words_hash"],
        evidence=sorted(data["evidence"]),
    )


def _report(data: Data) -> Objects:
    row = SelfReport.objects.filter(pk=data["report"]).select_related("completion").first()
    if row is None:
        return {}
    return _print(
        f"self_report:{row.pk}",
        commitment=row.commitment_id,
        period=Quarter(row.year, row.quarter).name,
        completion=row.completion.key,
        words=_words_hash(Hiding.Kind.SELF_REPORT, row, row.words, row.salt, data["words_hash"]),
        evidence=_evidence(row),
    )


def _decision_says(*, approved: bool) -> Callable[[Data], Objects]:
    return lambda data: _print(f"report_decision:{data['report']}", approved=approved)


def _decision(data: Data) -> Objects:
    row = ReportDecision.objects.filter(report=data["report"]).first()
    return {} if row is None else _print(f"report_decision:{row.report_id}", approved=row.is_approved)


def _note_says(data: Data) -> Objects:
    names = ("commitment", "organisation", "reply_due_on")
    return _print(f"note:{data['said']}", words=data["words_hash"], **{name: data[name] for name in names})


def _note(data: Data) -> Objects:
    row = Note.objects.filter(pk=data["said"]).first()
    if row is None:
        return {}
    return _print(
        f"note:{row.pk}",
        words=_words_hash(Hiding.Kind.NOTE, row, row.words, row.salt, data["words_hash"]),
        commitment=row.commitment_id,
        organisation=row.organisation_id,
        reply_due_on=row.reply_due_on.isoformat(),
    )


def _reply_says(data: Data) -> Objects:
    names = ("answers", "organisation")
    return _print(f"reply:{data['reply']}", words=data["words_hash"], **{name: data[name] for name in names})


def _reply(data: Data) -> Objects:
    row = Reply.objects.filter(pk=data["reply"]).first()
    if row is None:
        return {}
    return _print(
        f"reply:{row.pk}",
        words=_words_hash(Hiding.Kind.REPLY, row, row.words, row.salt, data["words_hash"]),
        answers=str(row.assessment_id or row.note_id),
        organisation=row.organisation_id,
    )


def _response_says(data: Data) -> Objects:
    return _print(f"response:{data['subject_id']}", verdict=data["verdict"], words=data["reason_hash"])


def _response(data: Data) -> Objects:
    row = Response.objects.filter(pk=data["subject_id"], published_at__isnull=False).first()
    if row is None:
        return {}
    words = _words_hash(Hiding.Kind.RESPONSE, row, f"{row.reason}\n{row.change}", row.salt, data["reason_hash"])
    return _print(f"response:{row.pk}", verdict=row.verdict, words=words)


def _answer_name(number: str, words_hash: str) -> str:
    return f"remark_answer:{number}.{words_hash[:16]}"


def _answer_says(data: Data) -> Objects:
    name = _answer_name(data["number"], data["words_hash"])
    return _print(name, organisation=data["organisation"], words=data["words_hash"])


def _answer(data: Data) -> Objects:
    row = RemarkAnswer.objects.filter(remark__number=data["number"], words_hash=data["words_hash"]).first()
    if row is None:
        return {}
    words = _words_hash(Hiding.Kind.REMARK_ANSWER, row, row.words, row.salt, data["words_hash"])
    return _print(_answer_name(data["number"], row.words_hash), organisation=row.organisation_id, words=words)


def _names(model: type[Model], kind: str, of: str = "pk", **which: Any) -> Callable[[str | None], list[str]]:
    """The names of every row of a table, for the whole examination; a page asks for plans only."""

    def known(subject_id: str | None) -> list[str]:
        if subject_id is not None:
            return []
        return [f"{kind}:{key}" for key in model._default_manager.filter(**which).values_list(of, flat=True)]  # noqa: SLF001

    return known


def _known_answers(subject_id: str | None) -> list[str]:
    rows = RemarkAnswer.objects.values_list("remark__number", "words_hash") if subject_id is None else []
    return [_answer_name(number, words_hash) for number, words_hash in rows]


CLAIMS = (
    Claim(
        monitoring.CommitmentAssessed.key,
        ("assessment",),
        _assessment,
        says=_assessment_says,
        known=_names(Assessment, "assessment"),
    ),
    Claim(
        monitoring.SelfReportWritten.key,
        ("report",),
        _report,
        says=_report_says,
        known=_names(SelfReport, "self_report"),
    ),
    Claim(
        monitoring.SelfReportApproved.key,
        ("report",),
        _decision,
        says=_decision_says(approved=True),
        known=_names(ReportDecision, "report_decision", "report", is_approved=True),
    ),
    Claim(monitoring.SelfReportReturned.key, ("report",), _decision, says=_decision_says(approved=False)),
    Claim(monitoring.NoteSigned.key, ("said",), _note, says=_note_says, known=_names(Note, "note")),
    Claim(monitoring.ReplyGiven.key, ("reply",), _reply, says=_reply_says, known=_names(Reply, "reply")),
    Claim(
        consultation.CommentsAnswered.key,
        ("subject_id",),
        _response,
        says=_response_says,
        known=_names(Response, "response", published_at__isnull=False, corrects__isnull=True),
    ),
    Claim(
        consultation.AnswerCorrected.key,
        ("subject_id",),
        _response,
        says=_response_says,
        known=_names(Response, "response", published_at__isnull=False, corrects__isnull=False),
    ),
    Claim(remarks.RemarkAnswered.key, ("number", "words_hash"), _answer, says=_answer_says, known=_known_answers),
)
