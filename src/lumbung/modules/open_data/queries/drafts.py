"""Reading drafts, for those who write and check them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.models import Check, Dataset, Draft, DraftTable, Remark
from lumbung.modules.open_data.states import CLOSED, WRITABLE, DraftState

# Whose turn it is, by state: those of the producing agency, and those of the portal.
AGENCY_TURN = {permissions.PRODUCE: WRITABLE, permissions.PRECHECK: frozenset({DraftState.SUBMITTED})}
PORTAL_TURN = {
    permissions.CHECK: frozenset({DraftState.CHECKED, DraftState.READY}),
    permissions.SECOND_CHECK: frozenset({DraftState.SECOND_CHECK}),
}


def open_draft_of(dataset: Dataset) -> Draft | None:
    """The one open draft of a dataset."""
    return Draft.objects.filter(dataset=dataset).exclude(state__in=CLOSED).first()


def locked(draft: Draft) -> Draft:
    """The draft as it stands now, held until the transaction ends."""
    return Draft.objects.select_for_update(of=("self",)).select_related("dataset__portal").get(pk=draft.pk)


def due(day: date) -> QuerySet[Draft]:
    """Drafts that passed every check and whose release day has come."""
    found = Draft.objects.filter(state=DraftState.READY, release_on__isnull=False, release_on__lte=day)
    return found.select_related("dataset__portal", "dataset__producer", "submitted_by")


def require_writable(draft: Draft) -> None:
    """Refuse to write in a draft that somebody else has on their desk, or that is closed."""
    if draft.state not in WRITABLE:
        raise Refused(
            "draft-is-not-yours-now",
            _("This draft is being checked or closed, so it cannot be changed now. Take it back first."),
        )


def variables_of(draft: Draft, slug: str, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What is said of the columns of a table. Those of data that are not open are not accessible to the public."""
    described = draft.metadata.get("variables", {}).get(slug, {})
    is_open = draft.dataset.access == Dataset.Access.OPEN
    usual = {"is_public": "yes"} if is_open else {}
    own = {} if is_open else {"is_public": "no"}
    return {name: {**usual, **described.get(name, {}), **own} for name in names}


def tables_of(draft: Draft) -> list[DraftTable]:
    """The tables of a draft, in order."""
    return list(draft.tables.select_related("kept_version"))


def visible_to(viewer: Viewer, portal: Portal) -> QuerySet[Draft]:
    """Open drafts this viewer writes or checks in this portal: those of their agencies, or all of a steward's."""
    drafts = Draft.objects.filter(dataset__portal=portal).exclude(state__in=CLOSED)
    drafts = drafts.select_related("dataset__producer", "dataset__portal")
    if any(_is_of_portal(viewer, verb, portal) for verb in (*PORTAL_TURN, permissions.PLAN)):
        return drafts
    return drafts.filter(dataset__producer__in={code for verb in AGENCY_TURN for code in _agencies(viewer, verb)})


def had_a_part_in(viewer: Viewer, dataset: Dataset) -> bool:
    """Whether this viewer writes or checks drafts of a dataset that has had one."""
    verbs = (*AGENCY_TURN, *PORTAL_TURN)
    return any(permissions.role_in(viewer, verb, dataset) for verb in verbs) and dataset.drafts.exists()


def on_the_desk_of(viewer: Viewer, portal: Portal) -> list[Draft]:
    """Drafts whose next step is this viewer's, those waiting longest first."""
    turns = Q(pk__in=[])
    for verb, states in AGENCY_TURN.items():
        turns |= Q(state__in=states, dataset__producer__in=_agencies(viewer, verb))
    for verb, states in PORTAL_TURN.items():
        if _is_of_portal(viewer, verb, portal):
            turns |= Q(state__in=states)
    return list(visible_to(viewer, portal).filter(turns).order_by("submitted_at", "begun_at"))


def _is_of_portal(viewer: Viewer, verb: str, portal: Portal) -> bool:
    return any(held.region_code == portal.region_id for held in viewer.roles_with(verb))


def _agencies(viewer: Viewer, verb: str) -> list[str]:
    return [held.organisation_code for held in viewer.roles_with(verb) if held.organisation_code]


def checks_of(draft: Draft) -> list[Check]:
    """Every look at a draft, newest first, with its remarks."""
    return list(draft.checks.prefetch_related("remarks").order_by("-checked_at"))


def open_remarks_of(draft: Draft) -> list[Remark]:
    """Remarks of the last return the producer has not answered."""
    last = draft.checks.filter(verdict=Check.Verdict.RETURNED).order_by("-checked_at").first()
    return list(last.remarks.filter(answered_at__isnull=True)) if last else []
