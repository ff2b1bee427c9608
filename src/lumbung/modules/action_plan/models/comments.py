"""Comments on drafts, in the forum and in the public test, and where each stands in every version."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.drafting import Draft, DraftVersion, Freeze
from lumbung.modules.action_plan.models.forum import Seat
from lumbung.modules.action_plan.models.intake import Channel, Clearing
from lumbung.modules.action_plan.models.meetings import Meeting
from lumbung.modules.action_plan.models.plans import Plan, PlanMember


class Consultation(models.Model):
    """A public test of one member's frozen draft, open for some days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="consultations")
    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="consultations")
    opens_on = models.DateField()
    closes_on = models.DateField()
    question = models.CharField(max_length=500, blank=True)
    announced_at = models.DateTimeField()

    class Meta:
        ordering = ["opens_on"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="public_test_closes_after_it_opens")
        ]

    def __str__(self) -> str:
        return f"public test of {self.member_id}: {self.opens_on}–{self.closes_on}"


class Prolongation(models.Model):
    """A public test that stays open longer than announced: the last day before, the one since, and why."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="prolongations")
    closed_on_before = models.DateField()
    closes_on = models.DateField()
    reason = models.TextField(max_length=1_000)
    salt = models.BinaryField(max_length=16)
    prolonged_at = models.DateTimeField()
    prolonged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["closes_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("closed_on_before")), name="public_test_is_prolonged_never_shortened"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="prolongation_has_a_reason"),
            models.UniqueConstraint(
                fields=["consultation", "closed_on_before"], name="public_test_is_prolonged_once_from_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.closed_on_before} to {self.closes_on}"


class Response(models.Model):
    """A reasoned answer to one comment or to several alike. Published, it is only corrected by another one."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        PARTLY = "partly", _("Partly accepted")
        REJECTED = "rejected", _("Not accepted")
        OUT_OF_SCOPE = "out_of_scope", _("Out of scope")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="responses")
    verdict = models.CharField(max_length=12, choices=Verdict)
    reason = models.TextField(max_length=2_000)
    # The log keeps the reason as a salted hash.
    salt = models.BinaryField(max_length=16, null=True)
    # What changed in the text because of it, and in which version.
    change = models.TextField(max_length=2_000, blank=True)
    changed_in = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The parts of commitments that say something else because of it: ["jalan-terbuka/action"]; None before it was kept.
    rewords = models.JSONField(null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    # The answer it corrects, and why; that one stays readable beside it.
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    correction_reason = models.TextField(max_length=1_000, blank=True)

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="response_has_a_reason"),
            models.CheckConstraint(
                condition=Q(verdict__in=["rejected", "out_of_scope"]) | ~Q(change=""),
                name="accepted_comment_names_the_change",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction_reason="")
                | (Q(corrects__isnull=False, published_at__isnull=False) & ~Q(correction_reason="")),
                name="correction_gives_its_reason_and_is_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.pk}"


class Comment(models.Model):
    """One comment (masukan), anchored to the words it is about: quotation, and what stands before and after."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="comments")
    # The public test it came in; empty for a comment of the forum on a draft in the making.
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    number = models.CharField(max_length=20, unique=True)
    channel = models.CharField(max_length=10, choices=Channel)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    # Empty: about the plan as a whole.
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    field = models.CharField(max_length=40, blank=True)
    quote = models.CharField(max_length=1_000, blank=True)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    clearing = models.CharField(max_length=10, choices=Clearing, default=Clearing.WAITING)
    hidden_reason = models.CharField(max_length=300, blank=True)
    words = models.BinaryField(null=True)
    salt = models.BinaryField(max_length=16, null=True)
    words_hash = models.CharField(max_length=64)
    public_text = models.TextField(max_length=4_000, blank=True)
    # Sealed with the words until cleared; the sector it speaks for may be told at once.
    institution = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=20, choices=Seat.Sector, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code_index = models.CharField(max_length=64, unique=True)
    draft_key = models.UUIDField(unique=True)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    response = models.ForeignKey(Response, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    # A sealed address, for those who want to be told of the answer; destroyed when it is not needed any more.
    contact = models.BinaryField(null=True)
    contact_language = models.CharField(max_length=2, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(quote="") | ~Q(field=""), name="quotation_names_its_field"),
            models.CheckConstraint(
                condition=Q(field="") | (Q(draft__isnull=False) & Q(version__isnull=False)),
                name="comment_on_a_field_names_draft_and_version",
            ),
            models.CheckConstraint(
                condition=~Q(clearing="public") | ~Q(public_text=""), name="public_comment_has_words_for_the_public"
            ),
            models.CheckConstraint(
                condition=~Q(clearing="hidden") | ~Q(hidden_reason=""), name="hidden_comment_says_why"
            ),
        ]
        indexes = [models.Index(fields=["consultation", "clearing"], name="comment_by_public_test")]

    def __str__(self) -> str:
        return self.number


class CommentPlace(models.Model):
    """Where a comment stands in one version of its draft: carried to these characters, or an orphan."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="places")
    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="comment_places")
    # Characters of the field's Indonesian text; empty for an orphan.
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "version"], name="comment_has_one_place_a_version"),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(end__gt=F("start")),
                name="carried_comment_covers_some_characters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} in {self.version_id}: {self.start}–{self.end}"
