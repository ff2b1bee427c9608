"""By which decree or regulation: the legal products that carry a plan."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.plans import Plan, PlanMember


class LegalProduct(models.Model):
    """A decree or regulation that carries the plan, from draft to promulgation."""

    class Kind(models.TextChoices):
        DECREE = "decree", _("Decree (SK)")
        HEAD_REGULATION = "head_regulation", _("Regulation of the head of region")
        REGIONAL_REGULATION = "regional_regulation", _("Regional regulation")
        CIRCULAR = "circular", _("Circular letter")

    class About(models.TextChoices):
        SECRETARIAT = "secretariat", _("Secretariat")
        WORKING_TEAM = "working_team", _("Working team and forum")
        MONITOR = "monitor", _("Independent monitoring body")
        ENACTMENT = "enactment", _("Enactment of the plan")
        OTHER = "other", _("Something else in the plan")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ENACTED = "enacted", _("Enacted")
        PROMULGATED = "promulgated", _("Promulgated")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="legal_products")
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="legal_products")
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(max_length=20, choices=About)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    number = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=300)
    jdih_url = models.URLField(max_length=300, blank=True)
    # The signed paper; the page shows its hash.
    document = models.OneToOneField(
        "files.StoredDocument", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Where and when a regulation was made known: "Berita Daerah Tahun 2026 Nomor 12".
    gazette = models.CharField(max_length=120, blank=True)
    promulgated_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["dated_on", "added_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="legal_product_names_its_subject"),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(number="") & Q(dated_on__isnull=False)),
                name="what_is_enacted_has_number_and_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="promulgated")
                | (~Q(gazette="") & Q(promulgated_on__isnull=False, promulgated_on__gte=F("dated_on"))),
                name="what_is_promulgated_says_where_and_when",
            ),
            models.UniqueConstraint(
                fields=["member", "kind", "number", "dated_on"],
                condition=~Q(number=""),
                name="legal_product_is_registered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()
