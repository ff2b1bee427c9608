"""Partnerships: registered with what each side owes, and what came of them day by day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.organisations.models import Organisation
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import papers
from lumbung.modules.action_plan.actions.papers import Upload
from lumbung.modules.action_plan.events.partnerships import PartnershipRealised, PartnershipRegistered
from lumbung.modules.action_plan.models import Partnership, PlanMember, Realisation
from lumbung.modules.action_plan.queries import told_words


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an agreement says."""

    kind: str
    number: str
    subject: str
    starts_on: date
    ends_on: date
    government_duties: str
    partner_duties: str
    organisation: Organisation | None = None
    institution: str = ""
    upload: Upload | None = None


def register_partnership(*, member: PlanMember, agreement: Agreement, by: Viewer, now: datetime) -> Partnership:
    """Register an agreement with an institution outside this government."""
    held = permissions.required_in_member(by, permissions.MANAGE, member)
    if agreement.ends_on < agreement.starts_on:
        raise Refused(
            "partnership-ends-before-it-begins",
            _("The partnership ends on the day it begins or later. Correct the dates."),
            field="ends_on",
        )
    for field in ("subject", "government_duties", "partner_duties", "institution"):
        public_words.refuse_personal_data(field, getattr(agreement, field))
    written = papers.write(agreement.upload)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=member.pk)
        if Partnership.objects.filter(member=member, number=agreement.number).exists():
            raise Refused(
                "partnership-registered-already",
                _("An agreement with this number is registered already. Open that one."),
                field="number",
            )
        partnership = Partnership(
            plan_id=member.plan_id,
            member=member,
            kind=agreement.kind,
            organisation=agreement.organisation,
            institution="" if agreement.organisation else agreement.institution,
            number=agreement.number,
            subject=agreement.subject,
            starts_on=agreement.starts_on,
            ends_on=agreement.ends_on,
            government_duties=agreement.government_duties,
            partner_duties=agreement.partner_duties,
            document=papers.keep(written, title=f"{agreement.number} {agreement.subject}", now=now),
            added_at=now,
        )
        terms_hash, partnership.salt = papers.hashed(told_words.terms(partnership))
        partnership.save(force_insert=True)
        event = PartnershipRegistered(
            plan=member.plan_id,
            member=member.organisation_id,
            partnership=str(partnership.pk),
            kind=agreement.kind,
            number=agreement.number,
            partner=agreement.organisation.pk if agreement.organisation else "",
            starts_on=agreement.starts_on.isoformat(),
            ends_on=agreement.ends_on.isoformat(),
            sha256=written.sha256 if written else "",
            terms_hash=terms_hash,
        )
        subject = str(partnership.pk)
        events.record(event, subject_type="partnership", subject_id=subject, actor=by.acting_as(held), now=now)
    return partnership


def add_realisation(*, partnership: Partnership, on: date, text: str, by: Viewer, now: datetime) -> Realisation:
    """Write down what an agreement brought on a day."""
    held = permissions.required_in_member(by, permissions.MANAGE, partnership.member)
    public_words.refuse_personal_data("text", text)
    if on > clock.local_day(now):
        raise Refused("realisation-lies-ahead", _("This day lies ahead. Write down what has happened."), field="on")
    with transaction.atomic():
        current = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
        known = Realisation.objects.filter(partnership=partnership, on=on, text=text).first()
        if known is not None:
            return known
        realisation = Realisation.objects.create(partnership=partnership, on=on, text=text, added_at=now)
        text_hash, current.salt = papers.hashed(text, current.salt)
        current.save(update_fields=["salt"])
        event = PartnershipRealised(
            plan=partnership.plan_id,
            member=partnership.member.organisation_id,
            partnership=str(partnership.pk),
            number=partnership.number,
            on=on.isoformat(),
            text_hash=text_hash,
        )
        subject = str(partnership.pk)
        events.record(event, subject_type="partnership", subject_id=subject, actor=by.acting_as(held), now=now)
    return realisation
