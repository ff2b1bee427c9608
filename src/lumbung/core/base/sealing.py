"""Sealed text: AES-256-GCM, bound to the row it belongs to.

The associated data names table, column and row, so a sealed value copied to another row does not open.
An altered value raises; it never comes back as something else (domain: safety, section 7).
"""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lumbung.core.base import ids, keys

VERSION = b"\x01"
NONCE_BYTES = 12


class SealBroken(Exception):  # noqa: N818
    """A sealed value was altered, moved to another row, or sealed with another key."""


def seal(text: str, *, place: str) -> bytes:
    """Encrypt `text` for one place, written "table.column:row-id"."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + AESGCM(keys.sealing_key()).encrypt(nonce, text.encode(), place.encode())


def unseal(sealed: bytes | memoryview, *, place: str) -> str:
    """Open what `seal` made for the same place, or raise SealBroken naming the place."""
    blob = bytes(sealed)
    if blob[:1] != VERSION:
        raise SealBroken(f"{place}: unknown seal version {blob[:1]!r}; expected {VERSION!r}")
    nonce, body = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
    try:
        return AESGCM(keys.sealing_key()).decrypt(nonce, body, place.encode()).decode()
    except (InvalidTag, ValueError) as error:  # ValueError: cut short
        raise SealBroken(f"{place}: the sealed value was altered or moved") from error


def blind_index(value: str, *, purpose: str) -> str:
    """A keyed fingerprint to find an equal value by, useless without the key."""
    return hmac.new(keys.blind_index_key(), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def derived_access_code(value: str, *, purpose: str) -> str:
    """An access code that can be worked out again from `value`, by nobody without the key."""
    return ids.access_code_of(hmac.new(keys.access_code_key(), f"{purpose}\0{value}".encode(), hashlib.sha256).digest())


def salted_hash(text: str, salt: bytes) -> str:
    """What the log keeps of a citizen's words: SHA-256(16-byte salt ‖ text), as hex (decision 1)."""
    if len(salt) != 16:
        raise ValueError(f"salt has {len(salt)} bytes; expected 16")
    return hashlib.sha256(salt + text.encode()).hexdigest()
