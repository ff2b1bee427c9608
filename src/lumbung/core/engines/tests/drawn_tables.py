"""Tables drawn by chance, with what tables really hold: gaps, codes, accents, equal counts, wide decimals, old days."""

import random
from pathlib import Path

import duckdb

from lumbung.core.engines import aggregates, columns
from lumbung.core.engines.answers import told

WORDS = ("52.07", "52.10", "052", "Élan", "zebra", "Zebra", "ä", "", " ", "a`b\"c'd", "日本", "0", "-", "null", "\n")
SQL = (
    'CREATE TABLE t ("kode w`x.y" VARCHAR, value DECIMAL(12,2), "count" DECIMAL(38,6), tahun SMALLINT, n BIGINT, '
    "bulan VARCHAR, hari DATE, saat TIMESTAMP, ya BOOLEAN, kosong DECIMAL(18,3), tepat DOUBLE)"
)
ADDED = (1, 2, 3, 4, 9)
YEARS = (3, 5, 6, 7)
COLUMNS = 11


def write(path: Path, *, seed: int, rows: int) -> None:
    """The table of that seed as Parquet, written as our own are."""
    chance = random.Random(seed)
    with duckdb.connect() as connection:
        connection.execute(SQL)
        held = [_row(chance) for _ in range(rows)]
        if held:
            marks = f"({', '.join('?' * COLUMNS)})"
            cells = [cell for row in held for cell in row]
            connection.execute(f"INSERT INTO t VALUES {', '.join([marks] * rows)}", cells)
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)")


def _row(chance: random.Random) -> list[object]:
    year, month = chance.randint(1899, 2101), chance.randint(1, 12)
    cells: list[object] = [
        chance.choice(WORDS),
        f"{chance.randint(-99, 99)}.{chance.choice(('00', '50', '05', '10'))}",
        f"{chance.choice(('', '-'))}{chance.randint(0, 10 ** chance.randint(1, 22))}.{chance.randint(0, 999_999):06d}",
        chance.choice((2021, 2022, 2023)),
        chance.choice((-(2**63), 2**63 - 1, 0, 1, 7)),
        f"{year}-{month:02d}",
        f"{year}-{month:02d}-28",
        f"{year}-{month:02d}-01 23:59:59.{chance.randint(0, 999_999):06d}",
        chance.choice((True, False)),
        None,
        chance.choice((0.1, -2.5, 1e300, 3.0)),
    ]
    return [None if chance.random() < 0.15 else cell for cell in cells]


def shapes(folder: Path, *, seeds: range, rows: int) -> list[columns.TableShape]:
    """Their files, and how expressions call them."""
    found = []
    for seed in seeds:
        path = folder / f"{seed}.parquet"
        write(path, seed=seed, rows=rows if seed else 0)
        found.append(columns.shape_of(path, name=f"t{seed}", temporary=folder))
    return found


def every_answer(engine, tables: list[columns.TableShape]) -> list[list[list[str | None]]]:
    """Every declared expression over all of them, as texts."""
    return [[[told(value) for value in row] for row in engine.rows(each)] for each in every_expression(tables)]


def every_expression(tables: list[columns.TableShape]):
    for shape in tables:
        for place in range(COLUMNS):
            yield aggregates.measures(shape, place)
            yield aggregates.most_frequent(shape, place, most=6)
            yield aggregates.rows_by(shape, place, most=1000)
        for place in ADDED:
            yield aggregates.total(shape, shape.added(place))
        for place in YEARS:
            yield aggregates.rows_by_year(shape, place, most=50)
    numbered = dict(enumerate(tables, start=1))
    yield aggregates.series(numbered, {at: [shape.added(place) for place in ADDED] for at, shape in numbered.items()})
