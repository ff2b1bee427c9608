"""The states of a report and the passages between them. The drawing in README.md is checked against this table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """What finishes the sentence "This report is …"."""

    SUBMITTED = "submitted", _("Awaiting verification")
    NEEDS_MORE = "needs_more", _("Needs more from the reporter")
    VERIFIED = "verified", _("Verified")
    ASSIGNED = "assigned", _("Assigned")
    IN_PROGRESS = "in_progress", _("Being worked on")
    PLANNED = "planned", _("Planned for a later budget")
    FINISHED = "finished", _("Finished")
    CONFIRMED = "confirmed", _("Confirmed by the reporter")
    ARCHIVED = "archived", _("Archived")
    HANDED_OUT = "handed_out", _("Handed over")
    WITHDRAWN = "withdrawn", _("Withdrawn by the reporter")


S = State

ALLOWED: dict[str, frozenset[str]] = {
    S.SUBMITTED: frozenset({S.VERIFIED, S.NEEDS_MORE, S.ARCHIVED, S.HANDED_OUT, S.WITHDRAWN}),
    S.NEEDS_MORE: frozenset({S.SUBMITTED, S.ARCHIVED, S.WITHDRAWN}),
    S.VERIFIED: frozenset({S.ASSIGNED, S.HANDED_OUT, S.ARCHIVED, S.WITHDRAWN}),
    S.ASSIGNED: frozenset({S.IN_PROGRESS, S.ASSIGNED, S.VERIFIED, S.WITHDRAWN}),
    S.IN_PROGRESS: frozenset({S.PLANNED, S.FINISHED, S.ASSIGNED, S.WITHDRAWN}),
    S.PLANNED: frozenset({S.IN_PROGRESS, S.FINISHED, S.WITHDRAWN}),
    S.FINISHED: frozenset({S.CONFIRMED, S.IN_PROGRESS}),
    S.CONFIRMED: frozenset({S.IN_PROGRESS}),
    S.ARCHIVED: frozenset(),
    S.HANDED_OUT: frozenset(),
    S.WITHDRAWN: frozenset(),
}

# What the public may see; a report that never passed verification shows a status word only (decision 13).
PUBLIC = frozenset({S.VERIFIED, S.ASSIGNED, S.IN_PROGRESS, S.PLANNED, S.FINISHED, S.CONFIRMED})
CLOSED = frozenset({S.FINISHED, S.CONFIRMED, S.ARCHIVED, S.HANDED_OUT, S.WITHDRAWN})
COUNTED_BESIDE = frozenset({S.ARCHIVED, S.HANDED_OUT, S.WITHDRAWN})


def is_allowed(before: str, after: str) -> bool:
    """Whether a report may pass from one state to another."""
    return after in ALLOWED[before]
