"""What anybody says about a commitment while it is carried out, and the agency's answer beside it."""

import uuid

from django.db import models
from django.db.models import Q

from lumbung.modules.action_plan.models.commitments import Commitment
from lumbung.modules.action_plan.models.intake import Channel, Clearing
from lumbung.modules.action_plan.models.monitoring import Signed
from lumbung.modules.action_plan.models.plans import Plan


class Remark(models.Model):
    """One remark (pendapat) on a commitment of a submitted plan. Nobody reads it before it is cleared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="remarks")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="remarks")
    number = models.CharField(max_length=20, unique=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.ONLINE)
    clearing = models.CharField(max_length=10, choices=Clearing, default=Clearing.WAITING)
    hidden_reason = models.CharField(max_length=300, blank=True)
    # As written, sealed; and as the public reads it once cleared.
    words = models.BinaryField(null=True)
    salt = models.BinaryField(max_length=16, null=True)
    words_hash = models.CharField(max_length=64)
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
                condition=~Q(clearing="public") | ~Q(public_text=""), name="public_remark_has_words_for_the_public"
            ),
            models.CheckConstraint(
                condition=~Q(clearing="hidden") | ~Q(hidden_reason=""), name="hidden_remark_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RemarkAnswer(Signed):
    """The agency in charge answers a remark; its head speaks for it. A later one is added, the earlier stays."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="answers")

    class Meta(Signed.Meta):
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="remark_answer_says_something")]
