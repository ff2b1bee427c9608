"""Telling people, each once; stopping; and destroying what was told long ago."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from lumbung.core.access.models import Account
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import sealing
from lumbung.core.jobs import actions as jobs
from lumbung.core.notices import queries, registry, transport
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.models import Message, Notice, Stop
from lumbung.core.notices.recipients import ALWAYS, Recipient, Topic

State = Message.State
SEND = "notices.send"
GIVE_UP_AFTER = timedelta(days=2)
PERMANENT = 500  # SMTP replies from here on mean: do not try again
# Bodies hold secret links and addresses are personal data. Thirty days answer "I never got your mail" within the
# month in which it is asked; after that the report itself holds everything worth keeping.
KEEP_SENT = timedelta(days=30)
# A read notice repeats what the history of its report tells; half a year covers a change of officer.
KEEP_READ = timedelta(days=180)

Write = Callable[[], Letter]


def tell(
    *,
    to: Recipient,
    kind: str,
    occasion: str,
    write: Write,
    now: datetime,
    topic: Topic = ALWAYS,
    not_before: datetime | None = None,
) -> Message | None:
    """Put one mail into the outbox and its sending on the queue, in the caller's transaction.

    The same occasion, kind and recipient is one message however often this is called; None when it was there already
    or the recipient stopped the topic. `write` runs only when needed, in the recipient's language.
    """
    index = queries.address_index(to.address)
    if queries.was_told(occasion=occasion, kind=kind, index=index) or queries.is_stopped(index, topic):
        return None
    if topic.key:
        registry.topic(topic.key)
    with transaction.atomic():
        letter = _written(write, to.language)
        message = Message(
            id=uuid.uuid4(),
            occasion=occasion,
            kind=kind,
            recipient_index=index,
            language=to.language,
            subject=letter.subject[:200],
            topic=topic.key,
            topic_subject=topic.subject,
            made_at=now,
        )
        message.recipient = sealing.seal(to.address, place=f"notices_message.recipient:{message.pk}")
        message.body = sealing.seal(letter.body(), place=f"notices_message.body:{message.pk}")
        if not _is_new(message, lambda: queries.was_told(occasion=occasion, kind=kind, index=index)):
            return None
        jobs.enqueue(SEND, now=now, run_after=not_before, message_id=str(message.pk))
    return message


def _is_new(row: Message | Notice, is_there: Callable[[], bool]) -> bool:
    """Store it, unless somebody told the same at the same moment: the database has one place for each telling."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if is_there():
            return False
        raise
    return True


def _written(write: Write, language: str) -> Letter:
    with translation.override(language):
        return write()


def tell_account(
    *, account: Account, kind: str, occasion: str, write: Write, now: datetime, topic: Topic = ALWAYS
) -> Notice | None:
    """Tell an account twice: on its page, and by mail unless it stopped the topic. Once for each occasion and kind."""
    if queries.was_noticed(occasion=occasion, kind=kind, account=account):
        return None
    with transaction.atomic():
        letter = _written(write, account.language)
        notice = Notice(
            account=account,
            occasion=occasion,
            kind=kind,
            title=letter.subject[:200],
            text=" ".join(letter.paragraphs)[:600],
            path=letter.links[0][1] if letter.links else "",
            made_at=now,
        )
        if not _is_new(notice, lambda: queries.was_noticed(occasion=occasion, kind=kind, account=account)):
            return None
        tell(
            to=Recipient(account.email, account.language),
            kind=kind,
            occasion=occasion,
            write=lambda: letter,
            now=now,
            topic=topic,
        )
    return notice


def deliver(*, message_id: str, now: datetime) -> None:
    """Hand one message to the mail transport and write down what became of it.

    At least once: a worker killed after the mail server said yes and before we wrote it down sends again, with the same
    Message-ID. No transaction is open while the mail server is waited for.
    """
    message = Message.objects.filter(pk=message_id, state=State.QUEUED).first()
    if message is not None:
        settle(message=message, state=_sent(message, now), now=now)


def _sent(message: Message, now: datetime) -> Message.State:
    if queries.is_stopped(message.recipient_index, Topic(message.topic, message.topic_subject)):
        return State.STOPPED
    if not settings.LUMBUNG_MAIL_TRANSPORT:
        return State.KEPT
    if now - message.made_at > GIVE_UP_AFTER and message.attempts:
        return State.FAILED
    count_attempt(message=message)
    try:
        transport.hand_over(message)
    except SMTPRecipientsRefused as refused:
        if all(code >= PERMANENT for code, _why in refused.recipients.values()):
            return State.FAILED
        raise
    return State.SENT


def withhold(*, topic: Topic, now: datetime) -> int:
    """Messages of a topic that still wait are not sent: what they tell may no longer be told. Returns how many."""
    waiting = Message.objects.filter(topic=topic.key, topic_subject=topic.subject, state=Message.State.QUEUED)
    return waiting.update(state=Message.State.WITHHELD, settled_at=now)


def settle(*, message: Message, state: Message.State, now: datetime) -> None:
    """Write down what became of a message."""
    Message.objects.filter(pk=message.pk, state=Message.State.QUEUED).update(state=state, settled_at=now)


def count_attempt(*, message: Message) -> None:
    """One more try to send it begins."""
    Message.objects.filter(pk=message.pk).update(attempts=message.attempts + 1)


def stop(*, message: Message, now: datetime) -> Stop:
    """The reader of this message wants no more of its topic; twice is once."""
    stopped, _is_new = Stop.objects.get_or_create(
        recipient_index=message.recipient_index,
        topic=message.topic,
        topic_subject=message.topic_subject,
        defaults={"stopped_at": now},
    )
    return stopped


def resume(*, index: str, topic: Topic) -> None:
    """The owner of the address wants the topic again."""
    Stop.objects.filter(recipient_index=index, topic=topic.key, topic_subject=topic.subject).delete()


def resume_own(*, stop_id: int, by: Viewer) -> None:
    """An account takes back one of its own stops."""
    if by.account is not None:
        Stop.objects.filter(pk=stop_id, recipient_index=queries.address_index(by.account.email)).delete()


def mark_read(*, by: Viewer, now: datetime, notice_id: int | None = None) -> int:
    """Mark one of the account's own notices as read, or all of them; returns how many were unread."""
    unread = queries.notices_of(by).filter(read_at__isnull=True)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=now)


def purge(*, now: datetime) -> int:
    """Destroy body and address of messages settled long ago, and notices read long ago; returns how many messages.

    The row stays: it is the memory that makes an occasion be told once, and the stop link's anchor.
    """
    Notice.objects.filter(read_at__lt=now - KEEP_READ).delete()
    old = Message.objects.filter(settled_at__lt=now - KEEP_SENT, purged_at__isnull=True)
    return old.update(body=None, recipient=None, purged_at=now)
