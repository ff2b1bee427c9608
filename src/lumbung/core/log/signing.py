"""The installation's own key: an Ed25519 seed kept beside the other keys, never in the database or a backup."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from lumbung.core.base import keys
from lumbung.kernels.signed_notes import NOTE_KEY, Checkpoint, Key, Note, Signature


def origin() -> str:
    """The name of this installation's log, the same for ever: a host and a path, without a scheme."""
    return str(settings.LUMBUNG_LOG_ORIGIN)


def has_key() -> bool:
    """Whether this installation has signed before, or got its keys back."""
    return keys.has_log_signing_key()


def log_key() -> Key:
    """The public key people check our checkpoints with."""
    return Key(origin(), NOTE_KEY, _private().public_key().public_bytes_raw())


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


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.log_signing_key())
