"""Telling programs of new releases: signed, over https to the public net, tried again, stopped after many failures."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import sealing
from lumbung.core.base.errors import Refused
from lumbung.core.events import queries as log
from lumbung.core.files import fetching
from lumbung.core.files.fetching import NotFetched
from lumbung.core.jobs import actions as jobs
from lumbung.core.notices import actions as notices
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.actions import following as mails
from lumbung.core.notices.followers import contact_of
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.actions import following
from lumbung.modules.open_data.letters import followers as letters
from lumbung.modules.open_data.models import Dataset, Hook, HookMessage
from lumbung.modules.open_data.queries import followers as known
from lumbung.modules.open_data.queries.followers import PROGRAMS

DELIVER, STOPPED = "open_data.deliver_hook", "open_data.hook_stopped"
# Tried at once, then after these pauses: about ten hours in all.
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=3), timedelta(hours=6))
MOST_GIVEN_UP, MOST_HOOKS = 3, 10
SECONDS = 10.0
Send = Callable[..., int]


def ask(
    *, portal: Portal, dataset: Dataset | None, address: str, email: str, language: str, now: datetime
) -> Hook | None:
    """Register the address of a program; it works once the owner of the mail address confirms."""
    host = _host_of(address)
    index = outbox.address_index(email)
    if mails.has_asked_enough(PROGRAMS, index, now=now):
        return None
    with transaction.atomic():
        if Hook.objects.filter(email_index=index, stopped_at__isnull=True).count() >= MOST_HOOKS:
            raise Refused(
                "too-many-hooks", _("This address has %(most)s programs already. Stop one first."), most=MOST_HOOKS
            )
        hook = Hook(portal=portal, dataset=dataset, host=host, email_index=index, language=language)
        hook.address = sealing.seal(address, place=known.address_place(hook))
        mails.invite(PROGRAMS, hook, email=email, now=now)
        return hook


def _host_of(address: str) -> str:
    try:
        fetching.refuse_address(address)
    except NotFetched as error:
        sentence = _("Write an address of the public internet that begins with https://, without a password in it.")
        raise Refused("hook-address", sentence, field="address") from error
    parts = urlsplit(address)
    if parts.scheme != "https":
        raise Refused("hook-address-not-https", _("The address has to begin with https://."), field="address")
    return parts.hostname or ""


def confirm(*, token: str, now: datetime) -> tuple[Hook, str]:
    """The owner meant it: a secret is made, told this once, and kept sealed. A second press makes a new one."""
    hook = _by_token(token)
    secret = secrets.token_urlsafe(32)
    hook.secret = sealing.seal(secret, place=known.secret_place(hook))
    hook.confirmed_at, hook.stopped_at, hook.given_up = now, None, 0
    hook.save(update_fields=["secret", "confirmed_at", "stopped_at", "given_up"])
    return hook, secret


def stop(*, token: str, now: datetime) -> Hook:
    """The owner wants no more messages."""
    hook = _by_token(token)
    hook.stopped_at = now
    hook.save(update_fields=["stopped_at"])
    return hook


def _by_token(token: str) -> Hook:
    found = PROGRAMS.with_token(token).select_related("portal", "dataset").first()
    if found is None:
        raise mails.unknown_link()
    return found


def tell_hooks(*, event_id: str, now: datetime) -> None:
    """Put one message for each program into the queue; the same event makes one message however often it is told."""
    dataset = following.dataset_of(log.entry_by_id(event_id))
    if dataset is None:
        return
    for hook in known.hooks_of(dataset):
        with transaction.atomic():
            message, is_new = HookMessage.objects.get_or_create(hook=hook, event_id=event_id, defaults={"made_at": now})
            if is_new:
                jobs.enqueue(DELIVER, key=f"{DELIVER}:{message.pk}:0", now=now, message_id=str(message.pk))


def deliver(*, message_id: str, now: datetime, send: Send = fetching.send) -> None:
    """Try to deliver one message, and write down how it went. No transaction is open while the program is waited for.

    At least once: killed between the answer and writing it down, it is sent again with the same id.
    """
    messages = HookMessage.objects.select_related("hook").filter(pk=message_id, state=HookMessage.State.WAITING)
    message = messages.first()
    if message is None or message.hook.stopped_at is not None:
        return
    answer = _answer(message, now, send)
    with transaction.atomic():
        hook = Hook.objects.select_for_update().get(pk=message.hook_id)
        current = messages.select_for_update(of=("self",)).first()
        if current is None:
            return
        current.attempts, current.last_answer = current.attempts + 1, answer
        _settle(current, hook, now)


def _answer(message: HookMessage, now: datetime, send: Send) -> str:
    found = log.entry_by_id(message.event_id)
    dataset = following.dataset_of(found)
    hook = message.hook
    if found is None or dataset is None or hook.secret is None:
        return "nothing-to-tell"
    body = known.body_of(found, dataset)
    secret = sealing.unseal(hook.secret, place=known.secret_place(hook))
    headers = {"Content-Type": "application/json", "X-Lumbung-Signature": signature(secret, body, now)}
    try:
        address = sealing.unseal(hook.address, place=known.address_place(hook))
        return str(send(address, body, headers=headers, seconds=SECONDS))
    except NotFetched as error:
        return error.reason


def signature(secret: str, body: bytes, now: datetime) -> str:
    """ "t=<seconds>,v1=<hex>": HMAC-SHA-256 over "<seconds>.<body>", so that an old message cannot be sent anew."""
    moment = int(now.timestamp())
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={signed}"


def _settle(message: HookMessage, hook: Hook, now: datetime) -> None:
    if message.last_answer.startswith("2"):
        message.state, message.settled_at = HookMessage.State.TAKEN, now
        hook.given_up = 0
    elif message.last_answer == str(HTTPStatus.GONE.value) or message.attempts > len(PAUSES):
        message.state, message.settled_at = HookMessage.State.GIVEN_UP, now
        hook.given_up += 1
        if message.last_answer == str(HTTPStatus.GONE.value) or hook.given_up >= MOST_GIVEN_UP:
            _stop(hook, message, now)
    else:
        key = f"{DELIVER}:{message.pk}:{message.attempts}"
        later = now + PAUSES[message.attempts - 1]
        jobs.enqueue(DELIVER, key=key, now=now, run_after=later, message_id=str(message.pk))
    message.save()
    hook.save(update_fields=["given_up", "stopped_at"])


def _stop(hook: Hook, message: HookMessage, now: datetime) -> None:
    hook.stopped_at = now
    notices.tell(
        to=contact_of(hook),
        kind=STOPPED,
        occasion=f"{hook.pk}:{message.pk}",
        write=lambda: letters.hook_stopped(hook, message.last_answer),
        now=now,
    )
