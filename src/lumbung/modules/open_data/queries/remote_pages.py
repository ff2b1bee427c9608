"""Asking another portal for a page of its catalogue: safely fetched, read in a limited process. Nothing is kept."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from lumbung.core.files import fetching
from lumbung.core.files.fetching import Manner, NotFetched
from lumbung.modules.open_data.models import HarvestSource
from lumbung.modules.open_data.remote import ckan, lumbung, parsing
from lumbung.modules.open_data.remote.records import Page
from lumbung.modules.open_data.remote.rules import rules

SECONDS = 30.0
LOG_NOT_SIGNED = "log-not-signed-yet"
Kind = HarvestSource.Kind
ACCEPTED = {
    Kind.CKAN: "application/json",
    Kind.LUMBUNG: "application/json",
    Kind.DATA_PACKAGE: "application/json",
    Kind.DCAT: "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8",
    Kind.CSV_LIST: "text/csv, text/plain;q=0.9",
}
# What people paste instead of the address of the portal.
ENDS = {
    Kind.CKAN: ("/api/3/action", "/api/3", "/api", "/dataset"),
    Kind.LUMBUNG: (f"/data/{lumbung.DOCUMENT}", "/data"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One page, or that nothing has changed; with the marks to ask by the next time."""

    page: Page
    is_same: bool
    etag: str = ""
    modified: str = ""


def base_of(kind: str, typed: str) -> str:
    """The address of a portal as it is kept: without what leads deeper into it."""
    address = typed.strip()
    for end in ENDS.get(Kind(kind), ()):
        address = address.rstrip("/").removesuffix(end)
    return address.rstrip("/") if kind in ENDS else address


def first_address(kind: str, base: str) -> str:
    """Where the first page stands."""
    if kind == Kind.CKAN:
        return ckan.address_of(base, 0)
    return lumbung.address_of(base) if kind == Kind.LUMBUNG else base


def refuse_address(address: str) -> None:
    """Raise NotFetched where the address could never be fetched, by its form alone."""
    parts = urlsplit(address)
    if f"{parts.hostname}:{parts.port}" not in settings.LUMBUNG_HARVEST_INSIDE:
        fetching.refuse_address(address)


def is_allowed(address: str, port: int) -> bool:
    """Public addresses, and those inside our own network an administrator has named."""
    return fetching.is_public(address, port) or f"{address}:{port}" in settings.LUMBUNG_HARVEST_INSIDE


def is_beside(address: str, other: str) -> bool:
    """Whether both stand at the same host: a catalogue does not send us elsewhere for its next page."""
    return urlsplit(address)[:2] == urlsplit(other)[:2]


def reason_of(kind: str, error: NotFetched) -> str:
    """Why there was no answer, by the code harvests say it with; another Lumbung may only not be signed yet."""
    is_young = kind == Kind.LUMBUNG and f'"{lumbung.NOT_SIGNED_YET}"'.encode() in error.said
    return LOG_NOT_SIGNED if is_young else error.reason


def ask(kind: str, base: str, address: str, *, etag: str = "", modified: str = "", seconds: float = SECONDS) -> Answer:
    """One page; raises NotFetched or Unreadable."""
    agent = f"Lumbung (harvest; {settings.LUMBUNG_URL})"
    found = fetching.fetch(
        address,
        is_allowed=is_allowed,
        most_bytes=rules().page_bytes,
        seconds=seconds,
        manner=Manner(agent, ACCEPTED[Kind(kind)], etag, modified),
    )
    if found.is_same:
        return Answer(Page(), is_same=True, etag=etag, modified=modified)
    page = parsing.read(kind, found.content, **_told(kind, base, address, found))
    return Answer(page, is_same=False, etag=found.etag, modified=found.modified)


def _told(kind: str, base: str, address: str, found: fetching.Fetched) -> dict[str, str | int]:
    if kind == Kind.CKAN:
        return {"base": base, "start": int(parse_qs(urlsplit(address).query).get("start", ["0"])[0])}
    if kind == Kind.DCAT:
        return {"base": found.address, "mime": found.mime}
    return {"base": found.address}
