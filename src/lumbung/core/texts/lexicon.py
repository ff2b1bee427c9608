"""Stop words and the civic word list. An installation adds its own words in LUMBUNG_HOME/kata-setempat.csv."""

import csv
from functools import lru_cache
from pathlib import Path

from django.conf import settings

DATA = Path(__file__).parent / "data"
LOCAL_FILE = "kata-setempat.csv"


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words that say nothing about what a text is about."""
    lines = (DATA / "stop_words.txt").read_text().splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=4)
def _civic_words(local: Path, _changed_at: float) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for path in (DATA / "civic_words.csv", local):
        if path.exists():
            with path.open(newline="", encoding="utf-8") as file:
                known.update({row["word"].strip(): tuple(row["means"].split()) for row in csv.DictReader(file)})
    return known


def civic_words() -> dict[str, tuple[str, ...]]:
    """Short form → the words it stands for; the installation's own file wins and is read again when it changes."""
    local = settings.LUMBUNG_HOME / LOCAL_FILE
    return _civic_words(local, local.stat().st_mtime if local.exists() else 0.0)
