"""Evidence (bukti dukung): where something can be seen, and what was found there each time somebody looked."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.core.files.models import StoredDocument
from lumbung.modules.action_plan.models.commitments import Commitment
from lumbung.modules.action_plan.models.words import MARK


class Evidence(models.Model):
    """A document, or an address on the web, that proves something about a commitment.

    Never changed, but for hidden words; looking at an address again adds captures.
    """

    class Kind(models.TextChoices):
        ADDRESS = "address", _("Address on the web")
        DOCUMENT = "document", _("Document")

    class Licence(models.TextChoices):
        OPEN = "open", _("Open: may be copied and shared (CC BY or alike)")
        PUBLIC_RECORD = "public_record", _("Public document of a government body")
        QUOTED = "quoted", _("All rights reserved: shown as a link only")
        UNKNOWN = "unknown", _("Licence not known")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=20, choices=Licence)
    # Shown to the public with its hash and without title and address.
    has_personal_data = models.BooleanField()
    # Of the hash under which title and address stand in the log; none in rows of before, or once they were erased.
    salt = models.BinaryField(max_length=16, null=True)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_role = models.CharField(max_length=40)
    named_at = models.DateTimeField()

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="evidence_has_a_title"),
            models.CheckConstraint(
                condition=(Q(kind="address") & ~Q(url="")) | Q(kind="document", url=""),
                name="evidence_of_an_address_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.pk} of {self.commitment_id}"

    @property
    def is_hidden(self) -> bool:
        """Whether title and address were taken out of sight; what was kept of it is then closed, too."""
        return self.title == MARK

    @property
    def is_closed(self) -> bool:
        """Whether the public sees its hash alone."""
        return self.has_personal_data or self.is_hidden


class Capture(models.Model):
    """What was found at an address at one moment. The first that was kept gives the evidence its hash for ever."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Captured")
        SAME = "same", _("Unchanged")
        CHANGED = "changed", _("The page has changed since")
        GONE = "gone", _("Evidence gone")
        UNREACHABLE = "unreachable", _("Could not be reached")
        REFUSED = "refused", _("Not allowed to be fetched")

    FOUND = (Outcome.KEPT, Outcome.SAME, Outcome.CHANGED)

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="captures")
    outcome = models.CharField(max_length=12, choices=Outcome)
    # Why it could not be fetched, as a code of `core.files.fetching`.
    reason = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    bytes = models.PositiveIntegerField(null=True, blank=True)
    mime = models.CharField(max_length=100, blank=True)
    # The bytes themselves, where they are a document we keep; of a web page only the hash is kept.
    document = models.OneToOneField(
        StoredDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="capture"
    )
    captured_at = models.DateTimeField()

    class Meta:
        ordering = ["captured_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evidence"], condition=Q(outcome="kept"), name="evidence_is_first_captured_once"
            ),
            models.CheckConstraint(
                condition=(Q(outcome__in=["kept", "same", "changed"], bytes__isnull=False) & ~Q(sha256=""))
                | (Q(outcome__in=["gone", "unreachable", "refused"], bytes__isnull=True, sha256="") & ~Q(reason="")),
                name="capture_has_a_hash_or_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["captured_at"], name="capture_by_time")]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.evidence_id}"
