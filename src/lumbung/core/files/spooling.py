"""Receiving large tables: on disk instead of in memory, for signed-in people and one field only.

What else is uploaded stays with `uploads.py`, in memory and nameless: photos may tell who took them, tables of offices
are meant to be published.
"""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

FIELD = "table_file"
SENT_FIELD = "upload"  # as CKAN calls it
KEPT_BYTES = 300_000_000
FOLDER = ".incoming"


class TableUploadHandler(FileUploadHandler):
    """Writes one file of up to the limit below the datasets' folder; a larger one says so by its size."""

    file: TemporaryUploadedFile | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = None
        if not self.takes():
            return
        folder = Path(settings.LUMBUNG_DATASETS) / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self.file = _Spooled(self.file_name or FIELD, folder)
        raise StopFutureHandlers

    def takes(self) -> bool:
        """Whether this file may lie on the disk: the one field, of somebody who signed in."""
        user = getattr(self.request, "user", None)
        return self.field_name == FIELD and user is not None and user.is_authenticated

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.file is None:
            return raw_data
        if start + len(raw_data) <= KEPT_BYTES:
            self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if self.file is None:
            return None
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        if self.file is not None:
            self.file.close()


class SentTableUploadHandler(TableUploadHandler):
    """The same for a program whose key the view has looked at before it reads the form."""

    def takes(self) -> bool:
        return self.field_name == SENT_FIELD


class _Spooled(TemporaryUploadedFile):
    """A temporary file in a folder of ours, so that keeping it is a rename; closed, it is gone unless it was moved."""

    def __init__(self, name: str, folder: Path) -> None:
        kept = tempfile.NamedTemporaryFile(suffix=".upload", dir=folder)  # noqa: SIM115 - closed by Django with the request
        UploadedFile.__init__(self, kept, name, "application/octet-stream", 0, None)


def path_of(uploaded: Any) -> Path:
    """Where the bytes of a spooled file lie. They may be moved away; else they go with the request."""
    return Path(uploaded.temporary_file_path())


def is_too_large(uploaded: Any) -> bool:
    """Whether more was sent than was kept."""
    return int(uploaded.size) > KEPT_BYTES
