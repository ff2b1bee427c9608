"""The process of its own in which small counts are hidden: solvers are native code, and a crash must end this only.

Reads problems as JSON from standard input, answers one line of JSON each, in order. Knows no framework.
"""

import json
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pytauargus import HiTaSCtrl

from lumbung.kernels import disclosure, margins
from lumbung.kernels.disclosure import Problem

MOST_MINUTES = 1
# A solver writes what it likes to the same pipe; only lines that begin so are answers.
MARK = "lumbung:"


def main() -> None:
    """Answer each problem; what is printed by solvers goes nowhere."""
    answers = sys.stdout
    sys.stdout = sys.stderr
    for told in json.load(sys.stdin):
        problem = problem_of(told)
        found = disclosure.protect(problem, proposals(problem))
        answer = {"hidden": sorted(found.hidden), "recoverable": found.recoverable, "narrow": found.narrow}
        answers.write(f"\n{MARK}{json.dumps(answer)}\n")
        answers.flush()


def problem_of(told: dict[str, Any]) -> Problem:
    """A problem as it was told."""
    before = {int(cell): value for cell, value in told["before"].items()}
    return Problem(
        layout=margins.layout(told["hierarchies"]),
        counts=tuple(told["counts"]),
        thresholds=tuple(told["thresholds"]),
        zeros_shown=told["zeros_shown"],
        before=before,
        is_growing=told["is_growing"],
    )


def proposals(problem: Problem) -> Collection[int]:
    """Cells that protect the small ones at the least cost, by Tau-Argus (optimal method); none if it gives up."""
    small = disclosure.small_cells(problem)
    if not small:
        return ()
    with tempfile.TemporaryDirectory(prefix="lumbung-counts-") as folder:
        given, answer = Path(folder, "table.jj"), Path(folder, "chosen.jj")
        given.write_text(jj(problem, small), encoding="ascii")
        code = HiTaSCtrl().full_jj(in_file_jj=str(given), out_file=str(answer), max_time=MOST_MINUTES)
        return [] if code or not answer.exists() else [int(cell) for cell in answer.read_text("ascii").split()]


def jj(problem: Problem, small: Collection[int]) -> str:
    """The table in the JJ form of Tau-Argus: cells, then what adds up to nought.

    A cell: place, value, cost, u (hidden) or s, lowest and highest value an attacker thinks of, and how far below and
    above its value he must not be able to exclude.
    """
    most = 4 * max(problem.counts) + 10
    lines = ["0", str(len(problem.counts))]
    for cell, (count, cost) in enumerate(zip(problem.counts, disclosure.costs(problem), strict=True)):
        kept = f"u 0 {most} {min(count, 1)} 2" if cell in small else f"s 0 {most} 0 0"
        lines.append(f"{cell} {count} {cost} {kept} 0")
    lines.append(str(len(problem.layout.sums)))
    for whole, parts in problem.layout.sums:
        added = " ".join(f"{part} (1)" for part in parts)
        lines.append(f"0 {len(parts) + 1} : {whole} (-1) {added}")
    return "\n".join(lines) + "\n"
