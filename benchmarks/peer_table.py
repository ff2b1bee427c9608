"""The table every side holds in the comparison with peers, and the questions asked of it: sixty of each, never one.

One question asked again and again flatters a cache; each round asks the next one.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

COLUMNS = {
    "kode_wilayah": "text",
    "tahun": "int4",
    "sektor": "text",
    "kode_opd": "text",
    "kondisi": "text",
    "jumlah": "int8",
    "nilai": "numeric",
    "tanggal": "date",
    "aktif": "bool",
    "id_baris": "text",
    "uraian": "text",
    "catatan": "text",
}
SELECT = """
SELECT codes[1 + (hash(i) % len(codes))::INT] AS kode_wilayah,
  2010 + (hash(i * 5) % 15)::INT AS tahun, 'sektor ' || (hash(i * 7) % 20) AS sektor,
  'OPD-' || lpad((hash(i * 11) % 60)::VARCHAR, 3, '0') AS kode_opd,
  ['baik', 'sedang', 'rusak'][1 + (hash(i * 13) % 3)::INT] AS kondisi, (hash(i * 17) % 1000)::BIGINT AS jumlah,
  CAST((hash(i * 19) % 100000000) / 100.0 AS DECIMAL(18, 2)) AS nilai,
  DATE '2010-01-01' + (hash(i * 23) % 5475)::INT AS tanggal, hash(i * 29) % 2 = 0 AS aktif,
  printf('%08d', i) AS id_baris, 'Kegiatan nomor ' || i || ', lengkap' AS uraian,
  CASE WHEN hash(i * 31) % 20 = 0 THEN NULL ELSE 'catatan ' || (hash(i * 37) % 977) END AS catatan
FROM range({rows}) t(i), (SELECT list(code ORDER BY code) AS codes FROM read_csv('{regions}', all_varchar = true)
  WHERE length(code) = {district}) d
"""
REGIONS = Path(__file__).parents[1] / "src/lumbung/core/regions/data/ntb.csv"
DISTRICT = len("52.01.01")


@dataclass(frozen=True, slots=True)
class Question:
    """The filter of one round: a page of one sector and year; groups and facets of what is not below an amount."""

    number: int

    @property
    def sector(self) -> str:
        return f"sektor {self.number % 20}"

    @property
    def year(self) -> int:
        return 2010 + self.number % 15

    @property
    def least(self) -> int:
        return self.number % 60


def write(target: Path, rows: int) -> None:
    """The table as CSV; its codes of districts are real ones, since ours publishes no others."""
    select = SELECT.format(rows=rows, regions=REGIONS, district=DISTRICT)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"COPY ({select}) TO '{target}' (FORMAT csv, HEADER true)")
