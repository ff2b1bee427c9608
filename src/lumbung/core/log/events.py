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


@dataclass(frozen=True, slots=True)
class WitnessMoved(Event):
    key: ClassVar[str] = "log.witness_moved"
    witness: str
    # Where checkpoints are sent from now on; "" for one that looks for itself.
    address: str


@dataclass(frozen=True, slots=True)
class LogBegunAnew(Event):
    key: ClassVar[str] = "log.log_begun_anew"
    origin: str
    log_key: str
    # Why is told on the page of the log; here stands the SHA-256 of that sentence.
    reason_hash: str
    previous_origin: str
    previous_size: int
    previous_root: str


@dataclass(frozen=True, slots=True)
class PeerAdded(Event):
    key: ClassVar[str] = "log.peer_added"
    peer: str
    peer_key: str
    address: str


@dataclass(frozen=True, slots=True)
class PeerEnded(Event):
    key: ClassVar[str] = "log.peer_ended"
    peer: str


@dataclass(frozen=True, slots=True)
class PeerFoundInconsistent(Event):
    key: ClassVar[str] = "log.peer_found_inconsistent"
    peer: str
    kind: str
    earlier_size: int
    earlier_root: str
    later_size: int
    later_root: str
