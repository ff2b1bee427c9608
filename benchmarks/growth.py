"""What a table costs as it grows: 1, 10 and 100 million rows of twelve columns.

Run: python -m benchmarks.growth [largest in millions] [folder]
Each measure runs in a process of its own with the limits of the server (two threads, 200 MB of buffers) and prints
seconds on the clock, CPU seconds, peak memory and bytes. The drawing goes to docs/images/growth.svg. Disk: about 20 MB
a million rows, and beside that the answer in hand; every file goes when its size is done.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import growth_chart

MILLION = 1_000_000
SIZES = (1, 10, 100)
EXPORTED = 10  # what is longer is downloaded as the file it is, never written anew
TAKEN_IN = 10  # 20 million rows are the most a file brought by an officer may have
REPEATS = 5
PAGE = 100
# In the order official tables mostly come in, which we keep; no cell needs the row before it, so no sort is paid for.
SELECT = """
SELECT printf('52.%02d.%02d', 1 + i * 160 // ROWS // 20, 1 + (i * 160 // ROWS) % 20) AS kode_kecamatan,
  (2015 + (i * 1600 // ROWS) % 10)::SMALLINT AS tahun, (1 + i % 12)::BIGINT AS bulan,
  'OPD-' || lpad((hash(i) % 60)::VARCHAR, 3, '0') AS kode_opd,
  ['pendidikan', 'kesehatan', 'jalan', 'air bersih'][1 + (hash(i + 1) % 4)::INT] AS sektor,
  (hash(i * 7) % 100000)::BIGINT AS jumlah, ((hash(i * 11) % 100000000) / 100.0)::DECIMAL(18,2) AS nilai,
  DATE '2015-01-01' + (hash(i * 13) % 3650)::INT AS tanggal, hash(i * 17) % 3 = 0 AS aktif,
  printf('%09d', i) AS id_baris, CASE WHEN i % 20 = 0 THEN NULL ELSE 'catatan ' || (hash(i * 19) % 977) END AS catatan,
  'Desa ' || (i % 1166) AS nama_desa
FROM range(ROWS) t(i)
"""
KINDS = ("string", "year", "integer", "string", "string", "integer", "number", "date", "boolean", *["string"] * 3)
MEASURES = ("page", "group", "facet", "export", "ingest")


def make(path: Path, millions: int) -> None:
    """The table as Parquet, in row groups as ours."""
    import duckdb  # noqa: PLC0415

    with duckdb.connect(
        config={"threads": 2, "memory_limit": "1GB", "temp_directory": str(path.parent / "spill")}
    ) as it:
        select = SELECT.replace("ROWS", str(millions * MILLION))
        it.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 40960)")


def question(path: Path, measure: str) -> Any:
    """What a reader asks, in the terms of our own pages and interface."""
    import duckdb  # noqa: PLC0415

    from lumbung.core.tables.schemas import SchemaField  # noqa: PLC0415
    from lumbung.modules.open_data.queries.questions import Aggregate, Condition, Order, Question  # noqa: PLC0415

    names = [row[0] for row in duckdb.sql(f"DESCRIBE FROM '{path}'").fetchall()]
    columns = tuple(SchemaField(name, kind) for name, kind in zip(names, KINDS, strict=True))  # type: ignore[arg-type]
    everything = tuple(range(len(columns)))
    where = (Condition(0, "eq", ("52.03.07",)), Condition(4, "eq", ("jalan",)))
    sums = (Aggregate("count", None, "rows"), Aggregate("sum", 6, "nilai"), Aggregate("avg", 5, "jumlah"))
    counted = (Aggregate("count", None, "rows"),)
    return {
        "page": Question(columns, everything, where, order=(Order("column", 6, descending=True),)),
        "group": Question(columns, (), groups=(0, 1), aggregates=sums),
        "facet": Question(
            columns, (), groups=(3,), aggregates=counted, order=(Order("aggregate", 0, descending=True),)
        ),
        "export": Question(columns, everything),
    }[measure]


def asked(path: Path, measure: str) -> int:
    """One answer with its exact total; bytes of what was written."""
    from lumbung.core.tables import connections  # noqa: PLC0415
    from lumbung.modules.open_data.queries import questions, row_files, rows  # noqa: PLC0415

    told, out = question(path, measure), path.with_name("answer.csv")
    limits = rows.FILE_LIMITS if measure == "export" else rows.LIMITS
    writes = [out] if measure == "export" else []
    with connections.opened(reads=[path], writes=writes, temporary=path.parent / "spill", limits=limits) as connection:
        total = questions.count_of(told, path)
        connection.execute(total.sql, list(total.values)).fetchall()
        if measure != "export":
            page = questions.rows_of(told, path, limit=PAGE, offset=0)
            return len(connection.execute(page.sql, list(page.values)).fetchall())
        whole = questions.named(told, questions.rows_of(told, path), is_text=True)
        row_files.WRITERS["csv"](connection, whole, out)
    return out.stat().st_size


def taken_in(path: Path) -> dict[str, Any]:
    """A CSV on its way: looked at, read, proposed, searched for personal data, checked, written; seconds of each."""
    from lumbung.core.tables import checks, personal, proposals, reading, writing  # noqa: PLC0415

    source, folder, steps = path.with_name("answer.csv"), path.with_name("read"), {}
    folder.mkdir()

    def timed(name: str, step: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        found = step()
        steps[name] = time.perf_counter() - begun
        return found

    scratch = folder / "t"
    look = timed("look", lambda: reading.look(source, name="data.csv"))
    read = timed("read", lambda: reading.read(source, name="data.csv", reading=look.reading, into=folder))
    proposed = timed("propose", lambda: proposals.propose(read.plain, temporary=scratch))
    timed("personal data", lambda: personal.findings(read.plain, temporary=scratch))
    report = timed("check", lambda: checks.check(read.plain, proposed.schema, temporary=scratch))
    files = {"csv_file": folder / "out.csv", "parquet_file": folder / "out.parquet"}
    written = timed("write", lambda: writing.write(read.plain, proposed.schema, report, **files, temporary=scratch))
    return {"steps": steps, "bytes": source.stat().st_size, "parquet_bytes": written.parquet_bytes}


def measured(path: Path, measure: str) -> dict[str, Any]:
    """In a process of its own."""
    _without_a_database()
    more: dict[str, Any] = {}
    times, used = [], _cpu()
    for _time in range(1 if measure in {"export", "ingest"} else REPEATS):
        begun = time.perf_counter()
        more = taken_in(path) if measure == "ingest" else {"bytes": asked(path, measure)}
        times.append(time.perf_counter() - begun)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    middle = sorted(times)[len(times) // 2]
    return {"seconds": middle, "cpu": (_cpu() - used) / len(times), "mb": peak / 1024, **more}


def _cpu() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _without_a_database() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbung.site.settings")
    os.environ.setdefault("LUMBUNG_HOME", tempfile.mkdtemp(prefix="lumbung-bench-home-"))
    import django  # noqa: PLC0415

    django.setup()


def of_size(millions: int, folder: Path) -> dict[str, Any]:
    """Every measure of one size; its files are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=f"lumbung-growth-{millions}-", dir=folder) as home:
        path = Path(home) / "table.parquet"
        begun = time.perf_counter()
        make(path, millions)
        taken = time.perf_counter() - begun
        print(f"{millions} million rows, {path.stat().st_size / 1e6:.0f} MB of Parquet, made in {taken:.0f} s")
        found: dict[str, Any] = {"parquet": path.stat().st_size}
        for measure in MEASURES:
            if millions > {"export": EXPORTED, "ingest": TAKEN_IN}.get(measure, millions):
                continue
            command = [sys.executable, "-m", "benchmarks.growth", "--measure", measure, str(path)]
            found[measure] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            print(f"  {measure:<7} {json.dumps(found[measure], sort_keys=True)}", flush=True)
        return found


def main(largest: int, folder: Path) -> int:
    """Measure each size up to the largest, and draw what was found."""
    found: dict[int, dict[str, Any]] = {}
    target = Path(__file__).resolve().parents[1] / "docs" / "images" / "growth.svg"
    for size in (size for size in SIZES if size <= largest):
        found[size] = of_size(size, folder)
        target.write_text(growth_chart.drawing(found), encoding="utf-8")
        print(f"drawn up to {size} million rows: {target.name}", flush=True)
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measured(Path(sys.argv[3]), sys.argv[2])))
    else:
        sys.exit(
            main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1], Path(sys.argv[2] if len(sys.argv) > 2 else "."))
        )
