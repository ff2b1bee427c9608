"""What can happen to figures."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class IndicatorComputed(Event):
    """`value` is text ("0.6231"), empty when the snapshot gives none."""

    key: ClassVar[str] = "indicators.indicator_computed"
    indicator: str
    version: int
    definition_sha256: str
    snapshot_sha256: str
    place: str
    as_of: str
    value: str
    n: int
