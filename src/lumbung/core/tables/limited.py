"""Programs of ours in a limited process of their own: a fault in a file, or too little memory, ends that process only.

The parent sends tasks as JSON, the child answers one line for each it has done; what it did not come to has none.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE_ROOT = Path(__file__).parents[3]
START = (
    "import importlib, sys; sys.path.insert(0, sys.argv[1]); "
    "importlib.import_module(f'lumbung.core.tables.{sys.argv[2]}').main()"
)
NAMES = ("AS", "CPU", "FSIZE")
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a file that was to be made; `failed` names the kind of fault, never a value."""

    target: Path
    rows: int = 0
    failed: str = ""


def made(target: Path, answers: Mapping[str, Told]) -> Made:
    """The same from an answer; a file the process did not come to is told as failed."""
    told = answers.get(str(target), {"failed": "ended"})
    return Made(target, rows=int(told.get("rows", 0)), failed=str(told.get("failed", "")))


def asked(program: str, tasks: Sequence[Told], *, limits: Mapping[str, int], seconds: float) -> dict[str, Told]:
    """Have tasks done; the answers by the target of each.

    program  a module of core/tables that calls `work`
    """
    if not tasks:
        return {}
    answer = _answer(program, json.dumps({"limits": limits, "tasks": tasks}).encode(), seconds)
    return {str(told["target"]): told for told in map(json.loads, answer.splitlines())}


def _answer(program: str, request: bytes, seconds: float) -> str:
    command = [sys.executable, "-I", "-c", START, str(SOURCE_ROOT), program]
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


def work(do: Callable[[dict[str, Any]], Told]) -> None:
    """In the child: do every task under the limits. One that fails is named, and the others are done."""
    request = json.load(sys.stdin)
    # The pipe to the parent is for our words alone: DuckDB draws how far it is where it may.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for name in NAMES:
        limit = int(request["limits"][name])
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for task in request["tasks"]:
        answers.write(json.dumps({"target": task["target"], **do(task)}) + "\n")
        answers.flush()
