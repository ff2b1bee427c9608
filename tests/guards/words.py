"""Sentences on the screen: complete, with named placeholders, in the words of the glossary (EYD V)."""

import re
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Message

from lumbung.site import translations
from tests.guards.tree import Problem

# (what must not appear in Indonesian, what to write instead). Whole words, upper or lower case.
FORBIDDEN = (
    (r"silahkan", "silakan"),
    (r"jum'at|jum’at", "Jumat"),
    (r"kadaluarsa|kadaluwarsa|kedaluarsa", "kedaluwarsa"),
    (r"resiko", "risiko"),
    (r"praktek", "praktik"),
    (r"ijin", "izin"),
    (r"respon", "respons"),
    (r"analisa", "analisis"),
    (r"standarisasi", "standardisasi"),
    (r"non[- ]aktif", "nonaktif"),
    (r"ko-kreasi", "kokreasi"),
    (r"submit", "kirim"),
    (r"deadline", "batas waktu"),
    (r"login|log in", "masuk"),
    (r"logout|log out", "keluar"),
    (r"tracking", "lacak"),
    (r"password", "kata sandi"),
    (r"user|username|netizen", "warga, pengguna"),
    (r"upload", "unggah"),
    (r"download", "unduh"),
    (r"file", "berkas"),
    (r"link", "tautan"),
    (r"update", "perbarui"),
    (r"error", "gangguan, kesalahan"),
    (r"dashboard", "ringkasan"),
    (r"eskalasi", "diteruskan ke pimpinan"),
    (r"distrik", "kecamatan"),
    (r"vonis|putusan", "penilaian"),
    (r"gerbang", "syarat tahapan"),
    (r"resi", "bukti pencatatan, tanda terima"),
    (r"panen data", "penarikan data antarportal"),
    (r"himpunan data", "dataset"),
    (r"basi", "belum diperbarui"),
    (r"kamu|kalian", "Anda"),
)
PATTERNS = tuple((re.compile(rf"(?<![\w-])(?:{word})(?![\w-])", re.IGNORECASE), better) for word, better in FORBIDDEN)
NAME_WITH_MARK = "SP4N-LAPOR!"  # the national channel writes itself so
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")
UNNAMED = re.compile(r"%(?:[-+#0 ]*\d*(?:\.\d+)?)[sdifr]|\{\d*\}")


def catalogue_problems() -> Iterator[Problem]:
    """Every problem of every catalogue of ours."""
    for part in translations.parts():
        yield from message_problems(part.name, translations.stored_in(part))


def message_problems(part: str, messages: Iterable[Message]) -> Iterator[Problem]:
    """Unnamed placeholders, forbidden words and exclamation marks."""
    for message in messages:
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, list | tuple) else [message.id]
        strings = message.string if isinstance(message.string, list | tuple) else [message.string]
        for text in [*sources, *strings]:
            if UNNAMED.search(PLACEHOLDER.sub("", str(text).replace("%%", ""))):
                yield Problem(part, f"{text!r}: name its placeholder, %(days)s")
        for text in strings:
            yield from sentence_problems(part, str(text))


def sentence_problems(where: str, text: str) -> Iterator[Problem]:
    """What a native public servant would not write."""
    bare = PLACEHOLDER.sub("", text)
    for pattern, better in PATTERNS:
        if pattern.search(bare):
            yield Problem(where, f"{text!r}: write “{better}” instead of “{pattern.search(bare).group()}”")
    if "!" in bare.replace(NAME_WITH_MARK, ""):
        yield Problem(where, f"{text!r}: no exclamation marks")
