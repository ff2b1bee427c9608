"""A log on this machine of which every answer can be chosen."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lumbung.kernels import merkle, merkle_tiles, signed_notes
from lumbung.kernels.signed_notes import NOTE_KEY, Checkpoint, Key, Signature

SECRET = Ed25519PrivateKey.from_private_bytes(b"l" * 32)
KEY = Key("log.example/log", NOTE_KEY, SECRET.public_key().public_bytes_raw())


@dataclass
class Log:
    """What it answers, and what was sent to it."""

    address: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    received: list[str] = field(default_factory=list)
    takes_lines: bool = True
    # How it answers when it is asked to cosign: from what was sent to status, type and text.
    witnesses: Callable[[str], tuple[int, str, str]] | None = None

    def says(
        self, leaves: list[bytes], *, origin: str = KEY.name, size: str = "", shows: list[bytes] | None = None
    ) -> None:
        """Sign the root over some leaves; `shows` are the leaves it serves, when they are others."""
        text = Checkpoint(origin, len(leaves), merkle.root_of(leaves)).text
        text = text.replace(f"\n{len(leaves)}\n", f"\n{size or len(leaves)}\n")
        note = signed_notes.Note(text, (Signature(KEY.name, KEY.key_id, SECRET.sign(text.encode())),))
        self.pages["/log/checkpoint"] = str(note).encode()
        hashes, level = shows if shows is not None else leaves, 0
        while hashes:
            self._serves_level(level, hashes)
            whole = range(0, len(hashes) - 255, 256)
            hashes, level = [merkle.root_of(hashes[first : first + 256]) for first in whole], level + 1

    def _serves_level(self, level: int, hashes: list[bytes]) -> None:
        for number in range((len(hashes) + 255) // 256):
            tile = hashes[number * 256 : number * 256 + 256]
            width = f".p/{len(tile)}" if len(tile) < 256 else ""
            self.pages[f"/log/tile/{level}/{merkle_tiles.path_of(number)}{width}"] = b"".join(tile)


def leaves(count: int, *, word: bytes = b"") -> list[bytes]:
    return [merkle.leaf_hash(word + bytes([number % 256, number // 256])) for number in range(count)]


@contextmanager
def answering() -> Iterator[Log]:
    """Serve such a log on a port of the system's choosing."""
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
            if self.path == "/log/add-checkpoint" and told.witnesses is not None:
                status, kind, text = told.witnesses(line)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(text.encode())
                return
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
