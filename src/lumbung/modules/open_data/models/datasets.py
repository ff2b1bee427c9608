"""A dataset as the catalogue lists it. What it says stands in its releases; what it will say, in its draft."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Dataset(models.Model):
    """One subject of one producer. It is never deleted: withdrawn, a tombstone stays at its address."""

    class Origin(models.TextChoices):
        BROUGHT = "brought", _("Brought by its producer")
        DECLARED = "declared", _("From a service of this installation")
        HARVESTED = "harvested", _("Harvested from another portal")

    class Access(models.TextChoices):
        OPEN = "open", _("Open to everyone")
        RESTRICTED = "restricted", _("Restricted: shared between agencies")
        EXCLUDED = "excluded", _("Excluded from public information")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    portal = models.ForeignKey("portals.Portal", on_delete=models.PROTECT, related_name="open_datasets")
    # Its address below the portal; `name` is the one CKAN clients know, once in an installation.
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=100, unique=True)
    producer = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="open_datasets")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.BROUGHT)
    access = models.CharField(max_length=10, choices=Access, default=Access.OPEN)
    # Agreed by the Forum Satu Data: asks for a second check.
    is_priority = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["portal", "key"]
        constraints = [
            models.UniqueConstraint(fields=["portal", "key"], name="dataset_key_is_given_once_a_portal"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(name=""), name="dataset_has_a_key_and_a_name"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawn_dataset_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Resource(models.Model):
    """One table of a dataset, through all its releases. Its versions carry `table_key` in core/datasets."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="resources")
    slug = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField(default=1)
    table_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["dataset", "position"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "slug"], name="resource_slug_is_given_once_a_dataset"),
            models.UniqueConstraint(fields=["dataset", "position"], name="resource_has_a_place_of_its_own"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id}/{self.slug}"
