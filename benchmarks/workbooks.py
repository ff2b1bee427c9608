"""What one workbook costs: time and peak memory of the child that makes it, by the number of rows.

Run: python benchmarks/workbooks.py
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from lumbung.core.tables.limited import SOURCE_ROOT

ROWS = (1_000, 20_000, 100_000)
COLUMNS = """
    '52.' || lpad((i % 10)::VARCHAR, 2, '0') AS kode, 2015 + i % 10 AS tahun,
    ['baik', 'sedang', 'rusak'][1 + i % 3] AS kondisi,
    (i * 0.37)::DECIMAL(18,2) AS panjang, i AS nomor, DATE '2015-01-01' + (i % 3000)::INTEGER AS hari,
    'Desa nomor ' || i AS nama, (i * 1.01)::DECIMAL(18,3) AS luas, i % 2 = 0 AS benar, (i * 7919) % 100000 AS penduduk
"""
# The child's own peak: a plain getrusage would count the pages it shared with its parent while starting.
WRAPPED = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from lumbung.core.tables.workbooks import child
told = {"title": "x", "creator": "x", "made_at": "2026-11-26T00:00:00", "about": [], "heads": ["Kolom"]}
told |= {"columns": {}, "codes": []}
child.workbook(Path(sys.argv[2]), Path(sys.argv[3]), told)
print([line for line in open("/proc/self/status") if line.startswith("VmHWM")][0].split()[1])
"""


def measured(rows: int, folder: Path) -> tuple[float, int, int, int]:
    """Seconds, peak memory in kB, bytes of the Parquet and of the workbook."""
    source, target = folder / f"{rows}.parquet", folder / f"{rows}.xlsx"
    duckdb.connect().execute(f"COPY (SELECT {COLUMNS} FROM range({rows}) AS t(i)) TO '{source}' (FORMAT parquet)")
    start = time.perf_counter()
    command = [sys.executable, "-I", "-c", WRAPPED, str(SOURCE_ROOT), str(source), str(target)]
    done = subprocess.run(command, capture_output=True, check=True, env={}, cwd="/")
    return time.perf_counter() - start, int(done.stdout.split()[-1]), source.stat().st_size, target.stat().st_size


def main() -> None:
    """One line for each size."""
    with tempfile.TemporaryDirectory() as folder:
        for rows in ROWS:
            seconds, peak, parquet, workbook = measured(rows, Path(folder))
            sizes = f"{parquet:,} -> {workbook:,} bytes"
            print(f"{rows:>8,} rows of ten columns  {seconds:5.1f} s  {peak // 1024:>4} MB  {sizes}")


if __name__ == "__main__":
    main()
