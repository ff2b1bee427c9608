"""The way to OGP: files made of the enacted text, the web form filled in, the day of submission."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions, states
from lumbung.modules.action_plan.actions import addresses, indexing
from lumbung.modules.action_plan.actions.stages import StageIncomplete
from lumbung.modules.action_plan.documents import files
from lumbung.modules.action_plan.events.submission import PlanExported, PlanSubmitted, PublicIdReceived
from lumbung.modules.action_plan.models import AddressCapture, Commitment, Export, Plan, Submission, WebFormEntry
from lumbung.modules.action_plan.queries import enactment, printed, web_form
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.queries import submission as submissions

STAGE, RECORDED = "submission", "submission_recorded"


def make_exports(*, plan: Plan, by: Viewer, now: datetime) -> list[Export]:
    """Make every file for OGP of the text as it is enacted now, and keep each as it was made."""
    held = permissions.required_in_plan(by, permissions.MANAGE, plan)
    if not enactment.is_enacted_whole(plan):
        raise Refused(
            "not-enacted-whole", _("Files for OGP are made of enacted text. A member has not enacted its part yet.")
        )
    # Some seconds of work: done before anything is locked.
    facts = printed.facts_of(plan, now=now)
    made = files.make_all(plan, facts)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        number = (submissions.newest_export_number(plan) or 0) + 1
        kept = [
            Export.objects.create(
                plan=plan,
                number=number,
                kind=each.kind,
                language=each.language,
                content=each.content,
                sha256=hashlib.sha256(each.content).hexdigest(),
                plan_sha256=facts.sha256,
                checkpoint_size=facts.checkpoint_size,
                made_at=now,
            )
            for each in made
        ]
        names = {f"{each.kind}.{each.language}".strip("."): each.sha256 for each in kept}
        _record(plan, PlanExported(plan=plan.pk, number=number, sha256=facts.sha256, files=names), held, by, now)
        return kept


def submit_plan(*, plan: Plan, on: date, note: str, by: Viewer, now: datetime) -> Submission:
    """Record that the plan was submitted to OGP: the day starts its clocks. Refused while anything is missing."""
    held = permissions.required_in_plan(by, permissions.MANAGE, plan)
    public_words.refuse_personal_data("note", note)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        _refuse_submission(plan, on, now)
        sha256 = submissions.plan_sha256(plan)
        made = Submission.objects.create(
            plan=plan,
            on=on,
            plan_sha256=sha256,
            note=note,
            entered_at=now,
            entered_by=permissions.account_of(by),
        )
        Plan.objects.filter(pk=plan.pk).update(submitted_on=on)
        indexing.index_commitments(Plan.objects.get(pk=plan.pk))
        event = PlanSubmitted(plan=plan.pk, submitted_on=on.isoformat(), sha256=sha256)
        _record(plan, event, held, by, now)
        return made


def _refuse_submission(plan: Plan, on: date, now: datetime) -> None:
    if submissions.submission_of(plan) is not None:
        raise Refused("submitted-already", _("This plan was submitted already."))
    if on > clock.local_day(now):
        raise Refused("submission-in-the-future", _("This day has not come yet. Correct the date."), field="on")
    enacted_on = submissions.enacted_on(plan)
    if enacted_on is None or not enactment.is_enacted_whole(plan):
        raise Refused("not-enacted-whole", _("A plan is submitted once every member has enacted its part."))
    if on < enacted_on:
        raise Refused(
            "submitted-before-enactment", _("The plan was enacted later than this day. Correct the date."), field="on"
        )
    # Left by an exception of two people, the stage asks for nothing any more.
    current = standings.track_standing(plan, None).current
    if current is not None and current.stage.key == STAGE:
        stage = states.templates()[states.JOINT].stage(STAGE)
        missing = standings.missing_of(plan, None, stage, today=clock.local_day(now))
        if missing := [each for each in standings.apart_from_words(missing) if each.code != RECORDED]:
            raise StageIncomplete(missing)


def mark_entered(*, plan: Plan, about: str, fields: Sequence[str], by: Viewer, now: datetime) -> None:
    """Which fields of the plan or of a commitment stand in OGP's web form now; the others do not."""
    permissions.required_in_plan(by, permissions.MANAGE, plan)
    known = {part.about: {field.key for field in part.fields} for part in web_form.parts_of(plan)}
    wanted = set(fields)
    if about not in known or not wanted <= known[about]:
        raise Refused("no-such-field", _("OGP's form has no such field. Reload the page."))
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        entered = WebFormEntry.objects.filter(plan=plan, about=about)
        entered.exclude(field__in=wanted).delete()
        missing = wanted - set(entered.values_list("field", flat=True))
        WebFormEntry.objects.bulk_create(
            WebFormEntry(plan=plan, about=about, field=field, entered_on=clock.local_day(now))
            for field in sorted(missing)
        )


def keep_public_id(*, commitment: Commitment, public_id: str, url: str, by: Viewer, now: datetime) -> Commitment:
    """The id and the address OGP gave a commitment."""
    held = permissions.required_in_member(by, permissions.MANAGE, commitment.member)
    with transaction.atomic():
        if Commitment.objects.filter(public_id=public_id).exclude(pk=commitment.pk).exists():
            raise Refused("public-id-taken", _("Another commitment has this id."), field="public_id")
        Commitment.objects.filter(pk=commitment.pk).update(public_id=public_id, public_url=url)
        addresses.ask_for_capture(kind=AddressCapture.Kind.COMMITMENT, subject=commitment.pk, now=now)
        event = PublicIdReceived(plan=commitment.plan_id, commitment=commitment.pk, public_id=public_id)
        _record(commitment.plan, event, held, by, now)
        commitment.refresh_from_db()
        return commitment


def _record(plan: Plan, event: Event, held: HeldRole, by: Viewer, now: datetime) -> None:
    events.record(event, subject_type="plan", subject_id=plan.pk, actor=by.acting_as(held), now=now)
