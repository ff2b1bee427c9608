"""Stop words, the civic word list and the synonyms.

An installation adds its own words in LUMBUNG_HOME/kata-setempat.csv and its own synonyms in sinonim-setempat.csv.
"""

import csv
from functools import lru_cache
from pathlib import Path

from django.conf import settings

DATA = Path(__file__).parent / "data"
LOCAL_FILE = "kata-setempat.csv"
LOCAL_SYNONYMS = "sinonim-setempat.csv"
STOP_WORDS = {"id": "stop_words.txt", "en": "stop_words_en.txt"}
# Indonesian as titles and metadata have it, where a courtesy of letters may be the subject.
TITLES = "id-titles"


@lru_cache(maxsize=8)
def _listed(name: str) -> frozenset[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def stop_words(language: str = "id") -> frozenset[str]:
    """Words that say nothing about what a text is about."""
    if language == TITLES:
        return _listed(STOP_WORDS["id"]) - _listed("kept_in_titles.txt")
    return _listed(STOP_WORDS[language])


@lru_cache(maxsize=1)
def unlike_stems() -> dict[str, str]:
    """Words the stemmer would take for the family of another word → what they are found by instead."""
    with (DATA / "unlike_stems.csv").open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["word"]: row["stem"] for row in rows}


def weak_words() -> frozenset[str]:
    """Words of a question that name the kind of answer, not its subject."""
    return _listed("weak_words.txt")


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


@lru_cache(maxsize=4)
def _synonyms(local: Path, _changed_at: float) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    for path in (DATA / "synonyms.csv", local):
        if path.exists():
            with path.open(newline="", encoding="utf-8") as file:
                rows = csv.DictReader(line for line in file if not line.startswith("#"))
                found += [tuple(word.strip() for word in row["words"].split(";") if word.strip()) for row in rows]
    return tuple(found)


def synonyms() -> tuple[tuple[str, ...], ...]:
    """Sets of words and phrases that mean the same, in either language; the installation's own sets are added."""
    local = settings.LUMBUNG_HOME / LOCAL_SYNONYMS
    return _synonyms(local, local.stat().st_mtime if local.exists() else 0.0)
