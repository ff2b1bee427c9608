"""Reading organisations."""

from datetime import date

from django.db.models import Q, QuerySet

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import marks
from lumbung.core.organisations import permissions
from lumbung.core.organisations.models import Organisation


def organisations_on(day: date) -> QuerySet[Organisation]:
    """Those that exist on a day."""
    return Organisation.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def agencies_of(region_code: str, *, day: date) -> QuerySet[Organisation]:
    """The agencies a region's own government consists of, by name."""
    return organisations_on(day).filter(
        region_id=region_code, kind__in=[Organisation.Kind.AGENCY, Organisation.Kind.INSPECTORATE]
    )


def agencies_below(region_code: str, *, day: date) -> QuerySet[Organisation]:
    """The agencies of a region's own government and of every government below it, by name."""
    kinds = [Organisation.Kind.AGENCY, Organisation.Kind.INSPECTORATE]
    return organisations_on(day).filter(region__code__under=region_code, kind__in=kinds)


def agency_for_duty(region_code: str, agency_kind: str, *, day: date) -> Organisation | None:
    """The agency of a region that has a duty ("pupr"), or None when the region has none."""
    return organisations_on(day).filter(region_id=region_code, agency_kind=agency_kind).order_by("code").first()


def by_code(code: str) -> Organisation | None:
    """The organisation of that code, whether it still exists or not."""
    return Organisation.objects.filter(pk=code).first()


def mark_of(organisation: Organisation) -> str:
    """A mark of everything an editor may change about it."""
    names = ("name_id", "name_en", "kind", "agency_kind", "parent_id")
    return marks.mark_of({name: getattr(organisation, name) for name in names})


def codes_above(organisation: Organisation) -> set[str]:
    """The organisation's own code and those of everything it belongs to."""
    codes: set[str] = set()
    current: Organisation | None = organisation
    while current is not None and current.pk not in codes:
        codes.add(current.pk)
        current = current.parent
    return codes


def all_for(viewer: Viewer, *, words: str = "", region_code: str = "") -> QuerySet[Organisation]:
    """Every organisation, also those that ended, for an editor; narrowed by words in name or code, and by region."""
    permissions.editor(viewer)
    found = Organisation.objects.select_related("region", "parent").order_by("region_id", "name_id")
    for word in words.split():
        found = found.filter(Q(name_id__icontains=word) | Q(name_en__icontains=word) | Q(code__icontains=word))
    return found.filter(region_id=region_code) if region_code else found


def listed_in(region_code: str, *, day: date) -> QuerySet[Organisation]:
    """Organisations anyone may look up in a region's subtree on a day, by region and name."""
    inside = organisations_on(day).filter(region__code__under=region_code)
    return inside.select_related("region", "parent").order_by("region_id", "name_id")
