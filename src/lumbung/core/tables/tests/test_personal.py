"""Columns that look like personal data are found by cells and by name; no value leaves the file."""

import re

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lumbung.core.tables import personal
from lumbung.core.tables.tests.plain_files import plain_of
from lumbung.kernels import personal_data

MAN, WOMAN = "5207010107900001", "5207014107900002"


def found(folder, name, cells):
    plain = plain_of(folder, [name, "lain"], [[cell, "x"] for cell in cells])
    return {
        (finding.kind, finding.by, finding.count, finding.certain)
        for finding in personal.findings(plain, temporary=folder / "sementara")
    }


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("kolom", [MAN, WOMAN, "x"], {("nik", "cells", 2, 2)}),
        ("nik", ["52.0701.010790.0001"], {("nik", "both", 1, 1)}),
        ("kolom", ["9999999999999999"], {("nik", "cells", 1, 0)}),
        ("kolom", ["5207013207900001"], {("nik", "cells", 1, 0)}),
        ("kolom", ["5207010107900000"], {("nik", "cells", 1, 0)}),
        ("kolom", ["0812-3456-7890", "+62 812 3456 7890"], {("phone", "cells", 2, 0)}),
        ("kolom", ["a@b.co.id", "a (at) b.id"], {("email", "cells", 2, 0)}),
        ("kolom", ["DR 1234 AB"], {("plate", "cells", 1, 0)}),
        ("nama_ibu", ["x"], {("name", "name", 0, 0)}),
        ("nama", ["x"], {("name", "name", 0, 0)}),
        ("no_kk", ["x"], {("nik", "name", 0, 0)}),
        ("alamat", ["x"], {("address", "name", 0, 0)}),
        ("tgl_lahir", ["2001-01-01"], {("birth", "name", 0, 0)}),
        ("nama_desa", ["Beru"], set()),
        ("jumlah_kk", ["12"], set()),
        ("jumlah_nik", ["12"], set()),
        ("rasio", ["0.8123456789", "0,8123456789"], set()),
        ("kode_desa", ["52.07.08.1201"], set()),
        ("tanggal", ["2024-08-12", "2024-08-12 08:12:34"], set()),
        ("nik", ["", ""], set()),
    ],
)
def test_a_column_is_found_by_its_cells_or_its_name(name, cells, expected, tmp_path):
    assert found(tmp_path, name, cells) == expected


def test_a_finding_holds_counts_and_never_a_value(tmp_path):
    plain = plain_of(tmp_path, ["kolom"], [[MAN], ["x"]])
    (finding,) = personal.findings(plain, temporary=tmp_path / "t")
    assert finding.share == 0.5
    assert not re.search(r"\d{6}", str(finding))


PIECES = [
    "0",
    "8",
    "62",
    "+62",
    "5207",
    "0812345678",
    "1234567890123456",
    " ",
    ".",
    "-",
    "–",
    "/",
    "(",
    ")",
    "\u200b",
    "a",
    "@",
]
PIECES += ["b.id", "(at)", "(dot)", "DR", "EA 1234", "B", "XY", "é", "\u0662", "\u00a0", "\n", "99"]


@settings(max_examples=150, deadline=None)
@given(some.lists(some.sampled_from(PIECES), max_size=9).map("".join))
def test_the_engine_of_tables_finds_what_the_kernel_finds(cell):
    kernel = {finding.kind for finding in personal_data.find(cell)}
    ours = {kind for kind, pattern in personal.patterns().items() if _matches(pattern, cell)}
    assert ours == kernel


ENGINE = duckdb.connect()


def _matches(pattern, cell):
    return ENGINE.execute("SELECT regexp_matches(?, ?)", [cell, pattern]).fetchone()[0]
