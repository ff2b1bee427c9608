"""Columns that look like personal data, by their cells and by their names. Counts and shares; never a value.

The forms are those of `kernels.personal_data`, said again to DuckDB's engine; a test holds both to the same answers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from lumbung.core.tables import connections, shapes
from lumbung.core.tables.connections import ask, name, plain_source, text
from lumbung.kernels import personal_data

Kind = Literal["nik", "phone", "email", "plate", "name", "address", "birth", "account"]
# What a cell has at least before its form is looked at: most cells are told apart by this alone, ten times as fast.
LEAST: dict[str, str] = {
    "nik": "length({0}) >= 16",
    "phone": "length({0}) >= 9 AND contains({0}, '8') AND (contains({0}, '0') OR contains({0}, '6'))",
    "email": "contains({0}, '@') OR contains({0}, '(') OR contains({0}, '[')",
    "plate": " OR ".join(f"contains({{0}}, '{area}')" for area in ("B", "L", "DR", "EA", "DK")),
}
# Prefixes of provinces; a NIK begins with the district it was first written in.
PROVINCES = "1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6]"
# Day of birth, forty added for women; month; year; a running number that is never 0000.
NIK = rf"({PROVINCES})[0-9]{{4}}(0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])(0[1-9]|1[0-2])[0-9]{{6}}"
# Columns looked at in one pass; a table may have ten thousand.
AT_ONCE = 50
# A share like 0.8123456789 is no telephone number, though its digits are those of one.
FRACTION = r"[+-]?[0-9]*[.,][0-9]+"

COUNTED = frozenset({"jumlah", "jml", "banyak", "banyaknya", "persen", "persentase", "rata", "total", "rasio"})
PERSONS = frozenset(
    {
        "kk",
        "ibu",
        "ayah",
        "bapak",
        "orangtua",
        "ortu",
        "wali",
        "siswa",
        "murid",
        "pasien",
        "penerima",
        "pemilik",
        "lengkap",
    }
    | {
        "warga",
        "penduduk",
        "anak",
        "balita",
        "bayi",
        "suami",
        "istri",
        "pegawai",
        "kader",
        "responden",
        "pelapor",
        "ketua",
    }
    | {
        "pemohon",
        "kepala",
        "anggota",
        "korban",
        "guru",
        "peserta",
        "panggilan",
        "keluarga",
        "nasabah",
        "petugas",
        "pengurus",
    }
)
WORDS: dict[str, Kind] = {
    **dict.fromkeys(("nik", "ktp", "nokk", "noktp"), "nik"),
    **dict.fromkeys(("telepon", "telp", "tlp", "hp", "nohp", "wa", "whatsapp", "handphone", "ponsel"), "phone"),
    **dict.fromkeys(("email", "surel", "mail"), "email"),
    **dict.fromkeys(("plat", "nopol", "polisi"), "plate"),
    **dict.fromkeys(("alamat", "address"), "address"),
    **dict.fromkeys(("lahir",), "birth"),
    **dict.fromkeys(("rekening", "npwp", "bpjs", "norek"), "account"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """A column that looks like personal data of one kind.

    by       what gave it away: its cells, its name, or both
    count    cells of that form; 0 when only the name tells
    certain  cells that also keep the rules of a NIK: province, day (forty added for women), month
    share    count over the cells that hold something, 0–1
    """

    column: str
    kind: Kind
    by: Literal["cells", "name", "both"]
    count: int = 0
    certain: int = 0
    share: float = 0.0


def findings(
    plain: shapes.PlainTable, *, temporary: Path, limits: connections.Limits = connections.USUAL
) -> tuple[PersonalColumn, ...]:
    """Every column and kind that has to be resolved by a person before the table may be published."""
    room = connections.fitted(limits, len(plain.header))
    with connections.opened(reads=[plain.path], temporary=temporary, limits=room) as connection:
        return tuple(
            finding
            for start in range(0, len(plain.header), AT_ONCE)
            for finding in _found_in(connection, plain, plain.header[start : start + AT_ONCE])
        )


def _found_in(
    connection: duckdb.DuckDBPyConnection, plain: shapes.PlainTable, columns: tuple[str, ...]
) -> list[PersonalColumn]:
    asked = ", ".join(question for column in columns for question in _questions(column))
    answer = iter(ask(connection, f"SELECT {asked} FROM {plain_source(plain)}")[0])  # noqa: S608 - quoted
    return [finding for column in columns for finding in _findings(column, answer)]


def kind_by_name(column: str) -> Kind | None:
    """What the name of a column promises: nama_ibu, no_hp, tanggal_lahir. Numbers of things are not the things."""
    words = re.split(r"[_\d]+", column)
    if COUNTED.intersection(words):
        return None
    if "nama" in words and (PERSONS.intersection(words) or set(words) <= {"nama", ""}):
        return "name"
    if "kk" in words and {"no", "nomor"}.intersection(words):
        return "nik"
    return next((WORDS[word] for word in words if word in WORDS), None)


def patterns() -> dict[Kind, str]:
    """The kernel's forms for an engine without look-around: what may not stand beside a number is matched instead."""
    return {kind: _for_re2(pattern) for kind, pattern in personal_data.PATTERNS}  # type: ignore[misc]


# What Python means by a blank, a digit and a letter: RE2 means those of ASCII.
BLANK = r"\s\x{1c}-\x{1f}\v\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
DIGIT, LETTER = r"\p{Nd}", r"\p{L}\p{N}_"


def _for_re2(pattern: re.Pattern[str]) -> str:
    told = pattern.pattern.replace(r"(?<!\d)", f"(?:^|[^{DIGIT}])").replace(r"(?!\d)", f"(?:$|[^{DIGIT}])")
    told = re.sub(r"^\\b", lambda _found: f"(?:^|[^{LETTER}])", told)
    told = re.sub(r"\\b$", lambda _found: f"(?:$|[^{LETTER}])", told)
    told = re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", told)
    told = told.replace(r"[\s", f"[{BLANK}").replace(r"\s?", f"[{BLANK}]?")
    told = told.replace(r"\w", LETTER).replace(r"\d", DIGIT)
    return f"(?i){told}" if pattern.flags & re.IGNORECASE else told


def _questions(column: str) -> Iterator[str]:
    cell = name(column)
    yield f"count({cell})"
    for kind, pattern in patterns().items():
        looks = f"regexp_matches({cell}, {text(pattern)})"
        if kind == "phone":
            looks += f" AND NOT regexp_full_match({cell}, {text(FRACTION)})"
        yield _times(LEAST[kind].format(cell), looks)
    digits = f"regexp_replace({cell}, '[^0-9]', '', 'g')"
    yield _times(LEAST["nik"].format(cell), f"regexp_full_match({digits}, {text(NIK)}) AND {digits} NOT LIKE '%0000'")


def _times(least: str, looks: str) -> str:
    """SQL of how often a cell has a form; CASE, because AND looks at both sides of every cell."""
    return f"count(CASE WHEN {least} THEN CASE WHEN {looks} THEN 1 END END)"


def _findings(column: str, answer: Iterator[int]) -> Iterator[PersonalColumn]:
    filled = next(answer)
    counts = {kind: next(answer) for kind in patterns()}
    certain, named = next(answer), kind_by_name(column)
    for kind, count in counts.items():
        if count:
            by: Literal["cells", "both"] = "both" if kind == named else "cells"
            sure = certain if kind == "nik" else 0
            yield PersonalColumn(column, kind, by, count, sure, round(count / filled, 4))
    if named and not counts.get(named) and filled:
        yield PersonalColumn(column, named, "name", 0, 0, 0.0)
