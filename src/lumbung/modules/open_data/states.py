"""The states of a draft and who may lead it on. Pure; the drawing in README.md is checked against this table."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftState(models.TextChoices):
    """Where a draft stands between its producer and the public."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in for checking")
    CHECKED = "checked", _("With the data steward")
    SECOND_CHECK = "second_check", _("With the data supervisor")
    READY = "ready", _("Ready to be published")
    PUBLISHED = "published", _("Published")
    RETURNED = "returned", _("Returned")
    DISCARDED = "discarded", _("Discarded")


class Step(StrEnum):
    """What somebody does to a draft."""

    SUBMIT = "submit"
    PASS = "pass"  # noqa: S105 - a step, no password
    RETURN = "return"
    PUBLISH = "publish"
    DISCARD = "discard"
    TAKE_BACK = "take_back"


S = DraftState
ALLOWED: dict[DraftState, dict[Step, frozenset[DraftState]]] = {
    S.DRAFT: {Step.SUBMIT: frozenset({S.SUBMITTED, S.CHECKED}), Step.DISCARD: frozenset({S.DISCARDED})},
    S.RETURNED: {Step.SUBMIT: frozenset({S.SUBMITTED, S.CHECKED}), Step.DISCARD: frozenset({S.DISCARDED})},
    S.SUBMITTED: {
        Step.PASS: frozenset({S.CHECKED}),
        Step.RETURN: frozenset({S.RETURNED}),
        Step.TAKE_BACK: frozenset({S.DRAFT}),
    },
    S.CHECKED: {
        Step.PASS: frozenset({S.SECOND_CHECK, S.READY}),
        Step.RETURN: frozenset({S.RETURNED}),
        Step.TAKE_BACK: frozenset({S.DRAFT}),
    },
    S.SECOND_CHECK: {Step.PASS: frozenset({S.READY}), Step.RETURN: frozenset({S.RETURNED})},
    S.READY: {Step.PUBLISH: frozenset({S.PUBLISHED}), Step.RETURN: frozenset({S.RETURNED})},
    S.PUBLISHED: {},
    S.DISCARDED: {},
}

# Its producer writes in it.
WRITABLE = frozenset({S.DRAFT, S.RETURNED})
# Somebody else has it on their desk.
WAITING = frozenset({S.SUBMITTED, S.CHECKED, S.SECOND_CHECK, S.READY})
CLOSED = frozenset({S.PUBLISHED, S.DISCARDED})


def may_pass(state: DraftState, step: Step, to: DraftState) -> bool:
    """Whether that step leads from one state to the other."""
    return to in ALLOWED[state].get(step, frozenset())
