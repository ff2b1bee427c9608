"""What was said about commitments, the newest of each kind first, and whether the three assessments agree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from lumbung.core.base import clock
from lumbung.core.indicators.queries import Figure
from lumbung.modules.action_plan.models import (
    Assessment,
    Commitment,
    Evidence,
    Institution,
    MilestoneReport,
    Note,
    Plan,
    Reply,
    ReportDecision,
    SelfReport,
    Term,
)

NO_EVIDENCE, NOT_STARTED, LIMITED, SUBSTANTIAL, COMPLETE = (
    "no_evidence",
    "not_started",
    "limited",
    "substantial",
    "complete",
)
HIGH = frozenset({SUBSTANTIAL, COMPLETE})
LOW = frozenset({NO_EVIDENCE, NOT_STARTED})
# A figure this close to its target says the same as the target.
NEAR = Decimal("0.10")


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a figure is from its target, as a share of the target; 0 or less: it is met."""

    figure: Figure
    share: Decimal

    @property
    def is_met(self) -> bool:
        """Whether the figure reaches its target, or nearly."""
        return self.share <= NEAR


@dataclass(frozen=True, slots=True)
class Trio:
    """The three assessments of one commitment as they stand today."""

    self_report: SelfReport | None
    gap: Gap | None
    assessment: Assessment | None
    inception: Assessment | None

    @property
    def claimed(self) -> str:
        """What the agency says, as a key of the scale; "" where it said nothing."""
        return self.self_report.completion.key if self.self_report else ""

    @property
    def found(self) -> str:
        """What the monitoring body found; "" where it has not assessed the end yet."""
        return self.assessment.completion.key if self.assessment and self.assessment.completion else ""

    @property
    def lacks_evidence(self) -> bool:
        """Whether the agency claims progress and names nothing that proves it."""
        report = self.self_report
        return report is not None and self.claimed not in LOW and not list(report.evidence.all())

    @property
    def disagrees(self) -> bool:
        """Whether two of the three say different things, or a claim stands without evidence."""
        if self.claimed and self.found and self.claimed != self.found:
            return True
        if self.lacks_evidence:
            return True
        return any(_contradicts(said, self.gap) for said in (self.claimed, self.found))


def _contradicts(said: str, gap: Gap | None) -> bool:
    """High while the figure misses its target, or low while the figure reaches it."""
    if gap is None or not said:
        return False
    return (said in HIGH and not gap.is_met) or (said in LOW and gap.is_met)


def gap_of(figures: Sequence[Figure]) -> Gap | None:
    """The first figure that has a value and a target, and how far apart they are."""
    for figure in figures:
        value, target = figure.newest.value, figure.indicator.target
        if value is not None and target:
            wanted = Decimal(str(target))
            missing = wanted - value if figure.indicator.better == "higher" else value - wanted
            return Gap(figure, missing / wanted)
    return None


def trio_of(sayings: "Sayings", figures: Sequence[Figure]) -> Trio:
    """The three assessments from what was said and what was computed."""
    return Trio(
        self_report=sayings.approved[0] if sayings.approved else None,
        gap=gap_of(figures),
        assessment=next((each for each in sayings.assessments if each.kind == Assessment.Kind.END), None),
        inception=next((each for each in sayings.assessments if each.kind == Assessment.Kind.INCEPTION), None),
    )


@dataclass(frozen=True, slots=True)
class Sayings:
    """Everything said about one commitment, the newest first."""

    self_reports: tuple[SelfReport, ...]
    assessments: tuple[Assessment, ...]
    notes: tuple[Note, ...]

    @property
    def approved(self) -> list[SelfReport]:
        """Self-reports the head of the agency approved."""
        return [each for each in self.self_reports if is_approved(each)]

    @property
    def waiting(self) -> SelfReport | None:
        """The newest self-report, while its head has not decided."""
        newest = next(iter(self.self_reports), None)
        return newest if newest is not None and not hasattr(newest, "decision") else None

    @property
    def reported_on(self) -> date | None:
        """When the head of the agency last approved a report."""
        return clock.local_day(self.approved[0].decision.decided_at) if self.approved else None

    @property
    def last_said_on(self) -> date | None:
        """When something was last said that everybody can read."""
        moments = [report.decision.decided_at for report in self.approved]
        moments += [each.written_at for each in (*self.assessments, *self.notes)]
        return clock.local_day(max(moments)) if moments else None

    def reports_on(self, year: int, quarter: int) -> bool:
        """Whether the agency reported on a quarter: approved, or waiting for its head."""
        told = [each for each in self.self_reports if (each.year, each.quarter) == (year, quarter)]
        return any(is_approved(each) or not hasattr(each, "decision") for each in told)

    def replies_due(self, today: date) -> list[date]:
        """The last days of the right of reply to what nobody has answered yet and still may."""
        answered = [(each.reply_due_on, list(each.replies.all())) for each in self.assessments]
        answered += [(each.reply_due_on, list(each.replies.all())) for each in self.notes]
        return [due_on for due_on, replies in answered if not replies and due_on >= today]

    def done_on(self) -> dict[int, date | None]:
        """When each milestone was reached, as the newest approved report that mentions it tells."""
        told: dict[int, date | None] = {}
        for report in reversed(self.approved):
            told |= {row.milestone_id: row.done_on for row in report.milestones.all()}
        return told


NOTHING = Sayings((), (), ())


def is_approved(report: SelfReport) -> bool:
    """Whether the head of the agency approved it."""
    return hasattr(report, "decision") and report.decision.is_approved


def sayings_of(commitment: Commitment) -> Sayings:
    """Everything said about one commitment."""
    return sayings_of_all([commitment.pk])[commitment.pk]


def sayings_of_all(slugs: Iterable[str], *, with_notes: bool = True) -> dict[str, Sayings]:
    """The same for many, in a handful of queries; lists that show no notes do without."""
    wanted = list(slugs)
    reports = _by_commitment(_self_reports().filter(commitment_id__in=wanted))
    assessments = _by_commitment(_assessments().filter(commitment_id__in=wanted))
    notes = _by_commitment(_notes().filter(commitment_id__in=wanted)) if with_notes else {}
    return {slug: Sayings(reports.get(slug, ()), assessments.get(slug, ()), notes.get(slug, ())) for slug in wanted}


def last_said_on(slugs: Iterable[str]) -> dict[str, date]:
    """When something was last said of each that everybody can read; one query."""
    wanted = list(slugs)
    approved = ReportDecision.objects.filter(is_approved=True, report__commitment_id__in=wanted)
    rows = approved.order_by().values_list("report__commitment_id", "decided_at")
    for table in (Assessment.objects, Note.objects):
        rows = rows.union(
            table.filter(commitment_id__in=wanted).order_by().values_list("commitment_id", "written_at"), all=True
        )
    found: dict[str, date] = {}
    for slug, moment in rows:
        day = clock.local_day(moment)
        found[slug] = max(day, found.get(slug, day))
    return found


def _by_commitment(rows: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        found[row.commitment_id] = (*found.get(row.commitment_id, ()), row)
    return found


def _self_reports() -> QuerySet[SelfReport]:
    steps = MilestoneReport.objects.select_related("milestone")
    known = SelfReport.objects.select_related("completion", "organisation", "decision")
    return known.prefetch_related(_evidence(), Prefetch("milestones", steps)).order_by("-written_at", "-pk")


def _assessments() -> QuerySet[Assessment]:
    scales = (
        "novelty",
        "ambition",
        "completion",
        "opened_information",
        "opened_participation",
        "opened_accountability",
    )
    known = Assessment.objects.select_related("organisation", *scales)
    return known.prefetch_related(_evidence(), _replies()).order_by("-written_at", "-pk")


def _notes() -> QuerySet[Note]:
    return Note.objects.select_related("organisation").prefetch_related(_replies()).order_by("-written_at", "-pk")


def _replies() -> Prefetch[str, QuerySet[Reply], str]:
    return Prefetch("replies", Reply.objects.select_related("organisation"))


def _evidence() -> Prefetch[str, QuerySet[Evidence], str]:
    return Prefetch("evidence", Evidence.objects.order_by("named_at", "pk"))


def terms_in_force(scale: str, *, on: date) -> QuerySet[Term]:
    """The words of a scale that are used on a day, in order."""
    known = Term.objects.filter(scale=scale, valid_from__lte=on).exclude(valid_to__lt=on)
    newest = known.order_by("-valid_from").values_list("edition", flat=True)[:1]
    return known.filter(edition__in=list(newest)).order_by("position")


def monitored_plans() -> list[Plan]:
    """Every plan whose clocks run: submitted, and not only there to show how it is done."""
    return list(Plan.objects.filter(submitted_on__isnull=False, is_illustration=False))


def plan_to_monitor(government: str, key: str) -> Plan | None:
    """A plan of which this government is a member."""
    return Plan.objects.filter(pk=key, members__organisation_id=government).first()


def illustrated_commitments(government: str) -> list[Commitment]:
    """Commitments that only show how monitoring is done, of this government."""
    mine = Commitment.objects.filter(plan__members__organisation_id=government)
    return list(mine.filter(plan__submitted_on__isnull=False, plan__is_illustration=True))


def commitment_for_work(plan_id: str, slug: str) -> Commitment | None:
    """A commitment with what those who monitor it need."""
    known = Commitment.objects.select_related("plan", "member__organisation", "ambition", "novelty")
    carrying = Institution.objects.select_related("organisation")
    return (
        known.prefetch_related(Prefetch("institutions", carrying), "milestones")
        .filter(plan=plan_id, plan__submitted_on__isnull=False, pk=slug)
        .first()
    )
