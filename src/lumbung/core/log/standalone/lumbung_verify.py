"""Memeriksa catatan publik Lumbung tanpa memercayai siapa pun. / Checks Lumbung's public log and trusts nobody.

  python3 lumbung_verify.py bukti CATATAN.json BUKTI.tlog-proof --kunci KUNCI [--saksi KUNCI]
      satu catatan: ada di dalam log, pada tempatnya, tanpa perubahan / one entry: in the log, in its place, unchanged
  python3 lumbung_verify.py semua https://data.example.go.id/log --kunci KUNCI [--titik-periksa BERKAS]
      seluruh log: unduh setiap catatan, hitung ulang akarnya, bandingkan / the whole log, computed anew
KUNCI: satu baris, nama+id+kunci, dari halaman /catatan-publik/ yang Anda simpan dulu. / A line you kept beforehand.
Hanya butuh Python 3.9 atau lebih baru. / Needs Python 3.9 or newer, nothing else.
"""

import argparse
import base64
import hashlib
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TILE, LOG_KEY, WITNESS_KEY, MOST_BYTES = 256, 1, 4, 256 * 65537


class Rejected(Exception):
    """What was checked does not hold; the sentence says in what."""


# Merkle tree (RFC 9162)


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Roots:
    """The root of a growing list of leaf hashes."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        size = self.size
        while size % 2:
            leaf, size = node_hash(self.peaks.pop(), leaf), size // 2
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        reached = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            reached = node_hash(peak, reached)
        return reached


def check_inclusion(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> None:
    if not 0 <= index < size or any(len(step) != 32 for step in (leaf, *proof)):
        raise Rejected("nomor atau panjang bukti tidak mungkin / impossible number or proof")
    place, last, reached = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise Rejected("bukti terlalu panjang / the proof is too long")
        if place % 2 or place == last:
            reached = node_hash(step, reached)
            while place and place % 2 == 0:
                place, last = place // 2, last // 2
        else:
            reached = node_hash(reached, step)
        place, last = place // 2, last // 2
    if last or reached != root:
        raise Rejected("bukti tidak menuju akar yang ditandatangani / the proof does not lead to the signed root")


# Ed25519 (RFC 8032)

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]  # X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z


def add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    g, h = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while factor:
        if factor % 2:
            result = add(result, point)
        point, factor = add(point, point), factor // 2
    return result


def point_of(encoded: bytes) -> Point:
    number = int.from_bytes(encoded, "little")
    y, sign = number % 2**255, number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise Rejected("kunci atau tanda tangan rusak / damaged key or signature")
    x = P - x if x % 2 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def number_of(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % ORDER


def is_signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64 or int.from_bytes(signature[32:], "little") >= ORDER:
        return False
    try:
        commitment, key = point_of(signature[:32]), point_of(public)
    except Rejected:
        return False
    left = times(int.from_bytes(signature[32:], "little"), BASE)
    right = add(commitment, times(number_of(signature[:32], public, message), key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 == (left[1] * right[2] - right[1] * left[2]) % P


# Notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature)


@dataclass
class Key:
    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]


@dataclass
class Checkpoint:
    text: str
    signatures: list[tuple[str, bytes, bytes]]  # name, key id, value
    origin: str
    size: int
    root: bytes

    def values_of(self, key: Key) -> list[bytes]:
        return [value for name, key_id, value in self.signatures if (name, key_id) == (key.name, key.key_id)]


def read_key(text: str) -> Key:
    name, key_id, encoded = text.strip().split("+", 2)
    data = base64.b64decode(encoded, validate=True)
    key = Key(name, data[0], data[1:])
    if len(data) != 33 or key.key_id.hex() != key_id:
        raise Rejected("kunci salah salin / the key was copied wrongly")
    return key


def read_checkpoint(note: str) -> Checkpoint:
    text, _, below = note.rpartition("\n\n")
    signatures = []
    for line in below.rstrip("\n").split("\n"):
        dash, name, encoded = line.split(" ")
        value = base64.b64decode(encoded, validate=True)
        if dash != "—" or len(value) < 5:
            raise Rejected("baris tanda tangan rusak / damaged signature line")
        signatures.append((name, value[:4], value[4:]))
    origin, size, root = text.split("\n")
    found = Checkpoint(text + "\n", signatures, origin, int(size), base64.b64decode(root, validate=True))
    if text != f"{origin}\n{found.size}\n{base64.b64encode(found.root).decode()}":
        raise Rejected("titik periksa tidak ditulis baku / the checkpoint is not written the one way it may be")
    return found


def check_log_signature(checkpoint: Checkpoint, key: Key) -> None:
    values, message = checkpoint.values_of(key), checkpoint.text.encode()
    if key.kind != LOG_KEY or not values or not all(is_signed_by(key.public, message, value) for value in values):
        raise Rejected(f"tidak ditandatangani oleh / not signed by {key.name}")
    if checkpoint.origin != key.name:
        raise Rejected(f"ini log lain / this is another log: {checkpoint.origin}")


def cosigned_at(checkpoint: Checkpoint, key: Key) -> int:
    """Seconds since 1970 at which the witness saw this checkpoint."""
    for value in checkpoint.values_of(key):
        time = int.from_bytes(value[:8], "big")
        message = f"cosignature/v1\ntime {time}\n{checkpoint.text}".encode()
        if key.kind == WITNESS_KEY and is_signed_by(key.public, message, value[8:]):
            return time
    raise Rejected(f"tidak disaksikan oleh / not cosigned by {key.name}")


def check_proof(entry: bytes, proof: str, log_key: Key, witnesses: list[Key]) -> tuple[int, Checkpoint]:
    """The place of an entry and the checkpoint that covers it, once everything holds."""
    head, _, note = proof.partition("\n\n")
    lines = [line for line in head.split("\n") if not line.startswith("extra ")]
    if lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("index "):
        raise Rejected("berkas ini bukan bukti / this file is not a proof")
    index, checkpoint = int(lines[1][6:]), read_checkpoint(note)
    check_log_signature(checkpoint, log_key)
    for witness in witnesses:
        cosigned_at(checkpoint, witness)
    steps = [base64.b64decode(line, validate=True) for line in lines[2:]]
    check_inclusion(leaf_hash(entry), index, checkpoint.size, steps, checkpoint.root)
    return index, checkpoint


def fetch(address: str) -> bytes:
    if not address.startswith(("https://", "http://")):
        raise Rejected("alamat log dimulai dengan https:// / the address of a log begins with https://")
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - the scheme is checked above
        content = bytes(answer.read(MOST_BYTES + 1))
    if answer.url != address or len(content) > MOST_BYTES:
        raise Rejected("log mengalihkan, atau jawabannya terlalu besar / the log redirects, or answers too much")
    return content


def tile_address(prefix: str, kind: str, number: int, width: int) -> str:
    groups, rest = [f"{number % 1000:03d}"], number // 1000
    while rest:
        groups, rest = [f"x{rest % 1000:03d}", *groups], rest // 1000
    return f"{prefix}/tile/{kind}/{'/'.join(groups)}" + (f".p/{width}" if width < TILE else "")


def entries(prefix: str, size: int) -> Iterator[bytes]:
    """Every entry of a log, in order, in pieces of 256."""
    for number in range((size + TILE - 1) // TILE):
        bundle = fetch(tile_address(prefix, "entries", number, min(TILE, size - number * TILE)))
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            yield bundle[2 : 2 + length]
            bundle = bundle[2 + length :]


def check_all(prefix: str, log_key: Key, held: list[Checkpoint]) -> Checkpoint:
    """The newest checkpoint, once the root over every entry equals it and every checkpoint held."""
    newest = read_checkpoint(fetch(f"{prefix}/checkpoint").decode())
    expected: dict[int, bytes] = {}
    for checkpoint in [*held, newest]:
        check_log_signature(checkpoint, log_key)
        if expected.setdefault(checkpoint.size, checkpoint.root) != checkpoint.root:
            raise Rejected(f"dua riwayat untuk ukuran {checkpoint.size} / two histories of one size: a fork")
    if max(expected) > newest.size:
        raise Rejected(f"log lebih pendek dari titik periksa Anda / shorter than your checkpoint {max(expected)}")
    roots = Roots()
    for entry in entries(prefix, newest.size):
        roots.add(leaf_hash(entry))
        if roots.size in expected and roots.root() != expected[roots.size]:
            raise Rejected(f"isi log sampai {roots.size} telah diubah / what stood up to {roots.size} was changed")
    if roots.size != newest.size:
        raise Rejected("ada catatan yang tidak diberikan / entries are missing")
    return newest


def main() -> None:
    """The command line; exit code 1 when something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one, everything = commands.add_parser("bukti"), commands.add_parser("semua")
    one.add_argument("catatan", type=Path)
    one.add_argument("bukti", type=Path)
    everything.add_argument("alamat")
    for command in (one, everything):
        command.add_argument("--kunci", required=True)
    one.add_argument("--saksi", action="append", default=[])
    everything.add_argument("--titik-periksa", type=Path, action="append", default=[])
    given = parser.parse_args()
    try:
        print(check_one(given) if given.command == "bukti" else check_everything(given))
    except (Rejected, ValueError, IndexError, OSError) as error:
        sys.exit(f"TIDAK TERBUKTI / NOT PROVEN: {error}")


def check_one(given: argparse.Namespace) -> str:
    log_key, witnesses = read_key(given.kunci), [read_key(text) for text in given.saksi]
    entry, proof = given.catatan.read_bytes(), given.bukti.read_text(encoding="utf-8")
    index, checkpoint = check_proof(entry, proof, log_key, witnesses)
    return f"TERBUKTI / PROVEN: #{index}, {checkpoint.origin}, {checkpoint.size}, {len(witnesses)} saksi / witnesses"


def check_everything(given: argparse.Namespace) -> str:
    held = [read_checkpoint(path.read_text(encoding="utf-8")) for path in given.titik_periksa]
    newest = check_all(given.alamat.rstrip("/"), read_key(given.kunci), held)
    return f"TERBUKTI / PROVEN: {newest.size} catatan / entries, {newest.root.hex()}\n\n{newest.text}"


if __name__ == "__main__":
    main()
