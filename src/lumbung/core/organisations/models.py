"""Agencies, village governments, health posts, civil society: whoever can hold a role or a duty."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """An institution with dates: it is never deleted, it ends."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("Regional agency")
        INSPECTORATE = "inspectorate", _("Inspectorate")
        VILLAGE = "village", _("Village government")
        POSYANDU = "posyandu", _("Posyandu")
        CIVIL_SOCIETY = "civil_society", _("Civil-society organisation")
        BUSINESS = "business", _("Business")
        COUNCIL = "council", _("Council or forum")
        NATIONAL = "national", _("National institution")

    code = models.CharField(max_length=40, primary_key=True)
    name_id = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    agency_kind = models.CharField(max_length=30, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="organisations")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="organisation_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="organisation_has_a_code"),
        ]
        indexes = [models.Index(fields=["region", "agency_kind"], name="organisation_by_duty")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language active now."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_id
