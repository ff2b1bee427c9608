"""Reading portals."""

from collections.abc import Iterable

from lumbung.core.base import marks
from lumbung.core.portals.models import Portal


def all_portals() -> list[Portal]:
    """Every portal, in the order of the front page."""
    return list(Portal.objects.select_related("region"))


def governments_by_region() -> dict[str, str]:
    """Where tables of portals are published, and by whom: the region of each portal and its government."""
    return {portal.region_id: portal.government_id for portal in all_portals()}


def portal_by_slug(slug: str) -> Portal | None:
    """The portal at /slug/, if there is one."""
    return Portal.objects.select_related("region").filter(pk=slug).first()


def portal_for_region(region_code: str) -> Portal | None:
    """The portal of the smallest region that contains this one."""
    return smallest_around(region_code, Portal.objects.filter(region_id__in=_codes_around(region_code)))


def smallest_around(region_code: str, known: Iterable[Portal]) -> Portal | None:
    """Of some portals the one of the smallest region that contains this one."""
    found = {portal.region_id: portal for portal in known}
    return next((found[code] for code in _codes_around(region_code) if code in found), None)


def _codes_around(region_code: str) -> list[str]:
    parts = region_code.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def mark_of(portal: Portal) -> str:
    """A mark of everything an editor may change about it."""
    names = ("name_id", "name_en", "report_service_id", "report_service_en", "accent", "modules")
    return marks.mark_of({name: getattr(portal, name) for name in names})
