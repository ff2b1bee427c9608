"""Which class a dataset has (open, restricted, excluded), and what is announced before its day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.web import public_words
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions.datasets import DATASET, DRAFT
from lumbung.modules.open_data.events.classes import DatasetClassified, ReleaseAnnounced
from lumbung.modules.open_data.models import Announcement, ConsequenceTest, Dataset, Draft
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.states import DraftState


@dataclass(frozen=True, slots=True)
class Consequence:
    """A consequence test (uji konsekuensi) as its document says."""

    harm: str
    law: str
    decided_by: str
    decided_on: date
    document: str
    until: date | None = None


def classify(
    *, dataset: Dataset, access: Dataset.Access, by: Viewer, now: datetime, test: Consequence | None = None
) -> Dataset:
    """Give a dataset its class. Excluding it needs a consequence test; the class holds for releases to come.

    What is open already stays public knowledge: its releases are withdrawn first, one by one, each with a reason.
    """
    held = permissions.required_in(by, permissions.CHECK, dataset)
    with transaction.atomic():
        current = Dataset.objects.select_for_update().get(pk=dataset.pk)
        if current.origin != Dataset.Origin.BROUGHT:
            raise Refused("dataset-is-kept-elsewhere", _("This dataset gets its class where it is made."))
        if access == Dataset.Access.EXCLUDED:
            _record_test(current, test, now)
        if access != Dataset.Access.OPEN and _has_open_releases(current):
            raise Refused(
                "releases-are-open",
                _("Releases of this dataset are open already. Withdraw them first, then change its class."),
                field="access",
            )
        current.access = access
        current.save(update_fields=["access"])
        law = test.law if test and access == Dataset.Access.EXCLUDED else ""
        event = DatasetClassified(dataset=current.name, access=access, law=law)
        events.record(event, subject_type=DATASET, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
        return current


def _has_open_releases(dataset: Dataset) -> bool:
    return dataset.releases.filter(access=Dataset.Access.OPEN, withdrawn_at__isnull=True).exists()


def _record_test(dataset: Dataset, test: Consequence | None, now: datetime) -> None:
    if test is None:
        raise Refused(
            "consequence-test-missing", _("Excluding data needs a consequence test. Fill it in."), field="harm"
        )
    if test.until is not None and test.until <= test.decided_on:
        raise Refused("consequence-test-ends", _("It has to end after the day it was decided."), field="until")
    for field in ("harm", "law", "decided_by", "document"):
        public_words.refuse_personal_data(field, getattr(test, field))
    ConsequenceTest.objects.create(
        dataset=dataset,
        harm=test.harm,
        law=test.law,
        until=test.until,
        decided_by=test.decided_by,
        decided_on=test.decided_on,
        document=test.document,
        recorded_at=now,
    )


def announce(*, draft: Draft, by: Viewer, now: datetime) -> Announcement:
    """Describe in public what passed every check and waits for its day (embargo). Its rows are nowhere until then."""
    held = permissions.required_in(by, permissions.PUBLISH, draft.dataset)
    with transaction.atomic():
        current = known.locked(draft)
        if current.state != DraftState.READY or current.release_on is None:
            raise Refused("nothing-to-announce", _("Only a checked draft that waits for its day can be announced."))
        if current.release_on <= clock.local_day(now):
            raise Refused("release-day-has-come", _("Its day has come. Publish it instead."))
        found, is_new = Announcement.objects.get_or_create(draft=current, defaults={"announced_at": now})
        if is_new:
            event = ReleaseAnnounced(dataset=current.dataset.name, day=current.release_on.isoformat())
            actor = by.acting_as(held)
            events.record(event, subject_type=DRAFT, subject_id=str(current.pk), actor=actor, now=now)
        return found
