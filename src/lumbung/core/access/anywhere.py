"""Public answers that pages of other sites may read: the dashboard of a newsroom asks them in its reader's browser."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
# What a script may read of an answer beside its content: where it goes on, how much there is, when to come back.
EXPOSED = "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Link, Retry-After, X-Total-Count"

# What a script may send along. No key: whoever puts one into a page gives it to all its readers.
SENT = "Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, Range"
ONE_DAY_SECONDS = 86_400


def readable_anywhere(view: View) -> View:
    """Let scripts of any site read the answer. Only for what is the same to everybody, cookie or not."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        # A drawing may stand in an <img> there as well: what a script may read is no secret to a picture.
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    answered.is_readable_anywhere = True  # type: ignore[attr-defined]
    return answered


def telling_beforehand(view: View, methods: tuple[str, ...]) -> View:
    """Answer what a browser asks before a script sends more than a bare question: JSON, or what it read last time."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "OPTIONS":
            return view(request, *args, **kwargs)
        allowed = ", ".join((*methods, "OPTIONS"))
        return HttpResponse(
            status=204,
            headers={
                "Allow": allowed,
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Allow-Methods": allowed,
                "Access-Control-Allow-Headers": SENT,
                "Access-Control-Max-Age": str(ONE_DAY_SECONDS),
                "Cross-Origin-Resource-Policy": "cross-origin",
            },
        )

    return answered
