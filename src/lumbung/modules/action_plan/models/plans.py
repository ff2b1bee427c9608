"""The plan itself: who made it, when, and what happened around it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.words import in_language


class Plan(models.Model):
    """An action plan of one government, or of several together (Rencana Aksi Daerah)."""

    class Origin(models.TextChoices):
        LOADED = "loaded", _("Taken from public sources")
        WRITTEN = "written", _("Drawn up here")

    key = models.SlugField(primary_key=True, max_length=40)
    title_id = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    summary_id = models.CharField(max_length=500)
    summary_en = models.CharField(max_length=500)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Empty until the plan has been submitted.
    submitted_on = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.LOADED)
    # A plan drawn up here to show how it is done; every page of it says so.
    is_illustration = models.BooleanField(default=False)
    # The plan whose lessons this one starts from.
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    source = models.CharField(max_length=300, blank=True)
    loaded_sha256 = models.CharField(max_length=64, blank=True)
    # When it was loaded, or begun here.
    loaded_at = models.DateTimeField()
    # When it was given up before anything of it was enacted: who asked, who agreed and why is `PlanWithdrawal`.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = [F("submitted_on").desc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="plan_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(origin="loaded") | ~Q(source=""), name="loaded_plan_names_its_source"),
            models.CheckConstraint(
                condition=~Q(origin="loaded") | (~Q(loaded_sha256="") & Q(submitted_on__isnull=False)),
                name="loaded_plan_names_its_file_and_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def summary(self) -> str:
        return in_language(self, "summary")


class PlanMember(models.Model):
    """A government that made the plan; one of them leads, and its portal has the canonical page."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    is_lead = models.BooleanField()
    # Its stages: the key of a template of data/stages.toml; empty in a plan taken from public sources.
    template = models.CharField(max_length=40, blank=True)
    path_id = models.CharField(max_length=300, blank=True)
    path_en = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "organisation"], name="government_joins_a_plan_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(is_lead=True), name="plan_has_one_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.plan_id}"

    @property
    def path(self) -> str:
        return in_language(self, "path")


class PlanEvent(models.Model):
    """Something that happened around the plan, with the day and the source."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="happenings")
    on = models.DateField()
    text_id = models.CharField(max_length=200)
    text_en = models.CharField(max_length=200)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="happening_names_its_source")]

    def __str__(self) -> str:
        return f"{self.on}: {self.text}"

    @property
    def text(self) -> str:
        return in_language(self, "text")


class Partner(models.Model):
    """A non-government body beside the plan: civil society, or a member of the independent monitoring body."""

    class Role(models.TextChoices):
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        MONITOR = "monitor", _("Independent monitoring body")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    # Whose part of the plan it monitors: nobody watches a government that did not name it. Empty for civil society.
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, null=True, blank=True, related_name="partners")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["role", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "organisation", "role"], name="partner_is_named_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.role}"
