"""Drafts, and the sending of a report."""

import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer, role_for
from lumbung.core.base import clock, keys, sealing
from lumbung.core.base.actors import GUEST
from lumbung.core.base.errors import NotFound, NotPermitted, Refused
from lumbung.core.notices.queries import address_index
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.core.web.formatting import language_now
from lumbung.kernels import numbering
from lumbung.modules.reports import permissions, queries
from lumbung.modules.reports.actions import indexing, mail_links, passages, photos
from lumbung.modules.reports.events import ReportSubmitted
from lumbung.modules.reports.models import Category, NumberCounter, Report, ReportDraft, Reporter, SealedOriginal

DRAFT_LIFE = timedelta(days=7)
SET_BACK_AT_MOST = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Submission:
    """A complete report as the form hands it over; every text already cleaned."""

    category: Category
    village: Region
    text: str
    landmark: str
    latitude: float | None
    longitude: float | None
    is_anonymous: bool
    is_confidential: bool
    name: str
    phone: str
    email: str
    shows_name: bool
    channel: str
    # Only when entered for someone: the day the letter or call came, and its number at SP4N-LAPOR!.
    received_on: date | None = None
    sp4n_number: str = ""

    @property
    def district(self) -> Region:
        """The district of the village."""
        if self.village.parent is None:
            raise ValueError(f"{self.village.pk}: a village without a district (regions.parent)")
        return self.village.parent


@dataclass(frozen=True, slots=True)
class Sent:
    """What the reporter gets. The code is not stored; who holds the draft can be given it again."""

    report: Report
    code: str
    is_new: bool


def save_draft(*, draft: ReportDraft | None, portal: Portal, typed: Mapping[str, Any], now: datetime) -> ReportDraft:
    """Keep what has been typed so far."""
    saved = draft or ReportDraft(id=uuid.uuid4(), portal=portal, created_at=now)
    merged = {**(queries.typed_in(draft) if draft else {}), **typed}
    saved.typed = sealing.seal(json.dumps(merged), place=f"reports_reportdraft.typed:{saved.pk}")
    saved.changed_at, saved.expires_at = now, now + DRAFT_LIFE
    if draft is None:
        saved.save(force_insert=True)
        return saved
    # Not save(): a draft that another click has just turned into a report must not come back.
    fields = {"typed": saved.typed, "changed_at": saved.changed_at, "expires_at": saved.expires_at}
    ReportDraft.objects.filter(pk=saved.pk).update(**fields)
    return saved


def discard_drafts(*, now: datetime) -> int:
    """Destroy drafts past their seven days; returns how many."""
    return ReportDraft.objects.filter(expires_at__lt=now).delete()[0]


def discard_draft(*, draft: ReportDraft) -> None:
    """Destroy what somebody typed and does not want to send, photos included."""
    with transaction.atomic():
        for photo_id in list(draft.photos.values_list("pk", flat=True)):
            photos.remove_photo_from_draft(draft=draft, photo_id=photo_id)
        ReportDraft.objects.filter(pk=draft.pk).delete()


def submit_report(*, submission: Submission, draft_id: uuid.UUID, portal: Portal, by: Viewer, now: datetime) -> Sent:
    """Take a report: number, sealed words, access code and event in one transaction.

    The same draft sent twice is one report with one code (ADR 12: derived from the draft).
    """
    received_at = _received_at(submission, by, now)
    with transaction.atomic():
        counter = _locked_counter(portal, now)
        existing = Report.objects.filter(draft_id=draft_id).first()
        if existing is not None:
            return Sent(existing, _code_again(existing), is_new=False)
        report = _new_report(submission, draft_id, portal, _next_number(counter, portal), received_at, now)
        words_hash = _seal_words(report, submission)
        code = _seal_reporter(report, submission)
        passages.record(
            report, ReportSubmitted(report.number, words_hash), actor=_actor(by, submission, portal), now=now
        )
        mail_links.acknowledge(report=report, code=code, email=submission.email, language=language_now(), now=now)
        photos.hand_photos_over(draft_id=draft_id, report=report)
        indexing.index_report_for_staff(report)
        ReportDraft.objects.filter(pk=draft_id).delete()
    return Sent(report, code, is_new=True)


def _actor(by: Viewer, submission: Submission, portal: Portal) -> Any:
    held = role_for(by, permissions.ENTER_FOR_OTHERS)
    # An anonymous report does not say through whose hands it came.
    if held is None or submission.is_anonymous or submission.is_confidential or submission.channel == "web":
        return GUEST
    return by.acting_as(held)


def _locked_counter(portal: Portal, now: datetime) -> NumberCounter:
    year = clock.local_day(now).year
    NumberCounter.objects.get_or_create(portal=portal, year=year)
    return NumberCounter.objects.select_for_update().get(portal=portal, year=year)


def _next_number(counter: NumberCounter, portal: Portal) -> str:
    """The next number, scattered within its block of a thousand: its neighbours must not tell the day it was given.

    Passes over numbers already taken, as after a restore with another key.
    """
    while True:
        counter.last += 1
        place = numbering.scattered(counter.last, key=keys.numbering_key(), scope=f"{portal.slug}:{counter.year}")
        number = f"{portal.number_prefix}-{counter.year}-{place:06d}"
        if not Report.objects.filter(number=number).exists():
            counter.save(update_fields=["last"])
            return number


def _received_at(submission: Submission, by: Viewer, now: datetime) -> datetime:
    """When the report came: now, or noon of an earlier day for a letter or call that waited to be entered."""
    day, today = submission.received_on, clock.local_day(now)
    if day is None or day == today:
        return now
    if submission.channel == "web":
        raise Refused("received-by-web-today", _("A report sent here is received today. Leave the day empty."))
    require_entry_right(by)
    if day > today:
        raise Refused(
            "received-in-the-future", _("The day of receipt lies in the future. Correct it."), field="received_on"
        )
    if today - day > SET_BACK_AT_MOST:
        raise Refused(
            "received-too-long-ago",
            _("The day of receipt lies more than %(days)s days back. Enter it as received today, and say so."),
            field="received_on",
            days=SET_BACK_AT_MOST.days,
        )
    return datetime.combine(day, time(12), tzinfo=clock.WITA)


def _new_report(
    submission: Submission, draft_id: uuid.UUID, portal: Portal, number: str, received_at: datetime, now: datetime
) -> Report:
    category = submission.category
    received_on = clock.local_day(received_at)
    report = Report(
        number=number,
        draft_id=draft_id,
        portal=portal,
        handling_portal=portal,
        category=category,
        report_class=category.report_class,
        urgency=category.urgency,
        channel=submission.channel,
        is_anonymous=submission.is_anonymous,
        is_confidential=submission.is_confidential or bool(category.confidential_by_force),
        village=submission.village,
        district=submission.district,
        received_at=received_at,
        received_on=received_on,
        told_on=queries.told_day(received_on, is_anonymous=submission.is_anonymous),
        rule_key=category.rule_key,
        due_on=queries.due_on(category.rule_key, received_at=received_at),
        sp4n_number=submission.sp4n_number,
    )
    passages.hold_back(report, {**queries.facts_of(report), "state": queries.UNKNOWN}, now=now)
    report.save(force_insert=True)
    return report


def _seal_words(report: Report, submission: Submission) -> str:
    salt = secrets.token_bytes(16)
    words_hash = sealing.salted_hash(submission.text, salt)
    SealedOriginal.objects.create(
        report=report,
        text=sealing.seal(submission.text, place=f"reports_sealedoriginal.text:{report.pk}"),
        landmark=sealing.seal(submission.landmark, place=f"reports_sealedoriginal.landmark:{report.pk}"),
        latitude=submission.latitude,
        longitude=submission.longitude,
        salt=salt,
        text_hash=words_hash,
    )
    return words_hash


def sent_before(*, draft_id: str) -> Sent | None:
    """What a draft became, for the browser that holds it: the first answer may never have arrived."""
    report = queries.report_of_draft(draft_id)
    return Sent(report, _code_again(report), is_new=False) if report else None


def _code_again(report: Report) -> str:
    """The code the report was sent with; empty once another one took its place."""
    code = _code_for(report)
    return code if Reporter.objects.filter(report=report, code_index=queries.code_index(code)).exists() else ""


def _code_for(report: Report) -> str:
    return sealing.derived_access_code(str(report.draft_id), purpose="report")


def _seal_reporter(report: Report, submission: Submission) -> str:
    code = _code_for(report)

    def sealed(field: str) -> bytes | None:
        value = getattr(submission, field)
        return sealing.seal(value, place=f"reports_reporter.{field}:{report.pk}") if value else None

    Reporter.objects.create(
        report=report,
        name=sealed("name"),
        phone=sealed("phone"),
        email=sealed("email"),
        shows_name=submission.shows_name and not submission.is_anonymous and not report.is_confidential,
        code_index=queries.code_index(code),
        email_index=address_index(submission.email) if submission.email else "",
        language=language_now(),
    )
    return code


def require_entry_right(viewer: Viewer) -> None:
    """Only staff, kader and mutual-aid agents enter for someone else."""
    if role_for(viewer, permissions.ENTER_FOR_OTHERS) is None:
        raise NotPermitted("entry-not-allowed", _("Only officers and kader may enter a report for someone else."))


def open_with_code(*, code: str, portal: Portal) -> Report:
    """The report an access code belongs to, or a refusal that does not say what was wrong."""
    report = queries.report_by_code(code)
    if report is None:
        raise NotFound(
            "code-unknown", _("No report has this access code. Check the letters on your receipt."), field="code"
        )
    return report
