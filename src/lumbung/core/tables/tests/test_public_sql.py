"""SQL of strangers reads one public table, for a second at most, and reaches nothing else."""

import hashlib
import subprocess
import sys

import duckdb
import pytest

from lumbung.core.tables.copies import child as copying
from lumbung.core.tables.sql import asking
from lumbung.core.tables.sql.asking import Answer, Fault

LONG = 2_000
CROSS = ", ".join(f"data d{number}" for number in range(6))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of a small public table, and beside it a file nobody may read."""
    folder = tmp_path_factory.mktemp("salinan")
    cells = f"'52.' || i % 10 AS kode, CAST(i / 4 AS DECIMAL(18,2)) AS nilai, repeat('a', {LONG}) AS teks"
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"COPY (SELECT {cells} FROM range(1200) t(i)) TO '{folder}/t.parquet' (FORMAT parquet)")
    copying.copy(folder / "t.parquet", folder / "t.sqlite", first=["kode"])
    copying.copy(folder / "t.parquet", folder / "rahasia.sqlite", first=[])
    return folder / "t.sqlite"


FORBIDDEN = [
    "ATTACH 'file:{secret}?mode=ro' AS x",
    "ATTACH ':memory:' AS x",
    "DETACH main",
    "VACUUM",
    "VACUUM INTO '{secret}.2'",
    "PRAGMA query_only = 0",
    "PRAGMA table_info(t)",
    "PRAGMA hard_heap_limit = 0",
    "SELECT * FROM pragma_table_info('t')",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM pragma_module_list",
    "SELECT sql FROM sqlite_master",
    "SELECT sql FROM main.sqlite_schema",
    "SELECT * FROM temp.sqlite_master",
    "SELECT * FROM sqlite_stat1",
    "SELECT * FROM about",
    "SELECT * FROM t",
    "SELECT n, k1 FROM main.t",
    "SELECT k1 FROM data",
    "SELECT * FROM (SELECT k1 FROM t)",
    "SELECT * FROM dbstat",
    "SELECT * FROM sqlite_stmt",
    "SELECT * FROM json_each('[1]')",
    "SELECT * FROM generate_series(1, 9)",
    "SELECT load_extension('/tmp/x')",
    "SELECT fts3_tokenizer('x')",
    "SELECT readfile('/etc/passwd')",
    "SELECT writefile('{secret}', 'x')",
    "SELECT zeroblob(1000000000)",
    "SELECT randomblob(1000000000)",
    "SELECT printf('%1000000000d', 1)",
    "SELECT format('%1000000000d', 1)",
    "SELECT hex(teks) FROM data",
    "SELECT quote(teks) FROM data",
    "SELECT char(0)",
    "SELECT random()",
    "SELECT sqlite_version(), sqlite_source_id()",
    "SELECT current_timestamp",
    "SELECT likelihood(1, 0.5)",
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
    "CREATE TABLE x(y)",
    "CREATE TEMP TABLE x AS SELECT * FROM data",
    "CREATE TEMP VIEW x AS SELECT 1",
    "CREATE TEMP TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE temp.x USING fts5(y)",
    "INSERT INTO t(n) VALUES (9999999)",
    "UPDATE data SET kode = 'x'",
    "DELETE FROM t",
    "DROP VIEW data",
    "BEGIN",
    "SAVEPOINT x",
    "REINDEX",
    "ANALYZE",
    "SELECT 1; DROP VIEW data",
    "SELECT ?1",
    "SELECT 1) UNION SELECT (1",
    "",
    "-- nothing",
    "SELECT " + "(" * 300 + "1" + ")" * 300,
    "SELECT " + "NOT " * 300 + "1",
    "SELECT 1" + " UNION ALL SELECT 1" * 200,
    "SELECT abs(" * 150 + "1" + ")" * 150,
    "SELECT " + ", ".join(["1"] * 2_500),
    "SELECT 1 /*" + "x" * 30_000,
]
HEAVY = [
    f"SELECT count(*) FROM {CROSS}",
    f"SELECT sum(length(d0.teks)) FROM {CROSS} WHERE d0.kode < d1.kode",
    f"SELECT * FROM {CROSS} ORDER BY d5.nilai + d0.nilai",
    f"SELECT DISTINCT d0.teks, d1.nilai, d2.nilai FROM {CROSS}",
    "SELECT d0.nilai, group_concat(d1.teks) FROM data d0, data d1 GROUP BY 1",
    "SELECT max(replace(replace(teks, 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa')) FROM data",
    "SELECT count(*) FROM data a, data b WHERE a.teks || b.kode LIKE '%a%a%a%a%a%a%a%a%a%a%a%ab%'",
    "SELECT count(*) FROM data a, data b WHERE a.teks || b.kode GLOB '*a*a*a*a*a*a*a*ab*'",
    "SELECT count(*) FROM data a, data b WHERE instr(a.teks || a.teks || a.teks, b.teks || 'b')",
    f"SELECT row_number() OVER (ORDER BY d0.teks || d1.teks) FROM {CROSS}",
    "SELECT 1 FROM " + ", ".join(f"data x{number}" for number in range(60)),
]


def test_nothing_but_the_table_is_reached_and_nothing_is_changed(copy):
    secret = copy.with_name("rahasia.sqlite")
    before = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in copy.parent.iterdir()}
    for sql in FORBIDDEN:
        told = asking.ask(copy, sql.replace("{secret}", str(secret)))
        assert isinstance(told, Fault), sql
        assert told.kind in {"forbidden", "wrong", "several", "empty", "long"}, (sql, told)
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in copy.parent.iterdir()} == before


def test_what_takes_too_long_or_too_much_is_ended_whole(copy):
    limits = asking.Limits(seconds=0.2, hard_seconds=0.6)
    for sql in HEAVY:
        told = asking.ask(copy, sql, limits=limits)
        assert isinstance(told, Fault), sql
        assert told.kind in {"slow", "memory", "long"}, (sql, told)
    assert isinstance(asking.ask(copy, "SELECT 1"), Answer)


def test_one_long_step_of_sqlite_is_ended_by_the_kernel(copy):
    limits = asking.Limits(seconds=3600.0, hard_seconds=0.5)
    assert asking.ask(copy, f"SELECT count(*) FROM {CROSS}", limits=limits) == Fault("slow")


def test_the_process_itself_can_open_no_file_any_more(copy):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import child; child.opened(sys.argv[2], heap_bytes=1 << 26); "
        "child.limit_this_process(memory_bytes=1 << 29, seconds=9); open('/etc/hostname')"
    )
    command = [sys.executable, "-I", "-S", "-c", code, str(asking.CHILD.parent), str(copy)]
    done = subprocess.run(command, capture_output=True, check=False, env={})
    assert done.returncode == 1
    assert b"Too many open files" in done.stderr


def test_an_answer_is_whole_or_says_how_many_rows_it_would_have(copy):
    told = asking.ask(copy, "SELECT kode, nilai FROM data ORDER BY nilai; -- selesai")
    assert (len(told.rows), told.total, told.is_cut) == (asking.LIMITS.most_rows, 1200, True)
    wide = asking.ask(copy, "SELECT teks || teks || teks || teks || teks FROM data LIMIT 900")
    assert (len(wide.rows) < wide.total, wide.total) == (True, 900)
    whole = asking.ask(
        copy, "WITH d AS (SELECT kode, nilai FROM data) SELECT kode, sum(nilai) FROM d GROUP BY 1 LIMIT 2"
    )
    assert (whole.columns, whole.rows, whole.total) == (
        ("kode", "sum(nilai)"),
        (("52.0", 17850.0), ("52.1", 17880.0)),
        2,
    )
    strange = asking.ask(copy, "SELECT 9e999, x'00ff', NULL, 9007199254740993, 'a' AS a, 'b' AS a")
    assert strange.rows == (("inf", "x'00ff'", None, 9007199254740993, "a", "b"),)
