"""Words shared by what anybody may send: ideas and comments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How it came."""

    ONLINE = "online", _("Online")
    MEETING = "meeting", _("Meeting")
    LETTER = "letter", _("Letter")
    PROXY = "proxy", _("Entered by an officer")


class Clearing(models.TextChoices):
    """Whether the public reads it. Nothing a citizen wrote is public before somebody looked (decision 30)."""

    WAITING = "waiting", _("Waiting to be cleared")
    PUBLIC = "public", _("Public")
    HIDDEN = "hidden", _("Hidden, with a reason")


class IntakeCounter(models.Model):
    """The last number given to ideas ("U"), comments ("M") or remarks ("P") of a year."""

    kind = models.CharField(max_length=1)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_counter_a_kind_and_year")]

    def __str__(self) -> str:
        return f"{self.kind}-{self.year}: {self.last}"
