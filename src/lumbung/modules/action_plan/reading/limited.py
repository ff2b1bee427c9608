"""Tables of an uploaded XLSX or DOCX, read in a child process with limits."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused

READER = Path(__file__).with_name("table_reader.py")
Table = list[list[str]]


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a file, and the numbers of those that hold more than was read."""

    tables: list[Table]
    cut: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: a matrix of twelve commitments takes a hundredth of it."""

    memory_bytes: int = 600 * 1024 * 1024
    cpu_seconds: int = 10
    unpacked_bytes: int = 30 * 1024 * 1024
    parts: int = 2_000
    tables: int = 40
    rows: int = 400
    columns: int = 60
    cell: int = 8_000


WALL_SECONDS = 20.0


def tables_of(data: bytes, *, limits: Limits | None = None) -> Tables:
    """Every table of the file, or a refusal with the way out."""
    command = [sys.executable, "-I", "-B", str(READER), json.dumps(asdict(limits or Limits()))]
    try:
        # No environment: keys and passwords of the server are not the child's business.
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own file
            command, input=data, capture_output=True, timeout=WALL_SECONDS, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _unreadable() from error
    answered = done.returncode == 0 and done.stdout
    told: dict[str, Any] = json.loads(done.stdout) if answered else {"refused": "corrupt"}
    if told.get("refused") in {"unpacked", "memory"}:
        raise Refused(
            "import-too-large",
            _("The file unpacks to far more than a plan holds. Save only the table in a new file, then try again."),
            field="files",
        )
    if "tables" not in told:
        raise _unreadable()
    return Tables(told["tables"], frozenset(told["cut"]))


def _unreadable() -> Refused:
    return Refused(
        "import-unreadable",
        _("The file cannot be read. Save it again as XLSX or DOCX, or copy the table into a new file."),
        field="files",
    )
