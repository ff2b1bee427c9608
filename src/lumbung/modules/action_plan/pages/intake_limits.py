"""How often a visitor may send ideas and comments, and guess codes. A whole village may share one address."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.policies import viewer_of
from lumbung.core.access.viewers import may
from lumbung.core.limits import actions, visitors
from lumbung.core.limits.actions import Limit
from lumbung.modules.action_plan import permissions

HOUR, MINUTE = 3600, 60
KEPT = _("Very much came from this connection. What you typed stands below; send it again at %(time)s.")

SEND = Limit("plan-send", count=60, per_seconds=HOUR, message=KEPT)
SEND_FOR_OTHERS = Limit("plan-send-for-others", count=1200, per_seconds=HOUR, message=KEPT)
GUESS_CODE = Limit("plan-code", count=30, per_seconds=HOUR)
SEARCH = Limit("plan-search", count=60, per_seconds=MINUTE)
DOWNLOAD = Limit("plan-download", count=60, per_seconds=HOUR)


def count_sending(request: HttpRequest, *, now: datetime) -> None:
    """Count one idea or comment about to be sent; officers are counted by account, far more generously."""
    limit = SEND_FOR_OTHERS if may(viewer_of(request), permissions.CONSULT) else SEND
    actions.take(limit, visitors.visitor_of(request), now=now)


def count_guess(request: HttpRequest, *, now: datetime) -> None:
    """Count one access code about to be tried."""
    actions.take(GUESS_CODE, visitors.visitor_of(request), now=now)


def was_no_guess(request: HttpRequest, *, now: datetime) -> None:
    """The code was right: it does not count."""
    actions.give_back(GUESS_CODE, visitors.visitor_of(request), now=now)


def count_search(request: HttpRequest, *, now: datetime) -> None:
    """Count one search in a list."""
    actions.take(SEARCH, visitors.visitor_of(request), now=now)


def count_download(request: HttpRequest, *, now: datetime) -> None:
    """Count one document made to be taken away."""
    actions.take(DOWNLOAD, visitors.visitor_of(request), now=now)
