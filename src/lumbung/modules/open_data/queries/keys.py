"""Who holds a key, and which keys somebody may see."""

import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.core.access import queries as access
from lumbung.core.access import registry
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import sealing
from lumbung.core.base.errors import NotPermitted
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.models import ApiKey

# Every key begins so, that whoever finds one in a script or a log knows what it is.
SIGN = "lmb_"
PREFIX_LENGTH = 12
IN_TEXT = re.compile(SIGN + "[0-9a-f]{8}_")
STANDING = "key"
# What is compared where there is no such key, so that both take as long.
NOTHING = "0" * 64


@dataclass(frozen=True, slots=True)
class Holder:
    """A program with a valid key: the key, and whom it acts as, in the key's agency and nowhere else."""

    key: ApiKey
    viewer: Viewer


def fingerprint_of(secret: str) -> str:
    """What is kept of a key: useless without the installation's own key."""
    return sealing.blind_index(secret, purpose="open_data.api_key")


def holder_of(secret: str, *, day: date) -> Holder:
    """Whoever holds this key on that day, or a refusal that says what became of it."""
    key = ApiKey.objects.select_related("made_by", "organisation").filter(prefix=secret[:PREFIX_LENGTH]).first()
    is_right = hmac.compare_digest(fingerprint_of(secret), key.fingerprint if key else NOTHING)
    if key is None or not is_right:
        raise NotPermitted("key-unknown", _("This key is not known here. Make one on the data desk."))
    if key.revoked_at is not None:
        raise NotPermitted("key-revoked", _("This key was revoked. Make a new one on the data desk."))
    if key.expires_on < day:
        raise NotPermitted("key-expired", _("This key has expired. Make a new one on the data desk."))
    viewer = viewer_of(key, day=day)
    if not viewer.held:
        raise NotPermitted(
            "key-without-maker",
            _("Whoever made this key no longer has a role in its agency. A colleague has to make a new one."),
        )
    return Holder(key, viewer)


def viewer_of(key: ApiKey, *, day: date) -> Viewer:
    """Whom a key acts as today: its maker, in that agency only, in roles its scopes are about."""
    return _narrowed(key, access.viewer_for(key.made_by, day=day))


def without_maker(keys: Collection[ApiKey], *, day: date) -> set[UUID]:
    """Which of these keys open nothing, because who made them has no role in their agency today."""
    makers: dict[UUID, Viewer] = {}
    for key in keys:
        if key.made_by_id not in makers:
            makers[key.made_by_id] = access.viewer_for(key.made_by, day=day)
    return {key.pk for key in keys if not _narrowed(key, makers[key.made_by_id]).held}


def _narrowed(key: ApiKey, maker: Viewer) -> Viewer:
    verbs = {permissions.SCOPES[scope] for scope in key.scopes if scope in permissions.SCOPES}
    held = tuple(
        replace(role, standing=STANDING)
        for role in maker.held
        if role.organisation_code == key.organisation_id and verbs & registry.verbs_of(role.role)
    )
    return Viewer(account=maker.account if held else None, held=held)


def visible_to(viewer: Viewer, portal: Portal) -> QuerySet[ApiKey]:
    """Keys of this portal's agencies: those of the viewer's own, or all for an administrator."""
    keys = ApiKey.objects.filter(organisation__region=portal.region_id)
    keys = keys.select_related("organisation", "made_by", "revoked_by").order_by("organisation__name_id", "-made_on")
    if sees_all(viewer):
        return keys
    return keys.filter(organisation__in=agencies_of(viewer))


def sees_all(viewer: Viewer) -> bool:
    """Whether the viewer administers the installation."""
    return bool(viewer.roles_with(permissions.ALL_KEYS))


def agencies_of(viewer: Viewer) -> list[str]:
    """Codes of the agencies the viewer may make keys for."""
    return sorted({held.organisation_code for held in viewer.roles_with(permissions.KEYS) if held.organisation_code})


def scopes_for(viewer: Viewer, organisation_code: str) -> list[str]:
    """What a key of that agency may be for, if this viewer makes it."""
    roles = [held.role for held in viewer.held if held.organisation_code == organisation_code]
    verbs = {verb for role in roles for verb in registry.verbs_of(role)}
    return [scope for scope, verb in permissions.SCOPES.items() if verb in verbs]
