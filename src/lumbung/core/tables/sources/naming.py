"""Column names from labels: small letters, digits and _, unique, the Indonesian words kept."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from lumbung.core.tables.shapes import MARK_SUFFIX

LONGEST = 60
GOOD = re.compile(r"[a-z][a-z0-9_]*\Z")
YEAR = re.compile(r"(?:19|20)\d\d\Z")
# Signs that carry meaning in a label.
WORDS = {"%": " persen ", "&": " dan ", "+": " plus ", "°": " derajat ", "±": " lebih_kurang "}


def names_of(labels: Sequence[str]) -> tuple[str, ...]:
    """One name for each label, in order; a second of the same name becomes `name_2`."""
    taken: set[str] = set()
    found = []
    for place, label in enumerate(labels, start=1):
        name = _free(name_of(label) or f"kolom_{place}", taken)
        taken |= {name, name + MARK_SUFFIX}
        found.append(name)
    return tuple(found)


def name_of(label: str) -> str:
    """ "Nama Kecamatan " → nama_kecamatan, "2024" → tahun_2024, "(%)" → persen."""
    text = label
    for sign, word in WORDS.items():
        text = text.replace(sign, word)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if len(name) > LONGEST:
        name = name[:LONGEST].rsplit("_", 1)[0] if "_" in name[:LONGEST] else name[:LONGEST]
    if name and not name[0].isalpha():
        name = f"tahun_{name}" if YEAR.match(name) else f"kolom_{name}"
    return name


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def faults_of(names: Iterable[str]) -> list[str]:
    """The confirmed names that cannot be names of columns, each once more than it may."""
    seen: set[str] = set()
    found = []
    for name in names:
        if not GOOD.match(name) or name in seen or name.endswith(MARK_SUFFIX):
            found.append(name)
        seen.add(name)
    return found
