"""Retryable entry points of notices."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings

from lumbung.core.base import clock
from lumbung.core.notices import actions, queries, transport
from lumbung.core.notices.models import Message
from lumbung.core.notices.recipients import Topic

State = Message.State
GIVE_UP_AFTER = timedelta(days=2)
PERMANENT = 500


def send(message_id: str) -> None:
    """Hand one message to the mail transport and write down what became of it.

    At least once: a worker killed after the mail server said yes and before we wrote it down sends again, with the same
    Message-ID. No transaction is open while the mail server is waited for.
    """
    message = Message.objects.filter(pk=message_id, state=State.QUEUED).first()
    if message is not None:
        actions.settle(message=message, state=_sent(message), now=clock.now())


def _sent(message: Message) -> Message.State:
    if queries.is_stopped(message.recipient_index, Topic(message.topic, message.topic_subject)):
        return State.STOPPED
    if not settings.LUMBUNG_MAIL_TRANSPORT:
        return State.KEPT
    if clock.now() - message.made_at > GIVE_UP_AFTER and message.attempts:
        return State.FAILED
    actions.count_attempt(message=message)
    try:
        transport.hand_over(message)
    except SMTPRecipientsRefused as refused:
        if all(code >= PERMANENT for code, _why in refused.recipients.values()):
            return State.FAILED
        raise
    return State.SENT


def purge() -> None:
    """Destroy what was told long ago."""
    actions.purge(now=clock.now())
