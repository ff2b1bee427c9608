"""Keys by which programs of an agency bring data. What opens is never kept, only a keyed fingerprint of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ApiKey(models.Model):
    """A key of one agency, made by a person and never more than that person may do there.

    prefix  the first letters of the key, to tell keys apart; they open nothing
    scopes  what it is for, keys of `permissions.SCOPES`
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12, unique=True)
    fingerprint = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    # The last day on which it opens.
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["organisation", "-made_on", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="api_key_has_a_name"),
            models.CheckConstraint(condition=~Q(scopes=[]), name="api_key_is_for_something"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("made_on")), name="api_key_expires_on_or_after_its_first_day"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="revoked_api_key_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.organisation_id})"
