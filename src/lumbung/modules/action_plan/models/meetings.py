"""Where those who draw a plan up met: announced, held, and written down."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock
from lumbung.core.web import formatting
from lumbung.modules.action_plan.models.forum import Seat
from lumbung.modules.action_plan.models.plans import Plan, PlanMember


class Meeting(models.Model):
    """A meeting of those who draw the plan up: announced, held, and written down."""

    class Kind(models.TextChoices):
        ORIENTATION = "orientation", _("Orientation")
        DRAFTING_WORKSHOP = "drafting_workshop", _("Drafting workshop")
        PLAN_WORKSHOP = "plan_workshop", _("Plan workshop")
        PUBLIC_TEST = "public_test", _("Public test, meeting")
        FORUM = "forum", _("Forum meeting")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        INVITED = "invited", _("Invitation sent")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="meetings")
    # Whose meeting it is; empty for one of all members together.
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings")
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    online_url = models.URLField(max_length=300, blank=True)
    agenda = models.TextField(max_length=4_000, blank=True)
    invitation = models.TextField(max_length=4_000, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(max_length=20_000, blank=True)
    # The log keeps what was written as salted hashes: a secretariat may have typed a name.
    invitation_salt = models.BinaryField(max_length=16, null=True)
    salt = models.BinaryField(max_length=16, null=True)
    # Of the hashes of what is announced, shared and counted: it stays when words are erased.
    announced_salt = models.BinaryField(max_length=16, null=True)
    held_at = models.DateTimeField(null=True, blank=True)
    # The form it was planned with: the same form sent twice is one meeting.
    draft_key = models.UUIDField(unique=True, null=True, blank=True)
    cancelled_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(online_url=""), name="meeting_has_a_place_or_an_address"
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | (Q(held_at__isnull=False) & ~Q(minutes="")),
                name="held_meeting_has_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_reason=""), name="cancelled_meeting_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="invited") | Q(invited_at__isnull=False), name="invited_meeting_says_since_when"
            ),
        ]

    def __str__(self) -> str:
        # Lists are read by people: two meetings of one title differ by their day.
        return f"{self.title} ({formatting.date_medium(clock.local_day(self.starts_at))})"

    @property
    def is_hybrid(self) -> bool:
        """Whether people can come, and join from afar."""
        return bool(self.place and self.online_url)


class Material(models.Model):
    """Something shared with everybody for a meeting: a document kept here, or a link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="materials")
    title = models.CharField(max_length=200)
    document = models.OneToOneField(
        "files.StoredDocument", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    url = models.URLField(max_length=300, blank=True)
    shared_at = models.DateTimeField()

    class Meta:
        ordering = ["shared_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="material_has_a_title"),
            models.CheckConstraint(
                condition=Q(document__isnull=False, url="") | (Q(document__isnull=True) & ~Q(url="")),
                name="material_is_a_document_or_a_link",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_before(self) -> bool:
        """Whether people had it before the meeting began."""
        return self.shared_at < self.meeting.starts_at


class Attendance(models.Model):
    """How many women and men came for one institution. Never who: names stay on the signed paper."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=20, choices=Seat.Sector)
    women = models.PositiveSmallIntegerField()
    men = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["sector", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(organisation__isnull=False) & Q(institution=""))
                | (Q(organisation__isnull=True) & ~Q(institution="")),
                name="attendance_is_of_one_institution",
            ),
            models.CheckConstraint(condition=Q(women__gt=0) | Q(men__gt=0), name="attendance_is_of_somebody"),
            models.UniqueConstraint(
                fields=["meeting", "organisation"],
                condition=Q(organisation__isnull=False),
                name="organisation_attends_a_meeting_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "institution"],
                condition=~Q(institution=""),
                name="institution_attends_a_meeting_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id or self.institution}: {self.women}+{self.men}"

    @property
    def name(self) -> str:
        """The institution that came."""
        return self.organisation.name if self.organisation else self.institution

    @property
    def people(self) -> int:
        return self.women + self.men


class Decision(models.Model):
    """One thing a meeting decided, under a number."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1_000)
    # Of its hash in the log; none in rows of before, or once it was erased.
    salt = models.BinaryField(max_length=16, null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_is_given_once"),
            models.CheckConstraint(condition=~Q(text=""), name="decision_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
