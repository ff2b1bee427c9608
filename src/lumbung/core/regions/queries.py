"""Reading the tree of regions. All of it is public."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import NotFound, Refused
from lumbung.core.regions import areas, codes
from lumbung.core.regions.models import Region
from lumbung.kernels import geometry

PROBLEMS: dict[geometry.PointProblem, str | Promise] = {
    "not-a-number": _(
        "These coordinates cannot be read. Write them like -8.7451 and 116.8532, or choose the village instead."
    ),
    "zero": _("Your device sent no position (0, 0). Tap the place on the map, or choose the village instead."),
    "swapped": _(
        "Latitude and longitude seem to be exchanged. In NTB the latitude is about -8 and the longitude 115 to 119."
    ),
    "outside": _("This point is outside Nusa Tenggara Barat. Move the pin, or choose the village instead."),
}


NO_SUCH_REGION = _("There is no region with this code. Choose one from the list.")


def region(code: str) -> Region:
    """One region by its code."""
    found = Region.objects.filter(code=code).first() if codes.is_code(code) else None
    if found is None:
        raise NotFound("region-unknown", NO_SUCH_REGION, field="region")
    return found


def codes_by_name(names: Iterable[str]) -> dict[str, list[str]]:
    """Codes of provinces, regencies and districts that bear one of these names, in small letters, by the name."""
    wanted = set(names)
    rows = Region.objects.exclude(level__in=[Region.Level.VILLAGE, Region.Level.BLOCK])
    named = rows.annotate(small=Lower("name"), other=Lower("other_names"))
    found: dict[str, list[str]] = {}
    for row in named.filter(Q(small__in=wanted) | Q(other__in=wanted)).values("code", "small", "other"):
        for name in {row["small"], row["other"]} & wanted:
            found.setdefault(name, []).append(row["code"])
    return found


def names_of(code: str) -> list[str]:
    """What people call a region: its official name, and other names it has."""
    found = Region.objects.filter(code=code).first() if codes.is_code(code) else None
    return [found.full_name, *([found.other_names] if found.other_names else [])] if found else []


def children_of(code: str) -> QuerySet[Region]:
    """The regions one level down, by code."""
    return Region.objects.filter(parent=code)


def subtree_of(code: str) -> QuerySet[Region]:
    """A region and everything below it, parents first."""
    codes.level_of(code)
    return Region.objects.filter(code__under=code)


def districts_in(code: str) -> QuerySet[Region]:
    """The districts of a province or regency, by name."""
    return subtree_of(code).filter(level=Region.Level.DISTRICT).order_by("name", "code")


def villages_in(code: str) -> QuerySet[Region]:
    """The villages and urban wards of a district (or of anything above one), by name."""
    return subtree_of(code).filter(level=Region.Level.VILLAGE).order_by("name", "code")


def regencies() -> QuerySet[Region]:
    """All regencies and cities, by code."""
    return Region.objects.filter(level=Region.Level.REGENCY)


@dataclass(frozen=True, slots=True)
class DistrictGroup:
    """The districts of one regency, as a form offers them."""

    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlaceChoices:
    """What the two place fields offer: districts by regency, and the villages of the chosen one."""

    district: str
    districts: tuple[DistrictGroup, ...]
    villages: tuple[tuple[str, str], ...]


def place_choices(scope: str, district: str = "") -> PlaceChoices:
    """Districts below `scope` and, once one of them is chosen, its villages; anything else chosen counts as nothing."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for code, parent, name in districts_in(scope).values_list("code", "parent", "name"):
        grouped.setdefault(parent or "", []).append((code, name))
    parents = Region.objects.filter(code__in=grouped)
    known = district if any(district == code for group in grouped.values() for code, _name in group) else ""
    return PlaceChoices(
        district=known,
        districts=tuple(DistrictGroup(parent.full_name, tuple(grouped[parent.code])) for parent in parents),
        villages=tuple((one.code, one.full_name) for one in villages_in(known)) if known else (),
    )


def ancestors_of(code: str) -> list[Region]:
    """From the province down to the parent."""
    return list(Region.objects.filter(code__in=codes.ancestors_of(code)).order_by("code"))


def breadcrumb_of(code: str) -> list[Region]:
    """The ancestors and the region itself."""
    return [*ancestors_of(code), region(code)]


def address_of(code: str) -> str:
    """Smallest first, as on an envelope: "Desa Seteluk Tengah, Kecamatan Seteluk, Kabupaten Sumbawa Barat"."""
    line = [step for step in breadcrumb_of(code) if step.level != Region.Level.PROVINCE]
    return ", ".join(step.full_name for step in reversed(line)) or region(code).full_name


def addresses_of(regions: list[Region]) -> dict[str, str]:
    """The same for many regions, in one query."""
    wanted = {step for one in regions for step in codes.ancestors_of(one.code)} - {one.code for one in regions}
    known = {one.code: one for one in [*regions, *Region.objects.filter(code__in=wanted)]}
    lines = {one.code: [*codes.ancestors_of(one.code)[1:], one.code] for one in regions}
    return {code: ", ".join(known[step].full_name for step in reversed(steps)) for code, steps in lines.items()}


def short_names_of(codes_wanted: Iterable[str]) -> dict[str, str]:
    """Names as lists write them: the kind in front only of cities, which share their name with a regency."""
    rows = Region.objects.filter(code__in=set(codes_wanted))
    return {row.code: row.full_name if row.kind == Region.Kind.KOTA else row.name for row in rows}


def every_name_of(codes_wanted: Iterable[str]) -> set[str]:
    """Whatever these regions are called, with their kind and without."""
    rows = Region.objects.filter(code__in=set(codes_wanted))
    return {name for row in rows for name in (row.name, row.full_name)}


def regions_matching(text: str, *, under: str = "52", limit: int = 20) -> list[Region]:
    """Regions whose name, other name or code begins with or contains the text; best first, larger regions first."""
    wanted = " ".join(text.replace("\0", "").split())[:80]
    if not wanted:
        return []
    rank = Case(
        When(Q(name__iexact=wanted) | Q(other_names__iexact=wanted) | Q(code=wanted), then=Value(0)),
        When(name__istartswith=wanted, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    depth = Case(
        *(When(level=level, then=Value(place)) for place, level in enumerate(codes.LEVELS)), output_field=IntegerField()
    )
    found = subtree_of(under).filter(
        Q(name__icontains=wanted) | Q(other_names__icontains=wanted) | Q(code__startswith=wanted)
    )
    return list(found.annotate(rank=rank, depth=depth).order_by("rank", "depth", "name", "code")[:limit])


def point_problem(latitude: float, longitude: float) -> geometry.PointProblem | None:
    """Why a point cannot be a place here, or None: it lies on or near the land of NTB."""
    problem = geometry.point_problem(latitude, longitude, areas.box())
    if problem is None and areas.district_code_at(latitude, longitude) is None:
        return "outside"
    return problem


def region_at(latitude: float, longitude: float) -> Region | None:
    """The district a point lies in (indicative), or None when it is no place of NTB."""
    if point_problem(latitude, longitude) is not None:
        return None
    return Region.objects.filter(code=areas.district_code_at(latitude, longitude)).first()


def district_of_point(latitude: float, longitude: float, *, field: str = "latitude") -> Region:
    """The district a point lies in (indicative), or a refusal that says how to mend the point."""
    problem = point_problem(latitude, longitude)
    if problem is not None:
        raise Refused(f"point-{problem}", PROBLEMS[problem], field=field)
    return region(areas.district_code_at(latitude, longitude) or "")
