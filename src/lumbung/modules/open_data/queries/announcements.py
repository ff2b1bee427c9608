"""What waits for its day, described in public; rows are nowhere until then."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.models import Announcement, ConsequenceTest, Dataset, Draft
from lumbung.modules.open_data.states import DraftState


@dataclass(frozen=True, slots=True)
class Coming:
    """A release to come: whose, what it says of itself, and when."""

    dataset: Dataset
    told: dict[str, Any]
    day: date
    # Its day has come and it is not published: a gate closed meanwhile.
    is_late: bool


def coming(portal: Portal, *, today: date) -> list[Coming]:
    """Everything announced in a portal, the nearest day first."""
    found = _announced().filter(draft__dataset__portal=portal).order_by("draft__release_on")
    return [_coming(each.draft, today) for each in found]


def coming_at(portal: Portal, key: str, *, today: date) -> Coming | None:
    """The announced release at an address of a portal, if there is one."""
    found = _announced().filter(draft__dataset__portal=portal, draft__dataset__key=key).first()
    return _coming(found.draft, today) if found else None


def _announced() -> Any:
    # Returned to its producer, or published: it is not announced any more.
    waiting = {"draft__state": DraftState.READY, "draft__release_on__isnull": False}
    open_ones = Announcement.objects.filter(**waiting, draft__dataset__withdrawn_at__isnull=True)
    return open_ones.select_related("draft__dataset__producer", "draft__dataset__portal")


def _coming(draft: Draft, today: date) -> Coming:
    assert draft.release_on is not None
    return Coming(draft.dataset, dict(draft.metadata["dataset"]), draft.release_on, draft.release_on < today)


def consequence_test_of(dataset: Dataset) -> ConsequenceTest | None:
    """The test by which it is excluded, the newest."""
    if dataset.access != Dataset.Access.EXCLUDED:
        return None
    return dataset.consequence_tests.order_by("-recorded_at").first()
