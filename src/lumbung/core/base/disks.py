"""What stays on the disk when the power goes."""

import os
from pathlib import Path


def settle(path: Path) -> None:
    """The bytes of a file, or the names in a folder, are on disk for good once this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(part: Path, target: Path) -> None:
    """A finished file under the name it is known by: whole there, or what stood there before."""
    settle(part)
    part.replace(target)
    settle(target.parent)
