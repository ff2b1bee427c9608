"""The installation's own key: an Ed25519 seed kept beside the other keys, never in the database or a backup."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from lumbung.core.base import keys
from lumbung.kernels import signed_notes
from lumbung.kernels.signed_notes import COSIGNATURE_KEY, NOTE_KEY, Checkpoint, Key, Note, Signature


def origin() -> str:
    """The name of this installation's log, the same for ever: a host and a path, without a scheme."""
    return str(settings.LUMBUNG_LOG_ORIGIN)


def has_key() -> bool:
    """Whether this installation has signed before, or got its keys back."""
    return keys.has_log_signing_key()


def log_key() -> Key:
    """The public key people check our checkpoints with."""
    return log_key_named(origin())


def log_key_named(name: str) -> Key:
    """The same key under another name: what a checkpoint of an earlier name was signed with."""
    return _public(name, _private())


def put_key_away(name: str) -> None:
    """Keep the key under that name and sign with a new one from now on."""
    keys.put_away_log_signing_key(name)


def key_put_away(name: str, origin: str) -> Key | None:
    """The public key of one put away earlier, under the name of its log."""
    seed = keys.log_signing_key_put_away(name)
    return _public(origin, Ed25519PrivateKey.from_private_bytes(seed)) if seed else None


def witness_key() -> Key:
    """The public key of this installation as a witness of others: never the one that signs its own log."""
    host = origin().partition("/")[0]
    return Key(f"{host}/saksi", COSIGNATURE_KEY, _witness().public_key().public_bytes_raw())


def cosigned(text: str, at: int) -> Note:
    """A peer's checkpoint with our word under it that at `at` (seconds since 1970) it continued what we knew."""
    key = witness_key()
    value = _witness().sign(signed_notes.cosigned_message(text, at))
    line = Signature(key.name, key.key_id, at.to_bytes(signed_notes.TIME_BYTES, "big") + value)
    return Note(text, (line,))


def signed(checkpoint: Checkpoint) -> Note:
    """A checkpoint with our signature under it."""
    key = log_key()
    return Note(checkpoint.text, (Signature(key.name, key.key_id, _private().sign(checkpoint.text.encode())),))


def is_signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a 64-byte Ed25519 signature fits."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _public(name: str, private: Ed25519PrivateKey) -> Key:
    return Key(name, NOTE_KEY, private.public_key().public_bytes_raw())


def _witness() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.log_witness_key())


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.log_signing_key())
