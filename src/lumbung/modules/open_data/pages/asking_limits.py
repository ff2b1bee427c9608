"""How often a visitor may send something to the data desk, and guess codes. A whole village may share one address."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lumbung.core.limits import actions, visitors
from lumbung.core.limits.actions import Limit

HOUR = 3600
KEPT = _("Very much came from this connection. What you typed stands below; send it again at %(time)s.")

SEND = Limit("data-send", count=40, per_seconds=HOUR, message=KEPT)
FOLLOW = Limit("data-follow", count=30, per_seconds=HOUR, message=KEPT)
GUESS_CODE = Limit("data-code", count=30, per_seconds=HOUR)
COMPARE = Limit("data-compare", count=120, per_seconds=HOUR)


def count(limit: Limit, request: HttpRequest, *, now: datetime) -> None:
    """Count one attempt; over the limit it is refused with the time to come back."""
    actions.take(limit, visitors.visitor_of(request), now=now)


def was_no_guess(request: HttpRequest, *, now: datetime) -> None:
    """The code was right: it does not count."""
    actions.give_back(GUESS_CODE, visitors.visitor_of(request), now=now)
