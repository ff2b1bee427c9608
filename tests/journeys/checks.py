"""What must hold on every page a browser opens: accessible, as wide as the screen, quiet, our own, small."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page, Request

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KILOBYTE = 1000


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def axe_problems(page: Page) -> list[str]:
    """Each violation with its rule, the element, and what to do about it."""
    page.evaluate(_axe())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", WCAG
    )
    return [_told(violation, node) for violation in found["violations"] for node in violation["nodes"]]


def _told(violation: dict[str, Any], node: dict[str, Any]) -> str:
    summary = " ".join(node.get("failureSummary", "").split())
    return (
        f"axe {violation['id']} ({violation['impact']}): {violation['help']}\n    {node['html'][:200]}\n    {summary}"
    )


# A phone's browser widens its window to what sticks out, so innerWidth would always fit: the screen is the measure.
WIDER = """screen => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= screen) return null;
  const culprits = [...document.querySelectorAll('body *')]
    .filter(element => element.getBoundingClientRect().right > screen + 1)
    .filter(element => !element.closest('.scroll'))
    .slice(0, 3).map(element => element.outerHTML.slice(0, 120));
  return {wide, screen, culprits};
}"""


def overflow_problems(page: Page) -> list[str]:
    """A page wider than the screen, with the elements that stick out."""
    screen = page.viewport_size["width"] if page.viewport_size else 0
    found = page.evaluate(WIDER, screen)
    return [f"wider than the screen: {json.dumps(found)}"] if found else []


@dataclass
class Listener:
    """Hears what a page complains about and asks for, from the first byte on."""

    host: str
    problems: list[str] = field(default_factory=list)
    bytes_by_address: dict[str, int] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)

    def listen_to(self, page: Page, session: CDPSession) -> None:
        """Attach to a page."""
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("request", self._asked)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._named)
        session.on("Network.loadingFinished", self._weighed)

    def _hear(self, kind: str, text: str) -> None:
        # A 4xx answer to a form is no fault of the page; the story looks at what it says.
        if kind == "error" and "status of 4" not in text:
            self.problems.append(f"console: {text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.problems.append(f"asked another host: {request.url}")

    def _named(self, event: dict[str, Any]) -> None:
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _weighed(self, event: dict[str, Any]) -> None:
        address = self._addresses.get(event["requestId"], "?")
        self.bytes_by_address[address] = self.bytes_by_address.get(address, 0) + int(event["encodedDataLength"])

    def take_problems(self) -> list[str]:
        """What was heard since the last time."""
        heard, self.problems = self.problems, []
        return heard

    @property
    def kilobytes(self) -> float:
        """Everything that came over the wire so far, headers included."""
        return sum(self.bytes_by_address.values()) / KILOBYTE

    def heaviest(self) -> str:
        """The largest files, for a message."""
        ranked = sorted(self.bytes_by_address.items(), key=lambda item: -item[1])[:6]
        return ", ".join(f"{urlsplit(address).path} {size / KILOBYTE:.1f} kB" for address, size in ranked)
