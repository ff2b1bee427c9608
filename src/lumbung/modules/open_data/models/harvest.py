"""Portals of others that are harvested, each run over one, and what each of their datasets became here."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.models.datasets import Dataset


class HarvestSource(models.Model):
    """A portal of somebody else whose catalogue is shown here, kept by a steward. It is ended, never deleted."""

    class Kind(models.TextChoices):
        LUMBUNG = "lumbung", _("Another Lumbung, with proof from its public log")
        CKAN = "ckan", _("CKAN, or what speaks its Action API")
        DCAT = "dcat", _("A DCAT catalogue: Turtle, JSON-LD or RDF/XML")
        DATA_PACKAGE = "data_packages", _("A Data Package: datapackage.json, or a list of them")
        CSV_LIST = "csv_lists", _("A list of datasets as a CSV file")

    class Every(models.TextChoices):
        DAY = "day", _("Every day")
        WEEK = "week", _("Every week")
        MONTH = "month", _("Every month")
        HAND = "hand", _("Only when a steward asks")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    portal = models.ForeignKey("portals.Portal", on_delete=models.PROTECT, related_name="+")
    # First word of the addresses of its datasets; never given twice.
    key = models.SlugField(max_length=30, unique=True)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=15, choices=Kind)
    address = models.CharField(max_length=500)
    # Under whose name its datasets are listed here: whatever a portal says of itself, it speaks for no other agency.
    producer = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    every = models.CharField(max_length=5, choices=Every, default=Every.DAY)
    next_run_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=250, blank=True)
    # Of the last whole run of a source of one page, to ask whether anything has changed.
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["portal", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_reason="") | (Q(ended_at__isnull=False) & ~Q(ended_reason="")),
                name="ended_source_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_active(self) -> bool:
        """Whether it is asked again."""
        return self.ended_at is None and self.paused_at is None


class HarvestRun(models.Model):
    """One walk over a source. What it has found and done is counted as it is done, so that it goes on where it was."""

    class State(models.TextChoices):
        OPEN = "open", _("Under way")
        DONE = "done", _("Finished")
        ASKS = "asks", _("Waits for a steward's word")
        FAILED = "failed", _("Broken off")

    class Stage(models.TextChoices):
        GATHER = "gather", _("reading the list of the other portal")
        TAKE = "take", _("comparing each dataset")
        CLOSE = "close", _("looking for what is missing")
        CLEAR = "clear", _("taking everything out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(HarvestSource, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    stage = models.CharField(max_length=6, choices=Stage, default=Stage.GATHER)
    # Each step moves this on in the transaction of what it did: a job of an earlier step finds nothing to do.
    step = models.PositiveIntegerField(default=1)
    address = models.CharField(max_length=1000, blank=True)
    pages = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    is_same = models.BooleanField(default=False)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=200, blank=True)
    seen = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # Who said that what is missing really is gone.
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["source", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="harvest_run_number_is_given_once"),
            models.UniqueConstraint(fields=["source"], condition=Q(state="open"), name="source_has_one_open_run"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="run_that_is_over_has_its_end",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(trouble=""), name="failed_run_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} #{self.number}"


class HarvestPending(models.Model):
    """A dataset a run has read and not compared yet. Gone in the transaction that compares it."""

    run = models.ForeignKey(HarvestRun, on_delete=models.CASCADE, related_name="pending")
    identity = models.CharField(max_length=500)
    title = models.CharField(max_length=200, blank=True)
    record = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "identity"], condition=~Q(identity=""), name="dataset_waits_once_in_a_run"
            )
        ]

    def __str__(self) -> str:
        return self.identity


class HarvestItem(models.Model):
    """One dataset of a source, by the name the source gives it, and what it became here."""

    class State(models.TextChoices):
        SHOWN = "shown", _("Shown")
        REFUSED = "refused", _("Not taken over")
        GONE = "gone", _("Gone")

    source = models.ForeignKey(HarvestSource, on_delete=models.PROTECT, related_name="items")
    identity = models.CharField(max_length=500)
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=7, choices=State)
    sha256 = models.CharField(max_length=64, blank=True)
    # Why its newest form was not taken; what was taken before stays shown.
    why = models.CharField(max_length=40, blank=True)
    dataset = models.OneToOneField(
        Dataset, on_delete=models.PROTECT, null=True, blank=True, related_name="harvest_item"
    )
    seen_in = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField()
    missing_runs = models.PositiveSmallIntegerField(default=0)
    missed_in = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["source", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "identity"], name="dataset_of_a_source_is_known_once"),
            models.CheckConstraint(
                condition=Q(state="refused", dataset__isnull=True) | (~Q(state="refused") & Q(dataset__isnull=False)),
                name="shown_item_has_its_dataset",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(why=""), name="refused_item_says_why"),
        ]
        indexes = [models.Index(fields=["source", "state", "seen_in"], name="harvest_item_not_seen")]

    def __str__(self) -> str:
        return self.identity


class RemoteFile(models.Model):
    """A file of a harvested dataset as its newest release names it. Its bytes stay where they are."""

    id = models.UUIDField(primary_key=True, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="remote_files")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    format = models.CharField(max_length=20, blank=True)
    url = models.CharField(max_length=1000)
    bytes = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["dataset", "position"]
        constraints = [models.UniqueConstraint(fields=["dataset", "url"], name="remote_file_is_named_once_a_dataset")]

    def __str__(self) -> str:
        return self.url
