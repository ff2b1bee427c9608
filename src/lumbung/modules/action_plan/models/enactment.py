"""Who stands behind the frozen text, its enactment, and the texts of a plan that no column of their own holds."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.commitments import Commitment
from lumbung.modules.action_plan.models.drafting import Freeze
from lumbung.modules.action_plan.models.forum import Seat
from lumbung.modules.action_plan.models.legal import LegalProduct
from lumbung.modules.action_plan.models.plans import Plan, PlanMember
from lumbung.modules.action_plan.models.words import in_language


class Endorsement(models.Model):
    """An institution outside government stands behind a member's frozen text."""

    class Manner(models.TextChoices):
        PAPER = "paper", _("Signed paper")
        PRESSED = "pressed", _("Given here by the institution")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="endorsements")
    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="endorsements")
    # Either a registered organisation, or the name of an institution that is not registered here.
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=20, choices=Seat.Sector)
    manner = models.CharField(max_length=10, choices=Manner)
    on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    # Of the hashes of note and name in the log; none in rows of before, or once the note was erased.
    salt = models.BinaryField(max_length=16, null=True)
    # The signed paper; empty where the institution gave it here itself.
    document = models.OneToOneField(
        "files.StoredDocument", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "entered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, institution="")
                | (Q(organisation__isnull=True) & ~Q(institution="")),
                name="endorsement_names_one_institution",
            ),
            models.CheckConstraint(
                condition=~Q(sector=Seat.Sector.GOVERNMENT), name="endorsement_comes_from_outside_government"
            ),
            models.UniqueConstraint(fields=["freeze", "organisation"], name="organisation_endorses_a_version_once"),
            models.UniqueConstraint(
                fields=["freeze", "institution"],
                condition=~Q(institution=""),
                name="institution_endorses_a_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} endorses {self.freeze_id}"

    @property
    def name(self) -> str:
        """The institution."""
        return self.organisation.name if self.organisation else self.institution


class Enactment(models.Model):
    """A member's part of the plan as its head of region enacted it. Written once; the database refuses change.

    body     RFC 8785 bytes of the part's record (`queries/drafted_record.py`)
    objects  name of each object ("commitment:jalan-terbuka", "plan:ntb-2027") → SHA-256, as the log says them
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.OneToOneField(PlanMember, on_delete=models.PROTECT, related_name="enactment")
    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="enactments")
    decree = models.ForeignKey(LegalProduct, on_delete=models.PROTECT, related_name="enactments")
    # The decree as it read that day: kind, number, date, subject.
    decree_words = models.CharField(max_length=300)
    enacted_at = models.DateTimeField()
    enacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    objects_said = models.JSONField()

    class Meta:
        ordering = ["enacted_at"]

    def __str__(self) -> str:
        return f"enactment of {self.member_id}"


class CommitmentText(models.Model):
    """One field of an enacted commitment that has no column: its key in `shape.py`, in both languages."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="texts")
    field = models.CharField(max_length=40)
    text_id = models.TextField(max_length=4_000, blank=True)
    text_en = models.TextField(max_length=4_000, blank=True)

    class Meta:
        ordering = ["commitment", "field"]
        constraints = [models.UniqueConstraint(fields=["commitment", "field"], name="commitment_says_each_field_once")]

    def __str__(self) -> str:
        return f"{self.commitment_id}.{self.field}"

    @property
    def text(self) -> str:
        """The words in the language active now."""
        return in_language(self, "text")


class PlanText(models.Model):
    """One field of the enacted narrative that has no column."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="texts")
    field = models.CharField(max_length=40)
    text_id = models.TextField(max_length=4_000, blank=True)
    text_en = models.TextField(max_length=4_000, blank=True)

    class Meta:
        ordering = ["plan", "field"]
        constraints = [models.UniqueConstraint(fields=["plan", "field"], name="plan_says_each_field_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}.{self.field}"

    @property
    def text(self) -> str:
        """The words in the language active now."""
        return in_language(self, "text")
