"""The reports the monitoring body owes, and the lessons a plan leaves behind."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.files.actions import WrittenDocument
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import addresses, papers, signing
from lumbung.modules.action_plan.actions.papers import Document
from lumbung.modules.action_plan.events.monitoring import LessonRecorded, ReportFiled
from lumbung.modules.action_plan.models import AddressCapture, Commitment, FiledReport, Lesson, Plan, PlanMember
from lumbung.modules.action_plan.queries import clocks, told_words


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
    signing.refuse_before_its_end(commitment, now)
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
    public_words.refuse_personal_data("title", document.title)
    written = papers.write_readable(document)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=member.plan_id)
        same = _filed_before(member, commitment, kind, document.url, written)
        if same is not None:
            return same
        filed = FiledReport(
            plan=member.plan,
            member=member,
            commitment=commitment,
            kind=kind,
            title=document.title,
            url=document.url,
            document=papers.keep(written, title=document.title, now=now),
            due_on=due_on,
            organisation_id=held.organisation_code,
            filed_by=permissions.account_of(by),
            filed_on=clock.local_day(now),
        )
        named_hash, filed.salt = papers.hashed(told_words.named(filed))
        filed.save(force_insert=True)
        addresses.ask_for_capture(kind=AddressCapture.Kind.REPORT, subject=str(filed.pk), now=now)
        event = ReportFiled(
            plan=member.plan_id,
            commitment=commitment.pk if commitment else "",
            report=str(filed.pk),
            kind=kind,
            organisation=held.organisation_code,
            due_on=due_on.isoformat(),
            sha256=written.sha256 if written else "",
            member=member.organisation_id,
            named_hash=named_hash,
        )
        _record(event, member.plan, commitment, held, by, now)
        return filed


def _filed_before(
    member: PlanMember, commitment: Commitment | None, kind: str, url: str, written: WrittenDocument | None
) -> FiledReport | None:
    """The same report: a second press files it once."""
    known = FiledReport.objects.filter(member=member, commitment=commitment, kind=kind, url=url)
    if written is None:
        return known.filter(document=None).first()
    return known.filter(document__sha256=written.sha256).first()


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


def _record(event: Event, plan: Plan, commitment: Commitment | None, held: HeldRole, by: Viewer, now: datetime) -> None:
    about = ("commitment", commitment.pk) if commitment else ("plan", plan.pk)
    events.record(event, subject_type=about[0], subject_id=about[1], actor=by.acting_as(held), now=now)
