"""Telling those who sent a comment and left an address that it was answered, or that its answer was corrected."""

from collections.abc import Callable
from datetime import datetime, timedelta

from lumbung.core.base import sealing
from lumbung.core.notices import actions as notices
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.recipients import Recipient, Topic
from lumbung.modules.action_plan.letters import answers
from lumbung.modules.action_plan.models import Comment, Response
from lumbung.modules.action_plan.queries import consultations

# The topic of messages about the answer to one comment.
ANSWERS = "action_plan.answers"
ANSWERED, CORRECTED = "action_plan.comment_answered", "action_plan.answer_corrected"
# A plan is enacted within the year; until then its answers may be corrected.
KEEP_CONTACT = timedelta(days=365)


def keep_contact(*, comment: Comment, email: str, language: str) -> None:
    """Seal an address with its comment, in the caller's transaction."""
    comment.contact = sealing.seal(email, place=_place_of(comment))
    comment.contact_language = language
    comment.save(update_fields=["contact", "contact_language"])


def tell_answered(*, response: Response, now: datetime) -> None:
    """Tell of a published answer, in the caller's transaction."""
    _tell(response, ANSWERED, answers.answered, now)


def tell_corrected(*, response: Response, now: datetime) -> None:
    """Tell of a corrected answer, in the caller's transaction."""
    _tell(response, CORRECTED, answers.corrected, now)


def _tell(response: Response, kind: str, write: Callable[[Comment], Letter], now: datetime) -> None:
    for comment in consultations.comments_with_contact(response):
        address = sealing.unseal(bytes(comment.contact or b""), place=_place_of(comment))
        notices.tell(
            to=Recipient(address, comment.contact_language or "id"),
            kind=kind,
            occasion=f"{response.pk}:{comment.number}",
            write=lambda comment=comment: write(comment),  # type: ignore[misc]
            topic=Topic(ANSWERS, comment.number),
            now=now,
        )


def discard_contacts(*, now: datetime) -> int:
    """Destroy addresses of comments whose plan is enacted since, or that came a year ago; returns how many."""
    unneeded = consultations.contacts_not_needed(received_before=now - KEEP_CONTACT)
    keys = list(unneeded.values_list("pk", flat=True))
    return Comment.objects.filter(pk__in=keys).update(contact=None, contact_language="")


def _place_of(comment: Comment) -> str:
    return f"action_plan_comment.contact:{comment.pk}"
