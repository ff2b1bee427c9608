"""Keys of agencies are made and revoked by people; programs only use them."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as events
from lumbung.core.organisations.models import Organisation
from lumbung.core.web import formatting
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.events.keys import ApiKeyMade, ApiKeyRevoked
from lumbung.modules.open_data.models import ApiKey
from lumbung.modules.open_data.queries import keys as known

KEY = "api_key"
LONGEST = timedelta(days=365)
MOST_KEYS = 20
SECRET_BYTES = 32


def make_key(
    *, organisation: Organisation, name: str, scopes: Sequence[str], expires_on: date, by: Viewer, now: datetime
) -> tuple[ApiKey, str]:
    """A key of an agency, and what opens: it is told once and kept nowhere."""
    held = permissions.required_at(
        by, permissions.KEYS, region_code=organisation.region_id, organisation_code=organisation.code
    )
    today = clock.local_day(now)
    _refuse_scopes(scopes, known.scopes_for(by, organisation.code))
    _refuse_days(today, expires_on)
    secret = f"{known.SIGN}{secrets.token_hex(4)}_{secrets.token_urlsafe(SECRET_BYTES)}"
    with transaction.atomic():
        _refuse_crowd(Organisation.objects.select_for_update().get(pk=organisation.pk), today)
        key = ApiKey.objects.create(
            organisation=organisation,
            name=" ".join(name.split()),
            prefix=secret[: known.PREFIX_LENGTH],
            fingerprint=known.fingerprint_of(secret),
            scopes=list(scopes),
            made_by_id=permissions.account_id_of(by),
            made_on=today,
            expires_on=expires_on,
        )
        event = ApiKeyMade(organisation=organisation.code, scopes=list(scopes), expires_on=expires_on.isoformat())
        events.record(event, subject_type=KEY, subject_id=str(key.pk), actor=by.acting_as(held), now=now)
    return key, secret


def revoke_key(*, key: ApiKey, by: Viewer, now: datetime) -> ApiKey:
    """End a key at once, by anybody of its agency or an administrator. It stays on the list."""
    held = permissions.required_at(
        by, permissions.KEYS, region_code=key.organisation.region_id, organisation_code=key.organisation_id
    )
    with transaction.atomic():
        current = ApiKey.objects.select_for_update().get(pk=key.pk)
        if current.revoked_at is not None:
            raise Refused("key-revoked-already", _("This key was revoked already. Nothing was changed."))
        current.revoked_at, current.revoked_by_id = now, permissions.account_id_of(by)
        current.save(update_fields=["revoked_at", "revoked_by"])
        event = ApiKeyRevoked(organisation=current.organisation_id)
        events.record(event, subject_type=KEY, subject_id=str(current.pk), actor=by.acting_as(held), now=now)
        return current


def note_use(*, key: ApiKey, now: datetime) -> None:
    """Remember the day a key was last used; at most one write a day."""
    today = clock.local_day(now)
    if key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)


def _refuse_scopes(scopes: Sequence[str], allowed: Sequence[str]) -> None:
    if not scopes:
        raise Refused("key-for-nothing", _("Say what the key is for."), field="scopes")
    if not set(scopes) <= set(allowed):
        raise NotPermitted("key-beyond-role", _("A key may do no more than you. Choose what your role allows."))


def _refuse_days(today: date, expires_on: date) -> None:
    if not today <= expires_on <= today + LONGEST:
        raise Refused(
            "key-expiry-out-of-range",
            _("Choose a day from today until %(last)s; a key is valid for a year at most."),
            field="expires_on",
            last=formatting.date_medium(today + LONGEST),
        )


def _refuse_crowd(organisation: Organisation, today: date) -> None:
    living = ApiKey.objects.filter(organisation=organisation, revoked_at__isnull=True, expires_on__gte=today)
    if living.count() >= MOST_KEYS:
        raise Refused(
            "agency-has-many-keys", _("An agency has at most %(most)s valid keys. Revoke one first."), most=MOST_KEYS
        )
