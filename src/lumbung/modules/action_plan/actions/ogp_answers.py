"""What OGP answers to a submission, kept where everybody can read it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.files.actions import WrittenDocument
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import addresses, papers
from lumbung.modules.action_plan.actions.papers import Document
from lumbung.modules.action_plan.events.submission import OgpAnswered
from lumbung.modules.action_plan.models import AddressCapture, OgpAnswer, Plan
from lumbung.modules.action_plan.queries import told_words


def keep_ogp_answer(*, plan: Plan, document: Document, received_on: date, by: Viewer, now: datetime) -> OgpAnswer:
    """Keep an answer of OGP to a submitted plan: the address where it stands, the document itself, or both."""
    held = permissions.required_in_plan(by, permissions.MANAGE, plan)
    written = papers.write_readable(document)
    with transaction.atomic():
        current = Plan.objects.select_for_update().get(pk=plan.pk)
        _refuse_day(current, received_on, today=clock.local_day(now))
        same = _kept_before(current, document.url, written)
        if same is not None:
            return same
        answer = OgpAnswer(
            plan=current,
            title=document.title,
            url=document.url,
            document=papers.keep(written, title=document.title, now=now),
            received_on=received_on,
            entered_at=now,
            entered_by=permissions.account_of(by),
        )
        named_hash, answer.salt = papers.hashed(told_words.named(answer))
        answer.save(force_insert=True)
        addresses.ask_for_capture(kind=AddressCapture.Kind.ANSWER, subject=str(answer.pk), now=now)
        sha256 = written.sha256 if written else ""
        event = OgpAnswered(
            plan=plan.pk,
            record=str(answer.pk),
            received_on=received_on.isoformat(),
            sha256=sha256,
            named_hash=named_hash,
        )
        events.record(event, subject_type="plan", subject_id=plan.pk, actor=by.acting_as(held), now=now)
        return answer


def _refuse_day(plan: Plan, received_on: date, *, today: date) -> None:
    if plan.submitted_on is None:
        raise Refused("not-submitted", _("OGP answers a plan that was submitted. Record the submission first."))
    if not plan.submitted_on <= received_on <= today:
        raise Refused(
            "answer-on-another-day",
            _("An answer comes on the day of submission or later, and not after today. Correct the day."),
            field="received_on",
        )


def _kept_before(plan: Plan, url: str, written: WrittenDocument | None) -> OgpAnswer | None:
    known = OgpAnswer.objects.filter(plan=plan, url=url)
    if written is None:
        return known.filter(document=None).first()
    return known.filter(document__sha256=written.sha256).first()
