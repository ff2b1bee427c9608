"""What a file is by its first bytes, whatever its name says. Pure; decodes nothing."""

import io
import zipfile
from typing import Literal

Kind = Literal["photo", "heic", "other"]

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"}
WINDOW_BYTES = 64 * 1024
# What makes a browser or a reader take a picture for a document. Looked for outside the coded picture only, where
# chance does not write words: in the first and last 64 kB.
OTHER_DOCUMENTS = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?php", b"%pdf-", b"javascript:")


def kind_of(data: bytes) -> Kind:
    """A photo we take, a HEIC photo, or something else."""
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "photo"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "heic"
    return "other"


def hides_another_file(data: bytes) -> bool:
    """Whether the photo can also be read as a page, a script, a PDF or an archive."""
    edges = data[:WINDOW_BYTES].lower() + b"\n" + data[-WINDOW_BYTES:].lower()
    return any(mark in edges for mark in OTHER_DOCUMENTS) or zipfile.is_zipfile(io.BytesIO(data))
