"""Asking another government to make a plan together: it is a member once it says so itself, and not before."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lumbung.modules.action_plan.models.plans import Plan


class PlanInvitation(models.Model):
    """A government is asked to join; its own secretariat or chair accepts or declines."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    # The template of its stages if it joins.
    template = models.CharField(max_length=40)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_role = models.CharField(max_length=40)
    invited_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_role = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisation"],
                condition=Q(decided_at__isnull=True),
                name="one_invitation_waits_for_a_government",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("invited_by")),
                name="nobody_accepts_an_invitation_of_their_own",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_accepted__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_accepted__isnull=False),
                name="invitation_is_answered_by_somebody_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} for {self.plan_id}"
