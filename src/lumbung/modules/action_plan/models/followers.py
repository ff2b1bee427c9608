"""Addresses that follow a plan or one commitment; each counts once its owner has confirmed by mail."""

from django.db import models
from django.db.models import Q

from lumbung.core.notices.models import FollowerRow
from lumbung.modules.action_plan.models.commitments import Commitment
from lumbung.modules.action_plan.models.plans import Plan

# The topic of messages to those who follow.
FOLLOW = "action_plan.follow"


class PlanFollower(FollowerRow):
    """One address. `commitment` empty: everything in the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="followers")
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="followers"
    )
    # The portal it was asked in: where the links of a letter lead.
    portal_slug = models.SlugField(max_length=40)

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

    @property
    def topic_subject(self) -> str:
        """What a stop link stops: "commitment:ntb-care", "plan:ntb-ksb-2021-2023"."""
        return f"commitment:{self.commitment_id}" if self.commitment_id else f"plan:{self.plan_id}"
