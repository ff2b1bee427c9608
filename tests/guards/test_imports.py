"""site → modules → core → kernels, and modules never import each other: the contracts of .importlinter."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.tree import ROOT, SOURCE

RUN = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of `folder` on the package in `folder`/src."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "200"}
    command = [sys.executable, "-c", RUN]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path):
    """A copy of the package in which a violation can be planted."""
    shutil.copytree(SOURCE, tmp_path / "src" / "lumbung", ignore=shutil.ignore_patterns("data", "static", "*.pyc"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_the_contracts_are_kept():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_planted_imports_break_the_contracts(copy):
    package = copy / "src" / "lumbung"
    other = package / "modules" / "letters"
    other.mkdir()
    (other / "__init__.py").write_text("")
    (other / "queries.py").write_text("from lumbung.modules.reports import states\n")
    (package / "core" / "events" / "planted.py").write_text("from lumbung.modules.reports import states\n")
    (package / "core" / "base" / "planted.py").write_text("from lumbung.core.web import formatting\n")
    (package / "kernels" / "planted.py").write_text("import django\n")
    (package / "modules" / "reports" / "planted.py").write_text("from lumbung.site import environment\n")
    done = lint(copy)
    assert done.returncode == 1, done.stdout
    for broken in (
        "lumbung.core.events.planted -> lumbung.modules.reports.states",
        "lumbung.core.base.planted -> lumbung.core.web.formatting",
        "lumbung.modules.letters.queries -> lumbung.modules.reports.states",
        "lumbung.kernels.planted -> django",
        "lumbung.modules.reports.planted -> lumbung.site.environment",
    ):
        assert broken in done.stdout, f"{broken} was not caught:\n{done.stdout}"


def test_a_core_part_that_has_no_place_in_the_order_is_caught(copy):
    part = copy / "src" / "lumbung" / "core" / "letters"
    part.mkdir()
    (part / "__init__.py").write_text("")
    done = lint(copy)
    assert done.returncode == 1
    assert "letters" in done.stdout + done.stderr
