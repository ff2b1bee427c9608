"""The demonstration that tests with real processes take copies of, loaded once for a whole run.

`tools/test.sh` loads it beside other work (`python -m tests.demonstration <folder>`) and names its folder in
TEST_DEMONSTRATION; without it, as when one test is run by itself, it is loaded where it is needed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

REPORTS, DATASETS = 40, 6
ROOT = Path(__file__).resolve().parents[1]


def brought_to(home: Path, environment: dict[str, str]) -> None:
    """Put a demonstration that nobody serves into `home`; `environment` says for which database."""
    ready = os.environ.get("TEST_DEMONSTRATION", "")
    if ready and not environment.get("DATABASE_URL"):
        shutil.copytree(ready, home, dirs_exist_ok=True)
        return
    if not (ROOT / "build" / "static" / "staticfiles.json").exists():
        _run(environment, "prepare")
    _run(environment, "demo", "--reports", str(REPORTS), "--datasets", str(DATASETS))


def _run(environment: dict[str, str], *command: str) -> None:
    told = [sys.executable, "-m", "lumbung", *command]
    done = subprocess.run(told, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, f"lumbung {' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"


if __name__ == "__main__":
    from tests import migrated
    from tests.installation import Installation

    os.environ.pop("TEST_DEMONSTRATION", None)  # there is none before this is done
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = Installation(folder).environment
    if os.environ.get("TEST_MIGRATED"):
        _run(environment, "migrate")
        migrated.keep(folder / "lumbung.sqlite3", Path(os.environ["TEST_MIGRATED"]))
    brought_to(folder, environment)
