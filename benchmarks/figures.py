"""What a benchmark prints, and how CPU time is compared."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was measured, against which peer, and the most it may be."""

    name: str
    ours: str
    peer: str
    ratio: float
    limit: float | None = None

    @property
    def is_too_much(self) -> bool:
        return self.limit is not None and self.ratio > self.limit

    def __str__(self) -> str:
        verdict = (
            "" if self.limit is None else f"  limit {self.limit:.2f}: {'EXCEEDED' if self.is_too_much else 'held'}"
        )
        return f"{self.name:<46} {self.ours:>16}   {self.peer:<44} ratio {self.ratio:5.2f}{verdict}"


def cpu_ms(ours: Callable[[], object], peer: Callable[[], object], *, times: int) -> tuple[float, float]:
    """Median CPU milliseconds of one call of each. Rounds alternate, so that a busy machine slows both alike."""
    samples: dict[int, list[float]] = {0: [], 1: []}
    for call in (ours, peer):
        call()
    for _round in range(ROUNDS):
        for place, call in enumerate((ours, peer)):
            begun = time.process_time()
            for _time in range(times):
                call()
            samples[place].append((time.process_time() - begun) / times * 1000)
    return statistics.median(samples[0]), statistics.median(samples[1])
