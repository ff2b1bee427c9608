"""A citizen's report. What is hidden lives in tables of its own, so that an ordinary query cannot load it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lumbung.modules.reports.states import State


class Urgency(models.TextChoices):
    URGENT = "urgent", _("Urgent")
    IMPORTANT = "important", _("Important")
    ORDINARY = "ordinary", _("Ordinary")


class ReportClass(models.TextChoices):
    COMPLAINT = "complaint", _("Complaint")
    ASPIRATION = "aspiration", _("Aspiration")
    INFORMATION = "information", _("Request for information")


class Channel(models.TextChoices):
    WEB = "web", _("Website")
    COUNTER = "counter", _("Counter visit")
    PHONE = "phone", _("Telephone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SOCIAL_MEDIA = "social_media", _("Social media")
    FORUM = "forum", _("Service forum")
    KADER = "kader", _("Kader or mutual-aid agent")


class Category(models.Model):
    """What a report is about, with the defaults it brings: class, urgency, duty, and whether it is confidential by force."""

    key = models.SlugField(primary_key=True, max_length=40)
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    example_id = models.CharField(max_length=400)
    example_en = models.CharField(max_length=400)
    report_class = models.CharField(max_length=12, choices=ReportClass)
    urgency = models.CharField(max_length=10, choices=Urgency)
    rule_key = models.CharField(max_length=60)
    agency_kind = models.CharField(max_length=30)
    confidential_by_force = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_id

    @property
    def example(self) -> str:
        return self.example_en if (get_language() or "").startswith("en") else self.example_id


class NumberCounter(models.Model):
    """The last number given by a portal in a year; locked while the next is taken."""

    portal = models.ForeignKey("portals.Portal", on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "year"], name="one_counter_a_portal_and_year")]

    def __str__(self) -> str:
        return f"{self.portal_id} {self.year}: {self.last}"


class Report(models.Model):
    """The public side of one report, and its clocks."""

    # Random, not time-ordered: the id stands in the public log (decision 2).
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True)
    draft_id = models.UUIDField(unique=True)
    portal = models.ForeignKey("portals.Portal", on_delete=models.PROTECT, related_name="received_reports")
    handling_portal = models.ForeignKey("portals.Portal", on_delete=models.PROTECT, related_name="handled_reports")
    category = models.ForeignKey(Category, on_delete=models.PROTECT)
    report_class = models.CharField(max_length=12, choices=ReportClass)
    urgency = models.CharField(max_length=10, choices=Urgency)
    state = models.CharField(max_length=12, choices=State, default=State.SUBMITTED)
    channel = models.CharField(max_length=14, choices=Channel, default=Channel.WEB)
    is_anonymous = models.BooleanField(default=False)
    is_confidential = models.BooleanField(default=False)
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    received_at = models.DateTimeField()
    received_on = models.DateField()
    due_on = models.DateField()
    rule_key = models.CharField(max_length=60)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    paused_since = models.DateTimeField(null=True, blank=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    planned_year = models.PositiveSmallIntegerField(null=True, blank=True)
    planned_document = models.CharField(max_length=200, blank=True)
    handed_to = models.CharField(max_length=200, blank=True)
    archive_reason = models.CharField(max_length=500, blank=True)
    sp4n_number = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["finished", "confirmed"]) | Q(finished_at__isnull=False),
                name="finished_report_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["assigned", "in_progress", "planned", "finished", "confirmed"])
                | Q(agency__isnull=False),
                name="assigned_report_has_an_agency",
            ),
            models.CheckConstraint(
                condition=~Q(state="planned") | Q(planned_year__isnull=False),
                name="planned_report_names_its_budget_year",
            ),
            models.CheckConstraint(
                condition=~Q(state="archived") | ~Q(archive_reason=""), name="archived_report_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="handed_out") | ~Q(handed_to=""), name="handed_out_report_names_who_has_it"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("received_on")), name="report_is_due_on_or_after_the_day_it_came"
            ),
        ]
        indexes = [
            models.Index(fields=["portal", "-received_on", "-number"], name="report_public_list"),
            models.Index(fields=["handling_portal", "state", "due_on"], name="report_coordinator_inbox"),
            models.Index(fields=["agency", "state", "due_on"], name="report_agency_inbox"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def precision(self) -> str:
        """How finely the public may know when it came (decision 31)."""
        return "week" if self.is_anonymous or self.is_confidential else "day"


class Pause(models.Model):
    """A time in which the clock stood still, because the reporter was asked for more."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["since"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="pause_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"pause of {self.report_id}"


class SealedOriginal(models.Model):
    """What the citizen wrote, encrypted. Opening it is for those who handle the report."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, primary_key=True, related_name="original")
    text = models.BinaryField()
    landmark = models.BinaryField()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    salt = models.BinaryField(max_length=16)
    text_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"original of {self.report_id}"


class Reporter(models.Model):
    """Who reported, encrypted. Every opening writes an access event and tells the reporter."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, primary_key=True, related_name="reporter")
    name = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    email = models.BinaryField(null=True)
    shows_name = models.BooleanField(default=False)
    code_index = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"reporter of {self.report_id}"


class PublicVersion(models.Model):
    """The only words of a report the public sees, made and confirmed by an officer (decision 30)."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, primary_key=True, related_name="public_version")
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)
    place = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.title


class Response(models.Model):
    """What an agency answers; public only after its head approved it (decision 33)."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("Progress")
        FINAL = "final", _("Final answer")

    class Standing(models.TextChoices):
        WAITING = "waiting", _("Waiting for the head's approval")
        APPROVED = "approved", _("Approved by the head of the agency")
        RETURNED = "returned", _("Returned for correction")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="responses")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=4000)
    agency = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.WAITING)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decision_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing="waiting") | Q(decided_at__isnull=False), name="decided_response_has_a_date"
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(standing="waiting"), name="one_response_waits_for_approval_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.report_id}"


class Addition(models.Model):
    """What the reporter added later, or what the coordinator asked for; sealed like the original."""

    class Side(models.TextChoices):
        REPORTER = "reporter", _("Reporter")
        COORDINATOR = "coordinator", _("Coordinator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="additions")
    side = models.CharField(max_length=12, choices=Side)
    text = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return f"addition to {self.report_id}"


class Rating(models.Model):
    """One answer in two taps for each time a report was finished. Staff see sums, never who scored."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="ratings")
    finish_number = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField()
    rated_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "finish_number"], name="one_rating_for_each_finish"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=4), name="rating_is_from_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.report_id}"


class ReportDraft(models.Model):
    """What has been typed so far, sealed, kept for seven days (decision 22). Its id is the idempotency key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    portal = models.ForeignKey("portals.Portal", on_delete=models.CASCADE, related_name="+")
    typed = models.BinaryField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="draft_by_expiry")]

    def __str__(self) -> str:
        return str(self.pk)
