"""Following by mail: asked, confirmed by the owner of the address, stopped in one click, destroyed when not needed."""

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import ids, sealing
from lumbung.core.base.errors import NotFound
from lumbung.core.notices import actions as notices
from lumbung.core.notices import followers
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.followers import Following, Row
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.recipients import Recipient

# Anybody can type anybody's address: more confirmations than this nobody has sent to one address in a day.
AT_MOST, WITHIN = 5, timedelta(days=1)
CONFIRM_WITHIN = timedelta(days=7)


def ask(following: Following[Row], *, find: Callable[[str], Row], email: str, language: str, now: datetime) -> None:
    """Mail a confirmation to the address. Says nothing about whether it follows already.

    `find` gives the row of an address by its fingerprint, locked, or a fresh one.
    """
    index = outbox.address_index(email)
    if has_asked_enough(following, index, now=now):
        return
    with transaction.atomic():
        row = find(index)
        if row.confirmed_at is not None and not outbox.is_stopped(index, following.topic_of(row)):
            return
        row.language = language
        invite(following, row, email=email, now=now)


def has_asked_enough(following: Following[Row], index: str, *, now: datetime) -> bool:
    """Whether this address got as many confirmations today as anybody may have it sent."""
    return outbox.told_since(kind=following.asked, index=index, since=now - WITHIN) >= AT_MOST


def invite(following: Following[Row], row: Row, *, email: str, now: datetime) -> None:
    """Store the row unconfirmed, and mail the link that confirms."""
    token = ids.new_access_code()
    row.email = sealing.seal(email, place=row.email_place)
    row.token_index = following.token_index(token)
    row.asked_at, row.confirmed_at = now, None
    row.save()
    notices.tell(
        to=Recipient(email, row.language),
        kind=following.asked,
        occasion=f"follow:{row.pk}:{uuid.uuid4().hex}",
        write=lambda: following.write(row, token),
        now=now,
    )


def confirm(following: Following[Row], row: Row | None, *, now: datetime) -> Row:
    """The owner of the address meant it. No row: the link is not known any more."""
    if row is None:
        raise unknown_link()
    with transaction.atomic():
        following.rows().filter(pk=row.pk, confirmed_at__isnull=True).update(confirmed_at=now)
        notices.resume(index=row.email_index, topic=following.topic_of(row))
    return row


def unknown_link() -> NotFound:
    """Nobody waits for this link: used up, too old, or mistyped."""
    sentence = _("This link is not valid any more. Open the page and ask to follow it again.")
    return NotFound("follow-link-unknown", sentence)


def tell(
    following: Following[Row],
    rows: Iterable[Row],
    *,
    occasion: str,
    write: Callable[[Row], Letter],
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    """Tell each row once of an occasion: the id of the event it is about."""
    for row in rows:
        notices.tell(
            to=followers.contact_of(row),
            kind=following.told,
            occasion=occasion,
            write=lambda row=row: write(row),  # type: ignore[misc]
            topic=following.topic_of(row),
            not_before=not_before,
            now=now,
        )


def discard(following: Following[Row], *, now: datetime, also: Iterable[uuid.UUID] = ()) -> int:
    """Destroy addresses never confirmed for seven days, those that stopped, and `also`; returns how many."""
    unneeded = {row.pk for row in following.unconfirmed_since(now - CONFIRM_WITHIN)}
    unneeded |= {row.pk for row in following.stopped()} | set(also)
    return following.rows().filter(pk__in=unneeded).delete()[0]
