"""Has workbooks made by a limited process of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from lumbung.core.tables import limited
from lumbung.core.tables.limited import Made

# A million cells take about fifteen seconds of a busy processor and 100 MB, however many rows there are.
LIMITS = {"AS": 1024 * 1024 * 1024, "CPU": 600, "FSIZE": 1024 * 1024 * 1024}
SECONDS = 900.0
PROGRAM = "workbooks.child"
Line = Sequence[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What the workbook says beside the data.

    about    lines of the second sheet: what, from whom, which licence, where for ever
    heads    above the meanings of the columns, the name of the column first
    columns  by the name of each column, what stands below those heads
    codes    lines below: codes and what they mean
    """

    title: str
    creator: str
    made_at: str
    about: Sequence[Line]
    heads: Line
    columns: Mapping[str, Line]
    codes: Sequence[Line] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A workbook to be made: of which Parquet, where, and what it tells."""

    source: Path
    target: Path
    told: Told


def make(wanted: Sequence[Wanted], *, seconds: float = SECONDS) -> list[Made]:
    """Make workbooks; those the process did not come to are told as failed."""
    for folder in {each.target.parent for each in wanted}:
        folder.mkdir(parents=True, exist_ok=True)
    tasks = [{"source": str(each.source), "target": str(each.target), **asdict(each.told)} for each in wanted]
    answers = limited.asked(PROGRAM, tasks, limits=LIMITS, seconds=seconds)
    return [limited.made(each.target, answers) for each in wanted]
