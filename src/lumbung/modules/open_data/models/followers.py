"""Who follows a dataset or a whole portal: addresses of people, and addresses of programs."""

import uuid

from django.db import models
from django.db.models import Q

from lumbung.core.notices.models import FollowerRow
from lumbung.modules.open_data.models.datasets import Dataset

# The topic of messages to those who follow.
FOLLOW = "open_data.follow"


class DataFollower(FollowerRow):
    """The address of somebody who follows a dataset or a portal."""

    portal = models.ForeignKey("portals.Portal", on_delete=models.PROTECT, related_name="+")
    # Empty: everything of the portal.
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, null=True, blank=True, related_name="followers")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portal", "email_index"],
                condition=Q(dataset__isnull=True),
                name="an_address_follows_a_data_portal_once",
            ),
            models.UniqueConstraint(
                fields=["dataset", "email_index"],
                condition=Q(dataset__isnull=False),
                name="an_address_follows_a_dataset_once",
            ),
        ]

    @property
    def topic_subject(self) -> str:
        """What a stop link stops: "dataset:<id>" or "portal:ntb"."""
        return f"dataset:{self.dataset_id}" if self.dataset_id else f"portal:{self.portal_id}"


class Hook(FollowerRow):
    """The address of a program that is told of new releases; the mail address is its owner's."""

    portal = models.ForeignKey("portals.Portal", on_delete=models.PROTECT, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, null=True, blank=True, related_name="hooks")
    # An address may carry a key of its own: sealed, only its host is shown.
    address = models.BinaryField()
    host = models.CharField(max_length=255)
    # What messages are signed with; made and shown once when the owner confirms.
    secret = models.BinaryField(null=True)
    # Messages given up one after the other; at a number of them it stops by itself.
    given_up = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(secret__isnull=False), name="confirmed_hook_has_a_secret"
            )
        ]

    def __str__(self) -> str:
        return f"hook at {self.host}"


class HookMessage(models.Model):
    """One message to one program, and how its sending went."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        GIVEN_UP = "given_up"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="messages")
    # The event it tells of; the same one is told once.
    event_id = models.CharField(max_length=36)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_answer = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["hook", "event_id"], name="a_hook_is_told_of_an_event_once")]

    def __str__(self) -> str:
        return f"{self.hook_id} {self.event_id}: {self.state}"
