"""What people proposed, under a number, and what became of it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.drafting import Draft
from lumbung.modules.action_plan.models.intake import Channel, Clearing
from lumbung.modules.action_plan.models.meetings import Meeting
from lumbung.modules.action_plan.models.plans import Plan, PlanMember


class Idea(models.Model):
    """One idea (usulan). Its number never changes and is never given twice, whatever becomes of it."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        MERGED = "merged", _("Merged into another idea")
        SPLIT = "split", _("Split into several ideas")
        ADOPTED = "adopted", _("Adopted in a commitment")
        DECLINED = "declined", _("Not taken up, with a reason")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="ideas")
    # Which government it speaks to; empty when it speaks to all.
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas")
    number = models.CharField(max_length=20, unique=True)
    channel = models.CharField(max_length=10, choices=Channel)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas")
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    clearing = models.CharField(max_length=10, choices=Clearing, default=Clearing.WAITING)
    hidden_reason = models.CharField(max_length=300, blank=True)
    declined_reason = models.CharField(max_length=500, blank=True)
    # As written, sealed; and as the public reads it once cleared.
    words = models.BinaryField(null=True)
    salt = models.BinaryField(max_length=16, null=True)
    words_hash = models.CharField(max_length=64)
    public_title = models.CharField(max_length=200, blank=True)
    public_text = models.TextField(max_length=4_000, blank=True)
    # Who speaks, if an institution wants to be named; never a private person. Sealed with the words until cleared.
    institution = models.CharField(max_length=200, blank=True)
    code_index = models.CharField(max_length=64, unique=True)
    draft_key = models.UUIDField(unique=True)
    received_at = models.DateTimeField()
    received_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(clearing="public") | ~Q(public_text=""), name="public_idea_has_words_for_the_public"
            ),
            models.CheckConstraint(condition=~Q(clearing="hidden") | ~Q(hidden_reason=""), name="hidden_idea_says_why"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(declined_reason=""), name="declined_idea_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class IdeaTie(models.Model):
    """Where an idea went: into another idea, into several, into a draft commitment. Ties are only added."""

    class Kind(models.TextChoices):
        MERGED = "merged", _("merged into")
        SPLIT = "split", _("split into")
        ADOPTED = "adopted", _("adopted in")

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=10, choices=Kind)
    into_idea = models.ForeignKey(Idea, on_delete=models.PROTECT, null=True, blank=True, related_name="sources")
    into_draft = models.ForeignKey(Draft, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas")
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="adopted", into_draft__isnull=False, into_idea__isnull=True))
                | (Q(kind__in=["merged", "split"], into_idea__isnull=False, into_draft__isnull=True)),
                name="tie_leads_to_one_place_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(into_idea__isnull=True) | ~Q(into_idea=F("idea")), name="idea_is_not_tied_to_itself"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="tie_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.kind}"
