"""Finds every public page the demonstration leads to: each route once for each portal, by following links."""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext, APIResponse

STARTS = ("/", "/ntb/", "/ksb/", "/gaya/", "/kalender/", "/ntb/laporan/", "/ksb/laporan/", "/akun/login/")
LINK = re.compile(r"<(?:a|link)\b[^>]*?\bhref=\"([^\"#]+)")
MOST = 160
# "" are the pages that belong to no portal.
EVERY_PORTAL = frozenset({"", "ntb", "ksb"})


def find(asking: APIRequestContext, portals: frozenset[str] = EVERY_PORTAL) -> list[str]:
    """Addresses of pages a stranger can open in these portals, in Indonesian, in the order they were found."""
    waiting, found, known = deque(STARTS), [], set()
    while waiting and len(found) < MOST:
        address = waiting.popleft()
        place = _place(address)
        if place is None or place in known or place[1] not in portals:
            continue
        known.add(place)
        answer = asking.get(address, max_redirects=0)
        if "location" in answer.headers:
            waiting.append(_own(urljoin(address, answer.headers["location"])))
        elif _is_a_page(answer):
            found.append(address)
            waiting.extend(_own(urljoin(address, link.replace("&amp;", "&"))) for link in LINK.findall(answer.text()))
    return found


def _is_a_page(answer: APIResponse) -> bool:
    # What is to be downloaded is opened from a disk: test_check_offline looks at it there.
    is_kept = answer.headers.get("content-disposition", "").startswith("attachment")
    return answer.ok and not is_kept and "text/html" in answer.headers.get("content-type", "")


def _own(address: str) -> str:
    return urlsplit(address).path


def _place(address: str) -> tuple[str, str] | None:
    """Which page of which portal an address is; None for what is no page of ours in Indonesian."""
    if address.startswith(("/en/", "/static/")) or not address.startswith("/"):
        return None
    try:
        match = resolve(address)
    except Resolver404:
        return None
    policy = getattr(match.func, "policy", None)
    if policy is None or policy.kind != "public" or match.view_name == "reports:open":
        return None
    return match.view_name, str(match.kwargs.get("portal_slug", ""))
