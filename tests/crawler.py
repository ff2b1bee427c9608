"""Follows every link a role can see, bounded, and hands over each answer: for anything that must hold on every page."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

LINKS = {("a", "href"), ("link", "href"), ("img", "src"), ("script", "src"), ("source", "src"), ("iframe", "src")}
NUMBER = re.compile(r"\d+")
# Pages that show what comes from reports: one of many may leak, and not the first twelve, so all of them are asked.
SHOWING = ("/organisasi/<slug:code>/", "/rencana-aksi/<slug:slug>/", "/laporan/<str:number>/")
LEAVING = ("/akun/logout", "/en/akun/logout")


@dataclass(frozen=True)
class Page:
    """One answer: the address asked, the response, and everything it says as bytes (headers included)."""

    address: str
    response: HttpResponseBase
    said: bytes

    def holds(self, text: str) -> bool:
        """Whether the text stands anywhere in the address, the headers or the body."""
        return text.encode() in self.said or text in self.address


def crawl(
    browser: Client,
    starts: Iterable[str],
    *,
    limit: int = 400,
    depth: int = 8,
    alike: int = 400,
    within: Callable[[str], bool] = bool,
) -> Iterator[Page]:
    """Every page reachable from `starts` by links, redirects and GET forms, each once, at most `limit`.

    Every start is asked. Of the addresses met that lead to the same route, whatever stands in its places and behind
    the question mark, `alike` are, but every page of the `SHOWING` routes; only those `within` the part that is looked
    at.
    """
    waiting = deque((start, 0) for start in starts)
    seen: set[str] = set()
    asked: Counter[str] = Counter()
    while waiting and len(seen) < limit:
        address, steps = waiting.popleft()
        path, asks, _question = address.partition("?")
        shape = route_of(path)
        is_whole = not asks and shape.endswith(SHOWING)
        if (
            address in seen
            or (steps and not is_whole and asked[shape] >= alike)
            or address.startswith((*LEAVING, "/static/"))
            or not within(address)
        ):
            continue
        seen.add(address)
        asked[shape] += 1
        page = ask(browser, address)
        yield page
        if steps < depth:
            waiting.extend((link, steps + 1) for link in links_of(page))


@cache
def route_of(path: str) -> str:
    """The route an address leads to; where there is none, the address without its numbers."""
    with translation.override("en" if path.startswith("/en/") else "id"):
        try:
            return resolve(path).route
        except Resolver404:
            return NUMBER.sub("0", path)


def ask(browser: Client, address: str) -> Page:
    """One page, streamed ones read to their end."""
    response = browser.get(address)
    body = response.getvalue() if getattr(response, "streaming", False) else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = response.cookies.output()
    return Page(address, response, b"\n".join([headers.encode(), cookies.encode(), body]))


def links_of(page: Page) -> list[str]:
    """Addresses on our own host that a page leads to, without fragments."""
    found = [page.response.headers["Location"]] if "Location" in page.response.headers else []
    if "html" in page.response.headers.get("Content-Type", ""):
        parser = _Links()
        parser.feed(page.response.content.decode(page.response.charset))
        found += parser.found
    return [address for link in found if (address := _own(urljoin(page.address, link)))]


def _own(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"", "http", "https"} or parts.netloc not in {"", "testserver"}:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.found += [value for name, value in attrs if value and (tag, name) in LINKS]
        if tag == "form" and (values.get("method") or "get").lower() == "get" and values.get("action"):
            self.found.append(str(values["action"]))
