"""Reading organisations."""

from datetime import date

from django.db.models import Q, QuerySet

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
