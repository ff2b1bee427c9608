"""Who shares restricted data: what agencies asked for, what was granted, and whether it is in force today."""

from datetime import date

from django.db.models import Q, QuerySet

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.models import Dataset, Sharing

# Governments share with each other, not with everybody who holds some role.
SHARING_KINDS = (Organisation.Kind.AGENCY, Organisation.Kind.INSPECTORATE, Organisation.Kind.NATIONAL)


def agencies_of(viewer: Viewer, dataset: Dataset) -> list[Organisation]:
    """The agencies this viewer works for that could ask for a dataset of another one."""
    codes = {held.organisation_code for held in viewer.held if held.organisation_code}
    found = Organisation.objects.filter(pk__in=codes, kind__in=SHARING_KINDS).exclude(pk=dataset.producer_id)
    return list(found.order_by("name_id"))


def held_for(viewer: Viewer, agency_code: str) -> HeldRole | None:
    """The role this viewer has in that agency."""
    return next((held for held in viewer.held if held.organisation_code == agency_code), None)


def in_force(day: date) -> Q:
    """Granted, begun and not over."""
    return Q(state=Sharing.State.GRANTED, since__lte=day, until__gte=day)


def granted_to(viewer: Viewer, dataset: Dataset, *, day: date) -> Sharing | None:
    """By which grant this viewer may have the rows today; None when there is none."""
    codes = [held.organisation_code for held in viewer.held if held.organisation_code]
    found = Sharing.objects.filter(in_force(day), dataset=dataset, agency__in=codes)
    return found.select_related("agency").order_by("-until").first()


def asked_by(viewer: Viewer, dataset: Dataset) -> list[Sharing]:
    """What the agencies of this viewer asked for, the newest first."""
    codes = [held.organisation_code for held in viewer.held if held.organisation_code]
    return list(_whole(Sharing.objects.filter(dataset=dataset, agency__in=codes)))


def on_the_desk_of(viewer: Viewer, portal: Portal) -> list[Sharing]:
    """What this viewer decides, or oversees: of their agency as producer, or all of a portal's steward."""
    found = Sharing.objects.filter(dataset__portal=portal)
    if not any(held.region_code == portal.region_id for held in viewer.roles_with(permissions.CHECK)):
        found = found.filter(dataset__producer__in=permissions.producing_for(viewer))
    return list(_whole(found))


def by_id(portal: Portal, sharing_id: str) -> Sharing | None:
    """One of them."""
    return _whole(Sharing.objects.filter(dataset__portal=portal, pk=sharing_id)).first()


def _whole(found: QuerySet[Sharing]) -> QuerySet[Sharing]:
    parts = ("agency", "asked_by", "decided_by", "dataset__producer", "dataset__portal", "dataset__listing")
    return found.select_related(*parts)


def downloads_of(sharing: Sharing) -> str:
    """What the access history calls a download under this grant."""
    return f"{sharing.dataset.name}:{sharing.pk}"
