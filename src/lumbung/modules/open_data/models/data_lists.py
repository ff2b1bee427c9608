"""The Daftar Data of a year: what each agency will produce and when it is released, agreed in the Forum Satu Data."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.models.datasets import Dataset

FIRST_YEAR, LAST_YEAR = 2019, 2100  # the regulation is of 2019


class DataList(models.Model):
    """What a portal's government will produce in one year. Agreed once; what changes afterwards is an amendment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    portal = models.ForeignKey("portals.Portal", on_delete=models.PROTECT, related_name="data_lists")
    year = models.PositiveSmallIntegerField()
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["portal", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["portal", "year"], name="portal_has_one_data_list_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="data_list_is_of_a_year_of_ours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.portal_id} {self.year}"

    @property
    def is_agreed(self) -> bool:
        """Whether the Forum agreed on it: it is public then, and fixed."""
        return self.agreed_at is not None


class ListRow(models.Model):
    """One line of the list. `number` is given once and never used again."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        LISTED = "listed", _("On the list")
        LEFT_OUT = "left_out", _("Left out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    data_list = models.ForeignKey(DataList, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    title = models.CharField(max_length=200)
    producer = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=500)
    standard = models.CharField(max_length=300, blank=True)
    frequency = models.CharField(max_length=20)
    is_priority = models.BooleanField(default=False)
    priority_reason = models.CharField(max_length=300, blank=True)
    bps_number = models.CharField(max_length=60, blank=True)
    ewalidata_code = models.CharField(max_length=60, blank=True)
    # Columns the data standard asks for, until a dataset says them: [{"name", "label", "unit", "codes"}].
    columns = models.JSONField(default=list, blank=True)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, null=True, blank=True, related_name="list_rows")
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    left_out_reason = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["data_list", "number"]
        constraints = [
            models.UniqueConstraint(fields=["data_list", "number"], name="list_row_number_is_given_once"),
            models.UniqueConstraint(
                fields=["data_list", "dataset"],
                condition=Q(dataset__isnull=False),
                name="dataset_stands_in_one_row_of_a_list",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(purpose=""), name="list_row_has_title_and_purpose"),
            models.CheckConstraint(
                condition=Q(is_priority=False) | ~Q(priority_reason=""), name="priority_row_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="left_out") | ~Q(left_out_reason=""), name="row_left_out_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.data_list_id}/{self.number} {self.title[:40]}"


class PlannedDay(models.Model):
    """A day on which a row is to be released."""

    row = models.ForeignKey(ListRow, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()

    class Meta:
        ordering = ["row", "on"]
        constraints = [models.UniqueConstraint(fields=["row", "on"], name="row_is_planned_once_a_day")]
        indexes = [models.Index(fields=["on"], name="planned_days_in_order")]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.on}"


class Agreement(models.Model):
    """The record of the Forum (berita acara) by which a list became fixed. Triggers refuse any change."""

    data_list = models.OneToOneField(DataList, on_delete=models.PROTECT, primary_key=True, related_name="agreement")
    number = models.CharField(max_length=80)
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    decisions = models.TextField(max_length=4000)
    # The list as it was agreed, RFC 8785 text, so that its hash can be computed again from it.
    listed = models.TextField()
    listed_sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(place="") & ~Q(decisions=""), name="agreement_has_number_place_decisions"
            )
        ]

    def __str__(self) -> str:
        return self.number


class Attendance(models.Model):
    """Who was there: an office in a role. Names are written by hand on the paper, beside the signature."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator of the Forum")
        SUPERVISOR = "supervisor", _("Data supervisor")
        STEWARD = "steward", _("Data steward")
        SUPPORTING = "supporting", _("Supporting data steward")
        PRODUCER = "producer", _("Data producer")
        SECRETARIAT = "secretariat", _("Secretariat")
        GUEST = "guest", _("Invited office")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="attendance")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=12, choices=Role)
    office = models.CharField(max_length=200)
    people = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["agreement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="attendance_has_a_place_of_its_own"),
            models.CheckConstraint(condition=~Q(office="") & Q(people__gte=1), name="attendance_names_an_office"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.office}"


class Amendment(models.Model):
    """A change of an agreed list: what stood there, what stands there now, and why. It stays."""

    class Kind(models.TextChoices):
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        LEFT_OUT = "left_out", _("Left out")

    data_list = models.ForeignKey(DataList, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField()
    row = models.ForeignKey(ListRow, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=10, choices=Kind)
    # [{"field", "old", "new"}], as the page prints them.
    changes = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["data_list", "number"]
        constraints = [
            models.UniqueConstraint(fields=["data_list", "number"], name="amendment_number_is_given_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.data_list_id} #{self.number}"
