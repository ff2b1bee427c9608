"""With whom a government works on a plan: agreements, what each side owes, and what came of it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.plans import Plan, PlanMember


class Partnership(models.Model):
    """An agreement between one member and one institution outside it."""

    class Kind(models.TextChoices):
        MEMORANDUM = "memorandum", _("Memorandum of understanding (MoU)")
        COOPERATION = "cooperation", _("Cooperation agreement (PKS)")
        CSR = "csr", _("Corporate social responsibility (CSR)")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="partnerships")
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="partnerships")
    kind = models.CharField(max_length=20, choices=Kind)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    government_duties = models.TextField(max_length=2_000)
    partner_duties = models.TextField(max_length=2_000)
    # Of the hashes in the log of what it says and brought; none in rows of before.
    salt = models.BinaryField(max_length=16, null=True)
    document = models.OneToOneField(
        "files.StoredDocument", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on", "added_at"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(organisation__isnull=False) & Q(institution=""))
                | (Q(organisation__isnull=True) & ~Q(institution="")),
                name="partnership_is_with_one_institution",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="partnership_ends_not_before_it_begins"
            ),
            models.CheckConstraint(condition=~Q(number="") & ~Q(subject=""), name="partnership_has_number_and_subject"),
            models.UniqueConstraint(fields=["member", "number"], name="partnership_is_registered_once"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        """The partner."""
        return self.organisation.name if self.organisation else self.institution


class Realisation(models.Model):
    """Something an agreement brought, on a day. Only added to."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="realisations")
    on = models.DateField()
    text = models.CharField(max_length=500)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="realisation_says_something")]

    def __str__(self) -> str:
        return f"{self.on}: {self.text}"
