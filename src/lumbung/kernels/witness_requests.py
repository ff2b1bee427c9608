"""What a log asks of a witness, and what comes back, in the form of C2SP tlog-witness. Standard library only.

    old 20852014                 the size the witness cosigned last, as the log knows it
    PlRNCrwHpqhGrupue0L7gxbj…    consistency proof from there, one hash a line, at most 63
                                 (a blank line)
    lumbung.example/log          the checkpoint, a signed note
    20852163
    …

source    C2SP tlog-witness, add-checkpoint; RFC 6962 section 2.1.2
"""

import base64
from dataclasses import dataclass

from lumbung.kernels.signed_notes import MAX_SIZE_DIGITS

MAX_STEPS = 63
HASH_BYTES = 32
MAX_NOTE_BYTES = 16_384
# The old size, 63 lines of 44 letters and the blank line.
MAX_BYTES = MAX_NOTE_BYTES + 3_072
SIZE_TYPE = "text/x.tlog.size"
DASH = "—"


class RequestRejected(Exception):  # noqa: N818
    """What was sent is not of the form the protocol writes."""


@dataclass(frozen=True)
class Request:
    """From which size a log says it has grown, the proof of it, and its checkpoint as a note."""

    old_size: int
    proof: tuple[bytes, ...]
    note: str

    def __str__(self) -> str:
        steps = "".join(f"{base64.b64encode(step).decode()}\n" for step in self.proof)
        return f"old {self.old_size}\n{steps}\n{self.note}"


def read_request(text: str) -> Request:
    """What was asked; raises RequestRejected."""
    head, blank, note = text.partition("\n\n")
    first, *steps = head.split("\n")
    word, _, size = first.partition(" ")
    if not blank or word != "old":
        raise RequestRejected("a request begins with the old size and has a blank line before the checkpoint")
    if len(steps) > MAX_STEPS:
        raise RequestRejected(f"a proof has at most {MAX_STEPS} lines")
    return Request(_size(size), tuple(_hash(step) for step in steps), note)


def read_size(text: str) -> int:
    """The size a witness answered when ours was another one; raises RequestRejected."""
    if not text.endswith("\n"):
        raise RequestRejected("a size ends its line")
    return _size(text[:-1])


def read_lines(text: str) -> str:
    """The signature lines a witness answered, as they go under a note; raises RequestRejected."""
    lines = text.split("\n")
    if lines.pop() or not lines or not all(line.startswith(f"{DASH} ") for line in lines):
        raise RequestRejected("a witness answers with signature lines")
    return text


def _size(text: str) -> int:
    is_short = len(text) <= MAX_SIZE_DIGITS and text.isascii() and text.isdigit()
    if not is_short or str(int(text)) != text:
        raise RequestRejected(f"the size {text[:20]!r} is not a whole number")
    return int(text)


def _hash(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise RequestRejected(f"{text[:20]!r} is not base64") from error
    if len(data) != HASH_BYTES or base64.b64encode(data).decode() != text:
        raise RequestRejected(f"{text[:20]!r} is not a hash of {HASH_BYTES} bytes")
    return data
