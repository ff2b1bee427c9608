"""The feed for programs, and the page that says what is taken over from whom."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from lumbung.core.access.anywhere import readable_anywhere
from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.federation import feeds, queries

NUMBER = re.compile(r"[1-9][0-9]{0,17}")


@public()
@readable_anywhere
def feed(request: HttpRequest) -> HttpResponse:
    """What this installation tells others, with the proof of each record."""
    page, size = (_number(request.GET.get(name)) for name in ("halaman", "titik"))
    told = queries.document(page or 1, size)
    if told is None:
        raise Http404("checkpoint")
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "public, max-age=60"
    return answer


def _number(text: str | None) -> int | None:
    """A number in the address; a page that does not exist for anything else."""
    if text is None:
        return None
    if not NUMBER.fullmatch(text):
        raise Http404("page")
    return int(text)


@public()
def front(request: HttpRequest) -> HttpResponse:
    """Which installations are read, what was taken over, and what was refused."""
    sources = queries.sources(clock.now())
    own = queries.own()
    context = {
        "sources": sources,
        "items": queries.items_of(sources),
        "room": queries.room(own),
        "most_pages": feeds.MAX_PAGES,
        "own": own,
        "address": f"{settings.LUMBUNG_URL}/log/{feeds.DOCUMENT}",
    }
    return render(request, "federation/front.html", context)
