"""A Spark cluster of this machine alone: a master and two workers on the loopback, in bounded memory."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[5]
LIBRARY, LOCK = ROOT / "build" / "spark", ROOT / "requirements-spark.lock"
STAMP = LIBRARY / ".installed"
WORKERS, START_SECONDS, END_SECONDS = 2, 600, 20
CONFIGURATION = {
    "spark.driver.memory": "512m",
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    "spark.cores.max": str(WORKERS),
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
}


def install() -> Path:
    """Spark from its lock, in a folder of its own beside what the clone builds; once a lock."""
    wanted = LOCK.read_text()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return LIBRARY
    shutil.rmtree(LIBRARY, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*pip, "--target", str(LIBRARY), "-r", str(LOCK)], check=True)
    STAMP.write_text(wanted)
    return LIBRARY


def surroundings(folder: Path) -> dict[str, str]:
    """What every process of the cluster is started with: nothing it hears on but the loopback."""
    configured = "".join(f"{key} {value}\n" for key, value in CONFIGURATION.items())
    (folder / "spark-defaults.conf").write_text(configured)
    kept = {name: os.environ[name] for name in ("PATH", "JAVA_HOME", "LANG") if name in os.environ}
    return kept | {
        "SPARK_HOME": str(LIBRARY / "pyspark"),
        "SPARK_CONF_DIR": str(folder),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "spill"),
        "SPARK_DAEMON_MEMORY": "256m",
        "PYTHONPATH": os.pathsep.join([str(LIBRARY), str(ROOT / "src"), str(ROOT)]),
        "HOME": str(folder),
    }


@contextmanager
def started(folder: Path) -> Iterator[str]:
    """The address of a master whose workers have come."""
    install()
    port, page = free_port(), free_port()
    master = f"spark://127.0.0.1:{port}"
    with ExitStack() as processes:
        own = ["--host", "127.0.0.1", "--port", str(port), "--webui-port", str(page)]
        processes.enter_context(_running(folder, "master", ["org.apache.spark.deploy.master.Master", *own]))
        for number in range(WORKERS):
            room = ["--cores", "1", "--memory", "768m", "--host", "127.0.0.1", "--webui-port", str(free_port())]
            work = ["--work-dir", str(folder / f"work{number}")]
            command = ["org.apache.spark.deploy.worker.Worker", *room, *work, master]
            processes.enter_context(_running(folder, f"worker{number}", command))
        _wait_for_workers(page)
        yield master


@contextmanager
def _running(folder: Path, name: str, command: list[str]) -> Iterator[None]:
    said = (folder / f"{name}.txt").open("wb")
    program = [str(LIBRARY / "pyspark" / "bin" / "spark-class"), *command]
    process = subprocess.Popen(program, env=surroundings(folder), stdout=said, stderr=said)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        said.close()


def _wait_for_workers(page: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urlopen(f"http://127.0.0.1:{page}/json/", timeout=5) as answer:
                if json.load(answer)["aliveworkers"] == WORKERS:
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise TimeoutError(f"the {WORKERS} workers did not come within {START_SECONDS} s")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
