"""The filters of the catalogue in words: what each value is called, how many it leaves, where choosing it leads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.queries.facets import FACETS, OURS, Counted

TITLES: Mapping[str, str | Promise] = {
    "topic": _("Topic"),
    "producer": _("Data producer"),
    "place": _("Region covered"),
    "year": _("Year covered"),
    "format": _("File format"),
    "licence": _("Licence"),
    "frequency": _("Update schedule"),
    "source": _("Portal"),
}
CHOICES = {"topic": "topics", "licence": "licences", "frequency": "frequencies"}
FORMATS = {"PARQUET": "Parquet", "SHAPEFILE": "Shapefile"}
AT_ONCE, AT_MOST = 6, 60


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: the values with the most datasets at once, the others behind "show all"."""

    name: str
    title: str | Promise
    options: tuple[Option, ...]
    left_out: int

    @property
    def at_once(self) -> tuple[Option, ...]:
        return self.options[:AT_ONCE]

    @property
    def others(self) -> tuple[Option, ...]:
        return self.options[AT_ONCE:]

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)


def facets_of(portal: Portal, counted: Counted, chosen: Mapping[str, str]) -> list[Facet]:
    """Every filter that has something to choose between, or is in force."""
    found = [_facet(portal, name, counted.values.get(name, {}), chosen.get(name, "")) for name in FACETS]
    return [facet for facet in found if len(facet.options) > 1 or facet.chosen]


def _facet(portal: Portal, name: str, counts: Mapping[str, int], chosen: str) -> Facet:
    held = {value: count for value, count in counts.items() if count or value == chosen}
    if chosen:
        held.setdefault(chosen, 0)
    ranked = sorted(held, key=lambda value: _place(name, value, held[value], chosen))
    labels = labels_of(name, ranked[:AT_MOST], portal)
    options = (Option(value, labels[value], held[value], value == chosen) for value in ranked[:AT_MOST])
    return Facet(name, TITLES[name], tuple(options), max(len(ranked) - AT_MOST, 0))


def _place(name: str, value: str, count: int, chosen: str) -> tuple[bool, int, str]:
    """The chosen value first; years newest first; all else by how many there are."""
    first = -int(value) if name == "year" and value.isdecimal() else -count
    return value != chosen, first, value


def labels_of(name: str, values: Iterable[str], portal: Portal) -> dict[str, str]:
    """What people call the values of a filter; a value nobody knows stands for itself."""
    wanted = list(values)
    named = _NAMES[name](wanted, portal) if name in _NAMES else {}
    return {value: named.get(value) or value for value in wanted}


def _choices(listed: str) -> Callable[[list[str], Portal], dict[str, str]]:
    return lambda values, _portal: {
        value: str(choice.words) for value in values if (choice := shape.choice_of(listed, value)) is not None
    }


def _producers(values: list[str], _portal: Portal) -> dict[str, str]:
    return {each.pk: str(each.name) for each in Organisation.objects.filter(pk__in=values)}


def _places(values: list[str], _portal: Portal) -> dict[str, str]:
    return {each.pk: each.full_name for each in Region.objects.filter(pk__in=values)}


def _formats(values: list[str], _portal: Portal) -> dict[str, str]:
    return {value: FORMATS.get(value, value) for value in values}


def _sources(_values: list[str], portal: Portal) -> dict[str, str]:
    return {OURS: str(portal.name)}


_NAMES: Mapping[str, Callable[[list[str], Portal], dict[str, str]]] = {
    **{name: _choices(listed) for name, listed in CHOICES.items()},
    "producer": _producers,
    "place": _places,
    "format": _formats,
    "source": _sources,
}
