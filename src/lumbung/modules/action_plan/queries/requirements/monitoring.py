"""Requirements about what follows enactment: reports, assessments, replies, lessons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock
from lumbung.core.web import formatting
from lumbung.modules.action_plan.models import Assessment, Commitment, FiledReport, Lesson
from lumbung.modules.action_plan.queries import amendments, clocks, monitoring
from lumbung.modules.action_plan.queries.monitoring import Sayings
from lumbung.modules.action_plan.queries.requirements.cases import Case, Check, Missing


@dataclass(frozen=True, slots=True)
class Day:
    """A day, written when the sentence is read, in its language."""

    on: date

    def __str__(self) -> str:
        return formatting.date_medium(self.on)


def inception_report_filed(case: Case) -> Iterator[Missing]:
    """The monitoring body filed its first report on each member's part."""
    for member in case.concerned:
        if not FiledReport.objects.filter(member=member, kind=FiledReport.Kind.INCEPTION).exists():
            yield Missing(
                f"inception_report_filed.{member.organisation_id}",
                _("The first report of the monitoring body on the part of %(member)s was not filed."),
                params={"member": member.organisation.name},
                route="monitoring",
            )


def self_report_approved(case: Case) -> Iterator[Missing]:
    """Every commitment has at least one report of its agency, approved by its head."""
    for commitment, sayings in _said(case):
        if not sayings.approved:
            yield _gap(
                "self_report_approved", commitment, _("“%(commitment)s” has no report approved by its agency's head.")
            )


def start_assessed(case: Case) -> Iterator[Missing]:
    """The monitoring body coded every commitment as it was promised."""
    for commitment, sayings in _said(case):
        if not any(each.kind == Assessment.Kind.INCEPTION for each in sayings.assessments):
            yield _gap(
                "start_assessed", commitment, _("The monitoring body has not assessed the start of “%(commitment)s”.")
            )


def quarters_reported(case: Case) -> Iterator[Missing]:
    """Every quarter whose report is due by now has one, approved by the head of the agency."""
    for commitment, sayings in _said(case):
        told = {(each.year, each.quarter) for each in sayings.approved}
        owed = clocks.quarters_owed(commitment, today=case.today)
        silent = [each.name for each in owed if (each.year, each.number) not in told]
        if silent:
            yield _gap(
                "quarters_reported",
                commitment,
                _("“%(commitment)s” has no report approved by its agency's head on: %(quarters)s."),
                quarters=", ".join(silent),
            )


def replies_heard(case: Case) -> Iterator[Missing]:
    """Every assessment and note was answered, or the time to answer it is over."""
    for commitment, sayings in _said(case):
        due = sayings.replies_due(case.today)
        if due:
            yield _gap(
                "replies_heard",
                commitment,
                _("On “%(commitment)s” the agency may still use its right of reply until %(day)s."),
                day=Day(max(due)),
            )


def end_assessment_made(case: Case) -> Iterator[Missing]:
    """The monitoring body assessed the end of every commitment, after its last day."""
    for commitment, sayings in _said(case):
        last_day = clocks.last_day(commitment)
        if case.today <= last_day:
            yield _gap(
                "end_assessment_made",
                commitment,
                _("“%(commitment)s” runs until %(day)s; the monitoring body assesses its end after that day."),
                day=Day(last_day),
            )
        elif not any(_is_of_the_end(each, last_day) for each in sayings.assessments):
            yield _gap(
                "end_assessment_made",
                commitment,
                _("The monitoring body has not assessed the end of “%(commitment)s”."),
            )


def _is_of_the_end(assessment: Assessment, last_day: date) -> bool:
    """What was coded before an amendment moved the last day tells nothing of the end."""
    return assessment.kind == Assessment.Kind.END and clock.local_day(assessment.written_at) > last_day


def end_report_filed(case: Case) -> Iterator[Missing]:
    """The monitoring body filed its last report on every commitment, after its last day."""
    filed = FiledReport.objects.filter(plan=case.plan, kind=FiledReport.Kind.END)
    days = {(each.commitment_id, each.filed_on) for each in filed}
    for commitment in _commitments(case):
        if not any(slug == commitment.pk and on > clocks.last_day(commitment) for slug, on in days):
            yield _gap("end_report_filed", commitment, _("The last report on “%(commitment)s” was not filed."))


def lessons_recorded(case: Case) -> Iterator[Missing]:
    """The plan leaves at least one lesson."""
    if not Lesson.objects.filter(plan=case.plan).exists():
        yield Missing(
            "lessons_recorded", _("No lesson of this plan was recorded for the next one."), route="monitoring"
        )


def _commitments(case: Case) -> list[Commitment]:
    """The commitments of the plan as they stand, with their amendments."""
    known = list(Commitment.objects.filter(plan=case.plan).select_related("plan"))
    amendments.apply_to(known)
    return known


def _said(case: Case) -> Iterator[tuple[Commitment, Sayings]]:
    known = _commitments(case)
    said = monitoring.sayings_of_all([each.pk for each in known])
    for commitment in known:
        yield commitment, said[commitment.pk]


def _gap(check: str, commitment: Commitment, sentence: Promise | str, **params: object) -> Missing:
    return Missing(
        f"{check}.{commitment.pk}",
        sentence,
        params={"commitment": commitment.short, **params},
        route="monitoring",
    )


CHECKS: Mapping[str, Check] = {
    "inception_report_filed": inception_report_filed,
    "self_report_approved": self_report_approved,
    "start_assessed": start_assessed,
    "quarters_reported": quarters_reported,
    "replies_heard": replies_heard,
    "end_assessment_made": end_assessment_made,
    "end_report_filed": end_report_filed,
    "lessons_recorded": lessons_recorded,
}
