"""Restricted data between agencies: asked with a purpose, granted for a time, opened with a trace, over by itself."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access import queries as accounts
from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.notices import actions as notices
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions.datasets import DATASET
from lumbung.modules.open_data.events import classes as facts
from lumbung.modules.open_data.letters import sharing as letters
from lumbung.modules.open_data.models import Dataset, Release, Sharing
from lumbung.modules.open_data.queries import sharing as known

PRODUCERS = ("data_producer",)
WAITS, DECIDED = "open_data.sharing_waits", "open_data.sharing_decided"
LONGEST_DAYS = 366
SUBJECT = "data_sharing"


def ask(*, dataset: Dataset, agency: Organisation, purpose: str, by: Viewer, now: datetime) -> Sharing:
    """An officer asks for restricted data of another agency, in the name of their own."""
    held = known.held_for(by, agency.pk)
    if held is None or agency not in known.agencies_of(by, dataset):
        raise NotPermitted("not-your-agency", _("Ask in the name of an agency you work for, other than the producer."))
    if dataset.access != Dataset.Access.RESTRICTED:
        raise Refused("dataset-not-restricted", _("Only restricted data are shared this way."))
    try:
        with transaction.atomic():
            sharing = Sharing.objects.create(
                dataset=dataset,
                agency=agency,
                purpose=purpose,
                asked_at=now,
                asked_by_id=permissions.account_id_of(by),
            )
            _record(sharing, facts.SharingAsked(dataset.name, agency.pk), by.acting_as(held), now)
            _tell_producers(sharing, now)
    except IntegrityError as error:
        raise Refused(
            "sharing-asked-already", _("Your agency has asked for this already. Wait for the answer.")
        ) from error
    return sharing


def grant(*, sharing: Sharing, conditions: str, since: date, until: date, by: Viewer, now: datetime) -> Sharing:
    """The producer's agency opens the rows to the other one, for a time and under conditions."""
    held = _deciding(sharing, by)
    if until < since or until < clock.local_day(now):
        raise Refused(
            "sharing-period", _("The last day has to lie after the first and not in the past."), field="until"
        )
    if (until - since).days > LONGEST_DAYS:
        raise Refused("sharing-too-long", _("Share for a year at most; it can be asked for again."), field="until")
    with transaction.atomic():
        current = _asked_now(sharing)
        current.conditions, current.since, current.until = conditions, since, until
        event = facts.SharingGranted(current.dataset.name, current.agency_id, since.isoformat(), until.isoformat())
        return _decide(current, Sharing.State.GRANTED, event, held, by, now)


def refuse(*, sharing: Sharing, reason: str, by: Viewer, now: datetime) -> Sharing:
    """The producer's agency says no, and why."""
    held = _deciding(sharing, by)
    with transaction.atomic():
        current = _asked_now(sharing)
        current.reason = reason
        event = facts.SharingRefused(current.dataset.name, current.agency_id)
        return _decide(current, Sharing.State.REFUSED, event, held, by, now)


def end(*, sharing: Sharing, reason: str, by: Viewer, now: datetime) -> Sharing:
    """The producer's agency ends a grant before its day."""
    held = _deciding(sharing, by)
    with transaction.atomic():
        current = _locked(sharing)
        if current.state != Sharing.State.GRANTED:
            raise Refused("sharing-not-in-force", _("This is not in force. Reload the page."))
        current.reason = reason
        event = facts.SharingEnded(current.dataset.name, current.agency_id)
        return _decide(current, Sharing.State.ENDED, event, held, by, now)


def open_rows(*, release: Release, slug: str, by: Viewer, now: datetime) -> Sharing:
    """Let an officer of an agency it was granted to have the file of a table; each time it is written down."""
    sharing = known.granted_to(by, release.dataset, day=clock.local_day(now))
    if sharing is None:
        raise NotPermitted("not-shared-with-you", _("Your agency has no access to these data today. Ask the producer."))
    if release.access != Dataset.Access.RESTRICTED or release.withdrawn_at is not None:
        raise Refused("rows-not-shared", _("These rows are not shared any more."))
    held = known.held_for(by, sharing.agency_id)
    events.record_access(
        account_id=str(permissions.account_id_of(by)),
        role=held.role if held else "",
        subject_type=SUBJECT,
        subject_id=str(sharing.pk),
        fields=("rows", f"v{release.number}", slug),
        channel="download",
        reason=sharing.purpose[:500],
        now=now,
    )
    return sharing


def _deciding(sharing: Sharing, by: Viewer) -> HeldRole:
    held = permissions.role_in(by, permissions.PRODUCE, sharing.dataset)
    if held is None:
        raise NotPermitted(
            "sharing-not-yours", _("The agency that produces these data decides. Ask their data producer.")
        )
    return held


def _locked(sharing: Sharing) -> Sharing:
    found = Sharing.objects.select_for_update(of=("self",))
    return found.select_related("dataset__portal", "agency", "asked_by").get(pk=sharing.pk)


def _asked_now(sharing: Sharing) -> Sharing:
    current = _locked(sharing)
    if current.state != Sharing.State.ASKED:
        raise Refused("sharing-decided-already", _("This was decided already. Reload the page."))
    return current


def _decide(current: Sharing, state: Sharing.State, event: Event, held: HeldRole, by: Viewer, now: datetime) -> Sharing:
    current.state, current.decided_at, current.decided_by = state, now, by.account
    current.save()
    _record(current, event, by.acting_as(held), now)
    notices.tell_account(
        account=current.asked_by,
        kind=DECIDED,
        occasion=f"{current.pk}:{state}",
        write=lambda: letters.decided(current),
        now=now,
    )
    return current


def _record(sharing: Sharing, event: Event, actor: Actor, now: datetime) -> None:
    events.record(event, subject_type=DATASET, subject_id=str(sharing.dataset_id), actor=actor, now=now)


def _tell_producers(sharing: Sharing, now: datetime) -> None:
    day = clock.local_day(now)
    for account in accounts.accounts_with(PRODUCERS, day=day, organisation_code=sharing.dataset.producer_id):
        notices.tell_account(
            account=account, kind=WAITS, occasion=str(sharing.pk), write=lambda: letters.waits(sharing), now=now
        )
