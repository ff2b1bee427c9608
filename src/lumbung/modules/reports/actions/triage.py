"""What the coordinator does first: verify, correct, ask for more, archive, note the number at SP4N-LAPOR!."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock, sealing
from lumbung.core.base.errors import Refused
from lumbung.core.web import personal_kinds
from lumbung.kernels import personal_data
from lumbung.modules.reports import permissions, queries
from lumbung.modules.reports.actions import indexing, passages
from lumbung.modules.reports.events import (
    MoreAsked,
    OutsideNumberNoted,
    PublicVersionCorrected,
    ReportArchived,
    ReportVerified,
)
from lumbung.modules.reports.models import Addition, PublicVersion, Report
from lumbung.modules.reports.states import State

SP4N_NUMBER = re.compile(r"\d{5,12}")


@dataclass(frozen=True, slots=True)
class _Sealed:
    salt: bytes
    words_hash: str


def verify_report(
    *,
    report: Report,
    by: Viewer,
    title: str,
    text: str,
    place: str,
    urgency: str,
    hides_person: str,
    hides_text: str,
    now: datetime,
) -> Report:
    """Confirm the public version; from here on the report is public unless confidential.

    Personal data left in the public version stops it. A mode may be added, never taken away.
    An anonymous report appears on the Monday after, with the others of its week.
    """
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.VERIFY)
        passages.require_step(current, "verify")
        _refuse_unread(current)
        _refuse_personal_data(title, text, place)
        kept = _hashed(title, text)
        is_anonymous = current.is_anonymous or bool(hides_person)
        moved = passages.move(
            current,
            "verify",
            event=lambda r: ReportVerified(r.number, r.due_on.isoformat(), kept.words_hash),
            actor=actor,
            now=now,
            changes={
                "urgency": urgency,
                "is_anonymous": is_anonymous,
                "is_confidential": current.is_confidential or bool(hides_text),
                "told_on": queries.told_day(current.received_on, is_anonymous=is_anonymous),
                **answered(current, now),
            },
        )
        _keep_version(moved, title=title, text=text, place=place, by=by, kept=kept, now=now)
        indexing.index_report(moved, day=clock.local_day(now))
    return moved


def answered(current: Report, now: datetime) -> dict[str, Any]:
    """The first answer counts once."""
    return {"first_answered_at": current.first_answered_at or now}


def _refuse_unread(current: Report) -> None:
    if current.is_protected:
        raise Refused(
            "route-it-unread",
            _("This report is confidential and stays unread here. Send it to the unit that examines it."),
        )


def _refuse_personal_data(title: str, text: str, place: str) -> None:
    for field, written in (("title", title), ("text", text), ("place", place)):
        found = personal_data.find(written)
        if found:
            raise Refused(
                "personal-data-in-public-version",
                _("The public version still holds personal data (%(kinds)s). Mask it, then confirm again."),
                field=field,
                kinds=personal_kinds.kinds_in(found),
            )


def _hashed(title: str, text: str) -> _Sealed:
    salt = secrets.token_bytes(16)
    return _Sealed(salt, sealing.salted_hash(f"{title}\n{text}", salt))


def _keep_version(
    report: Report, *, title: str, text: str, place: str, by: Viewer, kept: _Sealed, now: datetime
) -> PublicVersion:
    version, _is_new = PublicVersion.objects.update_or_create(
        report=report,
        defaults={
            "title": title,
            "text": text,
            "place": place,
            "confirmed_at": now,
            "confirmed_by": by.account,
            "salt": kept.salt,
            "words_hash": kept.words_hash,
        },
    )
    return version


def correct_public_version(
    *, report: Report, by: Viewer, title: str, text: str, place: str, hides_person: str, hides_text: str, now: datetime
) -> Report:
    """Confirm a mended public version, or hide more of it; the log keeps the hash of the old one beside the new."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.VERIFY)
        passages.require_step(current, "correct")
        _refuse_unread(current)
        _refuse_personal_data(title, text, place)
        before = PublicVersion.objects.get(report=current).words_hash
        kept = _hashed(title, text)
        becomes_anonymous = bool(hides_person) and not current.is_anonymous
        changes: dict[str, Any] = {"is_confidential": current.is_confidential or bool(hides_text)}
        if becomes_anonymous:
            _take_the_page_away(current, now)
            changes |= {"is_anonymous": True, "told_on": queries.told_day(current.received_on, is_anonymous=True)}
        moved = passages.move(
            current,
            "correct",
            event=lambda r: PublicVersionCorrected(r.number, before, kept.words_hash),
            actor=actor,
            now=now,
            changes=changes,
        )
        moved.public_version = _keep_version(moved, title=title, text=text, place=place, by=by, kept=kept, now=now)
        indexing.index_report(moved, day=clock.local_day(now))
    return moved


def _take_the_page_away(current: Report, now: datetime) -> None:
    """Until Monday it is told as one nobody verified: what hides a person acts at once, what shows it again waits."""
    current.is_anonymous = True
    passages.hold_back(current, {**queries.facts_of(current), "state": State.SUBMITTED, "agency_id": None}, now=now)


def ask_for_more(*, report: Report, by: Viewer, question: str, now: datetime) -> Report:
    """Ask the reporter to complete the report; the clock stops until the answer."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.VERIFY)
        passages.require_step(current, "ask")
        _refuse_unread(current)
        moved = passages.move(
            current,
            "ask",
            event=lambda r: MoreAsked(r.number),
            actor=actor,
            now=now,
            changes={"paused_since": now, **answered(current, now)},
        )
        passages.add_words(report=moved, side=Addition.Side.COORDINATOR, text=question, now=now)
    return moved


def archive_report(*, report: Report, by: Viewer, reason: str, now: datetime) -> Report:
    """Close an unclear or irrelevant report, with the reason its reporter reads."""
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.VERIFY)
        passages.require_step(current, "archive")
        _refuse_unread(current)
        return passages.move(
            current,
            "archive",
            event=lambda r: ReportArchived(r.number),
            actor=actor,
            now=now,
            changes={"archive_reason": reason, **answered(current, now)},
        )


def note_sp4n_number(*, report: Report, by: Viewer, number: str, now: datetime) -> Report:
    """Keep the number the same report has at SP4N-LAPOR!; it is for staff and stays out of the log."""
    tidy = re.sub(r"[\s#.]", "", number)
    if tidy and not SP4N_NUMBER.fullmatch(tidy):
        raise Refused(
            "sp4n-number-wrong",
            _("A number of SP4N-LAPOR! has 5 to 12 digits. Check it, or leave the field empty."),
            field="number",
        )
    with transaction.atomic():
        current, actor = passages.locked_for(report, by=by, verb=permissions.VERIFY)
        if current.sp4n_number == tidy:
            raise Refused("sp4n-number-known", _("This number is kept already. Nothing was changed."), field="number")
        current.sp4n_number = tidy
        current.save(update_fields=["sp4n_number"])
        passages.record(current, OutsideNumberNoted(current.number), actor=actor, now=now)
        return current
