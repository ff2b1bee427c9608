"""Turning an upload into two clean pictures, in a child process with limits. Touches no database and no folder."""

import json
import signal
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.files import inspection, uploads

DECODER = Path(__file__).with_name("decoder.py")
MAX_UPLOAD_BYTES = uploads.KEPT_BYTES_A_FILE
MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one photo may cost. Measured: a 108-megapixel JPEG needs about 0.5 s and far less than this memory."""

    memory_bytes: int = 300 * 1024 * 1024
    cpu_seconds: int = 8
    wall_seconds: float = 15.0
    png_pixels: int = 20 * MEGA
    webp_pixels: int = 12 * MEGA
    jpeg_pixels: int = 120 * MEGA
    progressive_pixels: int = 50 * MEGA
    display_side: int = 1600
    thumbnail_side: int = 320


LIMITS = Limits()
AT_ONCE = 2
WAIT_SECONDS = 20.0
_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Picture:
    """One encoded picture."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """What is left of an upload: the picture to look at and its thumbnail. Both JPEG, upright, without metadata."""

    display: Picture
    thumbnail: Picture


def clean_photo(data: bytes, *, size: int | None = None, limits: Limits = LIMITS) -> CleanPhoto:
    """Decode an upload and drop everything but its picture, or refuse with a sentence that says what to do.

    size    bytes that were sent, when more were sent than kept in `data`
    """
    _refuse_by_look(data, len(data) if size is None else size)
    # Each child may take 300 MB: two at a time in one server process, the others wait their turn.
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise Refused(
            "photos-busy",
            _("Many photos are being processed right now. What you typed is kept; send the photo again in a minute."),
            field="photos",
        )
    try:
        answer = _ask_child(data, limits)
    finally:
        _places.release()
    head, _newline, body = answer.partition(b"\n")
    told = json.loads(head)
    if "refused" in told:
        raise _refusal(told)
    return _pictures(told["pictures"], body)


def _refuse_by_look(data: bytes, size: int) -> None:
    if size == 0:
        raise Refused("photo-empty", _("The file is empty (0 bytes). Choose the photo again."), field="photos")
    if size > min(MAX_UPLOAD_BYTES, len(data)):
        raise Refused(
            "photo-too-large",
            _("The file is larger than %(limit)s MB. Choose a smaller photo, or lower the resolution of the camera."),
            field="photos",
            limit=MAX_UPLOAD_BYTES // MEGA,
        )
    kind = inspection.kind_of(data)
    if kind == "heic":
        raise Refused(
            "photo-is-heic",
            _(
                "This is a HEIC photo, which not everyone can open. Send it as JPEG: on an iPhone choose Settings › "
                "Camera › Formats › “Most Compatible” and take it again, or share the photo as JPEG."
            ),
            field="photos",
        )
    if kind == "other":
        raise Refused(
            "not-a-photo",
            _("This file is not a JPEG, PNG or WebP photo. Choose a photo from the gallery or the camera."),
            field="photos",
        )
    if inspection.hides_another_file(data):
        raise Refused(
            "photo-hides-a-file",
            _("This file is a photo with another file inside. Send the photo as the camera took it."),
            field="photos",
        )


def _ask_child(data: bytes, limits: Limits) -> bytes:
    command = [sys.executable, "-I", "-B", str(DECODER), json.dumps(asdict(limits))]
    try:
        # No environment: keys and passwords of the server are not the child's business.
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own file
            command, input=data, capture_output=True, timeout=limits.wall_seconds, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _out_of_time() from error
    if done.returncode in {-signal.SIGKILL, -signal.SIGXCPU}:
        raise _out_of_time()  # its limit of processor time
    if done.returncode < 0:
        return b'{"refused": "corrupt"}\n'  # the picture crashed its reader, as only a damaged or hostile one does
    return done.stdout or b'{"refused": "memory"}\n'


def _out_of_time() -> Refused:
    return Refused(
        "photo-out-of-time",
        _("The photo took too long to read. Take it again with a lower resolution, or choose another one."),
        field="photos",
    )


def _refusal(told: dict[str, Any]) -> Refused:
    if told["refused"] == "pixels":
        return Refused(
            "photo-too-many-pixels",
            _(
                "The photo has %(megapixels)s megapixels; at most %(limit)s are accepted for this kind of file. "
                "Lower the resolution of the camera."
            ),
            field="photos",
            megapixels=told["pixels"] // MEGA,
            limit=told["limit"] // MEGA,
        )
    if told["refused"] == "memory":
        return Refused(
            "photo-too-heavy",
            _("The photo needs too much memory to be read. Lower the resolution of the camera, or choose another one."),
            field="photos",
        )
    return Refused(
        "photo-corrupt",
        _("The photo cannot be read: the file is damaged or incomplete. Choose it again, or choose another one."),
        field="photos",
    )


def _pictures(sizes: list[dict[str, int]], body: bytes) -> CleanPhoto:
    display, thumbnail = sizes
    middle = display["bytes"]
    return CleanPhoto(
        display=Picture(body[:middle], display["width"], display["height"]),
        thumbnail=Picture(body[middle : middle + thumbnail["bytes"]], thumbnail["width"], thumbnail["height"]),
    )
