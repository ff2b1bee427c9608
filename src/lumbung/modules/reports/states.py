"""The states of a report, and every step that leads from one to another. The drawing in README.md comes from here."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Step:
    """Where a step may begin and where it leads; `after` is None when the report stays in its state."""

    before: frozenset[str]
    after: State | None


def _step(after: State | None, *before: State) -> Step:
    return Step(frozenset(before), after)


STEPS: dict[str, Step] = {
    "verify": _step(S.VERIFIED, S.SUBMITTED),
    "ask": _step(S.NEEDS_MORE, S.SUBMITTED),
    "complete": _step(S.SUBMITTED, S.NEEDS_MORE),
    "archive": _step(S.ARCHIVED, S.SUBMITTED, S.NEEDS_MORE, S.VERIFIED),
    "hand_out": _step(S.HANDED_OUT, S.SUBMITTED, S.VERIFIED),
    "hand_on_to_portal": _step(None, S.SUBMITTED, S.VERIFIED),
    "correct": _step(None, S.VERIFIED, S.ASSIGNED, S.IN_PROGRESS, S.PLANNED, S.FINISHED, S.CONFIRMED),
    "assign": _step(S.ASSIGNED, S.VERIFIED),
    # A topic that is confidential by force is routed unread: its coordinator makes no version for the public.
    "route": _step(S.ASSIGNED, S.SUBMITTED, S.VERIFIED),
    "take_back": _step(S.VERIFIED, S.ASSIGNED, S.IN_PROGRESS),
    "accept": _step(S.IN_PROGRESS, S.ASSIGNED),
    "give_back": _step(S.VERIFIED, S.ASSIGNED),
    "hand_on": _step(S.ASSIGNED, S.ASSIGNED),
    "plan": _step(S.PLANNED, S.IN_PROGRESS),
    "resume": _step(S.IN_PROGRESS, S.PLANNED),
    "respond": _step(None, S.IN_PROGRESS, S.PLANNED),
    "write": _step(None, S.ASSIGNED, S.IN_PROGRESS, S.PLANNED),
    "decide": _step(None, S.IN_PROGRESS, S.PLANNED),
    "finish": _step(S.FINISHED, S.IN_PROGRESS, S.PLANNED),
    "confirm": _step(S.CONFIRMED, S.FINISHED),
    "reopen": _step(S.IN_PROGRESS, S.FINISHED, S.CONFIRMED),
    "add": _step(None, S.SUBMITTED, S.VERIFIED, S.ASSIGNED, S.IN_PROGRESS, S.PLANNED),
    "withdraw": _step(S.WITHDRAWN, S.SUBMITTED, S.NEEDS_MORE, S.VERIFIED, S.ASSIGNED, S.IN_PROGRESS, S.PLANNED),
    # "Saya mendapat tekanan": whoever was pressed may have been pressed to withdraw, so closed reports open again.
    "press": _step(
        S.ASSIGNED,
        S.VERIFIED,
        S.ASSIGNED,
        S.IN_PROGRESS,
        S.PLANNED,
        S.FINISHED,
        S.CONFIRMED,
        S.ARCHIVED,
        S.HANDED_OUT,
        S.WITHDRAWN,
    ),
}

ALLOWED: dict[str, frozenset[str]] = {
    state.value: frozenset(
        step.after.value for step in STEPS.values() if step.after is not None and state.value in step.before
    )
    for state in State
}

# What the public may see; a report that never passed verification shows a status word only (decision 13).
PUBLIC = frozenset({S.VERIFIED, S.ASSIGNED, S.IN_PROGRESS, S.PLANNED, S.FINISHED, S.CONFIRMED})
CLOSED = frozenset({S.FINISHED, S.CONFIRMED, S.ARCHIVED, S.HANDED_OUT, S.WITHDRAWN})
COUNTED_BESIDE = frozenset({S.ARCHIVED, S.HANDED_OUT, S.WITHDRAWN})


def is_allowed(before: str, after: str) -> bool:
    """Whether a report may pass from one state to another."""
    return after in ALLOWED[before]


def may_begin(step: str, state: str) -> bool:
    """Whether a step may be taken from a state."""
    return state in STEPS[step].before


def drawing() -> str:
    """The drawing of README.md, in Mermaid: each passage with the steps that take it."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> submitted"]
    for state in State:
        for after in sorted(ALLOWED[state.value]):
            names = [name for name, step in STEPS.items() if step.after == after and state.value in step.before]
            lines.append(f"    {state.value} --> {after}: {', '.join(names)}")
    return "\n".join([*lines, "```"])
