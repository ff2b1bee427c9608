"""The shape of a region code: `52`, `52.07`, `52.07.01`, `52.07.01.2001`, and `52.07.01.2001.P01` for a block.

Codes are text. A number would turn 52.10 into 52.1. The first four levels are the ministry's (Kemendagri); a block
(peliuk) has no official code, so ours carries a letter that no official code has.
"""

import re
from typing import Literal

Level = Literal["province", "regency", "district", "village", "block"]
Kind = Literal["provinsi", "kabupaten", "kota", "kecamatan", "kelurahan", "desa", "peliuk"]

LEVELS: tuple[Level, ...] = ("province", "regency", "district", "village", "block")
LENGTH_OF_LEVEL: dict[Level, int] = {"province": 2, "regency": 5, "district": 8, "village": 13, "block": 17}
SHAPE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.[12]\d{3}(\.P\d{2})?)?)?)?", re.ASCII)
FIRST_CITY = 71  # regency numbers from 71 on are cities


class BadRegionCode(ValueError):  # noqa: N818 - reads as a sentence
    """A developer's error: the value cannot be a region code."""


def level_of(code: str) -> Level:
    """The level a code belongs to, from its shape alone."""
    if not SHAPE.fullmatch(code):
        raise BadRegionCode(
            f'region code "{code}" has another shape; expected like '
            '"52", "52.07", "52.07.01", "52.07.01.2001" or "52.07.01.2001.P01" (regions.code)'
        )
    return LEVELS[code.count(".")]


def is_code(text: str) -> bool:
    """Whether a text has the shape of a region code; such a region need not exist."""
    return SHAPE.fullmatch(text) is not None


def kind_of(code: str) -> Kind:
    """Province, kabupaten or kota, kecamatan, kelurahan or desa, peliuk: the code says which."""
    level = level_of(code)
    if level == "regency":
        return "kota" if int(code[3:5]) >= FIRST_CITY else "kabupaten"
    if level == "village":
        return "kelurahan" if code[9] == "1" else "desa"
    kinds: dict[Level, Kind] = {"province": "provinsi", "district": "kecamatan", "block": "peliuk"}
    return kinds[level]


def parent_of(code: str) -> str | None:
    """The code one level up, or None above a province."""
    level_of(code)
    return code.rpartition(".")[0] or None


def ancestors_of(code: str) -> list[str]:
    """Codes from the province down to the parent."""
    parts = code.split(".")
    level_of(code)
    return [".".join(parts[:count]) for count in range(1, len(parts))]


def is_under(code: str, ancestor: str) -> bool:
    """Whether a code is the ancestor itself or lies in its subtree."""
    return code == ancestor or code.startswith(ancestor + ".")
