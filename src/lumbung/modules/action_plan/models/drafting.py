"""Drafts: every save is a version, and a frozen set of versions is what people were asked about."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.plans import Plan, PlanMember


class Draft(models.Model):
    """One text in the making: the plan's own narrative, or one commitment. What it says stands in its versions."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("The plan")
        COMMITMENT = "commitment", _("Commitment")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(max_length=10, choices=Kind)
    # Whose commitment it is; empty for the plan's narrative.
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    slug = models.SlugField(max_length=60, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    begun_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "member__position", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="plan", member__isnull=True, number__isnull=True, slug="")
                | (Q(kind="commitment", member__isnull=False, number__isnull=False) & ~Q(slug="")),
                name="commitment_draft_has_member_number_and_slug",
            ),
            models.UniqueConstraint(fields=["plan"], condition=Q(kind="plan"), name="plan_has_one_narrative"),
            models.UniqueConstraint(
                fields=["member", "number"],
                condition=Q(kind="commitment", withdrawn_at__isnull=True),
                name="draft_number_is_given_once_a_member",
            ),
            models.UniqueConstraint(fields=["slug"], condition=~Q(slug=""), name="draft_slug_is_given_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="withdrawn_draft_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.slug or f"narrative of {self.plan_id}"


class DraftVersion(models.Model):
    """What a draft said at one moment. Never changed; the newest one is what it says now."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["draft", "number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="version_number_is_given_once")]

    def __str__(self) -> str:
        return f"{self.draft_id} v{self.number}"


class Freeze(models.Model):
    """A member's drafts as they stood when they were shown: v1 at the plan workshop, v2 after the public test."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="freezes")
    number = models.PositiveSmallIntegerField()
    versions = models.ManyToManyField(DraftVersion, related_name="freezes")
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["member", "number"]
        constraints = [models.UniqueConstraint(fields=["member", "number"], name="freeze_number_is_given_once")]

    def __str__(self) -> str:
        return f"{self.member_id} v{self.number}"
