"""The shape of a synthetic report, and what may follow what in its story (both pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final

WITA: Final = timezone(timedelta(hours=8), "WITA")  # Asia/Makassar has had no other offset since 1964

# kind of step -> (states it may start from, state it leads to); "" keeps the state
MOVES: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "needs_more": (frozenset({"submitted"}), "needs_more"),
    "completed": (frozenset({"needs_more"}), "submitted"),
    "verified": (frozenset({"submitted"}), "verified"),
    "archived": (frozenset({"submitted", "needs_more", "verified"}), "archived"),
    "handed_out": (frozenset({"submitted", "verified"}), "handed_out"),
    "withdrawn": (frozenset({"submitted", "needs_more"}), "withdrawn"),
    "assigned": (frozenset({"verified", "assigned", "in_progress"}), "assigned"),
    "returned": (frozenset({"assigned"}), "verified"),
    "accepted": (frozenset({"assigned", "planned"}), "in_progress"),
    "answered": (frozenset({"in_progress"}), ""),
    "planned": (frozenset({"in_progress"}), "planned"),
    "finished": (frozenset({"in_progress", "planned"}), "finished"),
    "confirmed": (frozenset({"finished"}), "confirmed"),
    "reopened": (frozenset({"finished"}), "in_progress"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a report; `agency_kind` is empty when the reporter or the coordinator acted."""

    kind: str
    at: datetime
    agency_kind: str
    note: str


@dataclass(frozen=True, slots=True)
class DemoReport:
    """A synthetic report with its whole story.

    sequence           1, 2, 3 … in order of receipt
    received_at        aware, WITA; no step lies before it or after the `until` of the generator
    lat, lon           None: the place is village and landmark, as most citizens give it
    public_*           empty until an officer has verified the report, and always when it is confidential
    reporter_name      None, or a name that says that it is an example
    same_problem_as    sequence of an earlier report by a neighbour about the same thing
    """

    sequence: int
    portal: str
    category_key: str
    klass: str
    urgency: str
    channel: str
    entered_on_behalf: bool
    village_code: str
    landmark: str
    lat: float | None
    lon: float | None
    title: str
    original_text: str
    public_title: str
    public_text: str
    reporter_name: str | None
    is_anonymous: bool
    is_confidential: bool
    received_at: datetime
    steps: tuple[Step, ...]
    rating: int | None
    same_problem_as: int | None


def state_after(steps: tuple[Step, ...]) -> str:
    """The state the steps lead to; ValueError names the first step that may not follow."""
    state = "submitted"
    for step in steps:
        allowed, following = MOVES[step.kind]
        if state not in allowed:
            raise ValueError(f"step {step.kind!r} may not follow state {state!r}; allowed from {sorted(allowed)}")
        state = following or state
    return state
