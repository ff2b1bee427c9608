"""Answering what people ask: handed to another agency, extended once, answered with a reason, mended in a release."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Scope, Viewer, role_for
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.organisations.models import Organisation
from lumbung.core.web import public_words
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import asking, asking_telling, withdrawing
from lumbung.modules.open_data.actions.asking_clearing import locked, required_steward
from lumbung.modules.open_data.events.askings import AskingAnswered, AskingExtended, AskingHandedTo, FaultMended
from lumbung.modules.open_data.models import OUTCOMES, Asking, Dataset, Release
from lumbung.modules.open_data.queries import asking_clocks


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told, to whoever asked and to everybody.

    legal_basis  the article a refusal rests on
    given        the dataset in which the data stand
    """

    outcome: Asking.Outcome
    text: str
    legal_basis: str = ""
    given: Dataset | None = None


def answering_role(by: Viewer, found: Asking) -> HeldRole | None:
    """The role that lets this viewer answer: a steward of the portal, or the agency it was handed to."""
    scope = Scope(region_code=found.portal.region_id, organisation_code=found.agency_id or "")
    return role_for(by, permissions.ANSWER, scope)


def hand_to(*, found: Asking, agency: Organisation, by: Viewer, now: datetime) -> Asking:
    """Hand it to the agency that has to answer. Number and clock stay as they are."""
    held = required_steward(by, found)
    with transaction.atomic():
        current = _open_now(found)
        _refuse_unread(current)
        current.agency = agency
        current.save(update_fields=["agency"])
        asking.record(current, AskingHandedTo(current.number, agency.pk), actor=by.acting_as(held), now=now)
        asking_telling.reached_agency(asking=current, now=now)
        asking_telling.moved(asking=current, step="handed", now=now)
        return current


def extend(*, found: Asking, reason: str, by: Viewer, now: datetime) -> Asking:
    """Take the one extension the law knows, with a reason everybody reads, before the first time limit has passed."""
    held = _required(by, found)
    public_words.refuse_personal_data("reason", reason)
    with transaction.atomic():
        current = _open_now(found)
        if not asking_clocks.may_be_extended(current):
            raise Refused(
                "asking-not-to-be-extended", _("The time limit can be extended once only, for data requests.")
            )
        today = clock.local_day(now)
        if current.due_on is not None and today > current.due_on:
            raise Refused("asking-overdue", _("The time limit has passed, so it cannot be extended. Answer it now."))
        current.extended_on, current.extension_reason = today, reason
        current.due_on = asking_clocks.due_on(current)
        current.save(update_fields=["extended_on", "extension_reason", "due_on"])
        due = current.due_on.isoformat() if current.due_on else ""
        event = AskingExtended(current.number, due, asking.hashed(current, reason))
        asking.record(current, event, actor=by.acting_as(held), now=now)
        asking_telling.moved(asking=current, step="extended", now=now)
        return current


def give_answer(*, found: Asking, answer: Answer, by: Viewer, now: datetime) -> Asking:
    """Answer it, for good. What stays wrong is asked anew or objected to."""
    held = _required(by, found)
    _refuse_unfit(found, answer)
    with transaction.atomic():
        return _answer(_open_now(found), answer, held, by, now)


def withdraw_and_answer(*, found: Asking, release: Release, reason: str, by: Viewer, now: datetime) -> Asking:
    """Withdraw a release because of what somebody wrote, and tell them so, in one step."""
    held = _required(by, found)
    public_words.refuse_personal_data("reason", reason)
    with transaction.atomic():
        current = _open_now(found)
        if current.kind != Asking.Kind.TAKEDOWN or release.dataset_id != current.dataset_id:
            raise Refused("release-not-of-this-request", _("Choose a release of the dataset the request is about."))
        withdrawing.withdraw_release(release=release, reason=reason, by=by, now=now)
        return _answer(current, Answer(Asking.Outcome.ACCEPTED, reason), held, by, now)


def mark_mended(*, found: Asking, release: Release, by: Viewer, now: datetime) -> Asking:
    """Say in which release an accepted correction stands; it is told beside the dataset."""
    held = _required(by, found)
    with transaction.atomic():
        current = locked(found)
        is_accepted = current.kind == Asking.Kind.CORRECTION and current.outcome == Asking.Outcome.ACCEPTED
        if not is_accepted or current.mended_in_id is not None or release.dataset_id != current.dataset_id:
            raise Refused("nothing-to-mend", _("Only an accepted correction is marked as mended, once."))
        current.mended_in = release
        current.save(update_fields=["mended_in"])
        event = FaultMended(current.number, release.dataset.name, release.number)
        asking.record(current, event, actor=by.acting_as(held), now=now)
        asking_telling.moved(asking=current, step="mended", now=now)
        return current


def _answer(current: Asking, answer: Answer, held: HeldRole, by: Viewer, now: datetime) -> Asking:
    current.outcome, current.answer, current.legal_basis = answer.outcome, answer.text, answer.legal_basis
    current.given = answer.given
    current.answered_on, current.answered_by = clock.local_day(now), by.account
    current.save(update_fields=["outcome", "answer", "legal_basis", "given", "answered_on", "answered_by"])
    event = AskingAnswered(current.number, answer.outcome, asking.hashed(current, answer.text))
    asking.record(current, event, actor=by.acting_as(held), now=now)
    asking_telling.moved(asking=current, step="answered", now=now)
    return current


def _required(by: Viewer, found: Asking) -> HeldRole:
    held = answering_role(by, found)
    if held is None:
        raise NotPermitted(
            "asking-not-yours", _("Another agency answers this. Ask the data steward to hand it to you.")
        )
    return held


def _refuse_unfit(found: Asking, answer: Answer) -> None:
    if answer.outcome not in OUTCOMES[found.kind]:
        raise Refused("answer-not-of-this-kind", _("Choose one of the answers in the list."), field="outcome")
    public_words.refuse_personal_data("text", answer.text)
    public_words.refuse_personal_data("legal_basis", answer.legal_basis)
    if not answer.text.strip():
        raise Refused("answer-says-nothing", _("Write the answer. Everybody reads it."), field="text")
    if answer.outcome == Asking.Outcome.REFUSED and not answer.legal_basis.strip():
        raise Refused("refusal-names-no-law", _("Name the article of law the refusal rests on."), field="legal_basis")
    if answer.outcome == Asking.Outcome.GIVEN and answer.given is None:
        raise Refused("nothing-was-given", _("Choose the dataset in which the data stand."), field="given")
    if found.kind != Asking.Kind.TAKEDOWN:
        _refuse_unread(found)


def _refuse_unread(found: Asking) -> None:
    """Nobody answers in public what nobody looked through; a harm is answered at once."""
    if found.clearing == Asking.Clearing.WAITING:
        raise Refused("asking-not-cleared", _("Look through %(number)s for the public first."), number=found.number)


def _open_now(found: Asking) -> Asking:
    current = locked(found)
    if not current.is_open:
        raise Refused("asking-answered-already", _("This was answered already. Reload the page."))
    return current
