"""What ideas and comments share when they come in: a number, sealed words, a code for whoever sent it."""

import secrets
import uuid
from dataclasses import dataclass

from lumbung.core.base import sealing
from lumbung.modules.action_plan.models import IntakeCounter
from lumbung.modules.action_plan.queries import intake
from lumbung.modules.action_plan.queries.intake import Item

IDEA, COMMENT, REMARK = "U", "M", "P"


@dataclass(frozen=True, slots=True)
class Sealed:
    """Words as they are kept: encrypted for one row, and as a salted hash for the log."""

    words: bytes
    salt: bytes
    words_hash: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What the sender gets. The code is not stored; the same key gives it again."""

    item: Item
    code: str
    is_new: bool


def next_number(kind: str, year: int) -> str:
    """The next number of ideas (U-2026-0001), comments (M-…) or remarks (P-…), in the caller's transaction."""
    IntakeCounter.objects.get_or_create(kind=kind, year=year)
    counter = IntakeCounter.objects.select_for_update().get(kind=kind, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{kind}-{year}-{counter.last:04d}"


def seal(text: str, *, place: str) -> Sealed:
    """Seal words for one place, written "table.column:row-id"."""
    salt = secrets.token_bytes(16)
    return Sealed(sealing.seal(text, place=place), salt, sealing.salted_hash(text, salt))


def hashed(item: Item, text: str) -> str:
    """What the log keeps of a text about this item; words erased take every one of its hashes along."""
    return sealing.salted_hash(text, bytes(item.salt)) if item.salt is not None else ""


def code_of(draft_key: uuid.UUID) -> str:
    """The access code of what was sent with this key; the same key sent twice is one thing with one code (ADR 12)."""
    return sealing.derived_access_code(str(draft_key), purpose=intake.PURPOSE)


def code_index(code: str) -> str:
    """What is stored of a code."""
    return intake.code_index(code)
