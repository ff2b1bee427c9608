"""Has copies made by a limited process of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lumbung.core.tables import limited

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


@dataclass(frozen=True, slots=True)
class Made:
    """What became of it; `failed` names the kind of fault, never a value."""

    target: Path
    rows: int = 0
    failed: str = ""


def make(wanted: Sequence[Wanted], *, seconds: float = SECONDS) -> list[Made]:
    """Make copies; those the process did not come to are told as failed."""
    for folder in {each.target.parent for each in wanted}:
        folder.mkdir(parents=True, exist_ok=True)
    tasks = [{"source": str(each.source), "target": str(each.target), "first": each.first} for each in wanted]
    told = limited.asked(PROGRAM, tasks, limits=LIMITS, seconds=seconds)
    return [_made(each.target, told.get(str(each.target), {"failed": "ended"})) for each in wanted]


def _made(target: Path, told: limited.Told) -> Made:
    return Made(target, rows=int(str(told.get("rows", 0))), failed=str(told.get("failed", "")))
