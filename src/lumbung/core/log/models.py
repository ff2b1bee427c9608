"""The tree over the log in tiles, its signed checkpoints, the witnesses who compare: written once, never altered."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Tile(models.Model):
    """256 neighbouring hashes of one level (8,192 bytes) and the root over them: hash number `number` one level up."""

    level = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    hashes = models.BinaryField(max_length=8192)
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="tile_is_written_once")]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.number}"


class Checkpoint(models.Model):
    """What the log says of itself at one size, signed. Two roots for one size would be a fork: the size is unique."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        ordering = ["-size"]
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="checkpoint_covers_an_entry")]

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class Witness(models.Model):
    """Somebody outside who compares the log with what it said before."""

    class Kind(models.TextChoices):
        """Who keeps the key."""

        CIVIL_SOCIETY = "civil_society"
        INSTALLATION = "installation"

        @classmethod
        def titles(cls) -> list[tuple[str, Promise]]:
            """What people call them. No labels: those stand in the migrations, and none changes for a word."""
            return [(cls.CIVIL_SOCIETY, _("Civil-society organisation")), (cls.INSTALLATION, _("Another government"))]

    class Refusal(models.TextChoices):
        """Why the checkpoint sent last was not cosigned. It may still look for itself."""

        NONE = "", _("none")
        UNREACHABLE = "unreachable", _("it does not answer")
        UNKNOWN = "unknown", _("it does not watch this log")
        UNTRUSTED = "untrusted", _("it does not trust our signature")
        OTHER_TREE = "other_tree", _("it knows another tree of this log")
        UNPROVEN = "unproven", _("it does not accept our proof")
        MALFORMED = "malformed", _("its answer is not of the form C2SP tlog-witness describes")

    # The name inside the key, such as saksi.somasi.example; shown together with `title`.
    name = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=250)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    # Where each new checkpoint is sent; empty for one that looks for itself.
    address = models.CharField(max_length=300, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=20, choices=Refusal, blank=True, default=Refusal.NONE)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")), name="witness_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_title(self) -> Promise:
        """What people call its kind."""
        return dict(Witness.Kind.titles())[self.kind]


class Cosignature(models.Model):
    """A witness's word that at `at` this checkpoint was the newest it had seen and continued what it saw before."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="cosignatures")
    at = models.DateTimeField()
    line = models.TextField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "witness", "at"], name="cosignature_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.witness_id} under {self.checkpoint_id}"


class Examination(models.Model):
    """One computation of the whole log from the stored bytes."""

    at = models.DateTimeField()
    size = models.PositiveBigIntegerField()
    # How many texts of other tables were compared, and how many rows; unknown of an examination by an earlier version,
    # which counted both as texts.
    compared = models.PositiveBigIntegerField(null=True)
    rows = models.PositiveBigIntegerField(null=True)
    # Of how many of them the log does not tell everything.
    untold = models.PositiveBigIntegerField(null=True)
    # The first fault found, in words; empty when everything fits.
    fault = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.size} {self.fault or 'fits'}"


class Beginning(models.Model):
    """The log begun anew, under another name and key, after a real loss. What came before is told for ever."""

    origin = models.CharField(max_length=200, unique=True)
    key = models.CharField(max_length=250)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    # The largest size signed under the old name that this database holds: sizes beyond it are the new name's.
    boundary = models.PositiveBigIntegerField()
    # How many entries were left: old checkpoints of a larger size cover what is lost.
    entries_left = models.PositiveBigIntegerField()
    previous_origin = models.CharField(max_length=200)
    # Empty when the old key was lost and nobody brought its public line.
    previous_key = models.CharField(max_length=250, blank=True)
    # The last the old log is known to have signed, whether this database holds it or not.
    previous_size = models.PositiveBigIntegerField()
    previous_root = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(origin=F("previous_origin")), name="log_begins_anew_under_a_new_name"),
            models.CheckConstraint(condition=~Q(reason=""), name="log_begun_anew_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.origin} after {self.previous_origin} {self.previous_size}"

    @property
    def previous_root_hex(self) -> str:
        """The root as people compare it: 64 characters."""
        return bytes(self.previous_root).hex()


class Peer(models.Model):
    """Another installation whose log we watch, and the last checkpoint of it that we cosigned."""

    class Trouble(models.TextChoices):
        """Why the last look did not end in a cosignature. The first three pass; a second history stays."""

        NONE = "", _("none")
        UNREACHABLE = "unreachable", _("it does not answer")
        MALFORMED = "malformed", _("what it answers is not the log it should be")
        SMALLER = "smaller", _("it shows fewer entries than it has signed before")
        FORK = "fork", _("it has signed two histories that do not fit together")

    # The name inside the key, such as data.ntbprov.go.id/log.
    origin = models.CharField(max_length=200, unique=True)
    title = models.CharField(max_length=160)
    key = models.CharField(max_length=250)
    address = models.CharField(max_length=300)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    root = models.BinaryField(max_length=32, default=bytes)
    note = models.TextField(blank=True)
    # When it last continued what it had signed before, and when we last tried to look.
    verified_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=20, choices=Trouble, blank=True, default=Trouble.NONE)
    # Whether it took our line: it does once we are among its witnesses.
    takes_our_line = models.BooleanField(default=False)

    class Meta:
        ordering = ["origin"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")), name="peer_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(size=0) | Q(verified_at__isnull=False), name="peer_is_seen_when_verified"
            ),
        ]

    def __str__(self) -> str:
        return self.origin


class Inconsistency(models.Model):
    """Two checkpoints a peer has signed that do not fit together, as it signed them: evidence, never removed."""

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="inconsistencies")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=Peer.Trouble)
    earlier = models.TextField()
    later = models.TextField()
    later_size = models.PositiveBigIntegerField()
    later_root = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["peer", "later_size", "later_root"], name="inconsistency_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.peer_id}"
