"""Every write of the log: events, their places, and who opened what."""

from lumbung.core.events.actions.access import chain_hash, first_broken_access_event, record_access
from lumbung.core.events.actions.recording import canonical_body, public_day, record
from lumbung.core.events.actions.sequencing import sequence

__all__ = [
    "canonical_body",
    "chain_hash",
    "first_broken_access_event",
    "public_day",
    "record",
    "record_access",
    "sequence",
]
