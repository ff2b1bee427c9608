"""What was published: metadata frozen with its hash, and one version of every table. Triggers refuse any change."""

import uuid

from django.db import models
from django.db.models import Q

from lumbung.modules.open_data.models.datasets import Dataset, Resource


class Release(models.Model):
    """A dataset at one moment. `metadata` is RFC 8785 text, so that its hash can be computed again from it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    metadata = models.TextField()
    metadata_sha256 = models.CharField(max_length=64)
    access = models.CharField(max_length=10, default="open")
    # What changed, for those who follow it.
    note = models.CharField(max_length=300, blank=True)
    as_of = models.DateField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["dataset", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="release_number_is_given_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="release_numbers_begin_at_1"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawn_release_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} v{self.number}"


class ReleaseTable(models.Model):
    """Which version of a table belongs to a release, and the schema it was checked by (JSON text, Table Schema)."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="tables")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("datasets.DatasetVersion", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    schema = models.TextField()

    class Meta:
        ordering = ["release", "resource__position"]
        constraints = [models.UniqueConstraint(fields=["release", "resource"], name="table_stands_once_in_a_release")]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.resource_id}"


class Listing(models.Model):
    """The newest release of a dataset as lists, facets and counts ask for it. Written anew at each publication."""

    dataset = models.OneToOneField(Dataset, on_delete=models.PROTECT, primary_key=True, related_name="listing")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    portal = models.ForeignKey("portals.Portal", on_delete=models.PROTECT, related_name="+")
    producer = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    title_id = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    summary_id = models.CharField(max_length=500)
    summary_en = models.CharField(max_length=500, blank=True)
    topic = models.CharField(max_length=40)
    place = models.CharField(max_length=13)
    licence = models.CharField(max_length=40)
    frequency = models.CharField(max_length=20)
    period_from = models.CharField(max_length=10, blank=True)
    period_to = models.CharField(max_length=10, blank=True)
    formats = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    row_count = models.PositiveBigIntegerField(default=0)
    # The portal it was harvested from; empty for our own.
    harvested_from = models.CharField(max_length=160, blank=True)
    published_at = models.DateTimeField()
    # The number of its row in the search index, and what it is filtered by; empty only until an upgrade has listed it.
    found_as = models.BigIntegerField(null=True, editable=False)
    facets = models.ForeignKey("open_data.FacetSet", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-published_at", "dataset"]
        indexes = [
            # The numbers beside the filters are counted from these two alone, without reading a row.
            models.Index(fields=["portal", "facets"], name="listing_counted_by_facets"),
            models.Index(fields=["found_as", "portal", "facets"], name="listing_counted_as_found"),
            models.Index(fields=["portal", "title_id"], name="listing_by_title"),
            models.Index(fields=["portal", "-published_at"], name="listing_newest_of_a_portal"),
            models.Index(fields=["portal", "topic"], name="listing_by_topic"),
            models.Index(fields=["portal", "producer"], name="listing_by_producer"),
        ]

    def __str__(self) -> str:
        return self.title_id
