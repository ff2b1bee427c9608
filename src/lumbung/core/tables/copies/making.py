"""Has copies made by a limited process of its own: a fault in a file, or too little memory, ends that process only."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SOURCE_ROOT = Path(__file__).parents[4]
START = "import sys; sys.path.insert(0, sys.argv[1]); from lumbung.core.tables.copies import child; child.main()"
# A million rows of twelve columns take about ten seconds of a processor and 120 MB.
LIMITS = {"AS": 1536 * 1024 * 1024, "CPU": 1800, "FSIZE": 16 * 1024 * 1024 * 1024}
SECONDS = 3600.0


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
    copies = [{"source": str(each.source), "target": str(each.target), "first": each.first} for each in wanted]
    answer = _answered(json.dumps({"limits": LIMITS, "copies": copies}).encode(), seconds) if wanted else ""
    told = {str(each["target"]): each for each in map(json.loads, answer.splitlines())}
    return [_made(each.target, told.get(str(each.target), {"failed": "ended"})) for each in wanted]


def _made(target: Path, told: dict[str, object]) -> Made:
    return Made(target, rows=int(str(told.get("rows", 0))), failed=str(told.get("failed", "")))


def _answered(request: bytes, seconds: float) -> str:
    command = [sys.executable, "-I", "-c", START, str(SOURCE_ROOT)]
    child = subprocess.Popen(  # noqa: S603 - our own interpreter, our own file; no environment: keys are not its business
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/"
    )
    try:
        answer, _nothing = child.communicate(request, timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        answer, _nothing = child.communicate()
    whole, _line_end, _cut = answer.decode("utf-8", "replace").rpartition("\n")
    return whole
