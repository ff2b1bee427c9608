"""Printed documents: data in, a tagged PDF (PDF/UA-1) out, set in our own type."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "Plus Jakarta Sans"
SOURCE = "@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2"
WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
FAMILY_NAMES, STYLE_NAMES, FULL_NAME, POSTSCRIPT_NAME = (1, 16), (2, 17), 4, 6


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """The document a typst file makes of `data`, which it reads as `json(bytes(sys.inputs.data))`."""
    made: bytes = typst.compile(
        str(template),
        format="pdf",
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    return made


def fonts() -> Path:
    """The folder of static faces; made when it is not there yet. typst reads neither woff2 nor variable fonts."""
    folder: Path = settings.LUMBUNG_FONTS
    for style, weight in WEIGHTS.items():
        target = folder / f"PlusJakartaSans-{style}.ttf"
        if not target.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _make_face(settings.LUMBUNG_NODE_MODULES / SOURCE, style, weight, target)
    return folder


def _make_face(source: Path, style: str, weight: int, target: Path) -> None:
    face = instancer.instantiateVariableFont(TTFont(source), {"wght": weight})
    face.flavor = None
    names = face["name"]
    for wanted, words in ((FAMILY_NAMES, FAMILY), (STYLE_NAMES, style)):
        for number in wanted:
            names.setName(words, number, 3, 1, 0x409)
    names.setName(f"{FAMILY} {style}", FULL_NAME, 3, 1, 0x409)
    names.setName(f"PlusJakartaSans-{style}", POSTSCRIPT_NAME, 3, 1, 0x409)
    face["OS/2"].usWeightClass = weight
    # Written beside and renamed: a second process never reads half a font.
    handle, unfinished = tempfile.mkstemp(dir=target.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        face.save(file)
    Path(unfinished).replace(target)
