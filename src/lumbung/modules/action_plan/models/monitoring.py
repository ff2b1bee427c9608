"""What is said about a commitment: by the agency, by the monitoring body, by civil society, and the replies.

Rows are only added: the database refuses to change or delete one (migration 0004). The newest is shown, the older ones
are listed below it.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.commitments import Commitment, Milestone
from lumbung.modules.action_plan.models.evidence import Evidence
from lumbung.modules.action_plan.models.plans import Plan, PlanMember
from lumbung.modules.action_plan.models.scales import Term


class Signed(models.Model):
    """Words an institution stands for. The log keeps them as a salted hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=4_000)
    salt = models.BinaryField(max_length=16)
    words_hash = models.CharField(max_length=64)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_role = models.CharField(max_length=40)
    written_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{type(self).__name__} of {self.organisation_id}"


class SelfReport(Signed):
    """What the agency in charge says it did in a quarter. It counts once the head of the agency approved it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="self_reports")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    completion = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    evidence = models.ManyToManyField(Evidence, related_name="self_reports")

    class Meta(Signed.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="self_report_is_of_a_quarter"),
            models.CheckConstraint(condition=~Q(words=""), name="self_report_says_what_was_done"),
        ]


class MilestoneReport(models.Model):
    """When a milestone was reached, as told in a self-report; empty: not yet."""

    report = models.ForeignKey(SelfReport, on_delete=models.PROTECT, related_name="milestones")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="reports")
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["milestone__number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "milestone"], name="self_report_tells_a_milestone_once")
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.done_on}"


class ReportDecision(models.Model):
    """The head of the agency approved a self-report, or returned it."""

    report = models.OneToOneField(SelfReport, on_delete=models.PROTECT, related_name="decision")
    is_approved = models.BooleanField()
    note = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("written_by")), name="self_report_is_approved_by_a_second_person"
            ),
            models.CheckConstraint(condition=Q(is_approved=True) | ~Q(note=""), name="returned_report_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.is_approved}"


class Assessment(Signed):
    """The independent body's coding at the start or end of a commitment. An empty degree is "not applicable"."""

    class Kind(models.TextChoices):
        INCEPTION = "inception", _("Assessment at the start")
        END = "end", _("Assessment at the end")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=10, choices=Kind)
    is_verifiable = models.BooleanField(null=True)
    is_relevant = models.BooleanField(null=True)
    novelty = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ambition = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    completion = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_information = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_participation = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_accountability = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lessons = models.TextField(max_length=4_000, blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="assessments")
    reply_due_on = models.DateField()

    class Meta(Signed.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="inception",
                    is_verifiable__isnull=False,
                    is_relevant__isnull=False,
                    novelty__isnull=False,
                    ambition__isnull=False,
                    completion__isnull=True,
                )
                | Q(kind="end", completion__isnull=False, ambition__isnull=True, novelty__isnull=True),
                name="assessment_is_coded_as_its_kind",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="assessment_gives_its_reasons"),
        ]


class Note(Signed):
    """What a registered civil-society organisation says about a commitment, under its own name."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="notes")
    reply_due_on = models.DateField()

    class Meta(Signed.Meta):
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="note_says_something")]


class Reply(Signed):
    """The agency answers an assessment or a note (hak jawab); shown beside it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, null=True, blank=True, related_name="replies")

    class Meta(Signed.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(assessment__isnull=False, note__isnull=True)
                | Q(assessment__isnull=True, note__isnull=False),
                name="reply_answers_one_thing",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="reply_says_something"),
        ]


class FiledReport(models.Model):
    """A report the monitoring body owed and filed: on a member's part of the plan, or at the end of a commitment.

    It is read at an address, or kept here as a document with its hash, or both.
    """

    class Kind(models.TextChoices):
        INCEPTION = "inception", _("First report of the independent body")
        END = "end", _("End-of-commitment report of the independent body")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="filed_reports")
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, related_name="filed_reports")
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="filed_reports"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    # Of the hash under which title and address stand in the log; none in rows of before.
    salt = models.BinaryField(max_length=16, null=True)
    document = models.OneToOneField(
        "files.StoredDocument", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField()
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField()
    # What was found at the address, put beside the row by `queries.filed`.
    looked: Any = None

    class Meta:
        ordering = ["filed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="inception", commitment__isnull=True) | Q(kind="end", commitment__isnull=False),
                name="filed_report_is_about_what_its_kind_says",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & (~Q(url="") | Q(document__isnull=False)), name="filed_report_can_be_read"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} report of {self.plan_id}"


class Lesson(Signed):
    """What those who made a plan learnt from it; the next plan starts from it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lessons")
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="lessons_drawn"
    )

    class Meta(Signed.Meta):
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="lesson_says_something")]
