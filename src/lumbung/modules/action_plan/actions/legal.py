"""Legal products: registered, enacted, promulgated; the signed paper kept as it is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.files import actions as files
from lumbung.core.files.actions import WrittenDocument
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions, states
from lumbung.modules.action_plan.actions import papers
from lumbung.modules.action_plan.actions.papers import Upload
from lumbung.modules.action_plan.events.legal import (
    LegalDocumentKept,
    LegalProductAdded,
    LegalProductEnacted,
    LegalProductPromulgated,
)
from lumbung.modules.action_plan.models import LegalProduct, PlanMember

State = LegalProduct.State


@dataclass(frozen=True, slots=True)
class Enacted:
    """What is known once somebody signed."""

    number: str
    dated_on: date
    jdih_url: str = ""
    upload: Upload | None = None


def add_product(
    *, member: PlanMember, kind: str, about: str, subject: str, enacted: Enacted | None, by: Viewer, now: datetime
) -> LegalProduct:
    """Register a legal product, as a draft or as enacted already."""
    held = permissions.required_in_member(by, permissions.MANAGE, member)
    public_words.refuse_personal_data("subject", subject)
    if enacted:
        _refuse_the_future("dated_on", enacted.dated_on, now)
    written = papers.write(enacted.upload) if enacted else None
    with transaction.atomic():
        product = LegalProduct.objects.create(
            plan_id=member.plan_id, member=member, kind=kind, about=about, subject=subject, added_at=now
        )
        _record(product, added(product), held, by, now)
        if enacted:
            _enact(product, enacted, written, held=held, by=by, now=now)
    return product


def enact_product(*, product: LegalProduct, enacted: Enacted, by: Viewer, now: datetime) -> LegalProduct:
    """A draft was signed: number, date, and the paper if it is at hand."""
    held = permissions.required_in_member(by, permissions.MANAGE, product.member)
    _refuse_the_future("dated_on", enacted.dated_on, now)
    written = papers.write(enacted.upload)
    with transaction.atomic():
        current = _held(product, State.ENACTED)
        _enact(current, enacted, written, held=held, by=by, now=now)
    return current


def promulgate_product(
    *, product: LegalProduct, gazette: str, promulgated_on: date, by: Viewer, now: datetime
) -> LegalProduct:
    """A regulation was made known in the gazette. A decree needs none: it binds when it is enacted."""
    held = permissions.required_in_member(by, permissions.MANAGE, product.member)
    _refuse_the_future("promulgated_on", promulgated_on, now)
    with transaction.atomic():
        current = _held(product, State.PROMULGATED)
        if current.dated_on is not None and promulgated_on < current.dated_on:
            raise Refused(
                "promulgated-before-enacted",
                _("It was enacted on a later day. Correct the day of promulgation."),
                field="promulgated_on",
            )
        current.state, current.gazette, current.promulgated_on = State.PROMULGATED, gazette, promulgated_on
        current.save(update_fields=["state", "gazette", "promulgated_on"])
        event = LegalProductPromulgated(
            plan=current.plan_id,
            member=current.member.organisation_id,
            product=str(current.pk),
            gazette=gazette,
            promulgated_on=promulgated_on.isoformat(),
        )
        _record(current, event, held, by, now)
    return current


def keep_document(*, product: LegalProduct, upload: Upload, by: Viewer, now: datetime) -> LegalProduct:
    """Keep the signed paper of what is enacted. A better scan replaces the one before; the log has both hashes."""
    held = permissions.required_in_member(by, permissions.MANAGE, product.member)
    written = papers.write(upload)
    with transaction.atomic():
        current = LegalProduct.objects.select_for_update(of=("self",)).select_related("document").get(pk=product.pk)
        if current.state == State.DRAFT:
            raise Refused(
                "draft-has-no-paper", _("It is a draft. Enter its number and date together with the document.")
            )
        before = current.document
        if before is not None and written is not None and before.sha256 == written.sha256:
            return current
        current.document = papers.keep(written, title=title_of(current), now=now)
        current.save(update_fields=["document"])
        if before is not None:
            files.forget_document(document_id=before.pk)
        event = LegalDocumentKept(
            plan=current.plan_id,
            member=current.member.organisation_id,
            product=str(current.pk),
            sha256=written.sha256 if written else "",
            replaced=before.sha256 if before else "",
        )
        _record(current, event, held, by, now)
    return current


def title_of(product: LegalProduct) -> str:
    """How the paper is called when it is saved: "Surat Keputusan (SK) 050/12 …"."""
    return f"{product.get_kind_display()} {product.number} {product.subject}"


def _refuse_the_future(field: str, day: date, now: datetime) -> None:
    if day > clock.local_day(now):
        raise Refused(
            "legal-product-in-the-future",
            _("This day has not come yet. Register it as a draft, and enter its date once it is signed."),
            field=field,
        )


def _held(product: LegalProduct, wanted: str) -> LegalProduct:
    """The product, held for this change; refuses a state it cannot take from here."""
    current = LegalProduct.objects.select_for_update(of=("self",)).get(pk=product.pk)
    is_decree = current.kind in {LegalProduct.Kind.DECREE, LegalProduct.Kind.CIRCULAR}
    if not states.may_become(states.LEGAL_STATES, current.state, wanted):
        raise Refused("legal-product-is-further", _("This legal product has another state already. Reload the page."))
    if wanted == State.PROMULGATED and is_decree:
        raise Refused("decree-is-not-promulgated", _("A decree or circular is not promulgated; it binds as enacted."))
    return current


def _enact(
    product: LegalProduct,
    enacted: Enacted,
    written: WrittenDocument | None,
    *,
    held: HeldRole,
    by: Viewer,
    now: datetime,
) -> None:
    product.state, product.number, product.dated_on = State.ENACTED, enacted.number, enacted.dated_on
    product.jdih_url = enacted.jdih_url
    product.document = papers.keep(written, title=title_of(product), now=now)
    try:
        with transaction.atomic():
            product.save()
    except IntegrityError as error:
        raise Refused(
            "legal-product-registered-already",
            _("A legal product with this number and date is registered already. Open that one."),
            field="number",
        ) from error
    _record(product, signed(product), held, by, now)


def added(product: LegalProduct) -> LegalProductAdded:
    """What the log is told of a product that was registered."""
    return LegalProductAdded(
        plan=product.plan_id,
        member=product.member.organisation_id,
        product=str(product.pk),
        kind=product.kind,
        about=product.about,
        subject=product.subject,
    )


def signed(product: LegalProduct) -> LegalProductEnacted:
    """What it is told once somebody signed."""
    return LegalProductEnacted(
        plan=product.plan_id,
        member=product.member.organisation_id,
        product=str(product.pk),
        number=product.number,
        dated_on=product.dated_on.isoformat() if product.dated_on else "",
        sha256=product.document.sha256 if product.document else "",
        jdih_url=product.jdih_url,
    )


def _record(product: LegalProduct, event: Event, held: HeldRole, by: Viewer, now: datetime) -> None:
    events.record(event, subject_type="legal_product", subject_id=str(product.pk), actor=by.acting_as(held), now=now)
