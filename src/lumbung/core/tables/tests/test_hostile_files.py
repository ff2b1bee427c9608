"""A hostile file ends its child and nothing else: within the limits, with a refusal in words, or read."""

import csv
import dataclasses
import io
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from lumbung.core.base.errors import Refused
from lumbung.core.tables import reading, reading_words
from lumbung.core.tables.shapes import Look
from lumbung.core.tables.sources.base import Caps
from lumbung.core.tables.tests import hostile, makers

MEGA = 1024 * 1024
# Smaller than those of the product, so that a whole corpus is read in seconds.
LIMITS = reading.Limits(
    memory_bytes=640 * MEGA,
    cpu_seconds=5,
    wall_seconds=30.0,
    output_bytes=64 * MEGA,
    caps=Caps(unpacked_bytes=60_000_000),
)
REFUSED_FOR = {
    "nothing": "table-empty",
    "a byte order mark alone": "table-empty",
    "zeros": "table-empty",
    "noise": "table-unknown-kind",
    "noise after a good start": "table-quote-inside-cell",
    "a NUL deep inside": "table-nul",
    "a quotation mark never closed": "table-cell-too-long",
    "a cell of five million signs": "table-cell-too-long",
    "a line without end": "table-cell-too-long",
    "half a million columns": "table-too-many-columns",
    "rows that grow": "table-empty",
    "only quotation marks": "table-cell-too-long",
    "a million blank lines": "table-empty",
    "half a pair in UTF-16": "table-not-in-encoding",
    "a web page called a spreadsheet": "table-is-a-web-page",
    "entities of XML": "table-is-a-web-page",
    "a PDF": "table-unknown-kind",
    "a picture": "table-unknown-kind",
    "compressed zeros": "table-unknown-kind",
    "an empty ZIP": "table-unknown-package",
    "half a ZIP": "table-damaged",
    "a ZIP of nothing known": "table-unknown-package",
    "ten thousand members": "table-too-much-inside",
    "a locked ZIP": "table-protected",
    "a bomb of strings": "table-too-much-inside",
    "a bomb with a lying list": "table-damaged",
    "a row without end": "table-too-many-columns",
    "a cell at the far corner": "table-heavy",
    "a cell beyond the corner": "table-too-many-columns",
    "XML that never closes": "table-empty",
    "a billion laughs in a sheet": "table-damaged",
    "a file of the server as entity": "table-damaged",
    "a string that is not there": "table-damaged",
    "a workbook without sheets": "table-damaged",
    "formulas without end": "table-too-many-cells-without-value",
    "an ODS as large as may be": "table-damaged",
    "a billion laughs in an ODS": "table-damaged",
    "an ODS without content": "table-damaged",
    "a package that points outside": "table-package-file-missing",
    "a package that climbs": "table-package-file-missing",
    "a package that calls out": "table-package-file-missing",
    "a package of a package": "table-package-in-package",
    "a package with no path": "table-package-many-files",
    "noise in the shape of XLS": "table-damaged",
    "an XLS whose sectors go round": "table-no-sheet",
    "an XLS of noise": "table-damaged",
    "a locked workbook": "table-protected",
    "brackets without end": "table-json-too-deep",
    "objects without end": "table-json-too-deep",
    "a nested cell": "table-json-too-deep",
    "the same key twice": "table-json-key-twice",
    "a number of a million digits": "table-cell-too-long",
    "no number": "table-json-key-twice",
    "half a character": "table-not-text",
    "a NUL in text": "table-nul",
    "JSON cut off": "table-json-broken",
    "things that are no objects": "table-json-not-an-object",
    "a new key in every record": "table-too-many-columns",
    "a bad line": "table-json-broken",
    "one long text": "table-cell-too-long",
    "features that are none": "table-json-no-table",
    "a geometry without end": "table-json-too-deep",
    "a descriptor of nothing": "table-package-without-resource",
    "rows of two kinds": "table-json-not-an-object",
    "four letters": "table-damaged",
    "noise between letters": "table-damaged",
    "half a Parquet": "table-damaged",
    "a footer longer than the file": "table-damaged",
    "a bent Parquet 0": "table-damaged",
    "a bent Parquet 1": "table-damaged",
    "a bent Parquet 2": "table-damaged",
    "a bent Parquet 3": "table-damaged",
    "a million values in one byte": "table-heavy",
}
# What is read, to the last sign; of long ones how many rows there are with those left out, and how many columns.
READ = {
    "half a character at the end": "a,b\n1,â‚\n",
    "a program for a spreadsheet": 'a,b\n=cmd|\' /C calc\'!A0,"=HYPERLINK(""""x"""")"\n',
    "a legend without end": "a,b,b__tanda\n1,2,*\n",
    "a bomb of cells": "kolom_1\n1\n",
    "numbers that are none": "inf,x\n",
}
LONG = {"wide and deep": (20, 9_000), "a million totals": (300_000, 2), "a regular expression's nightmare": (20, 3)}


def test_the_corpus_holds_at_least_fifty_files() -> None:
    assert len(hostile.CORPUS) >= 50


def test_what_becomes_of_each_file_is_known() -> None:
    assert sorted([*REFUSED_FOR, *READ, *LONG]) == sorted(hostile.CORPUS)


# A third of the corpus in the quick run, all of it in the heavy one.
@pytest.mark.parametrize(
    "case",
    [
        case if number % 3 == 0 else pytest.param(case, marks=pytest.mark.heavy)
        for number, case in enumerate(hostile.CORPUS)
    ],
)
def test_a_hostile_file_is_refused_in_words_or_read_and_the_parent_goes_on(case: str, tmp_path: Path) -> None:
    source, into = tmp_path / "berkas", tmp_path / "hasil"
    into.mkdir()
    source.write_bytes(hostile.CORPUS[case](tmp_path))
    handles, threads = _handles(), threading.active_count()
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    outcome = _tried(source, into)
    _require_within_limits(before, time.monotonic() - begun)
    if case in LONG:
        assert _size(outcome) == LONG[case]
    else:
        assert (outcome.get("code"), outcome.get("plain")) == (REFUSED_FOR.get(case), READ.get(case))
    assert hostile.SECRET not in str(outcome)
    # Fewer may be open: what an earlier test left is collected whenever it is.
    assert _handles() <= handles
    assert threading.active_count() == threads


@pytest.mark.parametrize(("asked_mb", "comes"), [(100, "there"), (500, "MemoryError")])
def test_the_system_itself_gives_a_child_no_more_memory_than_its_limit(asked_mb: int, comes: str) -> None:
    program = (
        "from lumbung.core.tables.sources import child\n"
        f"child.limit_this_process(memory_bytes={300 * MEGA}, cpu_seconds=5, output_bytes={MEGA})\n"
        "try:\n"
        f"    bytearray({asked_mb * MEGA}); print('there')\n"
        "except MemoryError:\n"
        "    print('MemoryError')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(reading.SOURCE_ROOT)},
    )
    assert done.stdout.strip() == comes, done.stderr


def _require_within_limits(before: resource.struct_rusage, seconds: float) -> None:
    """Of two children, one that looks and one that reads: processor, memory and time, by what the system counted."""
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent <= 2 * (LIMITS.cpu_seconds + 1)
    # The largest child there ever was: only one that is larger than all before it is told. Until it runs its own
    # program the system counts the parent's memory as the child's, and a worker after two thousand tests is large.
    parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after.ru_maxrss * 1024 <= max(max(before.ru_maxrss, parent) * 1024, LIMITS.memory_bytes)
    assert seconds <= 2 * LIMITS.wall_seconds + 10


def _size(outcome: dict[str, Any]) -> tuple[int, int]:
    header, *rows = csv.reader(io.StringIO(outcome["plain"]))
    return len(rows) + len(outcome["look"]["reading"]["left_out_rows"]), len(header)


def _handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _tried(source: Path, into: Path) -> dict[str, Any]:
    try:
        found = reading.look(source, name="berkas.csv", limits=LIMITS)
        done = reading.read(source, name="berkas.csv", reading=found.reading, into=into, limits=LIMITS)
    except Refused as refused:
        assert list(into.iterdir()) == []
        return {"code": refused.code, "said": _both_languages(refused)}
    return {"look": found.to_json(), "plain": done.plain.path.read_text(encoding="utf-8")}


def _both_languages(refused: Refused) -> list[str]:
    said = []
    for language in ("en", "id"):
        with translation.override(language):
            said.append(refused.sentence)
    assert said[0] != said[1]
    return said


def test_every_refusal_and_every_note_is_said_in_both_languages() -> None:
    for words in (reading_words.REFUSALS, reading_words.NOTES):
        for code, promise in words.items():
            with translation.override("en"):
                english = str(promise)
            with translation.override("id"):
                assert str(promise) != english, code


def test_rows_read_are_told_while_the_child_reads(tmp_path: Path) -> None:
    source = tmp_path / "besar.csv"
    source.write_text("a,b\n" + "1,2\n" * 400_000)
    told: list[int] = []
    into = tmp_path / "hasil"
    into.mkdir()
    found = reading.look(source, name="besar.csv")
    done = reading.read(source, name="besar.csv", reading=found.reading, into=into, progress=told.append)
    assert done.plain.row_count == 400_000
    assert told == sorted(told)
    assert [path.name for path in into.iterdir()] == ["plain.csv"]


def test_a_child_without_time_is_ended_and_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "besar.csv"
    source.write_text("a,b\n" + "1,2\n" * 200_000)
    limits = dataclasses.replace(LIMITS, wall_seconds=0.01)
    with pytest.raises(Refused) as told:
        reading.look(source, name="besar.csv", limits=limits)
    assert told.value.code == "table-out-of-time"


def test_a_plain_file_larger_than_its_limit_is_refused_and_removed(tmp_path: Path) -> None:
    source, into = tmp_path / "besar.csv", tmp_path / "hasil"
    into.mkdir()
    source.write_text("a,b\n" + "1,2\n" * 100_000)
    found = reading.look(source, name="besar.csv")
    with pytest.raises(Refused) as told:
        reading.read(
            source, name="x", reading=found.reading, into=into, limits=dataclasses.replace(LIMITS, output_bytes=50_000)
        )
    assert told.value.code == "table-heavy"
    assert list(into.iterdir()) == []


def test_the_child_knows_no_environment_of_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "/nonexistent")
    monkeypatch.setenv("PYTHONPATH", "/nonexistent")
    source = tmp_path / "a.csv"
    source.write_text("a,b\n1,2\n")
    assert isinstance(reading.look(source, name="a.csv"), Look)


def test_a_reading_of_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    source, other, into = tmp_path / "a.csv", tmp_path / "a.xlsx", tmp_path / "hasil"
    into.mkdir()
    source.write_text("a,b\n1,2\n")
    other.write_bytes(makers.xlsx([["a", "b"], [1, 2]]))
    found = reading.look(source, name="a.csv")
    with pytest.raises(Refused) as told:
        reading.read(other, name="a.csv", reading=found.reading, into=into)
    assert told.value.code == "table-other-kind"


@pytest.mark.parametrize("kind", ["parquet", "xlsx", "ods", "json"])
def test_every_form_is_read_by_the_child_itself(kind: str, tmp_path: Path) -> None:
    rows = [["kode", "n"], ["52.10", "0812"]]
    made = {
        "parquet": lambda: makers.parquet("SELECT '52.10' kode, '0812' n", tmp_path),
        "xlsx": lambda: makers.xlsx(rows),
        "ods": lambda: makers.ods(rows),
        "json": lambda: b'[{"kode": "52.10", "n": "0812"}]',
    }
    source, into = tmp_path / "berkas", tmp_path / "hasil"
    into.mkdir()
    source.write_bytes(made[kind]())
    found = reading.look(source, name="berkas")
    done = reading.read(source, name="berkas", reading=found.reading, into=into)
    assert done.plain.path.read_text() == "kode,n\n52.10,0812\n"
    assert [path.name for path in into.iterdir()] == ["plain.csv"]
