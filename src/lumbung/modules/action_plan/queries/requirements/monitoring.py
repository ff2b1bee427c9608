"""Requirements about what follows enactment: reports, assessments, replies, lessons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.web import formatting
from lumbung.modules.action_plan.models import Commitment, FiledReport, Lesson
from lumbung.modules.action_plan.queries import monitoring
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
    """The monitoring body assessed the end of every commitment."""
    for commitment, sayings in _said(case):
        if not any(each.kind == "end" for each in sayings.assessments):
            yield _gap(
                "end_assessment_made",
                commitment,
                _("The monitoring body has not assessed the end of “%(commitment)s”."),
            )


def end_report_filed(case: Case) -> Iterator[Missing]:
    """The monitoring body filed its last report on every commitment."""
    filed = set(
        FiledReport.objects.filter(plan=case.plan, kind=FiledReport.Kind.END).values_list("commitment_id", flat=True)
    )
    for commitment, _sayings in _said(case):
        if commitment.pk not in filed:
            yield _gap("end_report_filed", commitment, _("The last report on “%(commitment)s” was not filed."))


def lessons_recorded(case: Case) -> Iterator[Missing]:
    """The plan leaves at least one lesson."""
    if not Lesson.objects.filter(plan=case.plan).exists():
        yield Missing(
            "lessons_recorded", _("No lesson of this plan was recorded for the next one."), route="monitoring"
        )


def _said(case: Case) -> Iterator[tuple[Commitment, Sayings]]:
    known = list(Commitment.objects.filter(plan=case.plan))
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
    "replies_heard": replies_heard,
    "end_assessment_made": end_assessment_made,
    "end_report_filed": end_report_filed,
    "lessons_recorded": lessons_recorded,
}
