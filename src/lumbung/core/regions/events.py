"""What can happen to the tree of regions."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class RegionsLoaded(Event):
    key: ClassVar[str] = "regions.regions_loaded"
    added: int
    changed: int
    total: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BlockAdded(Event):
    key: ClassVar[str] = "regions.block_added"
    code: str
    name: str
