"""Taking tokens. One statement a token, so that any number of processes together never pass the limit."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock, sealing
from lumbung.core.base.errors import TooMany
from lumbung.core.limits.models import Bucket

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

TOO_MANY = _("Too many attempts. Try again at %(time)s.")

# The bucket is kept as the moment it is full again (GCRA): every token taken moves that moment on by one interval, and
# a token is refused when the moment would lie further away than a whole bucket. CASE, because the two databases name
# the larger of two values differently.
TAKE = """
INSERT INTO limits_bucket (key, kind, full_at_us) VALUES (%(key)s, %(kind)s, %(now)s + %(interval)s)
ON CONFLICT (key) DO UPDATE SET full_at_us =
    CASE WHEN limits_bucket.full_at_us > %(now)s THEN limits_bucket.full_at_us ELSE %(now)s END + %(interval)s
WHERE limits_bucket.full_at_us <= %(now)s + %(room)s
RETURNING full_at_us
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts of a kind in so many seconds, all at once or spread."""

    kind: str
    count: int
    per_seconds: int
    message: Promise = TOO_MANY

    @property
    def allowed(self) -> int:
        """The count after the installation's own factor (LUMBUNG_LIMIT_FACTOR)."""
        return self.count * int(settings.LUMBUNG_LIMIT_FACTOR)

    @property
    def interval_us(self) -> int:
        """Microseconds after which one token comes back."""
        return self.per_seconds * 1_000_000 // self.allowed


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """ "pukul 14.30 WITA", "14:30 WITA": written when the sentence is read."""

    moment: datetime

    def __str__(self) -> str:
        local = self.moment.astimezone(clock.WITA)
        return f"{local:%H:%M} WITA" if (get_language() or "").startswith("en") else f"{local:%H.%M} WITA"


def take(limit: Limit, subject: str, *, now: datetime) -> None:
    """Take one token of this subject's bucket, or refuse and say when to come back.

    Call it before the transaction of the change: a change rolled back must not give the token back.
    """
    key = _key(limit, subject)
    room = (limit.allowed - 1) * limit.interval_us
    if not _took(key, limit.kind, interval_us=limit.interval_us, room_us=room, now=now):
        raise _refusal(limit, key, now)


def is_first(*, kind: str, subject: str, for_seconds: int, now: datetime) -> bool:
    """Whether nobody asked the same within `for_seconds`: what works once, whatever the installation's factor."""
    key = _key_of(kind, subject)
    return _took(key, kind, interval_us=for_seconds * 1_000_000, room_us=0, now=now)


def _took(key: str, kind: str, *, interval_us: int, room_us: int, now: datetime) -> bool:
    values: dict[str, str | int] = {
        "key": key,
        "kind": kind,
        "now": _microseconds(now),
        "interval": interval_us,
        "room": room_us,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        return cursor.fetchone() is not None


def _refusal(limit: Limit, key: str, now: datetime) -> TooMany:
    bucket = Bucket.objects.filter(pk=key).first()
    wait_us = limit.interval_us
    if bucket is not None:
        wait_us = bucket.full_at_us - _microseconds(now) - (limit.allowed - 1) * limit.interval_us
    seconds = max(1, -(-wait_us // 1_000_000))
    # The next whole minute: "try again at 14.30" must not be too early.
    back_at = now + timedelta(seconds=seconds + 59)
    return TooMany("too-many-attempts", limit.message, retry_after_seconds=seconds, time=TimeOfDay(back_at))


def give_back(limit: Limit, subject: str, *, now: datetime) -> None:
    """Return one token: the attempt turned out to be rightful."""
    for bucket in Bucket.objects.filter(pk=_key(limit, subject)):
        full_at = max(bucket.full_at_us - limit.interval_us, _microseconds(now))
        # Only if nobody took one meanwhile; a lost gift is harmless, a token too many is not.
        Bucket.objects.filter(pk=bucket.pk, full_at_us=bucket.full_at_us).update(full_at_us=full_at)


def forget(limit: Limit, subject: str) -> None:
    """Empty the memory of a subject's attempts, as after a right password."""
    Bucket.objects.filter(pk=_key(limit, subject)).delete()


def purge(*, now: datetime) -> int:
    """Delete every bucket that is full again; returns how many."""
    return Bucket.objects.filter(full_at_us__lt=_microseconds(now)).delete()[0]


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def _key(limit: Limit, subject: str) -> str:
    return _key_of(limit.kind, subject)


def _key_of(kind: str, subject: str) -> str:
    return sealing.blind_index(subject, purpose=f"limit:{kind}")
