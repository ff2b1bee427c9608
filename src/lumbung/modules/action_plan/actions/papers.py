"""Papers that come with a form: written before the change, named by a row within it."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from lumbung.core.base import sealing
from lumbung.core.files import actions as files
from lumbung.core.files.actions import WrittenDocument
from lumbung.core.files.kinds import PDF_ONLY, Kind
from lumbung.core.files.models import StoredDocument
from lumbung.modules.action_plan.queries.papers import PAPER

# What is shared before a meeting: slides as PDF, tables to work on.
SHARED: tuple[Kind, ...] = ("pdf", "docx", "xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes that came with a form; `size` tells when more were sent than kept, `name` what the file was called."""

    data: bytes
    size: int
    name: str = ""


def write(upload: Upload | None, *, accepted: Collection[Kind] = PDF_ONLY) -> WrittenDocument | None:
    """Examine and write what was sent, if anything was. Before the transaction."""
    if upload is None:
        return None
    return files.write_document(upload.data, size=upload.size, accepted=accepted, name=upload.name)


def keep(written: WrittenDocument | None, *, title: str, now: datetime) -> StoredDocument | None:
    """Name it by a row, in the transaction of the change."""
    return files.keep_document(written=written, purpose=PAPER, title=title, now=now) if written else None


def hashed(text: str) -> tuple[str, bytes]:
    """What the log keeps of words an officer typed, and the salt that goes with the row."""
    salt = secrets.token_bytes(16)
    return sealing.salted_hash(text, salt), salt
