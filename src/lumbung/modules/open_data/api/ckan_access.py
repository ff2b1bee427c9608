"""Whose key came with a request. Never a cookie, never the address: only the two headers clients of CKAN send."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted
from lumbung.core.limits import actions as limits
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.visitors import address_of
from lumbung.core.portals import queries as portals
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import keys
from lumbung.modules.open_data.ckan import forbidden, invalid, not_found
from lumbung.modules.open_data.models import ApiKey, Dataset
from lumbung.modules.open_data.queries import keys as known
from lumbung.modules.open_data.queries import packages
from lumbung.modules.open_data.queries.packages import Scope
from lumbung.modules.open_data.schemas.ckan import Params

# A key may load a thousand rows a call; sixty calls a minute are two million rows.
CALLS = Limit("open_data.key", 300, 60)
WRONG_KEYS = Limit("open_data.wrong_key", 30, 600)
HEADERS = ("Authorization", "X-CKAN-API-Key")
BEARER = "Bearer "
IN_ADDRESS = _(
    "A key stands in the address of this request, where servers and proxies write it down. Revoke it, and send the "
    "new one in the header Authorization."
)


@dataclass(frozen=True, slots=True)
class Call:
    """One writing call: what was sent, where to, and by whose key."""

    params: Params
    scope: Scope
    key: ApiKey
    by: Viewer
    now: datetime

    @property
    def portal(self) -> Portal:
        """The portal of the address, or that of the key's agency."""
        found = self.scope.portal or portals.portal_for_region(self.key.organisation.region_id)
        if found is None or found.region_id != self.key.organisation.region_id or packages.MODULE not in found.modules:
            raise forbidden(_("The agency of this key belongs to another portal."))
        return found

    def dataset(self, wanted: str) -> Dataset:
        """A dataset of the key's agency by name or id; what nobody may know of does not exist."""
        pk = packages.uuid_of(wanted)
        rows = Dataset.objects.select_related("portal__region", "producer")
        found = rows.filter(name=wanted).first() or (rows.filter(pk=pk).first() if pk else None)
        if found is None or (self.scope.portal is not None and found.portal_id != self.scope.portal.pk):
            raise not_found()
        return self.own(found)

    def own(self, dataset: Dataset) -> Dataset:
        """The dataset, if the key's agency produces it."""
        if dataset.producer_id != self.key.organisation_id:
            if packages.listing_of(self.scope, dataset.name) is None:
                raise not_found()
            raise forbidden(_("This dataset belongs to another agency than the key."))
        return dataset


def holder_of(request: HttpRequest) -> known.Holder | None:
    """Whoever holds the key that was sent, None where none was; a key that opens nothing is refused."""
    if known.IN_TEXT.search(request.META.get("QUERY_STRING", "")):
        raise invalid("Authorization", IN_ADDRESS)
    secret, now = _sent(request), clock.now()
    if not secret:
        return None
    try:
        holder = known.holder_of(secret, day=clock.local_day(now))
    except NotPermitted:
        limits.take(WRONG_KEYS, address_of(request), now=now)
        raise
    limits.take(CALLS, str(holder.key.pk), now=now)
    keys.note_use(key=holder.key, now=now)
    return holder


def _sent(request: HttpRequest) -> str:
    told = [request.headers.get(name, "").removeprefix(BEARER).strip() for name in HEADERS]
    # Other words in these headers belong to a proxy, or to another installation of CKAN.
    ours = {each for each in told if each.startswith(known.SIGN)}
    if len(ours) > 1:
        raise forbidden(_("Two different keys were sent. Send one."))
    return ours.pop() if ours else ""


def require_scope(holder: known.Holder | None, scope: str) -> known.Holder:
    """The holder of a key that is for this, or a refusal that says what is needed."""
    if holder is None:
        raise forbidden(_("This needs a key of an agency in the header Authorization. Make one on the data desk."))
    if scope not in holder.key.scopes:
        raise forbidden(
            _("This key is not for that: it lacks “%(scope)s” (%(title)s).")
            % {"scope": scope, "title": permissions.SCOPE_TITLES[scope]}
        )
    return holder
