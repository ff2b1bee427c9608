"""Telling people about what was asked: the desk that something waits, whoever asked what became of it."""

from datetime import datetime, timedelta

from lumbung.core.access import queries as accounts
from lumbung.core.access import registry
from lumbung.core.base import clock
from lumbung.core.notices import actions as notices
from lumbung.core.notices.recipients import Topic
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.letters import askings as letters
from lumbung.modules.open_data.models import Asking
from lumbung.modules.open_data.queries import askings as known

DESK = "open_data.desk"
WAITS, MOVED = "open_data.asking_waits", "open_data.asking_moved"
# Long enough for the objection the law gives (30 working days), then the address is destroyed.
KEEP_CONTACT = timedelta(days=60)


def arrived(*, asking: Asking, now: datetime) -> None:
    """Tell the stewards once a day that something waits; of a request to withdraw, each time."""
    occasion = asking.number if asking.kind == Asking.Kind.TAKEDOWN else f"{clock.local_day(now):%Y-%m-%d}"
    _tell(asking, occasion=f"{asking.portal_id}:{occasion}", region_code=asking.portal.region_id, now=now)


def reached_agency(*, asking: Asking, now: datetime) -> None:
    """Tell the agency that has to answer."""
    if asking.agency_id and asking.is_open:
        _tell(asking, occasion=f"{asking.number}:{asking.agency_id}", organisation_code=asking.agency_id, now=now)


def _tell(asking: Asking, *, occasion: str, now: datetime, region_code: str = "", organisation_code: str = "") -> None:
    roles = [role.key for role in registry.all_roles() if permissions.ANSWER in role.verbs]
    day = clock.local_day(now)
    for account in accounts.accounts_with(roles, day=day, region_code=region_code, organisation_code=organisation_code):
        notices.tell_account(
            account=account,
            kind=WAITS,
            occasion=occasion,
            write=lambda: letters.waits(asking),
            topic=Topic(DESK),
            now=now,
        )


def moved(*, asking: Asking, step: str, now: datetime) -> None:
    """Tell whoever asked, if they left an address."""
    to = known.contact_of(asking)
    if to is not None:
        notices.tell(
            to=to,
            kind=MOVED,
            occasion=f"{asking.number}:{step}:{asking.agency_id if step == 'handed' else ''}",
            write=lambda: letters.moved(asking, step),
            now=now,
        )


def forget_contacts(*, now: datetime) -> int:
    """Destroy addresses of what was answered long ago; returns how many."""
    before = clock.local_day(now) - KEEP_CONTACT
    return Asking.objects.filter(answered_on__lt=before, contact__isnull=False).update(contact=None)
