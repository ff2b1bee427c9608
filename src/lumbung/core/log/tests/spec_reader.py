"""A reader of a log as somebody writes it who knows the C2SP texts and none of our code: it imports nothing of it.

sources: c2sp.org/signed-note, c2sp.org/tlog-checkpoint, c2sp.org/tlog-tiles, RFC 6962 section 2.1 (hashing)
"""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Fetch = Callable[[str], tuple[str, bytes]]  # path below the prefix → content type, body
ED25519 = 1
NUMBER = re.compile(r"0|[1-9][0-9]*")


@dataclass(frozen=True)
class Head:
    """A checkpoint whose signature was checked."""

    origin: str
    size: int
    root: bytes


def checkpoint(fetch: Fetch, verifier_key: str) -> Head:
    """Fetch the checkpoint and check its text and the signature of the key one was given."""
    kind, body = fetch("checkpoint")
    assert kind == "text/plain; charset=utf-8"
    note = body.decode("utf-8")
    assert not any(ord(sign) < 0x20 and sign != "\n" for sign in note)
    text, blank, signatures = note.rpartition("\n\n")
    assert blank
    text += "\n"
    assert _is_signed(text, signatures, verifier_key)
    origin, size, root, *extensions = text.removesuffix("\n").split("\n")
    assert origin
    assert NUMBER.fullmatch(size)
    assert all(extensions)
    return Head(origin, int(size), base64.b64decode(root, validate=True))


def _is_signed(text: str, signatures: str, verifier_key: str) -> bool:
    """Signatures of keys nobody knows are ignored; the known one must be there and must verify."""
    name, key_id, encoded = verifier_key.split("+", 2)
    algorithm, *public = base64.b64decode(encoded, validate=True)
    assert algorithm == ED25519
    known = hashlib.sha256(name.encode() + b"\n" + bytes([algorithm, *public])).digest()[:4]
    assert known.hex() == key_id
    for line in signatures.removesuffix("\n").split("\n"):
        dash, signer, value = line.split(" ")
        signed = base64.b64decode(value, validate=True)
        assert dash == "—"
        if signer == name and signed[:4] == known:
            Ed25519PublicKey.from_public_bytes(bytes(public)).verify(signed[4:], text.encode())
            return True
    return False


def path_of(level: str, index: int, width: int) -> str:
    """ "x001/x234/067" for 1234067; ".p/W" where the tile is not full."""
    digits = f"{index:d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    number = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return f"tile/{level}/{number}" + ("" if width == 256 else f".p/{width}")


def widths(size: int) -> list[int]:
    """How wide each tile of one level is; none of them is empty."""
    return [256] * (size // 256) + ([size % 256] if size % 256 else [])


def tiles(fetch: Fetch, size: int) -> list[list[bytes]]:
    """The hashes of every level, level 0 first, each hash of a level being the root of a full tile below it."""
    levels, below = [], size
    while below:
        hashes: list[bytes] = []
        for index, width in enumerate(widths(below)):
            kind, body = fetch(path_of(str(len(levels)), index, width))
            assert kind == "application/octet-stream"
            assert len(body) == width * 32
            hashes += [body[start : start + 32] for start in range(0, len(body), 32)]
        levels.append(hashes)
        below //= 256
    return levels


def entries(fetch: Fetch, size: int) -> list[bytes]:
    """Every entry, from the bundles: each after its length in two bytes."""
    found: list[bytes] = []
    for index, width in enumerate(widths(size)):
        kind, body = fetch(path_of("entries", index, width))
        assert kind == "application/octet-stream"
        before = len(found)
        while body:
            length = int.from_bytes(body[:2], "big")
            found.append(body[2 : 2 + length])
            assert len(found[-1]) == length
            body = body[2 + length :]
        assert len(found) - before == width
    return found


def leaf(entry: bytes) -> bytes:
    """RFC 6962: the hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def root(hashes: list[bytes]) -> bytes:
    """RFC 6962: MTH, split at the largest power of two below the number of leaves."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(hashes[:split]) + root(hashes[split:])).digest()
