"""Identifiers. Time and randomness come in as arguments or from `secrets`."""

import secrets
import uuid
from datetime import UTC, date, datetime, time

# Crockford's alphabet without I L O U: read aloud at a counter, typed on a phone.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
CODE_BITS = CODE_LENGTH * 5


def uuid7_of_day(day: date) -> uuid.UUID:
    """A UUIDv7 (RFC 9562) whose clock part is midnight UTC of `day`.

    The exact millisecond of an event would name its writer in a small village (decision 2).
    """
    milliseconds = int(datetime.combine(day, time.min, tzinfo=UTC).timestamp() * 1000)
    value = (milliseconds & (2**48 - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def new_access_code() -> str:
    """A secret code of 16 characters (80 bits), for the holder of a receipt."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def access_code_of(secret: bytes) -> str:
    """The same kind of code out of the first 80 bits of a secret value."""
    value = int.from_bytes(secret[: CODE_BITS // 8])
    return "".join(CODE_ALPHABET[value >> shift & 31] for shift in range(CODE_BITS - 5, -1, -5))


def tidy_access_code(typed: str) -> str:
    """What a person typed, in the form it was issued: no spaces or dashes, look-alikes put right."""
    letters = typed.upper().replace("I", "1").replace("L", "1").replace("O", "0").replace("U", "V")
    return "".join(letter for letter in letters if letter in CODE_ALPHABET)


def spaced_access_code(code: str) -> str:
    """The code in groups of four, as printed on the receipt."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
