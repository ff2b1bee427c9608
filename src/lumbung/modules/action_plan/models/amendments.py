"""Changes of enacted text (perubahan rencana aksi): the old words stay, the new ones stand beside them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.commitments import Commitment
from lumbung.modules.action_plan.models.legal import LegalProduct


class Amendment(models.Model):
    """One field of one enacted commitment: old, new, reason; counted once a second person approved for the forum."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="amendments")
    # Where in the text: a key of shape.COMMITMENT ("ends_on"), or one part of a milestone ("milestones/2/due_on").
    place = models.CharField(max_length=60)
    # {"id": …, "en": …} or a day as "2027-06-30".
    old = models.JSONField()
    new = models.JSONField()
    reason = models.TextField(max_length=2_000)
    decree = models.ForeignKey(LegalProduct, on_delete=models.PROTECT, related_name="amendments")
    decree_words = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Empty in rows of before they were kept; then it was the one role each step has.
    proposed_role = models.CharField(max_length=40, null=True)  # noqa: DJ001 - SQLite adds it without a new table
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_role = models.CharField(max_length=40, null=True)  # noqa: DJ001 - as above

    class Meta:
        ordering = ["decided_at", "proposed_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_a_reason"),
            models.CheckConstraint(condition=~Q(new=F("old")), name="amendment_changes_something"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="amendment_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="amendment_is_decided_by_somebody_at_some_time",
            ),
            models.UniqueConstraint(
                fields=["commitment", "place"],
                condition=Q(state="proposed"),
                name="one_amendment_waits_for_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}.{self.place}: {self.state}"

    @property
    def proposing_role(self) -> str:
        """Key of the role in which it was proposed."""
        return self.proposed_role or "plan_secretariat"

    @property
    def deciding_role(self) -> str:
        """Key of the role in which it was decided, "" while it waits."""
        return (self.decided_role or "plan_chair") if self.decided_at else ""
