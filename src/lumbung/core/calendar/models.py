"""Days off, each with where it is known from, and the dated rules by which deadlines are counted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lumbung.kernels.deadlines import DayKind, Unit


class CalendarDay(models.Model):
    """A day off. Never deleted: `removed_at` keeps the library from bringing back what a person took out."""

    class Kind(models.TextChoices):
        PUBLIC_HOLIDAY = DayKind.PUBLIC_HOLIDAY.value, _("Public holiday")
        COLLECTIVE_LEAVE = DayKind.COLLECTIVE_LEAVE.value, _("Collective leave")

    on = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind)
    name_id = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    is_estimated = models.BooleanField(default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["on", "kind"], name="calendar_day_is_listed_once_per_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=[DayKind.PUBLIC_HOLIDAY.value, DayKind.COLLECTIVE_LEAVE.value]),
                name="calendar_day_is_a_holiday_or_collective_leave",
            ),
            models.CheckConstraint(
                condition=~Q(name_id="") & ~Q(name_en="") & ~Q(source=""),
                name="calendar_day_has_both_names_and_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"

    @property
    def name(self) -> str:
        """The name in the language active now."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_id

    @property
    def is_from_library(self) -> bool:
        """No person has added or changed it, so a newer library may correct it."""
        return self.added_by_id is None and self.changed_by_id is None


class DeadlineRule(models.Model):
    """How long something may take, from a day on. Empty `subject_class` or `urgency` means any."""

    class CountedIn(models.TextChoices):
        HOUR = Unit.HOUR.value, _("hours")
        CALENDAR_DAY = Unit.CALENDAR_DAY.value, _("calendar days")
        WORKING_DAY = Unit.WORKING_DAY.value, _("working days")

    key = models.CharField(max_length=60)
    applies_to = models.CharField(max_length=40)
    subject_class = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=20, blank=True)
    number = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, choices=CountedIn)
    counts_collective_leave = models.BooleanField()
    starts_with = models.CharField(max_length=100)
    pauses = models.CharField(max_length=200, blank=True)
    legal_source = models.CharField(max_length=300)
    needs_confirmation = models.BooleanField()
    checked_by = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["applies_to", "key", "subject_class", "urgency", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["applies_to", "key", "subject_class", "urgency", "valid_from"],
                name="deadline_rule_begins_once_on_a_day",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="deadline_rule_has_a_number_of_1_or_more"),
            models.CheckConstraint(
                condition=Q(unit__in=[unit.value for unit in Unit]), name="deadline_rule_counts_in_a_known_unit"
            ),
            models.CheckConstraint(
                condition=Q(unit=Unit.WORKING_DAY.value) | Q(counts_collective_leave=True),
                name="only_working_day_rules_skip_collective_leave",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="deadline_rule_ends_on_or_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(legal_source="") & ~Q(starts_with=""), name="deadline_rule_has_a_source_and_a_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.applies_to}.{self.key}: {self.number} {self.unit}"
