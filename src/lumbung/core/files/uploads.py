"""Receiving files: in memory only, up to a limit, and without their names.

A photo's name and metadata can say who took it and where. An upload therefore never touches the disk before it
was cleaned, so that a killed server leaves no original behind.
"""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

KEPT_BYTES_A_FILE = 10_000_000
KEPT_BYTES_A_REQUEST = 60_000_000
NAME = "file"


class NamelessUploadHandler(FileUploadHandler):
    """Keeps each file up to the limit, counts the rest, forgets its name.

    A file with more bytes than were kept says so by its `size`; whoever takes it must refuse it by that.
    """

    kept_bytes = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.buffer = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        fits = start + len(raw_data) <= KEPT_BYTES_A_FILE
        if fits and self.kept_bytes + len(raw_data) <= KEPT_BYTES_A_REQUEST:
            self.buffer.write(raw_data)
            self.kept_bytes += len(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        self.buffer.seek(0)
        return InMemoryUploadedFile(
            file=self.buffer,
            field_name=self.field_name,
            name=NAME,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
