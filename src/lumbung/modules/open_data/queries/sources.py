"""Where tables came from that were fetched from an address: kept under `sources` in the metadata. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Source:
    """The address a table was fetched from, and when."""

    address: str
    fetched_on: date


def of_metadata(metadata: Mapping[str, Any]) -> dict[str, Source]:
    """The source of each table that has one, by its slug."""
    told = metadata.get(SOURCES) or {}
    return {slug: Source(each["address"], date.fromisoformat(each["fetched_on"])) for slug, each in told.items()}


def noted(metadata: Mapping[str, Any], slug: str, address: str, on: date) -> dict[str, Any]:
    """The metadata with the source of a table."""
    told = dict(metadata.get(SOURCES) or {}) | {slug: {"address": address, "fetched_on": on.isoformat()}}
    return {**metadata, SOURCES: told}


def without(metadata: Mapping[str, Any], slug: str) -> dict[str, Any]:
    """The metadata once a table came another way, or is gone."""
    told = {key: each for key, each in (metadata.get(SOURCES) or {}).items() if key != slug}
    rest = {key: each for key, each in metadata.items() if key != SOURCES}
    return rest | ({SOURCES: told} if told else {})
