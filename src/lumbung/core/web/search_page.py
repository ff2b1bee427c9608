"""One search for everything a portal shows, and for what the viewer's own roles handle."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lumbung.core.access.policies import public, viewer_of
from lumbung.core.base import clock
from lumbung.core.limits import actions as limits
from lumbung.core.limits import visitors
from lumbung.core.limits.actions import Limit
from lumbung.core.portals.middleware import portal_of
from lumbung.core.search import queries
from lumbung.core.search.queries import Hit

SEARCH = Limit("search", count=60, per_seconds=60)
PAGE_SIZE, MOST_PAGES = 20, 50


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the paginator needs: how many, and a slice that is already there."""

    total: int
    hits: list[Hit]

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, _wanted: slice) -> list[Hit]:
        return self.hits


@public()
def search(request: HttpRequest) -> HttpResponse:
    """Words in, public things of this portal out; those who handle things find them by number as well."""
    typed = " ".join(request.GET.get("q", "")[:200].replace("\x00", "").split())
    if not typed:
        return render(request, "web/search.html", {"typed": "", "page": None, "own": [], "corrected": ()})
    limits.take(SEARCH, visitors.visitor_of(request), now=clock.now())
    wanted = _page_number(request.GET.get("page", ""))
    total, hits = queries.search(portal_of(request).region_id, typed, limit=PAGE_SIZE, offset=(wanted - 1) * PAGE_SIZE)
    counted: Any = _Counted(min(total, PAGE_SIZE * MOST_PAGES), hits)
    page = Paginator[Hit](counted, PAGE_SIZE).get_page(wanted)
    _own_total, own = queries.search_as_staff(viewer_of(request), typed)
    context = {"typed": typed, "page": page, "total": total, "own": own, "corrected": queries.question(typed).corrected}
    return render(request, "web/search.html", context)


def _page_number(text: str) -> int:
    return min(max(int(text), 1), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 4 else 1
