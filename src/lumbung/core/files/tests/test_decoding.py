"""What comes out of an upload, and what is refused."""

import dataclasses
import io
import subprocess
import sys

import pytest
from django.utils import translation
from PIL import Image

from lumbung.core.base.errors import Refused
from lumbung.core.files import decoding
from lumbung.core.files.tests import corpus


def opened(content: bytes) -> Image.Image:
    photo = Image.open(io.BytesIO(content))
    photo.load()
    return photo


@pytest.mark.parametrize("name", sorted(corpus.HOSTILE))
def test_a_hostile_file_is_refused_for_what_it_is(name):
    refused = corpus.refusal_of(name)
    assert refused.code == corpus.HOSTILE[name][1]
    assert refused.field == "photos"
    with translation.override("en"):
        assert refused.sentence.endswith(".")


@pytest.mark.parametrize(
    "data",
    [
        corpus.jpeg(),
        corpus.encoded(corpus.picture(), "PNG"),
        corpus.encoded(corpus.picture(mode="RGBA"), "PNG"),
        corpus.encoded(corpus.picture(mode="P"), "PNG"),
        corpus.encoded(corpus.picture(mode="L"), "PNG"),
        corpus.encoded(corpus.picture(mode="1"), "PNG"),
        corpus.encoded(corpus.picture(mode="CMYK")),
        corpus.jpeg(progressive=True),
        corpus.webp(),
        corpus.motion_photo(),
        corpus.mpo(),
    ],
    ids=["jpeg", "png", "rgba", "palette", "grey", "one bit", "cmyk", "progressive", "webp", "motion photo", "mpo"],
)
def test_what_phones_and_scanners_make_becomes_two_jpegs(data):
    photo = decoding.clean_photo(data)
    assert opened(photo.display.content).format == opened(photo.thumbnail.content).format == "JPEG"
    assert (photo.display.width, photo.display.height) == opened(photo.display.content).size == (800, 600)
    assert (photo.thumbnail.width, photo.thumbnail.height) == opened(photo.thumbnail.content).size == (320, 240)


def test_a_large_photo_is_brought_to_1600_pixels():
    photo = decoding.clean_photo(corpus.jpeg(4000, 3000))
    assert (photo.display.width, photo.display.height) == (1600, 1200)


def test_a_panorama_keeps_at_least_one_pixel():
    photo = decoding.clean_photo(corpus.jpeg(12_000, 10))
    assert photo.display.width == 1600
    assert photo.thumbnail.height >= 1


@pytest.mark.parametrize(("width", "height"), [(8000, 6000), (12_000, 9000)], ids=["48 MP", "108 MP"])
def test_the_photos_of_large_phone_cameras_pass_within_the_limits(width, height):
    data = corpus.encoded(Image.new("RGB", (width, height), "teal"), quality=70)
    photo = decoding.clean_photo(data)
    assert (photo.display.width, photo.display.height) == (1600, 1200)


def test_a_photo_taken_upright_is_stored_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = decoding.clean_photo(corpus.jpeg(exif=exif))
    assert (photo.display.width, photo.display.height) == (600, 800)


def test_a_transparent_picture_gets_a_white_ground():
    photo = decoding.clean_photo(corpus.encoded(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))
    assert opened(photo.display.content).getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize("data", [corpus.telling_jpeg(), corpus.telling_png()], ids=["jpeg", "png"])
def test_place_phone_comment_and_profile_are_gone(data):
    assert corpus.CANARY.encode() in data
    photo = decoding.clean_photo(data)
    for content in (photo.display.content, photo.thumbnail.content):
        assert not [secret for secret in corpus.SECRETS if secret in content]
        assert not dict(opened(content).getexif())
        assert not {"exif", "comment", "xmp", "icc_profile"} & set(opened(content).info)


def test_a_broken_exif_block_does_not_cost_the_picture():
    data = corpus.jpeg(exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff" + b"\xff" * 40)
    assert decoding.clean_photo(data).display.width == 800


def test_a_photo_that_takes_too_long_is_stopped():
    hurried = dataclasses.replace(decoding.LIMITS, wall_seconds=0.02)
    with pytest.raises(Refused) as refused:
        decoding.clean_photo(corpus.jpeg(), limits=hurried)
    assert refused.value.code == "photo-out-of-time"


def test_a_photo_that_burns_the_processor_is_stopped():
    # One scan repeated thousands of times: a few megabytes that take minutes to decode.
    data = corpus.jpeg(4000, 3000, progressive=True)
    start = data.rindex(b"\xff\xda")
    bomb = data[:start] + data[start:-2] * 4000 + b"\xff\xd9"
    with pytest.raises(Refused) as refused:
        decoding.clean_photo(bomb[:9_000_000], limits=dataclasses.replace(decoding.LIMITS, cpu_seconds=1))
    assert refused.value.code == "photo-out-of-time"


def test_a_photo_that_needs_too_much_memory_is_stopped():
    tight = dataclasses.replace(decoding.LIMITS, memory_bytes=110 * 1024 * 1024, png_pixels=10**9)
    with pytest.raises(Refused) as refused:
        decoding.clean_photo(corpus.encoded(corpus.picture(5000, 4000, "RGBA"), "PNG"), limits=tight)
    assert refused.value.code == "photo-too-heavy"


def test_an_upload_of_which_only_a_part_was_kept_is_too_large():
    with pytest.raises(Refused) as refused:
        decoding.clean_photo(corpus.jpeg(), size=20_000_000)
    assert refused.value.code == "photo-too-large"


def test_the_child_cannot_write_a_file(tmp_path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import decoder;"
        "decoder.limit_this_process(memory_bytes=10**9, cpu_seconds=5); open(sys.argv[2], 'wb').write(b'x')"
    )
    command = [sys.executable, "-c", code, str(decoding.DECODER.parent), str(tmp_path / "out")]
    subprocess.run(command, capture_output=True, check=False)
    assert (tmp_path / "out").stat().st_size == 0
