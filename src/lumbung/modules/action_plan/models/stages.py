"""How far each member has come, what was let pass, and the dates that were announced."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lumbung.modules.action_plan.models.plans import Plan, PlanMember


class StageDate(models.Model):
    """When a stage is to take place, as announced in the roadmap."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="stage_dates")
    track = models.CharField(max_length=40)
    stage = models.CharField(max_length=30)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "track", "stage"], name="stage_is_announced_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="stage_ends_not_before_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.track}: {self.stage} {self.starts_on}–{self.ends_on}"


class StagePassage(models.Model):
    """A stage that was left: once, for ever. `exception` says that something was missing."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="passages")
    track = models.CharField(max_length=40)
    stage = models.CharField(max_length=30)
    passed_at = models.DateTimeField()
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["passed_at"]
        constraints = [models.UniqueConstraint(fields=["plan", "track", "stage"], name="stage_is_passed_once")]

    def __str__(self) -> str:
        return f"{self.track}: {self.stage}"


class StageException(models.Model):
    """Somebody asks to leave a stage although something is missing; a second person grants or declines it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="exceptions")
    track = models.CharField(max_length=40)
    stage = models.CharField(max_length=30)
    # What was missing when it was asked for, as codes of checks with their sentences in both languages.
    missing = models.JSONField()
    reason = models.CharField(max_length=1_000)
    # The log keeps the reason as a salted hash: an officer may have typed a name.
    reason_salt = models.BinaryField(max_length=16)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_role = models.CharField(max_length=40)
    # For which member it was asked, where the stage is one of all together: another one grants it.
    asked_for = models.ForeignKey(
        PlanMember, on_delete=models.PROTECT, null=True, blank=True, related_name="exceptions_asked"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_role = models.CharField(max_length=40, blank=True)
    # For which member it was decided, where the stage is one of all together; empty in rows of before this was kept.
    decided_for = models.ForeignKey(
        PlanMember, on_delete=models.PROTECT, null=True, blank=True, related_name="exceptions_decided"
    )
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "track", "stage"],
                condition=Q(decided_at__isnull=True),
                name="one_exception_waits_for_a_stage",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="exception_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="exception_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_granted__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_granted__isnull=False),
                name="exception_is_decided_by_somebody_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"exception for {self.track}: {self.stage}"


class StageWord(models.Model):
    """A member says that a stage of all members may be left; it is left once each of them has said so."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="stage_words")
    stage = models.CharField(max_length=30)
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="stage_words")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "stage", "member"], name="member_gives_its_word_once"),
            models.UniqueConstraint(fields=["plan", "stage", "given_by"], name="nobody_speaks_for_two_members"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.stage}"
