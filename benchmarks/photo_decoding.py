"""What one photo costs: time and peak memory of the decoding child, for the photos of ordinary and large phones.

Run: python benchmarks/photo_decoding.py
"""

import io
import json
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from PIL import Image

from lumbung.core.files.decoding import DECODER, LIMITS

TILE = 512
# The child's own peak: a plain getrusage would count the pages it shared with its parent while starting.
WRAPPED = (
    "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__');"
    "print([line for line in open('/proc/self/status') if line.startswith('VmHWM')][0], file=sys.stderr)"
)


def textured(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture as hard to code as a leafy street: noise over a ramp, tiled."""
    noise = Image.effect_noise((TILE, TILE), 40)
    tile = Image.merge("RGB", (noise, noise.rotate(90), Image.linear_gradient("L").resize((TILE, TILE))))
    whole = Image.new("RGB", (width, height))
    for x in range(0, width, TILE):
        for y in range(0, height, TILE):
            whole.paste(tile, (x, y))
    return whole.convert(mode)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def measure(data: bytes) -> tuple[float, int, str]:
    """Seconds from start to answer, peak memory in kB, and what the child said."""
    command = [sys.executable, "-I", "-c", WRAPPED, str(DECODER), json.dumps(asdict(LIMITS))]
    start = time.perf_counter()
    done = subprocess.run(command, input=data, capture_output=True, env={}, cwd="/", check=False)
    seconds = time.perf_counter() - start
    peak = [word for word in done.stderr.decode().split() if word.isdigit()]
    return seconds, int(peak[0]) if peak else 0, done.stdout.split(b"\n", 1)[0].decode()[:60]


def cases() -> dict[str, bytes]:
    """The photos measured."""
    return {
        "JPEG 12 MP (ordinary phone)": encoded(textured(4000, 3000), "JPEG", quality=85),
        "JPEG 48 MP": encoded(textured(8000, 6000), "JPEG", quality=85),
        "JPEG 108 MP": encoded(textured(12_000, 9000), "JPEG", quality=85),
        "JPEG 48 MP progressive": encoded(textured(8000, 6000), "JPEG", quality=85, progressive=True),
        "PNG 20 MP with transparency": encoded(textured(5000, 4000, "RGBA"), "PNG", compress_level=1),
        "WebP 12 MP": encoded(textured(4000, 3000), "WEBP", quality=80, method=0),
    }


def main() -> None:
    """Print one line a photo."""
    print(f"limits: {LIMITS.memory_bytes >> 20} MB address space, {LIMITS.cpu_seconds} s CPU ({Path(DECODER).name})")
    for name, data in cases().items():
        runs = sorted(measure(data) for _ in range(3))
        seconds, peak_kb, said = runs[1]
        print(f"{name:30} {len(data) / 1e6:6.1f} MB file  {seconds:5.2f} s  peak {peak_kb / 1024:5.0f} MB  {said}")


if __name__ == "__main__":
    main()
