"""How a table of counts says what has to be hidden in it. A pure shape, declared with the table."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column of codes by which things are counted. `parents(as_of, place)`: each code, with the code it is a part of.

    One code stands for everything and is a part of ""; a code that has parts is counted as their sum.
    """

    column: str
    parents: Callable[[datetime, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Protection:
    """How small numbers of a table of counts are hidden; done when it is published, and nowhere else.

    period       text column that names the period; what was published of a period changes by correction only
    dimensions   what is crossed; every crossing is published, with all its totals
    count, mark  the integer column, and the one that says "shown" or "hidden"
    threshold    counts below it are hidden
    sensitive    codes of a column for which 10 is the threshold
    zeros_shown  whether "none at all" may be told
    is_growing   each period counts everything up to its end, so that two of them differ by what came in between
    """

    period: str
    dimensions: tuple[Dimension, ...]
    count: str
    mark: str
    threshold: int = 5
    sensitive: Mapping[str, Collection[str]] = field(default_factory=dict)
    zeros_shown: bool = True
    is_growing: bool = False
