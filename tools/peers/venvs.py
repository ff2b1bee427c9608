"""Builds an environment of its own for a peer we are compared with, from its own lock; a second call does nothing.

CKAN and Datasette are installed to be asked over HTTP; nothing of them is imported or copied into this project, and
neither stands in the lock of the project.

    python tools/peers/venvs.py ckan        # prints the folder of its programs
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[1] / "build" / "peers"
NAMES = ("ckan", "datasette")


def programs_of(peer: str) -> Path:
    """The folder of the programs of that peer, built if it is not there yet."""
    lock = HERE / f"requirements-{peer}.lock"
    built = CACHE / f"{peer}-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    if not (built / ".ready").exists():
        _build(built, lock)
    return built / "bin"


def _build(built: Path, lock: Path) -> None:
    """Built where it will stand: the programs of an environment know their address."""
    shutil.rmtree(built, ignore_errors=True)
    print(f"  building {built.name} …", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", built], check=True)
    install = [built / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run([*install, "-r", lock], env=_without_ours(), check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{built.name} could not be installed:\n{done.stderr[-2000:]}")
    (built / ".ready").touch()


def _without_ours() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in NAMES:
        sys.exit(f"python tools/peers/venvs.py {' | '.join(NAMES)}")
    print(programs_of(sys.argv[1]))
