"""Reading stored files: always through whoever is looking."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from lumbung.core.access.viewers import Viewer
from lumbung.core.files import registry
from lumbung.core.files.models import StoredDocument, StoredFile

Size = Literal["large", "small"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A file this viewer may see: where its bytes lie, what it is for, and whether everyone may see them."""

    address: str
    purpose: str
    mime: str
    is_public: bool


def shown_to(viewer: Viewer, file_id: UUID, size: Size, *, day: date) -> Shown | None:
    """The file in one size, or None on that day: a stranger does not learn that it exists."""
    file = StoredFile.objects.filter(pk=file_id).first()
    purpose = registry.find(file.purpose) if file else None
    if file is None or purpose is None:
        return None
    audience = purpose.may_see(viewer, file.pk, day)
    if audience == "nobody":
        return None
    address = file.thumbnail_sha256 if size == "small" else file.sha256
    return Shown(address=address, purpose=file.purpose, mime=file.mime, is_public=audience == "everyone")


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document this viewer may see, and whether everyone may."""

    document: StoredDocument
    is_public: bool


def document_shown_to(viewer: Viewer, file_id: UUID, *, day: date) -> ShownDocument | None:
    """The document, or None on that day: a stranger does not learn that it exists."""
    document = StoredDocument.objects.filter(pk=file_id).first()
    purpose = registry.find(document.purpose) if document else None
    if document is None or purpose is None:
        return None
    audience = purpose.may_see(viewer, document.pk, day)
    return None if audience == "nobody" else ShownDocument(document, audience == "everyone")
