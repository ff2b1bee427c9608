"""Who draws a plan up: the places in the multi-stakeholder forum."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.legal import LegalProduct
from lumbung.modules.action_plan.models.plans import Plan, PlanMember


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
    # Why it was not admitted, or why it left.
    reason = models.CharField(max_length=500, blank=True)
    reason_salt = models.BinaryField(max_length=16, null=True)
    # The address of whoever asked to join: sealed, told only about this seat, and gone once it is decided.
    contact = models.BinaryField(null=True)
    contact_language = models.CharField(max_length=2, blank=True)
    # How everybody reaches whoever monitors: of the institution, never of a person.
    public_contact = models.CharField(max_length=300, null=True)  # noqa: DJ001 - SQLite adds it without a new table
    # The form it was sent with: the same form sent twice is one seat.
    draft_key = models.UUIDField(unique=True, null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=~Q(duty="monitor") | Q(organisation__isnull=False),
                name="monitor_is_a_registered_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "ended"]) | ~Q(reason=""), name="seat_that_is_not_held_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(until__isnull=False), name="seat_that_ended_says_when"
            ),
            models.CheckConstraint(
                condition=Q(state="applied") | Q(contact__isnull=True), name="decided_seat_keeps_no_contact"
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

    @property
    def is_of_government(self) -> bool:
        return self.sector == self.Sector.GOVERNMENT
