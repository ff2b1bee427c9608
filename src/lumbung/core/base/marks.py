"""A mark of what a page showed, so that a second tab does not undo in silence what a first one saved."""

import hashlib
import json
from collections.abc import Mapping


def mark_of(facts: Mapping[str, object]) -> str:
    """Sixteen characters that change when any of the facts does."""
    told = json.dumps({name: str(value) for name, value in facts.items()}, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
