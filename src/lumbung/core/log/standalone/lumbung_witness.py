"""Saksi luar untuk catatan publik Lumbung. / A witness of Lumbung's public log, outside the government's reach.

  python3 lumbung_witness.py kunci NAMA
      buat kunci Anda; kirim baris yang dicetak kepada pengelola log / make your key, send the printed line
  python3 lumbung_witness.py awasi https://data.example.go.id/log --kunci KUNCI [--setiap MENIT]
      bandingkan log dengan yang Anda lihat dulu; tanda tangani bila hanya bertambah / compare, cosign if it only grew

Kunci dan ingatan saksi ada di folder --folder (bawaan: saksi-lumbung); jangan serahkan kepada pemerintah. / Key and
memory lie in that folder; never hand it to the government. Setelah riwayat ganda ditemukan, program ini menolak
menandatangani log itu dan menyimpan kedua versi sebagai bukti. / After a fork it refuses and keeps both as evidence.
Log yang menyusut tidak ditandatangani; kedua titik periksa disimpan juga. / So it does with a log that shrank.
"""

import argparse
import base64
import contextlib
import hashlib
import http.client
import json
import os
import re
import secrets
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from lumbung.core.log.standalone.lumbung_verify import (
    BASE,
    ORDER,
    TILE,
    WITNESS_KEY,
    Checkpoint,
    Key,
    P,
    Point,
    Rejected,
    Roots,
    check_log_signature,
    fetch,
    number_of,
    read_checkpoint,
    read_key,
    tile_address,
    times,
)

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

KEY_FILE = "kunci.json"


class Forked(Exception):
    """The log told two histories: what it signed before and what it signs now do not fit together."""


# Signing (RFC 8032)


def encoded(point: Point) -> bytes:
    """A point of the curve in 32 bytes."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def secrets_of(seed: bytes) -> tuple[int, bytes]:
    """The secret number behind a 32-byte seed, and what nonces are made from."""
    digest = hashlib.sha512(seed).digest()
    number = int.from_bytes(digest[:32], "little")
    return (number & ((1 << 254) - 8)) | (1 << 254), digest[32:]


def public_key(seed: bytes) -> bytes:
    """The 32-byte public key of a 32-byte seed."""
    return encoded(times(secrets_of(seed)[0], BASE))


def sign(seed: bytes, message: bytes) -> bytes:
    """The 64-byte signature over a message."""
    secret, prefix = secrets_of(seed)
    public, nonce = encoded(times(secret, BASE)), number_of(prefix, message)
    commitment = encoded(times(nonce, BASE))
    response = (nonce + number_of(commitment, public, message) * secret) % ORDER
    return commitment + response.to_bytes(32, "little")


# The witness's folder


def write(path: Path, text: str) -> None:
    """Replace a file as a whole, and have it on the disk before going on."""
    temporary = path.with_suffix(".baru")
    opened = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8", newline="\n") as file:  # a note with other line ends is no note
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    if os.name == "posix":  # the new name too, or a power cut brings back what was seen before
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def make_key(folder: Path, name: str) -> str:
    """Make the witness's key once; the line to send to the keeper of the log."""
    if not re.fullmatch(r"[^\s+]{1,120}", name):
        raise Rejected("nama tanpa spasi dan tanpa tanda plus, mis. saksi.lsm.example / a name without space or plus")
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write(path, json.dumps({"name": name, "seed": secrets.token_bytes(32).hex()}))
    key = own_key(folder)[0]
    if key.name != name:
        raise Rejected(f"di sini sudah ada kunci / a key is already here: {key_line(key)}")
    return key_line(key)


def own_key(folder: Path) -> tuple[Key, bytes]:
    """The witness's public key and its seed."""
    try:
        stored = json.loads((folder / KEY_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Rejected("belum ada kunci: jalankan dulu 'kunci NAMA' / no key yet: run 'kunci NAME' first") from None
    seed = bytes.fromhex(stored["seed"])
    return Key(stored["name"], WITNESS_KEY, public_key(seed)), seed


def key_line(key: Key) -> str:
    """A public key as C2SP writes it: name+id+key."""
    return f"{key.name}+{key.key_id.hex()}+{base64.b64encode(bytes([key.kind]) + key.public).decode()}"


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One look at a time: two could sign two sizes in the wrong order. A program that is killed lets go by itself."""
    with (folder / "sedang-bekerja").open("w") as file:
        try:
            if sys.platform == "win32":
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Rejected("saksi lain sedang bekerja di folder ini / another is at work in this folder") from None
        yield


def memory_of(folder: Path, origin: str) -> Path:
    """Where the witness keeps what it saw of one log."""
    return folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:16]}.json"


def remembered(path: Path) -> tuple[Roots, str]:
    """The tree as last seen, and the checkpoint that was cosigned; an empty tree the first time."""
    roots = Roots()
    if not path.exists():
        return roots, ""
    stored = json.loads(path.read_text(encoding="utf-8"))
    if stored.get("fork"):
        raise Forked(f"riwayat ganda, bukti di / a fork, evidence in {stored['fork']}")
    roots.size, roots.peaks = stored["size"], [bytes.fromhex(peak) for peak in stored["peaks"]]
    return roots, stored["note"]


def remember(path: Path, roots: Roots, note: str, fork: str = "") -> None:
    """Keep what was seen, before anything is signed."""
    peaks = [peak.hex() for peak in roots.peaks]
    write(path, json.dumps({"size": roots.size, "peaks": peaks, "note": note, "fork": fork}))


# Looking and signing


def look(prefix: str, log_key: Key, folder: Path, now: int) -> str:
    """Compare the newest checkpoint with what was seen before, cosign it, and send the line; what to tell."""
    key, seed = own_key(folder)
    with alone(folder):
        note = fetch(f"{prefix}/checkpoint").decode()
        newest = read_checkpoint(note)
        check_log_signature(newest, log_key)
        path = memory_of(folder, newest.origin)
        roots, old_note = remembered(path)
        grow(prefix, newest, roots, old_note, note, path)
        remember(path, roots, note)
        value = sign(seed, f"cosignature/v1\ntime {now}\n{newest.text}".encode())
        line = base64.b64encode(key.key_id + now.to_bytes(8, "big") + value).decode()
        send(prefix, f"{newest.text}\n— {key.name} {line}\n")
    return f"{newest.origin}: {newest.size} catatan / entries, ditandatangani / cosigned"


def grow(prefix: str, newest: Checkpoint, roots: Roots, old_note: str, note: str, path: Path) -> None:
    """Take in the leaves that came since; the tree seen before must lead to the root now signed."""
    if newest.size < roots.size:
        evidence = path.with_suffix(f".menyusut-{newest.size}.txt")
        write(evidence, f"{old_note}\n----\n\n{note}")
        told = f"log menunjukkan ukuran {newest.size}, dulu {roots.size} / it shows less than before"
        raise Rejected(f"{told}; bukti / evidence: {evidence}")
    size, root = roots.size, roots.root()
    for leaf in leaves(prefix, size, newest.size):
        roots.add(leaf)
    if roots.root() != newest.root:
        must_be_two_histories(prefix, newest, size, root)
        evidence = path.with_suffix(".riwayat-ganda.txt")
        write(evidence, f"{old_note}\n----\n\n{note}")
        remember(path, Roots(), "", fork=str(evidence))
        raise Forked(f"riwayat ganda, bukti di / a fork, evidence in {evidence}")


def must_be_two_histories(prefix: str, newest: Checkpoint, size: int, root: bytes) -> None:
    """Nothing signs a tile: cry fork only when all leaves lead to the newest root, and not through the one seen."""
    if newest.size == size:
        return
    again, before = Roots(), b""
    for leaf in leaves(prefix, 0, newest.size):
        again.add(leaf)
        before = again.root() if again.size == size else before
    if not size or again.root() != newest.root or before == root:
        raise Rejected("isi tidak cocok dengan titik periksanya; akan dicoba lagi / tiles do not fit the checkpoint")


def leaves(prefix: str, start: int, end: int) -> Iterator[bytes]:
    """The leaf hashes from one size to another."""
    for number in range(start // TILE, (end + TILE - 1) // TILE):
        width = min(TILE, end - number * TILE)
        tile = fetch(tile_address(prefix, "0", number, width))
        if len(tile) != width * 32:
            raise Rejected("log memberi potongan yang tidak utuh / the log gave an incomplete tile")
        for place in range(max(0, start - number * TILE), width):
            yield tile[place * 32 : place * 32 + 32]


def send(prefix: str, note: str) -> None:
    """Hand the cosignature to the log."""
    request = urllib.request.Request(f"{prefix}/cosignature", note.encode(), {"Content-Type": "text/plain"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - fetch() has checked the scheme
            if answer.url != request.full_url:
                raise Rejected("log mengalihkan kiriman / the log redirects what is sent")
    except urllib.error.HTTPError as error:
        # The log says why in Indonesian and in English, a line each.
        raise Rejected(" / ".join(error.read(1000).decode(errors="replace").split("\n")).strip(" /")) from error


def watch() -> None:
    """The command line. Exit code 1 when a look failed, 2 when the log told two histories."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("saksi-lumbung"))
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("kunci").add_argument("nama")
    watching = commands.add_parser("awasi")
    watching.add_argument("alamat")
    watching.add_argument("--kunci", required=True)
    watching.add_argument("--setiap", type=minutes, default=0, help="menit; 0: sekali saja / minutes; 0: once")
    given = parser.parse_args()
    if given.command == "kunci":
        try:
            print(make_key(given.folder, given.nama))
        except (Rejected, OSError) as error:
            sys.exit(f"GAGAL / FAILED: {error}")
        return
    while True:
        failed = look_once(given)
        if not given.setiap:
            sys.exit(failed)
        time.sleep(given.setiap * 60)


def minutes(text: str) -> int:
    """How long to wait between two looks: 0 to a week."""
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= 10_080):
        raise argparse.ArgumentTypeError("menit, 0 sampai 10080 / minutes, 0 to 10080")
    return int(text[:9])


def look_once(given: argparse.Namespace) -> int:
    """One look, told in a sentence; 0 when it was cosigned."""
    try:
        print(look(given.alamat.rstrip("/"), read_key(given.kunci), given.folder, int(time.time())), flush=True)
    except Forked as fork:
        print(f"BAHAYA / DANGER: {fork}", file=sys.stderr, flush=True)
        return 2
    except (Rejected, ValueError, LookupError, OSError, http.client.HTTPException) as error:
        print(f"GAGAL / FAILED: {error}", file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    watch()
