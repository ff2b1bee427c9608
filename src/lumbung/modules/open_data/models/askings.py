"""What people ask of the data desk: data, a correction, a withdrawal, an answer. Words are sealed until cleared."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.models.datasets import Dataset
from lumbung.modules.open_data.models.releases import Release


class AskingCounter(models.Model):
    """The last number given out, by kind and year."""

    kind = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_asking_counter_a_kind_and_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class Asking(models.Model):
    """One thing somebody asks. Number, hash and answer stay for good, whatever becomes of the words."""

    class Kind(models.TextChoices):
        DATA = "data", _("Data request")
        CORRECTION = "correction", _("Correction")
        TAKEDOWN = "takedown", _("Request to withdraw data")
        QUESTION = "question", _("Question to the producer")

    class Clearing(models.TextChoices):
        WAITING = "waiting", _("Being looked through")
        PUBLIC = "public", _("Public")
        HIDDEN = "hidden", _("Hidden, with a reason")

    class Outcome(models.TextChoices):
        GIVEN = "given", _("Given")
        PARTLY = "partly", _("Given in part")
        REFUSED = "refused", _("Refused")
        NOT_HELD = "not_held", _("Not held by this government")
        REFERRED = "referred", _("Belongs to another body")
        ACCEPTED = "accepted", _("Agreed to")
        DECLINED = "declined", _("Not agreed to")
        ANSWERED = "answered", _("Answered")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    portal = models.ForeignKey("portals.Portal", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.CharField(max_length=20, unique=True)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, null=True, blank=True, related_name="askings")
    # The agency that has to answer: the dataset's producer, or whom it was handed to; none: the steward.
    agency = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # As written, sealed; and as the public reads it once cleared.
    words = models.BinaryField(null=True)
    salt = models.BinaryField(max_length=16, null=True)
    words_hash = models.CharField(max_length=64)
    clearing = models.CharField(max_length=10, choices=Clearing, default=Clearing.WAITING)
    public_text = models.TextField(max_length=4_000, blank=True)
    public_why = models.CharField(max_length=300, blank=True)
    public_where = models.CharField(max_length=200, blank=True)
    hidden_reason = models.CharField(max_length=300, blank=True)
    # Sealed; opened for sending only, destroyed some time after the answer.
    contact = models.BinaryField(null=True)
    language = models.CharField(max_length=2, default="id")
    code_index = models.CharField(max_length=64, unique=True)
    draft_key = models.UUIDField(unique=True)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    # None where no rule is in force.
    due_on = models.DateField(null=True, blank=True)
    extended_on = models.DateField(null=True, blank=True)
    extension_reason = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(max_length=4_000, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # What was given, or in which release the fault is mended.
    given = models.ForeignKey(Dataset, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    mended_in = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="mends")

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_on__isnull=True) | (~Q(outcome="") & Q(answered_on__isnull=False)),
                name="answered_asking_has_its_day",
            ),
            models.CheckConstraint(condition=Q(outcome="") | ~Q(answer=""), name="answered_asking_says_something"),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(legal_basis=""), name="refused_asking_names_the_law"
            ),
            models.CheckConstraint(
                condition=~Q(clearing="public") | ~Q(public_text=""), name="public_asking_has_words_for_the_public"
            ),
            models.CheckConstraint(
                condition=~Q(clearing="hidden") | ~Q(hidden_reason=""), name="hidden_asking_says_why"
            ),
            models.CheckConstraint(
                condition=Q(extended_on__isnull=True) | ~Q(extension_reason=""), name="extended_asking_says_why"
            ),
            models.CheckConstraint(
                condition=Q(kind="data") | Q(dataset__isnull=False), name="only_a_data_request_is_about_no_dataset"
            ),
        ]
        indexes = [models.Index(fields=["portal", "outcome", "due_on"], name="asking_waiting_longest")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return not self.outcome


_OUT = Asking.Outcome
OUTCOMES: dict[str, tuple[Asking.Outcome, ...]] = {
    Asking.Kind.DATA: (_OUT.GIVEN, _OUT.PARTLY, _OUT.REFUSED, _OUT.NOT_HELD, _OUT.REFERRED),
    Asking.Kind.CORRECTION: (_OUT.ACCEPTED, _OUT.DECLINED),
    Asking.Kind.TAKEDOWN: (_OUT.ACCEPTED, _OUT.DECLINED),
    Asking.Kind.QUESTION: (_OUT.ANSWERED,),
}
