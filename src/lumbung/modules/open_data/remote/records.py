"""One dataset of another portal, in one form whatever the portal speaks; and pages of them.

    {"identity", "name", "title": {"id", "en"}, "summary": {"id", "en"}, "publisher", "page", "licence", "frequency",
     "access": open, restricted or excluded, "topics": […], "place", "period": {"from", "to"}, "modified",
     "keywords": […], "files": [{"title", "format", "url", "bytes", "sha256"}], "proof": {…} only of another Lumbung}

Only what is shown is kept, so that a counter or a rank that moves over there is no change here.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

# Counted up when the same answer is read in another way, so that every dataset is taken anew.
WAY_OF_READING = 1
MOST_IDENTITY, MOST_TITLE, MOST_SUMMARY, MOST_LINE, MOST_ADDRESS = 500, 200, 500, 200, 1000
MOST_KEYWORDS, MOST_FILES, MOST_KEYWORD = 30, 100, 60
MOST_RECORD = 64_000
MOST_BYTES = 9_000_000_000_000_000
TAG = re.compile(r"<[^<>]{0,500}>")
CONTROLS = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]+")
SPACES = re.compile(r"\s+")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SHA256 = re.compile(r"[0-9a-f]{64}")
# Media types of the usual files, by their last word.
SHORT = {
    "VND.OPENXMLFORMATS-OFFICEDOCUMENT.SPREADSHEETML.SHEET": "XLSX",
    "VND.MS-EXCEL": "XLS",
    "VND.OASIS.OPENDOCUMENT.SPREADSHEET": "ODS",
    "VND.APACHE.PARQUET": "PARQUET",
    "GEO+JSON": "GEOJSON",
    "PLAIN": "TXT",
}
CLOSED = ("restricted", "excluded")
Record = dict[str, Any]


class Unreadable(Exception):  # noqa: N818 - reads as a sentence
    """The whole answer cannot be used. `code` is one of those `harvest_words` has a sentence for."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unfit(Exception):  # noqa: N818 - reads as a sentence
    """One dataset of an answer cannot be used."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Refused:
    """A dataset that is not taken, and why."""

    identity: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    """What one answer holds. `next` is the address of the page after it, empty at the end."""

    records: tuple[Record, ...] = ()
    refused: tuple[Refused, ...] = ()
    next: str = ""
    total: int | None = None
    # Of another Lumbung: the signed checkpoint its proofs lead to.
    checkpoint: str = ""

    def to_json(self) -> dict[str, Any]:
        """The page as it goes through a pipe."""
        return asdict(self)

    @staticmethod
    def from_json(told: Mapping[str, Any]) -> "Page":
        """The same page on the other side."""
        refused = tuple(Refused(**each) for each in told["refused"])
        return Page(tuple(told["records"]), refused, told["next"], told["total"], told["checkpoint"])


@dataclass(slots=True)
class Gathered:
    """Records and refusals as they are found, each identity once."""

    records: list[Record] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Keep one; raises Unfit where it says more than is kept."""
        if len(json.dumps(record)) > MOST_RECORD:
            raise Unfit("too-long")
        self.records.append(record)

    def refuse(self, why: str, *, identity: Any = "", title: Any = "") -> None:
        """Name one that is not kept."""
        self.refused.append(Refused(text(identity, MOST_IDENTITY), text(title, MOST_TITLE), why))

    def page(self, following: str = "", total: int | None = None, checkpoint: str = "") -> Page:
        """What was found."""
        return Page(tuple(self.records), tuple(self.refused), following, total, checkpoint)


def record(
    *,
    identity: Any,
    title: Mapping[str, Any],
    base: str,
    summary: Mapping[str, Any] | None = None,
    name: Any = "",
    publisher: Any = "",
    page: Any = "",
    licence: Any = "",
    access: Any = "",
    frequency: Any = "",
    topics: Iterable[Any] = (),
    place: Any = "",
    period: tuple[Any, Any] = ("", ""),
    modified: Any = "",
    keywords: Iterable[Any] = (),
    files: Iterable[Mapping[str, Any]] = (),
) -> Record:
    """One record in the form above, cleaned and cut to what can be kept; raises Unfit."""
    known = text(identity, MOST_IDENTITY + 1)
    titles = _both(title, MOST_TITLE)
    if not known or len(known) > MOST_IDENTITY:
        raise Unfit("no-identity")
    if not titles["id"]:
        raise Unfit("no-title")
    return {
        "identity": known,
        "name": text(name, MOST_LINE),
        "title": titles,
        "summary": _both(summary or {}, MOST_SUMMARY),
        "publisher": text(publisher, MOST_LINE),
        "page": address(page, base),
        "licence": text(licence, MOST_LINE),
        "access": access if access in CLOSED else "open",
        "frequency": text(frequency, MOST_LINE),
        "topics": [topic for each in topics if (topic := text(each, MOST_LINE))][:MOST_KEYWORDS],
        "place": text(place, 13),
        "period": _period(*period),
        "modified": day(modified),
        "keywords": _keywords(keywords),
        "files": [found for each in files if (found := _file(each, base))][:MOST_FILES],
    }


def text(value: Any, most: int) -> str:
    """A text without tags, controls and doubled spaces, cut at a word."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    told = str(value)[: most * 20]
    plain = CONTROLS.sub(" ", html.unescape(TAG.sub(" ", told)))
    short = SPACES.sub(" ", plain).strip()
    if len(short) <= most:
        return short
    return f"{short[: most - 1].rpartition(' ')[0] or short[: most - 1]}…"


def address(value: Any, base: str) -> str:
    """A whole address of http or https, or nothing: other schemes are never linked to."""
    if not isinstance(value, str) or not value.strip():
        return ""
    try:
        whole = urljoin(base, value.strip())
        parts = urlsplit(whole)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username and not parts.password
        fits = fits and parts.port != 0 and parts.netloc.isascii()
        # As programs write it: a sign no address may hold, or a letter beyond ASCII, is written as its bytes.
        written = quote(whole, safe="%/:?#[]@!$&'()*+,;=~-._")
    except ValueError:
        return ""
    return written if fits and len(written) <= MOST_ADDRESS else ""


def day(value: Any) -> str:
    """The day of a date or moment as ISO writes it, or nothing."""
    found = DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found.group()).isoformat() if found else ""
    except ValueError:
        return ""


def sha256_of(told: Record) -> str:
    """The fingerprint by which a change is noticed."""
    written = json.dumps([WAY_OF_READING, told], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def parsed(content: bytes) -> Any:
    """JSON, or a refusal; depth is limited by the interpreter, size by whoever fetched it."""
    try:
        return json.loads(content)
    except RecursionError as error:
        raise Unreadable("json-too-deep") from error
    except ValueError as error:
        raise Unreadable("not-json") from error


def _both(words: Mapping[str, Any], most: int) -> dict[str, str]:
    indonesian, english = text(words.get("id"), most), text(words.get("en"), most)
    return {"id": indonesian or english, "en": english}


def _period(first: Any, last: Any) -> dict[str, str]:
    found = [part if isinstance(part, str) and PERIOD.fullmatch(part) else "" for part in (first, last)]
    return {"from": found[0], "to": found[1]} if all(found) else {}


def _keywords(words: Iterable[Any]) -> list[str]:
    found = dict.fromkeys(text(word, MOST_KEYWORD) for word in words)
    return [word for word in found if word][:MOST_KEYWORDS]


def _file(told: Mapping[str, Any], base: str) -> dict[str, Any] | None:
    url = address(told.get("url"), base)
    if not url:
        return None
    named = text(told.get("format"), MOST_ADDRESS).rpartition("/")[2].removeprefix(".").upper()
    kind = SHORT.get(named, named)
    size, fingerprint = told.get("bytes"), str(told.get("sha256") or "").lower().removeprefix("sha256:")
    return {
        "title": text(told.get("title"), MOST_TITLE) or kind or text(url, MOST_TITLE),
        "format": kind[:20],
        "url": url,
        "bytes": int(str(size)) if _is_size(size) else None,
        "sha256": fingerprint if SHA256.fullmatch(fingerprint) else "",
    }


def _is_size(size: Any) -> bool:
    is_number = (isinstance(size, int) and not isinstance(size, bool)) or (isinstance(size, str) and size.isdecimal())
    return is_number and len(str(size)) <= 16 and 0 < int(size) < MOST_BYTES
