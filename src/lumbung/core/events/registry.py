"""Which events exist, how each reads as a sentence, and what reacts to it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.utils import formats

from lumbung.core.base.declarations import EventType, Label, Reaction

ISO_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])")

_types: dict[str, EventType] = {}
_part_titles: dict[str, Label] = {}
_reactions: dict[str, list[str]] = {}
_passes_the_event: set[tuple[str, str]] = set()
_history_is_told: ContextVar[bool] = ContextVar("history_is_told", default=False)


def register(event_type: EventType) -> None:
    """Add an event class with its sentence; a key belongs to one class."""
    key = event_type.event_class.key  # type: ignore[attr-defined]
    known = _types.get(key)
    if known is not None and known.event_class is not event_type.event_class:
        raise ValueError(f"event {key!r} is registered twice (events.key)")
    _types[key] = event_type


def register_reaction(reaction: Reaction) -> None:
    """Enqueue a job whenever an event of that key is recorded."""
    jobs = _reactions.setdefault(reaction.event_key, [])
    if reaction.job_name not in jobs:
        jobs.append(reaction.job_name)
    if reaction.passes == "event":
        _passes_the_event.add((reaction.event_key, reaction.job_name))


def register_part(name: str, title: Label) -> None:
    """Say what the part is called whose events begin with `name` and a dot."""
    _part_titles[name] = title


def part_title(key: str) -> Label:
    """What the part is called that an event comes from; its own word for itself when it is not here any more."""
    name = key.partition(".")[0]
    return _part_titles.get(name, name)


def part_titles() -> dict[str, str]:
    """What every part is called, in the language active now, by its own word for itself."""
    return {name: str(title) for name, title in _part_titles.items()}


def get(key: str) -> EventType:
    """The event type of that key."""
    if key not in _types:
        raise LookupError(f"event {key!r} is not registered; add it to a manifest")
    return _types[key]


def sentence(key: str) -> Label:
    """The sentence of an event, with placeholders for its fields."""
    return get(key).sentence


def told(key: str, data: Mapping[str, Any]) -> str:
    """An event as a sentence in the language active now: keys and dates of its fields as people say them."""
    kind = get(key)
    spoken = {name: kind.words[name](value) if name in kind.words else _spoken(value) for name, value in data.items()}
    return str(kind.sentence) % (spoken | {name: say(data) for name, say in kind.derived.items()})


def _spoken(value: Any) -> Any:
    """A date of the log ("2026-12-10") as people say it; anything else as it is."""
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        return value
    return formats.date_format(date.fromisoformat(value), "j F Y")


def reactions_to(key: str) -> list[str]:
    """Names of the jobs that react to an event; none while history is told."""
    return [] if _history_is_told.get() else _reactions.get(key, [])


def arguments_for(job_name: str, *, event_key: str, event_id: str, subject_id: str) -> dict[str, str]:
    """What a reacting job is given, as its reaction declares."""
    if (event_key, job_name) in _passes_the_event:
        return {"event_id": event_id}
    return {"subject_id": subject_id}


@contextmanager
def telling_history() -> Iterator[None]:
    """Within it events are recorded and nothing reacts: the past is being played, nobody is to be told of it now."""
    token = _history_is_told.set(True)
    try:
        yield
    finally:
        _history_is_told.reset(token)


def all_types() -> list[EventType]:
    """Every event type, by key."""
    return [_types[key] for key in sorted(_types)]
