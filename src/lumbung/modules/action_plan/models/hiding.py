"""Words taken out of sight: who did it, when and why stays for everybody; the words themselves may be erased."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.plans import Plan, PlanMember


class Hiding(models.Model):
    """One text that was hidden. A second person keeps it hidden or shows it again; kept hidden, it may be erased."""

    class Kind(models.TextChoices):
        IDEA = "idea", _("Idea")
        COMMENT = "comment", _("Comment")
        REMARK = "remark", _("Remark")
        SELF_REPORT = "self_report", _("Report of the agency")
        ASSESSMENT = "assessment", _("Assessment of the monitoring body")
        NOTE = "note", _("Note of an organisation")
        REPLY = "reply", _("Right of reply")
        LESSON = "lesson", _("Lesson")
        MINUTES = "minutes", _("Minutes of a meeting")
        INVITATION = "invitation", _("Invitation to a meeting")
        DECISION = "decision", _("Decision of a meeting")
        EXCEPTION = "exception", _("Reason for an exception")
        REVIEW_NOTE = "review_note", _("Note of the national secretariat")
        SEAT = "seat", _("Note on a seat")
        ENDORSEMENT = "endorsement", _("Note on an endorsement")
        RESPONSE = "response", _("Reasoned response")
        REMARK_ANSWER = "remark_answer", _("Answer to a remark")
        EVIDENCE = "evidence", _("Title and address of evidence")
        WITHDRAWAL = "withdrawal", _("Reason for a withdrawal")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="hidings")
    # Whose chair decides; empty where it is a matter of all members.
    member = models.ForeignKey(PlanMember, on_delete=models.PROTECT, null=True, blank=True, related_name="hidings")
    kind = models.CharField(max_length=20, choices=Kind)
    # The primary key of what was hidden, and how people call it: a number, a commitment's short name, a day.
    subject = models.CharField(max_length=36)
    about = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    reason_salt = models.BinaryField(max_length=16)
    # The words as they stood, sealed, until they are shown again or erased.
    kept = models.BinaryField(null=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    hidden_role = models.CharField(max_length=40)
    hidden_at = models.DateTimeField()
    is_upheld = models.BooleanField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_role = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-hidden_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hidden_words_say_why"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("hidden_by")),
                name="hiding_is_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_upheld__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_upheld__isnull=False),
                name="hiding_is_decided_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(kept__isnull=True, is_upheld=True),
                name="erased_words_were_kept_hidden_and_are_gone",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(is_upheld__isnull=True),
                name="words_wait_hidden_once",
            ),
        ]
        indexes = [models.Index(fields=["plan", "kind", "subject"], name="hiding_by_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} hidden"
