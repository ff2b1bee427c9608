"""The national secretariat's notes, what was exported, and the submission to OGP."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.plans import Plan


class Review(models.Model):
    """The national secretariat has read this text of the plan; another text is read anew. Notes hang on the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    # Of the frozen or enacted text it read (queries/submission.reviewed_sha256).
    text_sha256 = models.CharField(max_length=64)
    finished_at = models.DateTimeField()
    finished_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["finished_at"]
        constraints = [models.UniqueConstraint(fields=["plan", "text_sha256"], name="text_is_reviewed_once")]

    def __str__(self) -> str:
        return f"review of {self.plan_id}"


class ReviewNote(models.Model):
    """One note before submission, and the answer of the secretariat."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="review_notes")
    number = models.PositiveSmallIntegerField()
    # The slug of a commitment; empty for the plan as a whole.
    about = models.SlugField(max_length=60, blank=True)
    text = models.TextField(max_length=4_000)
    salt = models.BinaryField(max_length=16)
    # The form it was written with: the same form sent twice is one note.
    draft_key = models.UUIDField(unique=True, null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(max_length=4_000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="review_note_number_is_given_once"),
            models.CheckConstraint(condition=~Q(text=""), name="review_note_says_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="answer_to_a_note_is_given_by_somebody_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.number} on {self.plan_id}"


class Export(models.Model):
    """One file made of the enacted plan, kept as it was made: whoever holds a copy can compare."""

    class Kind(models.TextChoices):
        DOCX = "docx", _("Document to edit (DOCX)")
        PDF = "pdf", _("Accessible PDF")
        JSON = "json", _("Record (JSON)")
        CSV = "csv", _("Table with OGP's columns (CSV)")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="exports")
    # Which making it belongs to: 1, 2, …; the newest counts.
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    # "id", "en", or empty where both stand in it.
    language = models.CharField(max_length=2, blank=True)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    plan_sha256 = models.CharField(max_length=64)
    checkpoint_size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number", "kind", "language"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number", "kind", "language"], name="export_is_made_once")
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} #{self.number} {self.kind} {self.language}".strip()


class Submission(models.Model):
    """The plan was submitted to OGP: the day its clocks begin, and the hash of what was submitted."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="submission")
    on = models.DateField()
    plan_sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"submission of {self.plan_id} on {self.on}"


class OgpAnswer(models.Model):
    """What OGP answered to a submission: an address, or a document kept with its hash, or both."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="ogp_answers")
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    # Of the hash under which title and address stand in the log; none in rows of before.
    salt = models.BinaryField(max_length=16, null=True)
    document = models.OneToOneField(
        "files.StoredDocument", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_on = models.DateField()
    # What was found at the address, put beside the row by `queries.filed`.
    looked: Any = None
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["received_on", "entered_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & (~Q(url="") | Q(document__isnull=False)), name="answer_of_ogp_can_be_read"
            )
        ]

    def __str__(self) -> str:
        return f"answer of OGP to {self.plan_id}, {self.received_on}"


class WebFormEntry(models.Model):
    """One field of OGP's web form that was filled in, and the day. `about` is "plan" or a commitment's slug."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="web_form_entries")
    about = models.SlugField(max_length=60)
    field = models.CharField(max_length=40)
    entered_on = models.DateField()

    class Meta:
        ordering = ["about", "field"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "about", "field"], name="web_form_field_is_entered_once")
        ]

    def __str__(self) -> str:
        return f"{self.about}.{self.field}: {self.entered_on}"
