"""The numbers that decide about a harvest, from `data/harvest.toml`."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

RULES = Path(__file__).parents[1] / "data" / "harvest.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    """How long something is missing before it is gone, and how much is too much."""

    missing_runs: int
    most_gone_share: Decimal
    most_pages: int
    most_datasets: int
    page_bytes: int

    def asks(self, *, gone: int, shown: int) -> bool:
        """Whether so many are not taken out without a person's word."""
        return gone > shown * self.most_gone_share


@cache
def rules() -> Rules:
    """As they stand today."""
    told = {key: each["value"] for key, each in tomllib.loads(RULES.read_text(encoding="utf-8")).items()}
    return Rules(**(told | {"most_gone_share": Decimal(told["most_gone_share"])}))
