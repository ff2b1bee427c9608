"""Runs as a process of its own, with limits, and knows nothing of Lumbung: a photo in, two clean JPEGs out.

Started by `decoding.py` as `python -I decoder.py '{"memory_bytes": …}'`. Reads the photo from stdin. Writes one line
of JSON to stdout, then the bytes it announces. Nothing of the original but its picture leaves this process.
"""

import io
import json
import resource
import sys
from typing import Any

from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP")
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class TooManyPixels(Exception):  # noqa: N818 - read as a sentence
    """The photo has more pixels than this process could hold."""

    def __init__(self, pixels: int, limit: int) -> None:
        super().__init__(pixels, limit)
        self.pixels = pixels
        self.limit = limit


def limit_this_process(*, memory_bytes: int, cpu_seconds: int) -> None:
    """From here on: so much memory and time, no file written, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def open_photo(data: bytes, limits: dict[str, int]) -> Image.Image:
    """The first picture of the file, its size checked before any pixel is decoded. Frames are never sought."""
    # Our own limits below are stricter, and differ by format.
    Image.MAX_IMAGE_PIXELS = None
    photo = Image.open(io.BytesIO(data), formats=FORMATS)
    pixels, limit = photo.width * photo.height, limits[_limit_of(photo)]
    if pixels > limit:
        raise TooManyPixels(pixels, limit)
    return photo


def _limit_of(photo: Image.Image) -> str:
    # Many cameras write MPO, a JPEG with further pictures behind the first.
    if photo.format not in {"JPEG", "MPO"}:
        return "webp_pixels" if photo.format == "WEBP" else "png_pixels"
    # A progressive JPEG keeps every coefficient in memory, whatever the scale.
    return "progressive_pixels" if photo.info.get("progressive") else "jpeg_pixels"


def clean_picture(photo: Image.Image, side: int) -> Image.Image:
    """A new picture: upright, opaque, at most `side` pixels long, and without a word about where it came from."""
    turn = _turn_of(photo)
    photo.draft("RGB", (side, side))  # JPEG only: decodes at 1/2, 1/4 or 1/8, never below `side`
    photo.load()
    if photo.mode not in {"RGB", "L", "RGBA", "LA"}:
        photo = photo.convert("RGBA" if "transparency" in photo.info else "RGB")
    photo.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if turn is not None:
        photo = photo.transpose(turn)
    # A fresh canvas: comment, profile, EXIF and XMP stay behind with the old one.
    canvas = Image.new("RGB", photo.size, "white")
    canvas.paste(photo, mask=photo.getchannel("A") if photo.mode in {"RGBA", "LA"} else None)
    return canvas


def _turn_of(photo: Image.Image) -> Image.Transpose | None:
    try:
        return TURNS.get(photo.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - a broken EXIF block is no reason to refuse the picture
        return None


def as_jpeg(picture: Image.Image, side: int) -> dict[str, Any]:
    """The picture at most `side` long, encoded: bytes, width, height."""
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=82, optimize=True)
    return {"bytes": out.getvalue(), "width": small.width, "height": small.height}


def decode(data: bytes, wanted: dict[str, int]) -> list[dict[str, Any]]:
    """The display picture and the thumbnail."""
    picture = clean_picture(open_photo(data, wanted), wanted["display_side"])
    return [as_jpeg(picture, wanted["display_side"]), as_jpeg(picture, wanted["thumbnail_side"])]


def main() -> None:
    """Answer with the pictures, or with the name of what is wrong."""
    wanted = json.loads(sys.argv[1])
    limit_this_process(memory_bytes=wanted["memory_bytes"], cpu_seconds=wanted["cpu_seconds"])
    answer: dict[str, Any]
    pictures: list[dict[str, Any]] = []
    try:
        pictures = decode(sys.stdin.buffer.read(), wanted)
        answer = {"pictures": [{**picture, "bytes": len(picture["bytes"])} for picture in pictures]}
    except TooManyPixels as error:
        answer = {"refused": "pixels", "pixels": error.pixels, "limit": error.limit}
    except MemoryError:
        answer = {"refused": "memory"}
    except Exception:  # noqa: BLE001 - whatever a hostile file provokes means: not readable
        answer = {"refused": "corrupt"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    for picture in pictures:
        sys.stdout.buffer.write(picture["bytes"])
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
