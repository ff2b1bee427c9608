"""Reading a table of a million rows and twelve columns into a plain file, as CSV, Parquet and (a fiftieth of it) XLSX.

Run: python -m benchmarks.tables_reading [rows]
Prints seconds on the clock, CPU seconds and peak memory of the limited child. The peer is the bare csv module reading
and writing the same rows in the same run. Limits: six seconds of CPU for reading the CSV, 200 MB.
"""

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import openpyxl

from lumbung.core.tables import reading

ROWS = 1_000_000
SHEET_SHARE = 50
LIMIT_SECONDS, LIMIT_MB = 6.0, 200
HEAD = [
    "kode",
    "nama",
    "tahun",
    "bulan",
    "sektor",
    "nilai",
    "jumlah",
    "tanggal",
    "uraian",
    "lintang",
    "bujur",
    "status",
]
Cost = tuple[float, float, float]


def rows(count: int) -> Iterator[list[object]]:
    """Rows as a sector of a regency would write them: codes, names, numbers, dates, words with commas."""
    chance = random.Random(52)
    for n in range(count):
        place = [
            f"52.07.{n % 40:02d}.{n % 2000:04d}",
            f"Kecamatan {n % 40}",
            2010 + n % 15,
            n % 12 + 1,
            f"sektor {n % 20}",
        ]
        values = [round(chance.random() * 1e6, 2), n % 997, f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}"]
        yield [*place, *values, f"uraian nomor {n}, lengkap", -8.5 - chance.random(), 116 + chance.random(), "aktif"]


def write_csv(target: Path, count: int) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(HEAD)
        csv.writer(file).writerows(rows(count))


def write_xlsx(target: Path, count: int) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.append(HEAD)
    for row in rows(count):
        sheet.append(row)
    book.save(target)


def write_parquet(source: Path, target: Path) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"COPY (FROM read_csv('{source}', all_varchar=true)) TO '{target}' (FORMAT parquet)")


def bare(source: Path, target: Path) -> None:
    """The peer: the csv module alone."""
    with source.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(csv.reader(file))


def measured(source: Path, into: Path) -> tuple[dict[str, Cost], int]:
    """Look and read from a process of its own: the peak memory of its children is then that of these two."""
    command = [sys.executable, "-m", "benchmarks.tables_reading", str(source), str(into)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return told["costs"], told["rows"]


def look_and_read(source: Path, into: Path) -> None:
    """What that process does."""
    into.mkdir()
    costs: dict[str, Cost] = {}
    with _cost_of_children(costs, "look"):
        found = reading.look(source, name=source.name)
    with _cost_of_children(costs, "read"):
        outcome = reading.read(source, name=source.name, reading=found.reading, into=into)
    print(json.dumps({"costs": costs, "rows": outcome.plain.row_count}))


@contextmanager
def _cost_of_children(costs: dict[str, Cost], name: str) -> Iterator[None]:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    yield
    after, seconds = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - begun
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    costs[name] = (seconds, cpu, after.ru_maxrss / 1024)


def main(count: int) -> int:
    """Measure; 1 when a limit is passed."""
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as folder:
        home = Path(folder)
        sources = {"CSV": home / "a.csv", "Parquet": home / "a.parquet", "XLSX": home / "a.xlsx"}
        write_csv(sources["CSV"], count)
        write_parquet(sources["CSV"], sources["Parquet"])
        write_xlsx(sources["XLSX"], count // SHEET_SHARE)
        begun = time.process_time()
        bare(sources["CSV"], home / "bare.csv")
        peer = time.process_time() - begun
        print(f"{sources['CSV'].stat().st_size / 1e6:.0f} MB of CSV; csv module alone {peer:.1f} CPU-s", flush=True)
        failed = False
        for kind, source in sources.items():
            costs, rows_read = measured(source, home / f"plain-{kind}")
            told = [f"{name} {cost[0]:.1f} s, {cost[1]:.1f} CPU-s, {cost[2]:.0f} MB" for name, cost in costs.items()]
            times = costs["read"][1] / peer
            print(
                f"{kind:<8} {rows_read:>9,} rows: {'; '.join(told)}; read {times:.1f} times the csv module", flush=True
            )
            failed = failed or (kind == "CSV" and (costs["read"][1] > LIMIT_SECONDS or costs["read"][2] > LIMIT_MB))
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) > 2:
        look_and_read(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
