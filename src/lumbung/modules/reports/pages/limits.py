"""How often a visitor may send, guess and download. The counts leave room for a whole village that shares one address.

Those who work here or enter for others are counted by their own account, far more generously, and never by place: an
office shares one address.
"""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.policies import viewer_of
from lumbung.core.access.viewers import Viewer, may
from lumbung.core.limits import actions, visitors
from lumbung.core.limits.actions import Limit
from lumbung.modules.reports import permissions

HOUR, MINUTE = 3600, 60

KEPT = _("Too many reports came from this connection. What you typed is kept; send it again at %(time)s.")
BUSY = _("Very many reports come from this village just now. What you typed is kept; send it again at %(time)s.")
LOOKED_UP = _(
    "Too many report numbers were looked up from this connection. Look again at %(time)s, or open your report with its"
    " access code."
)
PHOTOS_KEPT = _("Too many photos came from this connection. What you typed is kept; add photos again at %(time)s.")
STAFF_PHOTOS_KEPT = _("Very many photos came from your account. What you typed is kept; add photos again at %(time)s.")

SEND = Limit("report-send", count=60, per_seconds=HOUR, message=KEPT)
SEND_FOR_OTHERS = Limit("report-send-for-others", count=600, per_seconds=HOUR, message=KEPT)
SEND_FROM_AREA = Limit("report-send-area", count=300, per_seconds=HOUR, message=BUSY)
GUESS_CODE = Limit("report-code", count=30, per_seconds=HOUR)
LOST_LINK = Limit("report-lost-link", count=30, per_seconds=HOUR)
FOLLOW = Limit("report-follow", count=30, per_seconds=HOUR)
JOIN = Limit("report-join", count=120, per_seconds=HOUR)
PHOTOS = Limit("report-photos", count=300, per_seconds=HOUR, message=PHOTOS_KEPT)
PHOTOS_OF_STAFF = Limit("report-photos-staff", count=3000, per_seconds=HOUR, message=STAFF_PHOTOS_KEPT)
DOWNLOAD = Limit("report-download", count=30, per_seconds=HOUR)
SEARCH = Limit("report-search", count=60, per_seconds=MINUTE)
LOOK_UP = Limit("report-look-up", count=300, per_seconds=HOUR, message=LOOKED_UP)


def count_sending(request: HttpRequest, *, village_code: str, now: datetime) -> None:
    """Count one report about to be sent; refuse when its sender or its village sends too many."""
    visitor = visitors.visitor_of(request)
    if may(viewer_of(request), permissions.ENTER_FOR_OTHERS):
        actions.take(SEND_FOR_OTHERS, visitor, now=now)
        return
    actions.take(SEND, visitor, now=now)
    actions.take(SEND_FROM_AREA, f"area:{village_code}", now=now)


def count_guess(request: HttpRequest, *, now: datetime) -> None:
    """Count one access code about to be tried."""
    actions.take(GUESS_CODE, visitors.visitor_of(request), now=now)


def was_no_guess(request: HttpRequest, *, now: datetime) -> None:
    """The code was right: it does not count."""
    actions.give_back(GUESS_CODE, visitors.visitor_of(request), now=now)


def count_lost_link(request: HttpRequest, *, now: datetime) -> None:
    """Count one request to send an access link again."""
    actions.take(LOST_LINK, visitors.visitor_of(request), now=now)


def count_following(request: HttpRequest, *, now: datetime) -> None:
    """Count one address about to get a letter that asks whether it wants to follow."""
    actions.take(FOLLOW, visitors.visitor_of(request), now=now)


def count_joining(request: HttpRequest, *, now: datetime) -> None:
    """Count one press of "this affects me too"."""
    actions.take(JOIN, visitors.visitor_of(request), now=now)


def count_photos(request: HttpRequest, *, now: datetime) -> None:
    """Count each photo of a request before one of them is opened: those of staff by account, others by address."""
    limit = PHOTOS_OF_STAFF if _is_staff(viewer_of(request)) else PHOTOS
    for _photo in request.FILES.getlist("photos"):
        actions.take(limit, visitors.visitor_of(request), now=now)


def _is_staff(viewer: Viewer) -> bool:
    return may(viewer, permissions.ENTER_FOR_OTHERS) or may(viewer, permissions.WORK)


def count_download(request: HttpRequest, *, now: datetime) -> None:
    """Count one list taken away as a file."""
    actions.take(DOWNLOAD, visitors.visitor_of(request), now=now)


def count_lookup(request: HttpRequest, *, now: datetime) -> None:
    """Count one report number tried that leads to no public page; whole pages may be read without end."""
    actions.take(LOOK_UP, visitors.visitor_of(request), now=now)


def count_search(request: HttpRequest, *, now: datetime) -> None:
    """Count one search in the list."""
    actions.take(SEARCH, visitors.visitor_of(request), now=now)
