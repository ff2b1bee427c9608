"""Has copies made by a limited process of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lumbung.core.tables import limited
from lumbung.core.tables.limited import Made

# A million rows of twelve columns take about ten seconds of a processor and 120 MB.
LIMITS = {"AS": 1536 * 1024 * 1024, "CPU": 1800, "FSIZE": 16 * 1024 * 1024 * 1024}
SECONDS = 3600.0
PROGRAM = "copies.child"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A copy to be made: of which Parquet, where, and by which columns people filter first."""

    source: Path
    target: Path
    first: tuple[str, ...] = ()


def make(wanted: Sequence[Wanted], *, seconds: float = SECONDS) -> list[Made]:
    """Make copies; those the process did not come to are told as failed."""
    for folder in {each.target.parent for each in wanted}:
        folder.mkdir(parents=True, exist_ok=True)
    tasks = [{"source": str(each.source), "target": str(each.target), "first": each.first} for each in wanted]
    answers = limited.asked(PROGRAM, tasks, limits=LIMITS, seconds=seconds)
    return [limited.made(each.target, answers) for each in wanted]
