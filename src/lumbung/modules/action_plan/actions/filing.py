"""The reports the monitoring body owes, and the lessons a plan leaves behind."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.files import fetching
from lumbung.core.files.fetching import NotFetched
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import intake, signing
from lumbung.modules.action_plan.events.monitoring import LessonRecorded, ReportFiled
from lumbung.modules.action_plan.models import Commitment, FiledReport, Lesson, Plan, PlanMember
from lumbung.modules.action_plan.queries import clocks


@dataclass(frozen=True, slots=True)
class Document:
    """A report that can be read by everybody."""

    title: str
    url: str


def file_inception_report(*, member: PlanMember, document: Document, by: Viewer, now: datetime) -> FiledReport:
    """The first report, on a member's part of the plan: due two months after submission."""
    due_on = clocks.inception_due_on(member.plan)
    return _file(member, None, FiledReport.Kind.INCEPTION, due_on, document, by, now)


def file_end_report(*, commitment: Commitment, document: Document, by: Viewer, now: datetime) -> FiledReport:
    """The last report, on one commitment: due one month after it ends."""
    due_on = clocks.end_due_on(commitment)
    if due_on is None:
        raise Refused(
            "commitment-has-no-end", _("This commitment has no end date, so no report is due. Ask the secretariat.")
        )
    return _file(commitment.member, commitment, FiledReport.Kind.END, due_on, document, by, now)


def _file(
    member: PlanMember,
    commitment: Commitment | None,
    kind: FiledReport.Kind,
    due_on: date,
    document: Document,
    by: Viewer,
    now: datetime,
) -> FiledReport:
    held = permissions.required_as_monitor(by, member.plan, member)
    intake.refuse_personal_data("title", document.title)
    _refuse_unreadable(document.url)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=member.plan_id)
        same = FiledReport.objects.filter(member=member, commitment=commitment, kind=kind, url=document.url).first()
        if same is not None:
            return same
        filed = FiledReport.objects.create(
            plan=member.plan,
            member=member,
            commitment=commitment,
            kind=kind,
            title=document.title,
            url=document.url,
            due_on=due_on,
            organisation_id=held.organisation_code,
            filed_by=permissions.account_of(by),
            filed_on=clock.local_day(now),
        )
        event = ReportFiled(
            plan=member.plan_id,
            commitment=commitment.pk if commitment else "",
            report=str(filed.pk),
            kind=kind,
            organisation=held.organisation_code,
            due_on=due_on.isoformat(),
        )
        _record(event, member.plan, commitment, held, by, now)
        return filed


def record_lesson(*, plan: Plan, commitment: Commitment | None, words: str, by: Viewer, now: datetime) -> Lesson:
    """What was learnt; the next plan starts from it."""
    held = permissions.required_in_plan(by, permissions.MANAGE, plan)
    member = plan.members.get(organisation__region=held.region_code)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        same = Lesson.objects.filter(plan=plan, commitment=commitment, words=words).first()
        if same is not None:
            return same
        lesson = Lesson.objects.create(
            plan=plan,
            commitment=commitment,
            **signing.signed(words, organisation=member.organisation_id, held=held, by=by, now=now),
        )
        event = LessonRecorded(
            plan=plan.pk,
            commitment=commitment.pk if commitment else "",
            lesson=str(lesson.pk),
            organisation=member.organisation_id,
            words_hash=lesson.words_hash,
        )
        _record(event, plan, commitment, held, by, now)
        return lesson


def _refuse_unreadable(url: str) -> None:
    try:
        fetching.refuse_address(url)
    except NotFetched as refused:
        raise Refused(
            "report-address-not-usable",
            _("Give an address that begins with http:// or https:// and that everybody can open."),
            field="url",
        ) from refused


def _record(event: Event, plan: Plan, commitment: Commitment | None, held: HeldRole, by: Viewer, now: datetime) -> None:
    about = ("commitment", commitment.pk) if commitment else ("plan", plan.pk)
    events.record(event, subject_type=about[0], subject_id=about[1], actor=by.acting_as(held), now=now)
