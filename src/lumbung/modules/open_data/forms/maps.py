"""A map as an address asks for it: one region, or a part of the world, and the rows in it.

?area=52.04&where=kondisi:eq:rusak · ?box=116.1,-8.7,116.3,-8.5 (west, south, east, north)
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.regions import codes
from lumbung.core.tables.schemas import SchemaField
from lumbung.kernels.geometry import Box
from lumbung.modules.open_data.forms import rows as asking
from lumbung.modules.open_data.queries.questions import Condition
from lumbung.modules.open_data.queries.rows import BadQuestion

KNOWN = ("table", "area", "box", "where")
MOST_CONDITIONS = 10
SENTENCES: Mapping[str, Promise] = {
    "unknown-parameter": _("A map has no parameter %(name)s. It has: %(names)s."),
    "bad-box": _("Write box=west,south,east,north in degrees, such as box=116.1,-8.7,116.3,-8.5."),
    "too-many-conditions": _("A table takes at most %(most)s filters. Take some away."),
    "unknown-area": _("There is no map of “%(area)s”. Write the code of a regency or district, like 52.07."),
}
DEGREES = re.compile(r"-?\d{1,3}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class MapAsked:
    """What an address asks of a map."""

    area: str = ""
    box: Box | None = None
    where: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """The same as an address carries it."""
        window = [("area", self.area)] if self.area else [("box", written(self.box))] if self.box else []
        return (*window, *(("where", each) for each in self.where))


def map_of(asked: QueryDict, fields: Sequence[SchemaField]) -> MapAsked:
    """What is asked of the map of a table.

    raises  BadQuestion with the way out
    """
    for name in asked:
        if name not in KNOWN:
            raise bad("unknown-parameter", "address", name=name[:60], names=", ".join(KNOWN))
    where = tuple(dict.fromkeys(each for each in asked.getlist("where") if each))
    if len(where) > MOST_CONDITIONS:
        raise bad("too-many-conditions", "where", most=MOST_CONDITIONS)
    area = asked.get("area", "")
    if area and not codes.is_code(area):
        raise bad("unknown-area", "area", area=area[:20])
    box = _box(str(asked["box"])) if asked.get("box") and not area else None
    return MapAsked(area, box, where, asking.conditions(where, fields))


def written(box: Box) -> str:
    """A box as an address carries it."""
    return ",".join(f"{each:.4f}".rstrip("0").rstrip(".") for each in (box.west, box.south, box.east, box.north))


def _box(told: str) -> Box:
    parts = told.split(",")
    if len(parts) != 4 or not all(DEGREES.fullmatch(each) for each in parts):
        raise bad("bad-box", "box")
    west, south, east, north = map(float, parts)
    if not (west < east and south < north):
        raise bad("bad-box", "box")
    return Box(west, south, east, north)


def bad(code: str, field: str, **params: object) -> BadQuestion:
    """A refusal of a map."""
    return BadQuestion(code, SENTENCES[code], field=field, **params)
