"""What can happen to the log itself."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class WitnessAdded(Event):
    key: ClassVar[str] = "log.witness_added"
    witness: str
    witness_key: str


@dataclass(frozen=True, slots=True)
class WitnessEnded(Event):
    key: ClassVar[str] = "log.witness_ended"
    witness: str
