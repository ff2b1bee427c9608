"""Asks a process of its own which cells of a table are hidden, and whether anyone could still work one out."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.kernels.margins import Hierarchy

SOURCE_ROOT = Path(__file__).parents[3]
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from lumbung.core.datasets import suppression_child as c; c.main()"
)
MARK = "lumbung:"
SECONDS = 120
SECONDS_A_TABLE = 30


@dataclass(frozen=True, slots=True)
class Counts:
    """A table of one period whose small numbers have to be hidden; fields as in `kernels.disclosure.Problem`."""

    hierarchies: Sequence[Hierarchy]
    counts: tuple[int, ...]
    thresholds: tuple[int, ...]
    zeros_shown: bool
    before: Mapping[int, int | None] = field(default_factory=dict)
    is_growing: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """Places of the cells that are hidden; those that could be worked out; how many are known rather closely."""

    cells: frozenset[int]
    recoverable: tuple[int, ...]
    narrow: int


def hide(tables: Sequence[Counts]) -> list[Hidden]:
    """What is hidden in each table."""
    if not tables:
        return []
    asked = json.dumps([_told(table) for table in tables]).encode()
    answers = [_hidden(line) for line in _answered(asked, len(tables)).splitlines() if line.startswith(MARK)]
    if len(answers) != len(tables):
        raise Refused(
            "small-counts-not-hidden",
            _("The small numbers of this table could not be hidden, so nothing was published. Tell the administrator."),
        )
    return answers


def _told(table: Counts) -> dict[str, object]:
    return {
        "hierarchies": [dict(each) for each in table.hierarchies],
        "counts": table.counts,
        "thresholds": table.thresholds,
        "zeros_shown": table.zeros_shown,
        "before": dict(table.before),
        "is_growing": table.is_growing,
    }


def _hidden(line: str) -> Hidden:
    told = json.loads(line.removeprefix(MARK))
    return Hidden(frozenset(told["hidden"]), tuple(told["recoverable"]), told["narrow"])


def _answered(asked: bytes, tables: int) -> str:
    """What the child wrote until it ended or its time was over."""
    command = [sys.executable, "-I", "-c", START, str(SOURCE_ROOT)]
    seconds = SECONDS + tables * SECONDS_A_TABLE
    # Tau-Argus leaves logs with numbers of the table where it runs: in a folder that is gone afterwards.
    with tempfile.TemporaryDirectory(prefix="lumbung-counts-") as folder:
        try:
            # No environment: keys and passwords of the server are not the child's business.
            done = subprocess.run(  # noqa: S603 - our own interpreter, our own file
                command,
                input=asked,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                cwd=folder,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return ""
    return done.stdout.decode("utf-8", "replace")
