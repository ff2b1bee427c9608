"""Giving a plan up before anything of it was enacted: one person asks with a reason, a second one agrees."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lumbung.modules.action_plan.models.plans import Plan, PlanMember


class PlanWithdrawal(models.Model):
    """Somebody asks to withdraw a plan; a second person, of a consortium one of another government, decides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.CharField(max_length=1_000)
    reason_salt = models.BinaryField(max_length=16)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_role = models.CharField(max_length=40)
    # For which member it was asked: in a consortium another one agrees.
    asked_for = models.ForeignKey(PlanMember, on_delete=models.PROTECT, null=True, related_name="withdrawals_asked")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_role = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(decided_at__isnull=True), name="one_withdrawal_waits_for_a_plan"
            ),
            models.UniqueConstraint(fields=["plan"], condition=Q(is_granted=True), name="a_plan_is_withdrawn_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="withdrawal_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_granted__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_granted__isnull=False),
                name="withdrawal_is_decided_by_somebody_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"withdrawal of {self.plan_id}"
