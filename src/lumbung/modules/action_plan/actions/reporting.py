"""What the agency in charge says of its own commitment, quarter by quarter, and its head's approval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import signing
from lumbung.modules.action_plan.events.monitoring import SelfReportApproved, SelfReportReturned, SelfReportWritten
from lumbung.modules.action_plan.models import (
    Commitment,
    Evidence,
    Milestone,
    MilestoneReport,
    ReportDecision,
    SelfReport,
    Term,
)
from lumbung.modules.action_plan.queries import evidence as proofs
from lumbung.modules.action_plan.queries import monitoring, plans
from lumbung.modules.action_plan.queries.clocks import Quarter
from lumbung.modules.action_plan.queries.testimonies import monitoring as testimonies


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a self-report says. `done_on` maps milestones to the day they were reached, None: not yet."""

    year: int
    quarter: int
    completion: Term
    words: str
    evidence: Sequence[Evidence] = ()
    done_on: Mapping[Milestone, date | None] = field(default_factory=dict)


def write_self_report(*, commitment: Commitment, facts: ReportFacts, by: Viewer, now: datetime) -> SelfReport:
    """Write the report of a quarter. It is public once the head of the agency approved it."""
    held = permissions.required_in_charge(by, permissions.REPORT, commitment)
    _refuse_the_future(facts, clock.local_day(now))
    refuse_foreign_evidence(commitment, facts.evidence)
    if facts.completion.key == monitoring.COMPLETE:
        _refuse_complete_unproven(commitment, facts.evidence)
    with transaction.atomic():
        signing.held_for_writing(commitment)
        same = monitoring.sayings_of(commitment).waiting
        if same is not None and _says(same, facts):
            return same
        report = SelfReport.objects.create(
            commitment=commitment,
            year=facts.year,
            quarter=facts.quarter,
            completion=facts.completion,
            **signing.signed(facts.words, organisation=held.organisation_code, held=held, by=by, now=now),
        )
        report.evidence.set(facts.evidence)
        for milestone, done_on in facts.done_on.items():
            MilestoneReport.objects.create(report=report, milestone=milestone, done_on=done_on)
        event = SelfReportWritten(
            plan=commitment.plan_id,
            commitment=commitment.pk,
            report=str(report.pk),
            period=period_of(report),
            completion=facts.completion.key,
            words_hash=report.words_hash,
            evidence=[str(each.pk) for each in facts.evidence],
            milestones=testimonies.milestones_of(report),
        )
        signing.record(event, commitment, held, by, now)
        return report


def decide_self_report(*, report: SelfReport, approved: bool, note: str, by: Viewer, now: datetime) -> ReportDecision:
    """The head of the agency approves a report, or returns it with a reason."""
    commitment = report.commitment
    held = permissions.required_in_charge(by, permissions.APPROVE_REPORT, commitment)
    account = permissions.account_of(by)
    public_words.refuse_personal_data("note", note)
    if account.pk == report.written_by_id:
        raise NotPermitted(
            "report-needs-a-second-person",
            _("Whoever wrote a report cannot approve it. The head of the agency has to decide."),
        )
    if not approved and not note.strip():
        raise Refused(
            "report-returned-without-reason",
            _("Write why you return the report, so that its writer knows what to change."),
            field="note",
        )
    with transaction.atomic():
        signing.held_for_writing(commitment)
        waiting = monitoring.sayings_of(commitment).waiting
        if waiting is None or waiting.pk != report.pk:
            raise Refused(
                "report-waits-no-more",
                _("This report was decided already, or a newer one took its place. Reload the page."),
            )
        decision = ReportDecision.objects.create(
            report=report,
            is_approved=approved,
            note=note,
            written_by_id=report.written_by_id,
            decided_by=account,
            decided_at=now,
        )
        signing.record(_decided(report, decision), commitment, held, by, now)
        return decision


def _decided(report: SelfReport, decision: ReportDecision) -> SelfReportApproved | SelfReportReturned:
    plan, commitment, key = report.commitment.plan_id, report.commitment_id, str(report.pk)
    if not decision.is_approved:
        return SelfReportReturned(plan=plan, commitment=commitment, report=key)
    return SelfReportApproved(
        plan=plan, commitment=commitment, report=key, period=period_of(report), completion=report.completion.key
    )


def period_of(report: SelfReport) -> str:
    """ "TW III 2026"."""
    return Quarter(report.year, report.quarter).name


def _says(report: SelfReport, facts: ReportFacts) -> bool:
    """Whether a report says all of this already: the same form pressed twice."""
    told = (report.words, report.completion_id, report.year, report.quarter)
    done = {row.milestone_id: row.done_on for row in report.milestones.all()}
    return (
        told == (facts.words, facts.completion.pk, facts.year, facts.quarter)
        and {each.pk for each in report.evidence.all()} == {each.pk for each in facts.evidence}
        and done == {milestone.pk: done_on for milestone, done_on in facts.done_on.items()}
    )


def _refuse_the_future(facts: ReportFacts, today: date) -> None:
    first_month = facts.quarter * 3 - 2
    if date(facts.year, first_month, 1) > today:
        raise Refused(
            "quarter-has-not-begun", _("This quarter has not begun. Report on one that has."), field="quarter"
        )
    if any(done_on is not None and done_on > today for done_on in facts.done_on.values()):
        raise Refused("milestone-done-in-the-future", _("A milestone was reached today or earlier. Correct the date."))


def refuse_foreign_evidence(commitment: Commitment, evidence: Sequence[Evidence]) -> None:
    """Evidence belongs to the commitment it is named for."""
    if any(each.commitment_id != commitment.pk for each in evidence):
        raise Refused("evidence-of-another-commitment", _("Choose evidence of this commitment."), field="evidence")


def refuse_uncaptured(commitment: Commitment, evidence: Sequence[Evidence]) -> None:
    """At least one piece of evidence has been captured, so that its hash stays."""
    captured = {proof.evidence.pk for proof in proofs.proofs_of(commitment) if proof.kept is not None}
    if not captured & {each.pk for each in evidence}:
        raise Refused(
            "complete-without-evidence",
            _("“Complete” needs evidence that was captured. Name its address, wait until it is captured, then report."),
            field="completion",
        )


def _refuse_complete_unproven(commitment: Commitment, evidence: Sequence[Evidence]) -> None:
    """Evidence, and beside it a figure that reaches its target, or the monitor that found it complete."""
    refuse_uncaptured(commitment, evidence)
    trio = monitoring.trio_of(monitoring.sayings_of(commitment), plans.figures_of(commitment))
    is_reached = trio.gap is not None and trio.gap.is_met
    if not is_reached and trio.found != monitoring.COMPLETE:
        raise Refused(
            "complete-without-second-source",
            _(
                "“Complete” needs a second source: a figure that reaches its target, or the monitoring body that"
                " found it complete. Report “substantial” until there is one."
            ),
            field="completion",
        )
