"""What was announced before: a roadmap that is published again keeps its earlier days in sight."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lumbung.core.events.queries import HistoryEntry
from lumbung.modules.action_plan.events.stages import RoadmapPublished

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Announced:
    """The days of one stage, as they were announced on some day."""

    starts_on: date
    ends_on: date
    announced_on: date


def earlier_announcements(history: Iterable[HistoryEntry]) -> Mapping[Place, Sequence[Announced]]:
    """From the history of a plan, by track and stage, oldest first: what an announcement of other days replaced."""
    told: dict[Place, list[Announced]] = {}
    for entry in history:
        if entry.key != RoadmapPublished.key:
            continue
        for stage, (starts_on, ends_on) in entry.data["stages"].items():
            days = Announced(date.fromisoformat(starts_on), date.fromisoformat(ends_on), entry.on)
            known = told.setdefault((entry.data["track"], stage), [])
            if not known or (known[-1].starts_on, known[-1].ends_on) != (days.starts_on, days.ends_on):
                known.append(days)
    return {place: known[:-1] for place, known in told.items() if len(known) > 1}
