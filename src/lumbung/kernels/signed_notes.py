"""Signed notes, checkpoints and cosignatures in the form of C2SP, as text and as facts. Standard library only.

    lumbung.example/log          origin: which log
    20852163                     how many entries
    CsUYapGG…                    the root over them, base64
                                 (a blank line)
    — lumbung.example/log Az3g…  who signed: name, then base64 of a 4-byte key id and the signature

source    C2SP signed-note, tlog-checkpoint, tlog-cosignature/v1
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

NOTE_KEY = 1  # the log's own signature over the text
COSIGNATURE_KEY = 4  # a witness's signature over the time and the text
KEY_ID_BYTES = 4
TIME_BYTES = 8
SIGNATURE_BYTES = 64
MAX_SIGNATURES = 64
MAX_SIZE_DIGITS = 18  # a log of more entries does not exist; Python refuses to read 4,300 digits

IsSignedBy = Callable[[bytes, bytes, bytes], bool]  # (public key, message, signature)


class NoteRejected(Exception):  # noqa: N818
    """A note, key or signature is malformed or not signed by the key expected."""


@dataclass(frozen=True)
class Key:
    """A public key with its name: what a reader of notes must have got beforehand, by a way it trusts."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes that say in a note which key signed."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:KEY_ID_BYTES]

    @property
    def text(self) -> str:
        """The key as C2SP writes it: name+id+key."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes([self.kind]) + self.public)}"


@dataclass(frozen=True)
class Signature:
    """One line below a note."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note, with its newline."""
        return f"— {self.name} {_base64(self.key_id + self.value)}\n"


@dataclass(frozen=True)
class Note:
    """A text, ending in a newline, and the signatures below it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(signature.line for signature in self.signatures)


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: its name, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:  # binascii.Error is one; letters beyond ASCII raise the plain one
        raise NoteRejected(f"{text[:20]!r} is not base64") from error
    if _base64(data) != text:
        raise NoteRejected(f"{text[:20]!r} is not written as base64 writes it")
    return data


def read_key(text: str) -> Key:
    """A public key from its text, name+id+key; raises NoteRejected when the id does not fit."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not is_name(parts[0]):
        raise NoteRejected("a key is written name+id+key")
    data = _bytes(parts[2])
    if len(data) != 33 or data[0] not in {NOTE_KEY, COSIGNATURE_KEY}:
        raise NoteRejected("the key is not an Ed25519 key for notes or cosignatures")
    key = Key(parts[0], data[0], data[1:])
    if key.key_id.hex() != parts[1]:
        raise NoteRejected("the id of the key does not fit its name and bytes; was a character lost?")
    return key


def is_name(text: str) -> bool:
    """Whether a text can name a key or a log: not empty, no space, no plus, no control character."""
    return bool(text) and text.isprintable() and not any(sign.isspace() or sign == "+" for sign in text)


def read_note(text: str) -> Note:
    """A signed note from its text; raises NoteRejected when it is not one."""
    body, found, below = text.rpartition("\n\n")
    if not found or not below.endswith("\n") or any(ord(sign) < 32 and sign != "\n" for sign in text):
        raise NoteRejected("a note is a text, a blank line, and signatures")
    lines = below[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteRejected(f"the note has more than {MAX_SIGNATURES} signatures")
    return Note(body + "\n", tuple(read_signature(line) for line in lines))


def read_signature(line: str) -> Signature:
    """One signature line, without its newline; raises NoteRejected."""
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != "—" or not is_name(name):
        raise NoteRejected("a signature is written: — name base64")
    data = _bytes(encoded)
    if len(data) <= KEY_ID_BYTES:
        raise NoteRejected("a signature is too short")
    return Signature(name, data[:KEY_ID_BYTES], data[KEY_ID_BYTES:])


def read_checkpoint(text: str) -> Checkpoint:
    """The facts in the text of a checkpoint; raises NoteRejected."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise NoteRejected("a checkpoint has three lines: origin, size and root")
    if not _is_size(lines[1]):
        raise NoteRejected(f"the size {lines[1][:20]!r} is not a whole number")
    root = _bytes(lines[2])
    if len(root) != 32:
        raise NoteRejected(f"the root has {len(root)} bytes; expected 32")
    return Checkpoint(lines[0], int(lines[1]), root)


def _is_size(text: str) -> bool:
    short = len(text) <= MAX_SIZE_DIGITS and text.isascii() and text.isdigit()
    return short and str(int(text)) == text


def check_signed(note: Note, key: Key, is_signed_by: IsSignedBy) -> None:
    """Accept a note the key has signed; raises NoteRejected."""
    values = [one.value for one in note.signatures if (one.name, one.key_id) == (key.name, key.key_id)]
    if not values:
        raise NoteRejected(f"{key.name} has not signed this")
    if not all(is_signed_by(key.public, note.text.encode(), value) for value in values):
        raise NoteRejected(f"the signature of {key.name} does not fit the text")


def cosigned_message(text: str, time: int) -> bytes:
    """What a witness signs: that at `time` (seconds since 1970) this was the newest it had seen."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def cosigned_at(note: Note, key: Key, is_signed_by: IsSignedBy) -> int:
    """When a witness last cosigned a checkpoint, in seconds since 1970; raises NoteRejected when it did not.

    Every line of the witness must fit: one that does not spoils the note, as C2SP signed-note has it.
    """
    values = [one.value for one in note.signatures if (one.name, one.key_id) == (key.name, key.key_id)]
    if not values:
        raise NoteRejected(f"{key.name} has not cosigned this")
    return max(_time_of(value, note.text, key, is_signed_by) for value in values)


def _time_of(value: bytes, text: str, key: Key, is_signed_by: IsSignedBy) -> int:
    time, signature = int.from_bytes(value[:TIME_BYTES], "big"), value[TIME_BYTES:]
    if len(signature) != SIGNATURE_BYTES or not is_signed_by(key.public, cosigned_message(text, time), signature):
        raise NoteRejected(f"the cosignature of {key.name} does not fit the text")
    return time
