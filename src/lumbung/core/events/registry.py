"""Which events exist, how each reads as a sentence, and what reacts to it."""

from lumbung.core.base.declarations import EventType, Label, Reaction

_types: dict[str, EventType] = {}
_reactions: dict[str, list[str]] = {}


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


def get(key: str) -> EventType:
    """The event type of that key."""
    if key not in _types:
        raise LookupError(f"event {key!r} is not registered; add it to a manifest")
    return _types[key]


def sentence(key: str) -> Label:
    """The sentence of an event, with placeholders for its fields."""
    return get(key).sentence


def reactions_to(key: str) -> list[str]:
    """Names of the jobs that react to an event."""
    return _reactions.get(key, [])


def all_types() -> list[EventType]:
    """Every event type, by key."""
    return [_types[key] for key in sorted(_types)]
