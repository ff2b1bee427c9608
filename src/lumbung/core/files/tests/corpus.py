"""Good and hostile files, made here so that none is kept in the repository."""

import io
import struct
import zipfile
import zlib
from functools import cache

from PIL import Image

from lumbung.core.base.errors import Refused
from lumbung.core.files import decoding

CANARY = "KANARI-7731"
SECRETS = (CANARY.encode(), b"Exif\x00\x00", b"GPS", b"xmp", b"Canary Phone", b"ICC_PROFILE")


def picture(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A picture with something to see in it: a gradient."""
    ramp = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (ramp, ramp.transpose(Image.Transpose.ROTATE_180), ramp)).convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(width: int = 800, height: int = 600, **options: object) -> bytes:
    return encoded(picture(width, height), "JPEG", **options)


def telling_jpeg() -> bytes:
    """A phone's photo that says where, when and with what it was taken, in every place a JPEG has for it."""
    exif = Image.Exif()
    exif[0x010E], exif[0x010F], exif[0x013B] = CANARY, "Canary Phone", CANARY
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "S", (8.0, 45.0, 12.5), "E", (116.0, 51.0, 3.25)
    gps[29] = CANARY
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{CANARY}</x:xmpmeta>'.encode()
    return jpeg(exif=exif, comment=CANARY.encode(), xmp=xmp, icc_profile=b"\x00" * 200 + CANARY.encode())


def telling_png() -> bytes:
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    words = PngInfo()
    words.add_text("Author", CANARY)
    words.add_itxt("XML:com.adobe.xmp", CANARY)
    return encoded(picture(), "PNG", pnginfo=words)


def motion_photo() -> bytes:
    """A JPEG with a short film behind it, as many phones write it: a photo like any other."""
    return jpeg() + b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 5000


def mpo() -> bytes:
    """Two pictures in one JPEG, as cameras with depth write them."""
    out = io.BytesIO()
    picture().save(out, "MPO", save_all=True, append_images=[picture(400, 300)])
    return out.getvalue()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def flat_png(width: int, height: int, extra: bytes = b"") -> bytes:
    """A small file of one bit a pixel, of any size when unpacked."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = (b"\x00" * (1 + (width + 7) // 8)) * height if width * height <= 200_000_000 else b""
    body = zlib.compress(rows, 1)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + extra + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A small picture whose comment unpacks to 200 MB."""
    return flat_png(100, 100, _chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"\x00" * 200_000_000, 9)))


def jpeg_with_page() -> bytes:
    return jpeg(comment=b"<html><script>alert(document.domain)</script></html>")


def jpeg_with_page_behind() -> bytes:
    return jpeg() + b"\n<!DOCTYPE html><body onload=alert(1)>"


def jpeg_with_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.sh", "echo")
    return jpeg() + out.getvalue()


def jpeg_of_200_megapixels() -> bytes:
    return encoded(Image.new("L", (20_000, 10_000), 128), "JPEG", quality=30)


def webp(width: int = 800, height: int = 600) -> bytes:
    return encoded(picture(width, height), "WEBP")


def svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def heic() -> bytes:
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 4000


# What is sent: how it is made, and the code of the refusal it meets.
HOSTILE = {
    "twelve megabytes": (lambda: jpeg() + b"\x00" * 12_000_000, "photo-too-large"),
    "zero bytes": (lambda: b"", "photo-empty"),
    "truncated jpeg": (lambda: jpeg()[:9000], "photo-corrupt"),
    "truncated png": (lambda: encoded(picture(), "PNG")[:2000], "photo-corrupt"),
    "truncated webp": (lambda: webp()[:600], "photo-corrupt"),
    "jpeg of noise": (lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40, "photo-corrupt"),
    "jpeg with a page in its comment": (jpeg_with_page, "photo-hides-a-file"),
    "jpeg with a page behind": (jpeg_with_page_behind, "photo-hides-a-file"),
    "jpeg with an archive behind": (jpeg_with_archive, "photo-hides-a-file"),
    "svg": (svg, "not-a-photo"),
    "page": (lambda: b"<!doctype html><script>alert(1)</script>", "not-a-photo"),
    "pdf": (lambda: b"%PDF-1.7\n" + b"0" * 400, "not-a-photo"),
    "gif": (lambda: encoded(picture(), "GIF"), "not-a-photo"),
    "tiff": (lambda: encoded(picture(), "TIFF"), "not-a-photo"),
    "heic": (heic, "photo-is-heic"),
    "png of 200 megapixels": (lambda: flat_png(20_000, 10_000), "photo-too-many-pixels"),
    "png of four gigapixels": (lambda: flat_png(65_000, 65_000), "photo-too-many-pixels"),
    "jpeg of 200 megapixels": (jpeg_of_200_megapixels, "photo-too-many-pixels"),
    "webp of 16 megapixels": (lambda: webp(4000, 4000), "photo-too-many-pixels"),
    "text bomb": (text_bomb, "photo-corrupt"),
}


@cache
def hostile(name: str) -> bytes:
    return HOSTILE[name][0]()


@cache
def refusal_of(name: str) -> Refused:
    """How the decoder refuses it."""
    try:
        decoding.clean_photo(hostile(name))
    except Refused as refused:
        return refused
    raise AssertionError(f"{name} was taken for a photo")
