"""The public side of a report, and its clocks."""

import uuid

from django.db import models
from django.db.models import F, Q

from lumbung.core.regions.models import Region
from lumbung.modules.reports.models.categories import Category, Channel, ReportClass, Urgency
from lumbung.modules.reports.states import State


class NumberCounter(models.Model):
    """How many numbers a portal gave in a year; locked while the next is taken."""

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
    # The day the public may know it came: of an anonymous report the Monday of its week. Lists sort by it.
    told_on = models.DateField()
    due_on = models.DateField()
    rule_key = models.CharField(max_length=60)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    paused_since = models.DateTimeField(null=True, blank=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    planned_year = models.PositiveSmallIntegerField(null=True, blank=True)
    planned_document = models.CharField(max_length=200, blank=True)
    handed_to = models.CharField(max_length=200, blank=True)
    handed_contact = models.CharField(max_length=200, blank=True)
    archive_reason = models.CharField(max_length=500, blank=True)
    sp4n_number = models.CharField(max_length=40, blank=True)
    # Until this day the public goes on knowing what follows, and from then on what is so (queries/told.py, ADR 16).
    held_until = models.DateField(null=True, blank=True)
    held_state = models.CharField(max_length=12, choices=State, blank=True)  # empty: it does not know of the report
    held_agency = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_reopened_count = models.PositiveSmallIntegerField(default=0)
    held_finished_at = models.DateTimeField(null=True, blank=True)
    held_due_on = models.DateField(null=True, blank=True)
    held_paused_since = models.DateTimeField(null=True, blank=True)
    held_planned_year = models.PositiveSmallIntegerField(null=True, blank=True)
    held_planned_document = models.CharField(max_length=200, blank=True)
    reported_office = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    bounced_count = models.PositiveSmallIntegerField(default=0)
    first_assigned_at = models.DateTimeField(null=True, blank=True)
    pressed_at = models.DateTimeField(null=True, blank=True)

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
            models.CheckConstraint(
                condition=Q(is_anonymous=False, told_on=F("received_on"))
                | Q(is_anonymous=True, told_on__lte=F("received_on")),
                name="only_an_anonymous_report_is_told_by_another_day",
            ),
            models.CheckConstraint(
                condition=Q(held_until__isnull=True) | Q(held_due_on__isnull=False),
                name="report_held_back_keeps_what_was_told",
            ),
            models.CheckConstraint(
                condition=Q(pressed_at__isnull=True) | Q(is_confidential=True),
                name="report_under_pressure_is_confidential",
            ),
            models.CheckConstraint(
                condition=Q(reported_office__isnull=True) | Q(agency__isnull=True) | ~Q(agency=F("reported_office")),
                name="report_is_never_with_the_office_it_is_about",
            ),
        ]
        indexes = [
            models.Index(fields=["portal", "-received_on", "-number"], name="report_public_list"),
            models.Index(fields=["-told_on", "-number"], name="report_newest_told_first"),
            models.Index(fields=["handling_portal", "state", "due_on"], name="report_coordinator_inbox"),
            models.Index(fields=["agency", "state", "due_on"], name="report_agency_inbox"),
            models.Index(fields=["sp4n_number"], name="report_by_sp4n_number"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def precision(self) -> str:
        """How finely the public may know when it came (decision 31)."""
        return "week" if self.is_anonymous or self.is_confidential else "day"

    @property
    def public_village(self) -> Region | None:
        """The village as the public may know it; none where somebody anonymous accuses officials (decision 31)."""
        accuses = self.is_protected or self.reported_office_id is not None
        return None if self.is_anonymous and accuses else self.village

    @property
    def public_place(self) -> str:
        """The place as the public may know it, on every page, in every file and in every index."""
        village = self.public_village
        return f"{village.name}, {self.district.name}" if village else str(self.district.name)

    @property
    def is_protected(self) -> bool:
        """Whether only the receiving unit may read it: confidential by force, or its reporter is under pressure."""
        return bool(self.category.confidential_by_force) or self.pressed_at is not None


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
