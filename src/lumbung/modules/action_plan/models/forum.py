"""Who draws a plan up, by which decree, and where they met."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.plans import Plan, PlanMember


class LegalProduct(models.Model):
    """A decree or regulation that carries the plan, from draft to promulgation."""

    class Kind(models.TextChoices):
        DECREE = "decree", _("Decree (SK)")
        HEAD_REGULATION = "head_regulation", _("Regulation of the head of region")
        REGIONAL_REGULATION = "regional_regulation", _("Regional regulation")
        CIRCULAR = "circular", _("Circular letter")

    class About(models.TextChoices):
        SECRETARIAT = "secretariat", _("Secretariat")
        WORKING_TEAM = "working_team", _("Working team and forum")
        MONITOR = "monitor", _("Independent monitoring body")
        ENACTMENT = "enactment", _("Enactment of the plan")
        OTHER = "other", _("Something else in the plan")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ENACTED = "enacted", _("Enacted")
        PROMULGATED = "promulgated", _("Promulgated")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="legal_products")
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="legal_products")
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(max_length=20, choices=About)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    number = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=300)
    jdih_url = models.URLField(max_length=300, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["dated_on", "added_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="legal_product_names_its_subject"),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(number="") & Q(dated_on__isnull=False)),
                name="what_is_enacted_has_number_and_date",
            ),
            models.UniqueConstraint(
                fields=["member", "kind", "number", "dated_on"],
                condition=~Q(number=""),
                name="legal_product_is_registered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class Seat(models.Model):
    """A place in the multi-stakeholder forum, held by an institution; never a private person's name."""

    class Sector(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        ACADEMIA = "academia", _("Academia")
        MEDIA = "media", _("Media")
        BUSINESS = "business", _("Private sector")
        COMMUNITY = "community", _("Community")

    class Duty(models.TextChoices):
        CHAIR = "chair", _("Chair")
        SECRETARIAT = "secretariat", _("Secretariat")
        MEMBER = "member", _("Member")
        FACILITATOR = "facilitator", _("Facilitator")
        MONITOR = "monitor", _("Independent monitoring body")

    class State(models.TextChoices):
        APPLIED = "applied", _("Asked to join")
        SEATED = "seated", _("Seated")
        DECLINED = "declined", _("Not admitted")
        ENDED = "ended", _("Left")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="seats")
    # Either a registered organisation, or the name of an institution that is not registered here.
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=20, choices=Sector)
    duty = models.CharField(max_length=20, choices=Duty, default=Duty.MEMBER)
    state = models.CharField(max_length=10, choices=State)
    decree = models.ForeignKey(LegalProduct, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    note = models.CharField(max_length=500, blank=True)
    # The address of whoever asked to join: sealed, told only about this seat, and gone once it is decided.
    contact = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["member", "sector", "asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(organisation__isnull=False) & Q(institution=""))
                | (Q(organisation__isnull=True) & ~Q(institution="")),
                name="seat_is_of_one_institution",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "declined"]) | Q(since__isnull=False), name="seat_begins_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="seat_ends_not_before_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(duty="monitor") | ~Q(sector="government"), name="government_does_not_monitor_itself"
            ),
            models.UniqueConstraint(
                fields=["member", "organisation", "duty"],
                condition=Q(state__in=["applied", "seated"]),
                name="organisation_holds_a_seat_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id or self.institution}: {self.duty}"

    @property
    def name(self) -> str:
        """The institution that holds it."""
        return self.organisation.name if self.organisation else self.institution


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
    invited_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(max_length=20_000, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)

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
                condition=~Q(state="invited") | Q(invited_at__isnull=False), name="invited_meeting_says_since_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"
