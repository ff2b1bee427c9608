"""Papers that come with a form: written before the change, named by a row within it."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lumbung.core.base import sealing
from lumbung.core.base.errors import Refused
from lumbung.core.files import actions as files
from lumbung.core.files import fetching
from lumbung.core.files.actions import WrittenDocument
from lumbung.core.files.documents import FIELD
from lumbung.core.files.fetching import NotFetched
from lumbung.core.files.kinds import PDF_ONLY, Kind
from lumbung.core.files.models import StoredDocument
from lumbung.modules.action_plan.queries.papers import PAPER

# What is shared before a meeting: slides as PDF, tables to work on.
SHARED: tuple[Kind, ...] = ("pdf", "docx", "xlsx", "csv")
# Reports and answers, to be read.
READ: tuple[Kind, ...] = ("pdf", "docx")


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes that came with a form; `size` tells when more were sent than kept, `name` what the file was called."""

    data: bytes
    size: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Something everybody can read: at an address, as an upload, or both."""

    title: str
    url: str = ""
    upload: Upload | None = None


def write_readable(document: Document) -> WrittenDocument | None:
    """Write its upload, if it has one; refuses what nobody could read. Before the transaction."""
    if not document.url and document.upload is None:
        raise Refused("nothing-to-read", _("Give an address, or choose a document, or both."), field=FIELD)
    if document.url:
        _refuse_unreadable(document.url)
    return write(document.upload, accepted=READ)


def _refuse_unreadable(url: str) -> None:
    try:
        fetching.refuse_address(url)
    except NotFetched as refused:
        raise Refused(
            "report-address-not-usable",
            _("Give an address that begins with http:// or https:// and that everybody can open."),
            field="url",
        ) from refused


def write(upload: Upload | None, *, accepted: Collection[Kind] = PDF_ONLY) -> WrittenDocument | None:
    """Examine and write what was sent, if anything was. Before the transaction."""
    if upload is None:
        return None
    return files.write_document(upload.data, size=upload.size, accepted=accepted, name=upload.name)


def keep(written: WrittenDocument | None, *, title: str, now: datetime) -> StoredDocument | None:
    """Name it by a row, in the transaction of the change."""
    return files.keep_document(written=written, purpose=PAPER, title=title, now=now) if written else None


def hashed(text: str, known: bytes | memoryview | None = None) -> tuple[str, bytes]:
    """What the log keeps of words an officer typed, and the salt of the row: the one it has, or a new one."""
    salt = bytes(known or b"") or secrets.token_bytes(16)
    return sealing.salted_hash(text, salt), salt
