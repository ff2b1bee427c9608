"""The sources a steward keeps: begun, paused, resumed, ended; and the run somebody asks for."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.files.fetching import NotFetched
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import harvesting
from lumbung.modules.open_data.events.harvest import (
    HarvestGoneConfirmed,
    HarvestSourceBegun,
    HarvestSourceEnded,
    HarvestSourcePaused,
    HarvestSourceResumed,
)
from lumbung.modules.open_data.models import HarvestItem, HarvestRun, HarvestSource
from lumbung.modules.open_data.queries import harvest_words, remote_pages

SOURCE = "harvest_source"
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SHORTEST, LONGEST = 2, 30
RESERVED = frozenset({"baru"})


def begin_source(
    *,
    portal: Portal,
    producer: Organisation,
    key: str,
    title: str,
    kind: str,
    address: str,
    every: str,
    by: Viewer,
    now: datetime,
) -> HarvestSource:
    """Harvest another portal from now on; the first run begins at once."""
    held = _required(by, portal)
    refuse_key(key)
    if not f"{producer.region_id}.".startswith(f"{portal.region_id}."):
        raise Refused(
            "producer-of-another-region",
            _("Choose an institution of this region: a portal lists nothing under the name of another one."),
            field="producer",
        )
    base = remote_pages.base_of(kind, address)
    refuse_address(base)
    with transaction.atomic():
        if HarvestSource.objects.filter(portal=portal, kind=kind, address=base, ended_at__isnull=True).exists():
            raise Refused("source-known-already", _("This address is harvested already."), field="address")
        source = HarvestSource.objects.create(
            portal=portal,
            producer=producer,
            key=key,
            title=title,
            kind=kind,
            address=base,
            every=every,
            begun_at=now,
            begun_by=by.account,
        )
        event = HarvestSourceBegun(source=key, portal=portal.pk, kind=kind, producer=producer.pk)
        events.record(event, subject_type=SOURCE, subject_id=str(source.pk), actor=by.acting_as(held), now=now)
        harvesting.begin_run(source=source, by=by, now=now)
        return source


def refuse_key(key: str) -> None:
    """Refuse a key that is no first word of an address, or was given before."""
    if not (SHORTEST <= len(key) <= LONGEST and KEY.match(key)) or key in RESERVED:
        raise Refused(
            "source-key-malformed", _("Use 2 to 30 small letters, digits and hyphens, such as ksb."), field="key"
        )
    if HarvestSource.objects.filter(key=key).exists():
        raise Refused("source-key-taken", _("Another source has this short name. Choose another one."), field="key")


def refuse_address(address: str) -> None:
    """Refuse what could never be fetched safely."""
    try:
        remote_pages.refuse_address(address)
    except NotFetched as error:
        raise Refused("source-address-unusable", harvest_words.why(error.reason), field="address") from error


def run_now(*, source: HarvestSource, by: Viewer, now: datetime) -> HarvestRun:
    """Harvest it now; a run under way is returned as it is."""
    _required(by, source.portal)
    if not source.is_active:
        raise Refused("source-is-paused", _("This source is paused. Resume it first."))
    return harvesting.begin_run(source=source, by=by, now=now)


def pause(*, source: HarvestSource, by: Viewer, now: datetime) -> HarvestSource:
    """Ask it no longer until it is resumed. What is shown stays; a run under way is broken off."""
    held = _required(by, source.portal)
    with transaction.atomic():
        current = _open(source)
        if current.paused_at is None:
            current.paused_at = now
            current.save(update_fields=["paused_at"])
            harvesting.break_off(source=current, now=now)
            event = HarvestSourcePaused(source=current.key)
            events.record(event, subject_type=SOURCE, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
        return current


def resume(*, source: HarvestSource, by: Viewer, now: datetime) -> HarvestSource:
    """Ask it again, beginning now."""
    held = _required(by, source.portal)
    with transaction.atomic():
        current = _open(source)
        if current.paused_at is not None:
            current.paused_at = None
            current.save(update_fields=["paused_at"])
            event = HarvestSourceResumed(source=current.key)
            events.record(event, subject_type=SOURCE, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
            harvesting.begin_run(source=current, by=by, now=now)
        return current


def end_source(*, source: HarvestSource, reason: str, by: Viewer, now: datetime) -> HarvestSource:
    """Harvest it no more and take out what came from it. A tombstone with the reason stays at each address."""
    held = _required(by, source.portal)
    if not reason.strip():
        raise Refused("source-end-needs-a-reason", _("Say why. The reason is public."), field="reason")
    with transaction.atomic():
        current = _open(source)
        harvesting.break_off(source=current, now=now)
        current.ended_at, current.ended_reason, current.next_run_at = now, reason.strip(), None
        current.save(update_fields=["ended_at", "ended_reason", "next_run_at"])
        shown = current.items.filter(state=HarvestItem.State.SHOWN).count()
        event = HarvestSourceEnded(source=current.key, datasets=shown)
        events.record(event, subject_type=SOURCE, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
        harvesting.begin_run(source=current, by=by, now=now, stage=HarvestRun.Stage.CLEAR)
        return current


def confirm_gone(*, run: HarvestRun, by: Viewer, now: datetime) -> HarvestRun:
    """Say that what a run no longer found really is gone: it goes on, and takes it out."""
    held = _required(by, run.source.portal)
    with transaction.atomic():
        source = _open(run.source)
        newest = source.runs.first()
        if newest is None or newest.pk != run.pk or newest.state != HarvestRun.State.ASKS:
            raise Refused("run-does-not-ask", _("This run waits for nobody any more. Look at the newest one."))
        event = HarvestGoneConfirmed(source=source.key, run=newest.number)
        events.record(event, subject_type=SOURCE, subject_id=str(source.pk), actor=by.acting_as(held), now=now)
        return harvesting.go_on(run=newest, by=by, now=now)


def _open(source: HarvestSource) -> HarvestSource:
    current = HarvestSource.objects.select_for_update(of=("self",)).select_related("portal").get(pk=source.pk)
    if current.ended_at is not None:
        raise Refused("source-was-ended", _("This source was ended. Nothing was changed."))
    return current


def _required(by: Viewer, portal: Portal) -> HeldRole:
    return permissions.required_at(by, permissions.HARVEST, region_code=portal.region_id)
