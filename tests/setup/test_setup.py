"""Every obstacle of `make run` ends in one sentence with the way out. The real scripts run, in copies."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import ROOT, Installation

NOBODY = 65534
COPIED = ["Makefile", "tools", "requirements.lock", "requirements-node.lock", "package.json", "package-lock.json"]
COPIED += ["pyproject.toml", "README.md", ".npmrc", "src"]


@pytest.fixture
def clone() -> Iterator[Path]:
    """The files of a fresh clone, in a folder every user may read."""
    with tempfile.TemporaryDirectory(prefix="lumbung-clone-") as folder:
        Path(folder).chmod(0o755)
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, Path(folder) / name)
        yield Path(folder)


def _interpreter(folder: Path, script: str) -> str:
    path = folder / "some-python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return str(path)


def _set_up(clone: Path, python: str = sys.executable, **options) -> str:
    environment = {**os.environ, "PYTHON": python, **options.pop("environment", {})}
    done = subprocess.run(
        ["bash", "tools/setup.sh", "run"],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_no_python_names_the_package_to_install(clone):
    assert "apt install python3 python3-venv" in _set_up(clone, python="/nowhere/python3")


def test_an_old_python_says_which_is_needed(clone):
    old = _interpreter(clone, 'case "$1" in -c) exit 1;; esac')

    assert "needs Python 3.11 or newer" in _set_up(clone, python=old)


def test_a_missing_venv_module_names_the_package_and_leaves_nothing(clone):
    without = _interpreter(clone, f'[ "$1 $2" = "-m venv" ] && exit 1; exec {sys.executable} "$@"')

    assert "apt install python3-venv" in _set_up(clone, python=without)
    assert not (clone / ".venv").exists()


def test_a_read_only_folder_says_to_copy_lumbung(clone):
    if os.getuid() != 0:
        clone.chmod(0o555)
        assert "read-only" in _set_up(clone)
        clone.chmod(0o755)
        return
    public = _interpreter(clone, "exit 0")  # root's own interpreter may lie where nobody else may look

    assert "read-only" in _set_up(clone, python=public, user=NOBODY, group=NOBODY)


@pytest.mark.heavy
def test_no_network_says_to_check_it(clone):
    offline = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_NO_CACHE_DIR": "1"}

    assert "check the network and try again" in _set_up(clone, environment=offline)


@pytest.mark.heavy
def test_without_npm_the_front_end_parts_come_through_a_python_package(clone, tmp_path):
    for name in ("bash", "sh", "env", "mktemp", "rm", "touch", "tail", "dirname", "id", "cat", "uname"):
        (tmp_path / name).symlink_to(shutil.which(name))
    environment = {**os.environ, "PATH": str(tmp_path), "PYTHON": sys.executable}
    environment.pop("PYTHONPATH", None)

    done = subprocess.run(
        ["bash", "tools/setup.sh", "run"], cwd=clone, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert (clone / "node_modules" / "leaflet" / "package.json").exists()
    assert (clone / ".venv" / ".ready").exists()


def test_a_home_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "a file").touch()  # a folder cannot be made below a file, not even by root

    done = Installation(tmp_path / "a file" / "home").run("demo")

    assert done.returncode == 3
    assert "tidak dapat ditulisi" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
