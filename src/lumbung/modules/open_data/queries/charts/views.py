"""A chart as an address carries it: its kind, its columns, its conditions, the regions it compares."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lumbung.modules.open_data.queries.questions import Condition

Kind = Literal["line", "bar", "map"]
Step = Literal["", "month", "year"]
KINDS: tuple[Kind, ...] = ("line", "bar", "map")
STEPS: tuple[Step, ...] = ("", "month", "year")
LEVELS = ("", "regency", "district")
MOST_REGIONS = 6


@dataclass(frozen=True, slots=True)
class View:
    """What a chart shows of one table.

    x        time of a line, category or region of bars, region of a map
    y        column of numbers; "" counts rows
    where    conditions as the address writes them, with the same read
    per      step of time that days are put together by
    level    level of regions that finer codes are put together by
    regions  codes compared: a small picture each, or the only bars
    """

    table: str
    kind: Kind
    x: str
    y: str = ""
    where: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    per: Step = ""
    level: str = ""
    regions: tuple[str, ...] = ()

    def as_query(self, *, names_table: bool) -> list[tuple[str, str]]:
        """What stands behind the question mark of its address."""
        told = [("table", self.table)] if names_table else []
        told += [("kind", self.kind), ("x", self.x)]
        told += [(name, value) for name, value in (("y", self.y), ("per", self.per), ("level", self.level)) if value]
        told += [("where", each) for each in self.where]
        return told + [("region", code) for code in self.regions]

    def as_rows_query(self, compared: str = "") -> list[tuple[str, str]]:
        """The same for programs: the figures before days or regions are put together."""
        groups = [self.x, *([compared] if compared and self.regions and compared != self.x else [])]
        figures = "count" if not self.y else f"sum:{self.y}"
        return [
            *(("where", each) for each in self.where),
            *(("group_by", each) for each in groups),
            ("aggregate", figures),
            *(("order", each) for each in groups),
        ]


CHOICES: Mapping[str, tuple[str, ...]] = {"kind": KINDS, "per": STEPS, "level": LEVELS}
