"""What happens to portals of others that are harvested. Public facts only: keys, counts, fingerprints."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class HarvestSourceBegun(Event):
    """`producer` is the agency under whose name its datasets are listed."""

    key: ClassVar[str] = "open_data.harvest_source_begun"
    source: str
    portal: str
    kind: str
    producer: str


@dataclass(frozen=True, slots=True)
class HarvestSourcePaused(Event):
    key: ClassVar[str] = "open_data.harvest_source_paused"
    source: str


@dataclass(frozen=True, slots=True)
class HarvestSourceResumed(Event):
    key: ClassVar[str] = "open_data.harvest_source_resumed"
    source: str


@dataclass(frozen=True, slots=True)
class HarvestSourceEnded(Event):
    key: ClassVar[str] = "open_data.harvest_source_ended"
    source: str
    datasets: int


@dataclass(frozen=True, slots=True)
class HarvestGoneConfirmed(Event):
    """A steward said that what a run no longer found really is gone."""

    key: ClassVar[str] = "open_data.harvest_gone_confirmed"
    source: str
    run: int


@dataclass(frozen=True, slots=True)
class HarvestRunEnded(Event):
    key: ClassVar[str] = "open_data.harvest_run_ended"
    source: str
    run: int
    outcome: str
    new: int
    changed: int
    unchanged: int
    refused: int
    gone: int


@dataclass(frozen=True, slots=True)
class HarvestedDatasetTold(Event):
    """What another portal says of one dataset now. `metadata_sha256` is what we show of it."""

    key: ClassVar[str] = "open_data.harvested_dataset_told"
    dataset: str
    portal: str
    source: str
    number: int
    metadata_sha256: str


@dataclass(frozen=True, slots=True)
class HarvestedDatasetGone(Event):
    key: ClassVar[str] = "open_data.harvested_dataset_gone"
    dataset: str
    source: str
