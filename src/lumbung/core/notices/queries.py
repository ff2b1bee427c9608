"""Reading notices and the outbox."""

import uuid
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db.models import Count, QuerySet

from lumbung.core.access.models import Account
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import sealing
from lumbung.core.notices import letters
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.models import Message, Notice, Stop
from lumbung.core.notices.recipients import Topic

STOP_SALT = "notices-stop"


def address_index(address: str) -> str:
    """The fingerprint of an address: the same for every way of writing it in large and small letters."""
    return sealing.blind_index(address.strip().lower(), purpose="notice-recipient")


def was_told(*, occasion: str, kind: str, index: str) -> bool:
    """Whether this recipient got, or will get, this message already."""
    return Message.objects.filter(occasion=occasion, kind=kind, recipient_index=index).exists()


def was_noticed(*, occasion: str, kind: str, account: Account) -> bool:
    """Whether this account has this notice already."""
    return Notice.objects.filter(occasion=occasion, kind=kind, account=account).exists()


def is_stopped(index: str, topic: Topic) -> bool:
    """Whether this recipient stopped the topic, for this subject or altogether."""
    if not topic.key:
        return False
    return Stop.objects.filter(recipient_index=index, topic=topic.key, topic_subject__in=["", topic.subject]).exists()


def stopped_subjects(topic_key: str) -> QuerySet[Stop]:
    """Every stop of a topic, for the part that keeps the subscriptions."""
    return Stop.objects.filter(topic=topic_key)


def told_since(*, kind: str, index: str, since: datetime) -> int:
    """How many messages of a kind a recipient got since a moment: the brake of forms that send mail."""
    return Message.objects.filter(recipient_index=index, kind=kind, made_at__gte=since).count()


def unread_count(viewer: Viewer) -> int:
    """How many notices this account has not read; one query on a partial index, none for guests."""
    if viewer.account is None:
        return 0
    return Notice.objects.filter(account=viewer.account, read_at__isnull=True).count()


def notices_of(viewer: Viewer) -> QuerySet[Notice]:
    """This account's notices, newest first; nobody reads another's."""
    if viewer.account is None:
        return Notice.objects.none()
    return Notice.objects.filter(account=viewer.account)


def stops_of(viewer: Viewer) -> list[Stop]:
    """What this account stopped by mail."""
    if viewer.account is None:
        return []
    return list(Stop.objects.filter(recipient_index=address_index(viewer.account.email)).order_by("topic"))


def stop_token(message: Message) -> str:
    """The signed word in a stop link. It names the message, not the address."""
    return Signer(salt=STOP_SALT).sign(message.pk.hex)


def message_by_stop_token(token: str) -> Message | None:
    """The message whose stop link this is, or None when the link was altered."""
    try:
        key = uuid.UUID(Signer(salt=STOP_SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
    return Message.objects.filter(pk=key).exclude(topic="").first()


def address_of(message: Message) -> str:
    """The address, opened for sending; empty once it has been destroyed."""
    if message.recipient is None:
        return ""
    return sealing.unseal(message.recipient, place=f"notices_message.recipient:{message.pk}")


def letter_of(message: Message) -> Letter | None:
    """What the message says, opened for sending; None once it has been destroyed."""
    if message.body is None:
        return None
    return letters.read(message.subject, sealing.unseal(message.body, place=f"notices_message.body:{message.pk}"))


def outbox() -> QuerySet[Message]:
    """Every message, newest first. Only the demonstration shows it."""
    return Message.objects.all()


def mails_by_state(*, since: datetime) -> dict[str, int]:
    """How many mails made since a moment stand in each state; nothing of what they say or to whom."""
    rows = Message.objects.filter(made_at__gte=since).order_by().values_list("state").annotate(Count("pk"))
    return dict(rows)
