"""The files shipped to the public run on their own."""

import subprocess
import sys
from pathlib import Path

import pytest

KERNELS = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", ["survival.py", "shares.py", "catalogues.py"])
def test_a_published_kernel_runs_from_an_empty_folder_without_any_library(name, tmp_path):
    (tmp_path / name).write_bytes((KERNELS / name).read_bytes())
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, '.'); import {name[:-3]}"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
