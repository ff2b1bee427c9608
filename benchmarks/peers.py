"""A million rows of twelve columns in our store, in a real CKAN and in Datasette: the same questions in the same run.

Run: python -m benchmarks.peers [rows] [--seconds 60] [--only ours,ckan,datasette]

Every side is served on loopback and asked over HTTP, in turns, so that a busy machine slows all alike; each round asks
another question, and every total and every number of groups and lines is compared. CKAN with an index is asked in turns
with us once more. Prints medians, ratios, and what sixteen connections meet; the exit code is 1 when a limit is
passed with a million rows or more. CKAN and Datasette are built from their own locks (tools/peers).
"""

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools.peers.ckan_server import running_ckan

from benchmarks.peer_sides import (
    CkanSide,
    Side,
    fill_ckan,
    index_ckan,
    served_by_datasette,
    served_by_us,
)
from benchmarks.peer_table import Question, write

ROWS, SECONDS, CONNECTIONS = 1_000_000, 60, 16
LIFTED = 1_000  # the most there is, two thousand pages a second: the questions are measured and not the limit
ROUNDS = {"page": 15, "groups": 7, "facet": 7, "export": 3}
INDEXED = "CKAN + btree"
# Our time as a share of theirs, at the most; an export of twice the rows a second takes half the time.
LIMITS = {("page", "CKAN"): 0.10, ("groups", "CKAN"): 1 / 3, ("facet", "CKAN"): 1 / 8, ("export", "CKAN"): 0.5}
LIMITS |= {("page", INDEXED): 1.5}
EXPORT_MB = 200
Times = dict[tuple[str, str], float]
# Datasette as it comes takes over a minute for the export: once is enough to know.
SLOW = {("Datasette", "export"): 1, ("Datasette tuned", "export"): 1}


@contextmanager
def memory_of(pids: list[int]) -> Iterator[Callable[[], float]]:
    """Megabytes above idle that these processes and their children reached, watched twenty times a second."""
    before, most, ended = _megabytes(pids), [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.05):
            most[0] = max(most[0], _megabytes(pids) - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield lambda: most[0]
    finally:
        ended.set()
        watcher.join()


def _megabytes(pids: list[int]) -> float:
    """Memory of these processes and all below them, what they share counted once."""
    total, waiting, seen = 0, list(pids), set[int]()
    while waiting:
        pid = waiting.pop()
        if pid in seen:
            continue
        seen.add(pid)
        folder = Path(f"/proc/{pid}")
        try:
            told = (folder / "smaps_rollup").read_text()
            total += int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pss:")))
            waiting += [int(below) for each in folder.glob("task/*/children") for below in each.read_text().split()]
        except (OSError, StopIteration):  # it has just ended
            continue
    return total / 1024


def ask(sides: list[Side], rows: int, times: Times, memory: dict[str, float]) -> None:
    """Every question to every side in turns; medians in milliseconds."""
    samples: dict[tuple[str, str], list[float]] = {}
    for kind, rounds in ROUNDS.items():
        for number in range(rounds + 1):
            answers = {}
            for side in sides:
                if kind == "export" and number > SLOW.get((side.name, kind), rounds):
                    continue
                with memory_of(side.pids if kind == "export" else []) as reached:
                    begun = time.perf_counter()
                    answers[side.name] = _answer(side, kind, Question(number * 7 + 3))
                    took = (time.perf_counter() - begun) * 1000
                if kind == "export":
                    memory[side.name] = max(memory.get(side.name, 0), reached())
                # The first round warms what a server in use has warm.
                if number or kind == "export":
                    samples.setdefault((side.name, kind), []).append(took)
            _require_same(kind, answers, rows)
    times.update({key: statistics.median(told) for key, told in samples.items()})


def _answer(side: Side, kind: str, asked: Question) -> int:
    return side.export() if kind == "export" else int(getattr(side, kind)(asked))


def _require_same(kind: str, answers: dict[str, int], rows: int) -> None:
    """Datasette as it comes cuts what takes it a second: it is told, not hidden. Of us it is not taken."""
    right = rows if kind == "export" else max(answers.values())
    for name, found in answers.items():
        if found != right:
            print(f"  {name}: {kind} gave {found}, not {right}", flush=True)
            if name == "ours":
                raise ValueError(f"{kind} gave {found}, not {right}")


def load(side: Side, seconds: float, failures: list[str]) -> str:
    """What sixteen connections meet that ask one page after another; a fault of ours is a failure."""
    statuses, took, until = Counter[int](), list[float](), time.monotonic() + seconds

    def visitor(seed: int) -> None:
        chance = random.Random(seed)
        while time.monotonic() < until:
            begun = time.perf_counter()
            try:
                status, _body = side.get(side.page_path(Question(chance.randrange(60))))
            except OSError:
                status = 0
            took.append((time.perf_counter() - begun) * 1000)
            statuses[status] += 1
            if status == 429:  # whoever is told to wait asks again, but does not hammer
                time.sleep(0.05)

    visitors = [threading.Thread(target=visitor, args=(seed,)) for seed in range(CONNECTIONS)]
    for each in visitors:
        each.start()
    for each in visitors:
        each.join()
    if side.name == "ours" and any(not status or status >= 500 for status in statuses):
        failures.append(f"{CONNECTIONS} connections met faults: {dict(statuses)}")
    told = ", ".join(f"{status or 'broken'}: {count:,}" for status, count in sorted(statuses.items()))
    served = statuses[200] / seconds
    return f"{told}; {served:.0f} answers/s; p50 {_share(took, 0.5):.0f} ms, p95 {_share(took, 0.95):.0f} ms"


def _share(told: list[float], share: float) -> float:
    return sorted(told)[min(int(len(told) * share), len(told) - 1)] if told else 0.0


def table(times: Times, memory: dict[str, float], rows: int) -> Iterator[str]:
    """The medians as the documentation holds them."""
    names = list(dict.fromkeys(name for name, _kind in times))
    yield f"| median ms, {rows:,} × 12 | {' | '.join(names)} | ours to CKAN |"
    yield "|---" * (len(names) + 2) + "|"
    for kind in ROUNDS:
        cells = [f"{times[name, kind]:,.1f}" if (name, kind) in times else "–" for name in names]
        peer = times.get(("CKAN", kind))
        ratio = f"{times['ours', kind] / peer:.2f}" if peer and ("ours", kind) in times else "–"
        yield f"| {kind} | {' | '.join(cells)} | {ratio} |"
    cells = [f"{rows / times[name, 'export'] * 1000:,.0f}" for name in names]
    yield f"| export, rows/s | {' | '.join(cells)} | |"
    yield f"| export, MB above idle | {' | '.join(f'{memory[name]:,.0f}' for name in names)} | |"


def judged(times: Times, beside: Times, memory: dict[str, float]) -> Iterator[str]:
    """The limits that are passed. `beside` are the times of the round in which CKAN had its index."""
    for (kind, peer), most in LIMITS.items():
        told = beside if peer == INDEXED else times
        if ("ours", kind) in told and (peer, kind) in told:
            share = told["ours", kind] / told[peer, kind]
            yield from [f"{kind}: {share:.2f} of {peer}, at most {most:.2f}"] if share > most else []
    if memory.get("ours", 0) > EXPORT_MB:
        yield f"export: {memory['ours']:.0f} MB above idle, at most {EXPORT_MB}"


def measure(folder: Path, rows: int, seconds: float, only: set[str], failures: list[str]) -> Iterator[str]:
    """Fill every side, ask, load; the lines to print. Limits that were passed are put to the failures."""
    source = folder / "tabel.csv"
    write(source, rows)
    times: Times = {}
    beside: Times = {}
    memory: dict[str, float] = {}
    loads: list[str] = []
    with ExitStack() as stack:
        sides: list[Side] = []
        if "ours" in only:
            sides.append(stack.enter_context(served_by_us(folder, source, factor=LIFTED)))
        if "datasette" in only:
            sides += [stack.enter_context(served_by_datasette(folder, source, is_tuned=each)) for each in (False, True)]
        if "ckan" in only:
            ckan = stack.enter_context(running_ckan(folder / "ckan", workers=2, sql=True))
            yield f"copied into CKAN in {fill_ckan(ckan, source):.0f} s"
            sides.append(CkanSide("CKAN", ckan.port, ckan.pids()))
        ask(sides, rows, times, memory)
        loads += [f"{side.name}: {load(side, seconds, failures)}" for side in sides]
        if "ckan" in only:
            index_ckan(ckan)
            indexed = CkanSide(INDEXED, ckan.port, ckan.pids())
            ask([*(side for side in sides if side.name == "ours"), indexed], rows, beside, memory)
            times.update({key: took for key, took in beside.items() if key[0] == INDEXED})
            loads.append(f"{indexed.name}: {load(indexed, seconds, failures)}")
    if "ours" in only:
        with served_by_us(folder, source, factor=1) as side:
            loads.append(f"ours, with the limit everybody meets: {load(side, seconds, failures)}")
    yield from ["", *table(times, memory, rows)]
    if ("ours", "page") in beside:
        told = ", ".join(f"{kind} {beside['ours', kind] / beside[INDEXED, kind]:.2f}" for kind in ROUNDS)
        yield f"\nours to {INDEXED}, asked in turns: {told}"
    failures += judged(times, beside, memory)
    yield f"\n{CONNECTIONS} connections for {seconds:.0f} s, filtered sorted pages:"
    yield from (f"- {line}" for line in loads)


def main() -> int:
    """Measure in a folder of its own; a small table tells nothing of the limits."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int, nargs="?", default=ROWS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--only", default="ours,ckan,datasette")
    told = parser.parse_args()
    failures: list[str] = []
    with tempfile.TemporaryDirectory(prefix="lumbung-peers-") as name:
        Path(name).chmod(0o755)
        for line in measure(Path(name), told.rows, told.seconds, set(told.only.split(",")), failures):
            print(line, flush=True)
    for failure in failures:
        print(f"over the limit: {failure}", flush=True)
    return 1 if failures and told.rows >= ROWS else 0


if __name__ == "__main__":
    sys.exit(main())
