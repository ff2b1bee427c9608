"""Secret keys, kept as files beside the database and never in it.

LUMBUNG_HOME/keys/ holds one file a key, made on first use with mode 0600. `lumbung backup` leaves the
folder out and says so: a backup without its keys cannot open sealed texts.
"""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32


@lru_cache(maxsize=16)
def _key(folder: Path, name: str) -> bytes:
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_new(path)
    return path.read_bytes()


def _write_new(path: Path) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        # link, not rename: two processes starting together must end with the same key.
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def sealing_key() -> bytes:
    """256-bit key for sealed texts and contact details."""
    return _key(settings.LUMBUNG_KEYS, "sealing.key")


def pseudonym_key() -> bytes:
    """256-bit key behind the pseudonyms in the public log."""
    return _key(settings.LUMBUNG_KEYS, "pseudonym.key")


def numbering_key() -> bytes:
    """256-bit key behind the order in which numbers are given out."""
    return _key(settings.LUMBUNG_KEYS, "numbering.key")


def blind_index_key() -> bytes:
    """256-bit key for looking up a sealed value without opening it."""
    return _key(settings.LUMBUNG_KEYS, "blind-index.key")


def access_code_key() -> bytes:
    """256-bit key that access codes are derived with."""
    return _key(settings.LUMBUNG_KEYS, "access-code.key")


def log_signing_key() -> bytes:
    """256-bit Ed25519 seed that signs the checkpoints of the public log."""
    return _key(settings.LUMBUNG_KEYS, "log-signing.key")


def put_away_log_signing_key(name: str) -> None:
    """Keep the key as log-signing.NAME.key; the next one asked for is new."""
    folder = settings.LUMBUNG_KEYS
    (folder / "log-signing.key").rename(folder / f"log-signing.{name}.key")
    _key.cache_clear()


def log_signing_key_put_away(name: str) -> bytes | None:
    """A key that was put away under that name; None when there is none."""
    path = settings.LUMBUNG_KEYS / f"log-signing.{name}.key"
    return bytes(path.read_bytes()) if path.exists() else None


def log_witness_key() -> bytes:
    """256-bit Ed25519 seed that cosigns the logs of other installations."""
    return _key(settings.LUMBUNG_KEYS, "log-witness.key")


def has_log_signing_key() -> bool:
    """Whether the key was made or brought already: asking for it would make one."""
    return (settings.LUMBUNG_KEYS / "log-signing.key").exists()
