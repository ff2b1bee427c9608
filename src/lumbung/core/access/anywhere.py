"""Public answers that pages of other sites may read: the dashboard of a newsroom asks them in its reader's browser."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
# What a script may read of an answer beside its content: where it goes on, how much there is, when to come back.
EXPOSED = "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Link, Retry-After, X-Total-Count"


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

    return answered
