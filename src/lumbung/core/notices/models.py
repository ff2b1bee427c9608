"""What was told to whom: notices inside Lumbung, the outbox of mail, and what people no longer want by mail."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """Something an account should know, on its own page. Holds no personal data and no secret."""

    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, related_name="notices")
    occasion = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=600)
    path = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "kind", "account"], name="notice_is_made_once_for_an_occasion_and_account"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-made_at"], name="notice_by_account"),
            models.Index(fields=["account"], condition=Q(read_at__isnull=True), name="notice_unread_by_account"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.occasion})"


class Message(models.Model):
    """One mail. Address and body are sealed, since a body may carry a secret link; both are destroyed after a while."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        KEPT = "kept", _("Kept in the outbox: no mail transport is set")
        STOPPED = "stopped", _("Not sent: the recipient stopped these messages")
        WITHHELD = "withheld", _("Not sent: what it tells is no longer public")
        FAILED = "failed", _("Could not be delivered")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasion = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    recipient_index = models.CharField(max_length=64)
    recipient = models.BinaryField(null=True)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.BinaryField(null=True)
    topic = models.CharField(max_length=60, blank=True)
    topic_subject = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "kind", "recipient_index"],
                name="message_is_made_once_for_an_occasion_and_recipient",
            ),
            models.CheckConstraint(
                condition=Q(state="queued") | Q(settled_at__isnull=False), name="settled_message_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(purged_at__isnull=True) | Q(body__isnull=True, recipient__isnull=True),
                name="purged_message_keeps_no_body_and_no_address",
            ),
            models.CheckConstraint(
                condition=~Q(state="queued") | Q(body__isnull=False, recipient__isnull=False),
                name="queued_message_has_a_body_and_an_address",
            ),
        ]
        indexes = [
            models.Index(fields=["-made_at"], name="message_by_time"),
            models.Index(fields=["recipient_index", "kind", "made_at"], name="message_by_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.occasion})"


class FollowerRow(models.Model):
    """An address that asked to be told of something; it counts once its owner has confirmed by mail.

    A part derives a table of its own and says there what can be followed. `topic_subject` is what a stop link stops.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.BinaryField()
    email_index = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    token_index = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"follower of {self.topic_subject}"

    @property
    def topic_subject(self) -> str:
        """The one thing that is followed; unique within the topic."""
        return str(self.pk)

    @property
    def email_place(self) -> str:
        """Where the address is sealed."""
        return f"{self._meta.db_table}.email:{self.pk}"


class Stop(models.Model):
    """Somebody no longer wants mail about something. Knows the address by its fingerprint only."""

    recipient_index = models.CharField(max_length=64)
    topic = models.CharField(max_length=60)
    topic_subject = models.CharField(max_length=64, blank=True)
    stopped_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient_index", "topic", "topic_subject"], name="one_stop_for_a_recipient_and_topic"
            ),
            models.CheckConstraint(condition=~Q(topic=""), name="stop_names_a_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.topic_subject}".strip()
