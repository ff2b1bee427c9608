"""Checking and writing a table of a million rows and twelve columns, against Frictionless on the first of them.

Run: python -m benchmarks.tables_checking [rows]
Prints seconds, rows a second and the most memory of a process that does nothing else. Frictionless checks the first
20,000 rows by the same schema in the same run, finds the same faults in them, and its seconds for all rows are that,
extrapolated: it works row by row. Limits: fifty times its rows a second on the clock (not reached yet), 300 MB.
"""

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

SAMPLE = 20_000
LEAST_RATIO = 50.0
MOST_MB = 300
SORTED_BY = ("kode_wilayah", "tahun")
FAULTY_EVERY = 997
SECTORS = ("pendidikan", "kesehatan", "jalan", "air bersih")
SELECT = """
SELECT printf('%02d.%02d.%02d.%04d', 52, 1 + i % 8, 1 + (i // 8) % 20, 2001 + (i // 160) % 12) AS kode_wilayah,
  'Desa ' || (i % 1166) AS nama_desa, 2015 + i % 10 AS tahun, 1 + (i // 10) % 12 AS bulan,
  'OPD-' || lpad((i % 60)::VARCHAR, 3, '0') AS kode_opd,
  ['pendidikan', 'kesehatan', 'jalan', 'air bersih'][1 + i % 4] AS sektor, (hash(i) % 100000)::BIGINT AS jumlah,
  replace(printf('%.2f', (hash(i * 7) % 100000000) / 100.0), '.', ',') AS nilai,
  (DATE '2015-01-01' + (i % 3650)::INT)::VARCHAR AS tanggal, CASE WHEN i % 3 = 0 THEN 'ya' ELSE 'tidak' END AS aktif,
  printf('%08d', i) AS id_baris, CASE WHEN i % 20 = 0 THEN '' ELSE 'catatan ' || (i % 977) END AS catatan
FROM range(ROWS) t(i)
"""


def schema() -> Any:
    """Rules of every kind, as an agency would have them."""
    from lumbung.core.tables.schemas import REGION_CODE, Constraints, Schema, SchemaField  # noqa: PLC0415

    return Schema(
        (
            SchemaField(
                "kode_wilayah",
                rdf_type=REGION_CODE,
                constraints=Constraints(required=True, pattern=r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?"),
            ),
            SchemaField("nama_desa", constraints=Constraints(required=True, max_length=60)),
            SchemaField("tahun", "year", constraints=Constraints(minimum="2010", maximum="2030")),
            SchemaField("bulan", "integer", constraints=Constraints(minimum="1", maximum="12")),
            SchemaField("kode_opd", constraints=Constraints(pattern="OPD-[0-9]{3}")),
            SchemaField("sektor", constraints=Constraints(enum=SECTORS)),
            SchemaField("jumlah", "integer", constraints=Constraints(minimum="0")),
            SchemaField(
                "nilai", "number", decimal_char=",", group_char=".", constraints=Constraints(maximum="1000000")
            ),
            SchemaField("tanggal", "date"),
            SchemaField("aktif", "boolean", true_values=("ya",), false_values=("tidak",)),
            SchemaField("id_baris"),
            SchemaField("catatan"),
        ),
        primary_key=("id_baris",),
    )


def plain_table(path: Path, rows: int) -> Any:
    """What `reading` would have told of the file."""
    from lumbung.core.tables.shapes import PlainTable  # noqa: PLC0415

    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    names = schema().names
    return PlainTable(path, names, names, rows, digest, 2)


def make(path: Path, rows: int, *, faulty: bool) -> None:
    """The table; with faults, one row in 997 has a month that is none."""
    select = SELECT.replace("ROWS", str(rows))
    if faulty:
        month = f"CASE WHEN id_baris::INT % {FAULTY_EVERY} = 5 THEN 13 ELSE bulan END AS bulan"
        select = f"SELECT * REPLACE ({month}) FROM ({select})"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({select}) TO '{path}' (HEADER, DELIMITER ',', QUOTE '\"')")


def ours(folder: Path, rows: int) -> None:
    """In a process of its own: check and write, then say seconds and memory as JSON."""
    from lumbung.core.tables import checks, comparing, writing  # noqa: PLC0415

    plain = plain_table(folder / "good.csv", rows)
    told = {}
    begun, used = time.perf_counter(), time.process_time()
    report = checks.check(plain, schema(), temporary=folder / "t")
    told["check"], told["check_cpu"] = time.perf_counter() - begun, time.process_time() - used
    begun = time.perf_counter()
    files = {"csv_file": folder / "out.csv", "parquet_file": folder / "out.parquet"}
    written = writing.write(plain, schema(), report, **files, sort_by=SORTED_BY, temporary=folder / "t")
    told["write"] = time.perf_counter() - begun
    told["csv_bytes"], told["parquet_bytes"] = written.csv_bytes, written.parquet_bytes
    told["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told["cpu"] = time.process_time() - used
    begun = time.perf_counter()
    faulty = checks.check(plain_table(folder / "faulty.csv", rows), schema(), temporary=folder / "t")
    told["check_faulty"], told["faults"] = time.perf_counter() - begun, faulty.fault_count
    begun = time.perf_counter()
    comparing.compare(files["parquet_file"], files["parquet_file"], key=["id_baris"], temporary=folder / "t")
    told["compare"] = time.perf_counter() - begun
    print(json.dumps(told))


def theirs(folder: Path) -> tuple[float, float]:
    """Seconds and CPU seconds of Frictionless for the first rows; stops when it finds other faults than we."""
    from frictionless import Schema as TheirSchema  # noqa: PLC0415
    from frictionless import system  # noqa: PLC0415
    from frictionless.resources import TableResource  # noqa: PLC0415

    from lumbung.core.tables import checks, descriptors  # noqa: PLC0415

    with (folder / "faulty.csv").open() as whole, (folder / "sample.csv").open("w") as sample:
        sample.writelines(line for _number, line in zip(range(SAMPLE + 1), whole, strict=False))
    with system.use_context(trusted=True):
        told = TheirSchema.from_descriptor(descriptors.write(schema()))
        table = TableResource(path=str(folder / "sample.csv"), schema=told)
        begun, used = time.perf_counter(), time.process_time()
        verdict = table.validate()
        seconds = time.perf_counter() - begun, time.process_time() - used
    found = {(row, name) for row, name in verdict.flatten(["rowNumber", "fieldName"])}
    report = checks.check(plain_table(folder / "sample.csv", SAMPLE), schema(), temporary=folder / "t")
    if found != {(fault.row, fault.column) for fault in report.faults}:
        raise SystemExit("verdicts differ")
    return seconds


def main(rows: int) -> int:
    """Make the tables, let both work, print the figures."""
    with tempfile.TemporaryDirectory(prefix="lumbung-tables-") as home:
        folder = Path(home)
        make(folder / "good.csv", rows, faulty=False)
        make(folder / "faulty.csv", rows, faulty=True)
        command = [sys.executable, "-m", "benchmarks.tables_checking", "--ours", home, str(rows)]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        peer = theirs(folder)
    ratio = (rows / told["check_cpu"]) / (SAMPLE / peer[1])
    wall = (rows / told["check"]) / (SAMPLE / peer[0])
    speed, whole = rows / told["check_cpu"], peer[1] / SAMPLE * rows
    print(f"check {told['check']:.1f} s ({told['check_cpu']:.2f} CPU-s), {speed:,.0f} rows a CPU-second")
    print(f"the same with {told['faults']:,} faults, 1,000 of them listed: {told['check_faulty']:.1f} s")
    print(f"Frictionless {SAMPLE / peer[1]:,.0f} rows a CPU-second on {SAMPLE:,} rows: {whole:,.0f} CPU-s for all")
    print(f"ratio {ratio:.0f} in CPU-seconds, {wall:.0f} on the clock")
    print(f"Parquet sorted and CSV {told['write']:.1f} s: {told['csv_bytes']:,} to {told['parquet_bytes']:,} bytes")
    print(f"together {told['check'] + told['write']:.1f} s, {told['cpu']:.1f} CPU-s, {told['megabytes']} MB")
    print(f"compared with itself by key {told['compare']:.1f} s")
    return 0 if wall >= LEAST_RATIO and told["megabytes"] < MOST_MB else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        ours(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
