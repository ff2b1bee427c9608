"""The secret of whoever asks to be called back, and the short code they read out. Pure.

The secret tells by itself when it was made and which code belongs to it, so that a page can show both without looking
anything up: it looks the same whether the report exists or not.
"""

import re
from datetime import UTC, datetime

from lumbung.core.base import ids, sealing

PURPOSE = "report-call-back"
SECRET = re.compile(r"([0-9A-Z]{16})-(\d{10})-([0-9A-Z]{16})")
DIGITS = 6


def new(*, now: datetime) -> str:
    """A secret of 80 random bits, the moment it was made, and a seal that nobody without the key can make."""
    opened = f"{ids.new_access_code()}-{int(now.timestamp())}"
    return f"{opened}-{_seal(opened)}"


def asked_at(secret: str) -> datetime | None:
    """When this secret was made; None for one that was not made here."""
    found = SECRET.fullmatch(secret)
    if found is None or _seal(f"{found[1]}-{found[2]}") != found[3]:
        return None
    return datetime.fromtimestamp(int(found[2]), tz=UTC)


def _seal(opened: str) -> str:
    return sealing.derived_access_code(opened, purpose=PURPOSE)


def index(secret: str) -> str:
    """What is stored of a secret."""
    return sealing.blind_index(secret, purpose=f"{PURPOSE}-secret")


def code_of(secret: str) -> str:
    """The six digits its holder reads out on the telephone."""
    return f"{int(sealing.blind_index(secret, purpose=f'{PURPOSE}-digits'), 16) % 10**DIGITS:0{DIGITS}d}"


def spaced(code: str) -> str:
    """The code as it is read out: 482 913."""
    return f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"


def code_index(code: str, *, secret_index: str) -> str:
    """What is stored of a code: for each request another fingerprint, though two may have the same code."""
    return sealing.blind_index(code, purpose=f"{PURPOSE}-code:{secret_index}")
