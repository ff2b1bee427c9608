"""The witness cosigns what only grew, calls a fork only what is proven by two signatures, and survives a bad log."""

import argparse
import ast
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lumbung.core.log.standalone import downloads, lumbung_witness
from lumbung.core.log.standalone.lumbung_verify import Rejected, read_key
from lumbung.core.log.standalone.lumbung_witness import Forked, look, look_once, make_key
from lumbung.kernels import merkle, merkle_tiles, signed_notes
from lumbung.kernels.signed_notes import NOTE_KEY, Checkpoint, Key, Signature

SECRET = Ed25519PrivateKey.from_private_bytes(b"l" * 32)
KEY = Key("log.example/log", NOTE_KEY, SECRET.public_key().public_bytes_raw())
NOW = 1_772_683_200


@dataclass
class Log:
    """A log of which every answer can be chosen."""

    address: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    received: list[str] = field(default_factory=list)
    takes_lines: bool = True

    def says(
        self, leaves: list[bytes], *, origin: str = KEY.name, size: str = "", shows: list[bytes] | None = None
    ) -> None:
        """Sign the root over some leaves; `shows` are the leaves it serves, when they are others."""
        text = Checkpoint(origin, len(leaves), merkle.root_of(leaves)).text
        text = text.replace(f"\n{len(leaves)}\n", f"\n{size or len(leaves)}\n")
        note = signed_notes.Note(text, (Signature(KEY.name, KEY.key_id, SECRET.sign(text.encode())),))
        self.pages["/log/checkpoint"] = str(note).encode()
        shown = shows if shows is not None else leaves
        for number in range((len(shown) + 255) // 256):
            tile = shown[number * 256 : number * 256 + 256]
            width = f".p/{len(tile)}" if len(tile) < 256 else ""
            self.pages[f"/log/tile/0/{merkle_tiles.path_of(number)}{width}"] = b"".join(tile)


def leaves(count: int, *, word: bytes = b"") -> list[bytes]:
    return [merkle.leaf_hash(word + bytes([number % 256, number // 256])) for number in range(count)]


@pytest.fixture
def log() -> Iterator[Log]:
    told = Log()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path in told.redirects:
                self.send_response(302)
                self.send_header("Location", told.redirects[self.path])
                self.end_headers()
                return
            if told.pages.get(self.path) == b"no http":
                self.wfile.write(b"\x00\x01 no http\r\n\r\n")
                return
            content = told.pages.get(self.path)
            self.send_response(404 if content is None else 200)
            self.end_headers()
            self.wfile.write(content or b"")

        def do_POST(self) -> None:
            line = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if told.takes_lines:
                told.received.append(line)
            self.send_response(200 if told.takes_lines else 503)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    told.address = f"http://127.0.0.1:{server.server_port}/log"
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


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


def test_a_smaller_log_is_not_cosigned(log, folder):
    log.says(leaves(100))
    looked(log, folder)
    log.says(leaves(99))
    with pytest.raises(Rejected, match="less"):
        looked(log, folder)


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
