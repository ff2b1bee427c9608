"""Addresses that follow a plan or one commitment; each counts once its owner has confirmed by mail."""

import uuid

from django.db import models
from django.db.models import Q

from lumbung.modules.action_plan.models.commitments import Commitment
from lumbung.modules.action_plan.models.plans import Plan

# The topic of messages to those who follow.
FOLLOW = "action_plan.follow"


class PlanFollower(models.Model):
    """One address. `commitment` empty: everything in the plan."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="followers")
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="followers"
    )
    email = models.BinaryField()
    email_index = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    # The portal it was asked in: where the links of a letter lead.
    portal_slug = models.SlugField(max_length=40)
    token_index = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "email_index"],
                condition=Q(commitment__isnull=True),
                name="an_address_follows_a_plan_once",
            ),
            models.UniqueConstraint(
                fields=["commitment", "email_index"],
                condition=Q(commitment__isnull=False),
                name="an_address_follows_a_commitment_once",
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="plan_follower_by_time")]

    def __str__(self) -> str:
        return f"follower of {self.topic_subject}"

    @property
    def topic_subject(self) -> str:
        """What a stop link stops."""
        return subject_of(self.plan_id, self.commitment_id)


def subject_of(plan_id: str, commitment_id: str | None) -> str:
    """ "commitment:ntb-care", "plan:ntb-ksb-2021-2023"."""
    return f"commitment:{commitment_id}" if commitment_id else f"plan:{plan_id}"
