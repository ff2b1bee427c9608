"""The working copy of a dataset: metadata and tables, on its way from the producer to the public."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.models.datasets import Dataset
from lumbung.modules.open_data.models.releases import Release
from lumbung.modules.open_data.states import CLOSED, DraftState


class Draft(models.Model):
    """What the next release will say. `version` counts its saves, so that a second tab cannot write over the first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=15, choices=DraftState, default=DraftState.DRAFT)
    metadata = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=300, blank=True)
    # The release it starts from; none for the first.
    base = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    release = models.OneToOneField(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="draft")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # Not before this day, if a release calendar or an embargo says so.
    release_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset"], condition=~Q(state__in=sorted(CLOSED)), name="dataset_has_one_open_draft"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(CLOSED), closed_at__isnull=False)
                | (~Q(state__in=sorted(CLOSED)) & Q(closed_at__isnull=True)),
                name="closed_draft_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.PUBLISHED, release__isnull=False)
                | (~Q(state=DraftState.PUBLISHED) & Q(release__isnull=True)),
                name="published_draft_has_its_release",
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="draft_waiting_longest")]

    def __str__(self) -> str:
        return f"{self.dataset_id} ({self.state})"


class DraftTable(models.Model):
    """One table of a draft: the file brought, how it is read, what its columns mean, what the check found."""

    class Stage(models.TextChoices):
        ANNOUNCED = "announced", _("Announced, waits for its rows")
        RECEIVED = "received", _("Received, being looked through")
        LOOKED = "looked", _("Waits for somebody to confirm how it is read")
        READ = "read", _("Read, waits for its columns to be confirmed")
        CHECKED = "checked", _("Checked")
        KEPT = "kept", _("Unchanged since the last release")
        FAILED = "failed", _("Could not be read")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="tables")
    slug = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=1)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.RECEIVED)
    # The file as it was brought. Its bytes lie beside the datasets until the draft is closed.
    source_name = models.CharField(max_length=200, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    source_bytes = models.PositiveBigIntegerField(default=0)
    source_url = models.CharField(max_length=500, blank=True)
    look = models.JSONField(null=True, blank=True)
    reading = models.JSONField(null=True, blank=True)
    plain = models.JSONField(null=True, blank=True)
    schema = models.JSONField(null=True, blank=True)
    schema_confirmed_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(null=True, blank=True)
    # Columns that look like personal data: [{"column", "kind", "count"}], never what stands in them.
    findings = models.JSONField(default=list, blank=True)
    # Hashes and sizes of the files made by the check; they become the version.
    written = models.JSONField(null=True, blank=True)
    # Why each column is proposed as it is, to be shown until somebody confirms.
    proposal = models.JSONField(null=True, blank=True)
    # What a long step does right now and how far it has come: {"step": "look" | "read" | "check", "rows": …}.
    progress = models.JSONField(default=dict, blank=True)
    # Why it could not be read, {"id": …, "en": …}.
    failure = models.JSONField(default=dict, blank=True)
    kept_version = models.ForeignKey(
        "datasets.DatasetVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["draft", "position"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "slug"], name="draft_table_slug_is_given_once"),
            models.CheckConstraint(condition=~Q(stage="failed") | ~Q(failure={}), name="failed_table_says_why"),
            models.CheckConstraint(
                condition=~Q(stage="kept") | Q(kept_version__isnull=False), name="kept_table_has_its_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.slug}"

    @property
    def is_busy(self) -> bool:
        """Whether a long step is under way."""
        return bool(self.progress)


class PersonalDecision(models.Model):
    """What a named person decided about a column that looks like personal data. It says why, and stays."""

    class Choice(models.TextChoices):
        NOT_PERSONAL = "not_personal", _("These are not personal data")
        DROPPED = "dropped", _("The column is left out")

    table = models.ForeignKey(DraftTable, on_delete=models.CASCADE, related_name="decisions")
    column = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    choice = models.CharField(max_length=15, choices=Choice)
    reason = models.CharField(max_length=300)
    # Where the cells came from that were looked at (queries/personal_columns); of other cells it decides nothing.
    looked_at = models.CharField(max_length=64, blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["table", "column"]
        constraints = [
            models.UniqueConstraint(fields=["table", "column", "kind"], name="one_decision_a_column_and_kind"),
            models.CheckConstraint(condition=~Q(reason=""), name="personal_decision_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.table_id}.{self.column}: {self.choice}"
