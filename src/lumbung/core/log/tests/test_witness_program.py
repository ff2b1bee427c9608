"""The witness cosigns what only grew, calls a fork only what is proven by two signatures, and survives a bad log."""

import argparse
import ast
import json
from pathlib import Path

import pytest

from lumbung.core.log.standalone import downloads, lumbung_witness
from lumbung.core.log.standalone.lumbung_verify import Rejected, read_key
from lumbung.core.log.standalone.lumbung_witness import Forked, look, look_once, make_key, minutes
from lumbung.core.log.tests.other_log import KEY, Log, leaves

NOW = 1_772_683_200


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_key(tmp_path / "saksi", "saksi.example")
    return tmp_path / "saksi"


def looked(log: Log, folder: Path) -> str:
    return look(log.address, read_key(KEY.text), folder, NOW)


def evidence(folder: Path) -> list[Path]:
    return list(folder.glob("*riwayat-ganda.txt"))


@pytest.mark.parametrize("sizes", [(1, 2), (255, 256, 257), (256, 256), (3, 600)])
def test_what_only_grew_is_cosigned_each_time(log, folder, sizes):
    for size in sizes:
        log.says(leaves(size))
        looked(log, folder)
    assert [int(note.split("\n")[1]) for note in log.received] == list(sizes)


def test_a_damaged_tile_is_no_fork_and_the_next_look_succeeds(log, folder):
    log.says(leaves(100))
    looked(log, folder)
    log.says(leaves(120), shows=leaves(110) + leaves(10, word=b"rusak"))
    with pytest.raises(Rejected, match="tiles"):
        looked(log, folder)
    assert not evidence(folder)
    log.says(leaves(120))
    looked(log, folder)
    assert len(log.received) == 2


def test_damage_at_the_first_look_is_no_fork(log, folder):
    log.says(leaves(100), shows=leaves(100, word=b"rusak"))
    with pytest.raises(Rejected, match="tiles"):
        looked(log, folder)


@pytest.mark.parametrize("size", [100, 101, 300])
def test_a_second_history_is_a_fork_for_ever_and_both_notes_are_kept_as_signed(log, folder, size):
    log.says(leaves(100))
    first = log.pages["/log/checkpoint"]
    looked(log, folder)
    log.says(leaves(size, word=b"lain"))
    for _ in range(2):
        with pytest.raises(Forked):
            looked(log, folder)
    kept = evidence(folder)[0].read_bytes()
    assert kept == first + b"\n----\n\n" + log.pages["/log/checkpoint"]
    assert len(log.received) == 1


def test_a_smaller_log_is_not_cosigned_and_both_notes_are_kept(log, folder):
    log.says(leaves(100))
    first = log.pages["/log/checkpoint"]
    looked(log, folder)
    log.says(leaves(99))
    with pytest.raises(Rejected, match="less"):
        looked(log, folder)
    kept = next(folder.glob("*menyusut-99.txt")).read_bytes()
    assert kept == first + b"\n----\n\n" + log.pages["/log/checkpoint"]
    log.says(leaves(101))
    looked(log, folder)
    assert len(log.received) == 2


@pytest.mark.parametrize("text", ["-1", "1.5", "", "²", "10081", "9" * 5000])
def test_a_pause_between_looks_is_a_number_of_minutes_up_to_a_week(text):
    with pytest.raises(argparse.ArgumentTypeError, match="minutes"):
        minutes(text)
    assert (minutes("0"), minutes("10080")) == (0, 10080)


@pytest.mark.parametrize("size", ["0100", "1_00", "+100", "٠", "9" * 5000])
def test_a_size_written_another_way_is_not_cosigned(log, folder, size):
    log.says(leaves(100), size=size)
    with pytest.raises((Rejected, ValueError)):
        looked(log, folder)
    assert not log.received


def test_another_log_is_not_cosigned(log, folder):
    log.says(leaves(3), origin="lain.example/log")
    with pytest.raises(Rejected, match="another log"):
        looked(log, folder)


@pytest.mark.parametrize("target", ["file:///etc/hostname", "{address}/elsewhere"])
def test_a_redirect_is_not_followed_to_an_answer(log, folder, target):
    log.says(leaves(3))
    log.pages["/log/elsewhere"] = log.pages["/log/checkpoint"]
    log.redirects["/log/checkpoint"] = target.format(address=log.address)
    with pytest.raises((Rejected, OSError)):
        looked(log, folder)


def once(log: Log, folder: Path) -> int:
    return look_once(argparse.Namespace(alamat=log.address, kunci=KEY.text, folder=folder))


@pytest.mark.parametrize("answer", [b"", b"no http", b"\xff", b"a\n1\n\n", b"x" * 17_000_000], ids=range(5))
def test_whatever_a_log_answers_a_look_fails_and_the_watch_goes_on(log, folder, answer):
    log.pages["/log/checkpoint"] = answer
    assert once(log, folder) == 1
    log.says(leaves(3))
    assert once(log, folder) == 0


def test_two_do_not_look_at_once_and_what_a_killed_one_left_stops_nobody(log, folder):
    log.says(leaves(3))
    with lumbung_witness.alone(folder), pytest.raises(Rejected, match="at work"):
        looked(log, folder)
    assert (folder / "sedang-bekerja").exists()
    looked(log, folder)


def test_what_was_seen_is_on_the_disk_before_the_line_is_sent(log, folder):
    log.says(leaves(3))
    log.takes_lines = False
    assert once(log, folder) == 1
    seen = json.loads(next(folder.glob("????????????????.json")).read_text())
    assert (seen["size"], seen["note"]) == (3, log.pages["/log/checkpoint"].decode())


def test_a_second_name_for_the_same_key_is_refused(folder):
    with pytest.raises(Rejected, match="already here"):
        make_key(folder, "lain.example")


@pytest.mark.parametrize("program", [downloads.verifier, downloads.witness])
def test_the_programs_keep_to_the_grammar_of_python_3_9(program):
    ast.parse(program(), feature_version=(3, 9))
