"""Keeping photos and documents, forgetting them, and sweeping up what a killed server or a draft left behind."""

import hashlib
import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.core.files import decoding, documents, registry, store
from lumbung.core.files.decoding import CleanPhoto
from lumbung.core.files.kinds import PDF_ONLY, Kind
from lumbung.core.files.models import StoredDocument, StoredFile

logger = logging.getLogger("lumbung.files")

# Between the writing of a file and the row that names it lie seconds; a row and its use share a transaction.
GRACE = timedelta(minutes=10)
BATCH = 500


@dataclass(frozen=True, slots=True)
class WrittenPhoto:
    """A photo whose bytes lie safely in the folder, waiting for the row that names them.

    uploaded_sha256  hash of what was sent, for those who must be able to say which photo it was; nothing of it is kept
    """

    photo: CleanPhoto
    address: str
    thumbnail_address: str
    uploaded_sha256: str


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A document whose bytes lie safely in the folder, waiting for the row that names them."""

    kind: Kind
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep removed, and what it found missing."""

    rows: int
    files: int
    lost: int


def write_photo(data: bytes, *, size: int | None = None) -> WrittenPhoto:
    """Clean an upload and write its two pictures durably. Call it before the transaction, never inside."""
    photo = decoding.clean_photo(data, size=size)
    uploaded = hashlib.sha256(data).hexdigest()
    return WrittenPhoto(photo, store.put(photo.display.content), store.put(photo.thumbnail.content), uploaded)


def keep_photo(*, written: WrittenPhoto, purpose: str, now: datetime) -> StoredFile:
    """Name written bytes by a row, in the transaction of the change that uses it."""
    registry.get(purpose)
    display, thumbnail = written.photo.display, written.photo.thumbnail
    return StoredFile.objects.create(
        purpose=purpose,
        mime="image/jpeg",
        sha256=written.address,
        bytes=len(display.content),
        width=display.width,
        height=display.height,
        thumbnail_sha256=written.thumbnail_address,
        thumbnail_bytes=len(thumbnail.content),
        thumbnail_width=thumbnail.width,
        thumbnail_height=thumbnail.height,
        created_at=now,
    )


def write_document(
    data: bytes, *, size: int | None = None, accepted: Collection[Kind] = PDF_ONLY, name: str = ""
) -> WrittenDocument:
    """Examine an upload and write it durably as it is. Call it before the transaction, never inside."""
    kind = documents.recognise(data, size=len(data) if size is None else size, accepted=accepted, name=name)
    try:
        address = store.put(data)
    except store.StorageFull as full:
        raise store.StorageFull(
            "storage-full",
            _("Our storage is full, so the document could not be kept. Try again later."),
            field=documents.FIELD,
        ) from full
    return WrittenDocument(kind, address, len(data))


def keep_document(*, written: WrittenDocument, purpose: str, title: str, now: datetime) -> StoredDocument:
    """Name a written document by a row, in the transaction of the change that uses it."""
    registry.get(purpose)
    return StoredDocument.objects.create(
        purpose=purpose,
        kind=written.kind,
        sha256=written.sha256,
        bytes=written.bytes,
        title=title[:200],
        created_at=now,
    )


def retitle_document(*, document_id: UUID, title: str) -> None:
    """Give a document another title: the name under which it is saved. Its bytes and hash stay."""
    StoredDocument.objects.filter(pk=document_id).update(title=title[:200])


def forget_document(*, document_id: UUID) -> None:
    """Remove the row; its address answers 404 at once, and the next sweep removes the bytes."""
    StoredDocument.objects.filter(pk=document_id).delete()


def forget_file(*, file_id: UUID) -> None:
    """Remove the row; its address answers 404 at once, and the next sweep removes the bytes."""
    StoredFile.objects.filter(pk=file_id).delete()


def sweep_orphans(*, now: datetime, grace: timedelta = GRACE) -> Swept:
    """Remove rows nothing uses and files no row names, if older than `grace`; count rows whose bytes are lost."""
    rows = sum(_remove_unused(purpose.key, now - grace) for purpose in registry.all_purposes())
    moment = (now - grace).timestamp()
    files = sum(
        store.remove_unneeded([path for path in batch if not _is_named(path.name)], moment=moment, needed=_is_named)
        for batch in _batches(store.older_than(moment))
    )
    swept = Swept(rows=rows, files=files, lost=_count_lost())
    if swept != Swept(0, 0, 0):
        logger.warning("sweep: %s unused rows and %s orphan files removed, %s files lost", rows, files, swept.lost)
    return swept


def _batches(items: Iterator[Path]) -> Iterator[list[Path]]:
    while batch := list(islice(items, BATCH)):
        yield batch


def _remove_unused(purpose: str, before: datetime) -> int:
    removed = 0
    for table in (StoredFile.objects, StoredDocument.objects):
        ids = list(table.filter(purpose=purpose, created_at__lt=before).values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            used = registry.get(purpose).used(batch)
            unused = [file_id for file_id in batch if file_id not in used]
            removed += table.filter(pk__in=unused).delete()[0]
    return removed


def _is_named(address: str) -> bool:
    pictures = StoredFile.objects.filter(Q(sha256=address) | Q(thumbnail_sha256=address))
    return pictures.exists() or StoredDocument.objects.filter(sha256=address).exists()


def _count_lost() -> int:
    pairs = StoredFile.objects.values_list("sha256", "thumbnail_sha256").iterator()
    singles = StoredDocument.objects.values_list("sha256").iterator()
    return sum(not store.path_of(address).exists() for row in chain(pairs, singles) for address in row)
