"""Reading portals."""

from lumbung.core.base import marks
from lumbung.core.portals.models import Portal


def all_portals() -> list[Portal]:
    """Every portal, in the order of the front page."""
    return list(Portal.objects.select_related("region"))


def portal_by_slug(slug: str) -> Portal | None:
    """The portal at /slug/, if there is one."""
    return Portal.objects.select_related("region").filter(pk=slug).first()


def portal_for_region(region_code: str) -> Portal | None:
    """The portal of the smallest region that contains this one."""
    parts = region_code.split(".")
    codes = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    found = {portal.region_id: portal for portal in Portal.objects.filter(region_id__in=codes)}
    return next((found[code] for code in codes if code in found), None)


def mark_of(portal: Portal) -> str:
    """A mark of everything an editor may change about it."""
    names = ("name_id", "name_en", "report_service_id", "report_service_en", "accent", "modules")
    return marks.mark_of({name: getattr(portal, name) for name in names})
