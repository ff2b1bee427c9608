"""What this installation publishes, and what it took over from others after checking it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Published(models.Model):
    """One version of one record. It is served once the log holds its fingerprint; until then the version before is."""

    feed = models.CharField(max_length=40)
    item = models.CharField(max_length=120)
    # RFC 8785 bytes: what was hashed.
    record = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    event_id = models.UUIDField(unique=True)
    published_at = models.DateTimeField()
    # The record says that the thing is told no longer, and why.
    is_withdrawal = models.BooleanField(default=False)

    class Meta:
        ordering = ["feed", "item", "pk"]

    def __str__(self) -> str:
        return f"{self.feed}/{self.item} {self.sha256[:8]}"


class PeerFeed(models.Model):
    """How far we have read what a peer publishes, and why the last reading was refused."""

    class Trouble(models.TextChoices):
        """Why nothing was taken over. The first passes by itself; every other one is a fault of the peer."""

        NONE = "", _("none")
        UNREACHABLE = "unreachable", _("its feed does not answer, or answers too much")
        MALFORMED = "malformed", _("what it answers is no feed that can be read here")
        OTHER_ORIGIN = "other_origin", _("its feed speaks for another log")
        OLDER = "older", _("its feed has gone back to what it said before")
        ALTERED = "altered", _("a record is not the one its log holds")
        UNPROVEN = "unproven", _("a proof does not lead to its signed checkpoint")
        INCONSISTENT = "inconsistent", _("its checkpoint does not continue what it signed before")

    peer = models.OneToOneField("log.Peer", on_delete=models.PROTECT, related_name="feed", primary_key=True)
    # Size of the checkpoint of the last feed that was taken over, and when that was.
    size = models.PositiveBigIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField()
    trouble = models.CharField(max_length=20, choices=Trouble, blank=True, default=Trouble.NONE)
    # Which record it was, "" for the feed as a whole.
    about = models.CharField(max_length=170, blank=True)
    since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["peer"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trouble="", since__isnull=True) | (~Q(trouble="") & Q(since__isnull=False)),
                name="peer_feed_in_trouble_says_since_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.peer_id} {self.size} {self.trouble}"

    @property
    def is_fault(self) -> bool:
        """Whether the peer published what does not fit, rather than nothing."""
        return self.trouble not in {self.Trouble.NONE, self.Trouble.UNREACHABLE}


class RemoteItem(models.Model):
    """A record of a peer whose fingerprint its log holds: proven before it was written here."""

    peer = models.ForeignKey("log.Peer", on_delete=models.PROTECT, related_name="items")
    feed = models.CharField(max_length=40)
    item = models.CharField(max_length=120)
    record = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    # The entry of the peer's log that holds the fingerprint, its day, and the size of the checkpoint that covers it.
    index = models.PositiveBigIntegerField()
    told_on = models.DateField()
    size = models.PositiveBigIntegerField()
    fetched_at = models.DateTimeField()
    # Since when the peer's feed no longer names it.
    missing_since = models.DateTimeField(null=True, blank=True)
    # The entry by which its installation withdrew it, the day, and why; empty while it stands.
    withdrawn_index = models.PositiveBigIntegerField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    why_id = models.CharField(max_length=300, blank=True)
    why_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["peer", "feed", "item"]
        constraints = [
            models.UniqueConstraint(fields=["peer", "feed", "item"], name="remote_item_is_kept_once"),
            models.CheckConstraint(condition=Q(index__lt=models.F("size")), name="remote_item_is_covered_by_its_proof"),
            models.CheckConstraint(
                condition=Q(withdrawn_index__isnull=True, withdrawn_on__isnull=True, why_id="")
                | (Q(withdrawn_index__gt=models.F("index"), withdrawn_on__isnull=False) & ~Q(why_id="")),
                name="withdrawn_remote_item_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feed}/{self.item} of {self.peer_id}"
