"""Figures of other installations, each a record of its own that was proven before it was kept (`core/federation`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language

from lumbung.core.federation import queries as federation
from lumbung.core.federation.queries import Shown
from lumbung.modules.action_plan.queries.publishing import FIGURES

UNITS = frozenset({"share", "days", "count"})
SHA256 = re.compile(r"[0-9a-f]{64}")
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RemoteFigure:
    """A figure another installation computed: of which definition, from which table, and where its log holds it.

    excluded  how many rows were left out, by reason as the other installation calls it
    entry     number and address of the entry in its log; 0 and "" while it is only read
    """

    short: str
    unit: str
    value: Decimal | None
    n: int
    excluded: Mapping[str, int]
    as_of: date
    version: int
    definition_sha256: str
    dataset: str
    dataset_version: int
    snapshot_sha256: str
    index: int = 0
    entry_address: str = ""


# Whose log proves it, and its name in that feed.
Place = tuple[int, str]


def is_readable(body: Any) -> bool:
    """Whether a figure another installation published can be shown here."""
    return _figure(body) is not None


def figures_from_elsewhere(now: datetime) -> dict[Place, RemoteFigure]:
    """The newest figures that were taken over. One an installation no longer tells was withdrawn, and is not shown."""
    told = [each for each in federation.shown_items(FIGURES, now) if each.item.missing_since is None]
    read = [(each, _figure(each.record["body"], each)) for each in told]
    return {(each.source.peer.pk, each.item.item): figure for each, figure in read if figure is not None}


def _figure(body: Any, shown: Shown | None = None) -> RemoteFigure | None:
    try:
        return _read(body, shown)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
        return None


def _read(told: Told, shown: Shown | None) -> RemoteFigure:
    value = None if told["value"] is None else Decimal(text_of(told["value"]))
    if told["unit"] not in UNITS or (value is not None and not value.is_finite()):
        raise ValueError(f"figure {told['indicator']!r} has no unit or value that can be shown")
    return RemoteFigure(
        short=spoken(told["short"]),
        unit=told["unit"],
        value=value,
        n=_number(told["n"]),
        excluded={text_of(reason): _number(count) for reason, count in told["excluded"].items()},
        as_of=date.fromisoformat(told["as_of"]),
        version=_number(told["version"]),
        definition_sha256=_sha256(told["definition_sha256"]),
        dataset=text_of(told["dataset"]),
        dataset_version=_number(told["dataset_version"]),
        snapshot_sha256=_sha256(told["snapshot_sha256"]),
        index=shown.item.index if shown else 0,
        entry_address=entry_address(shown) if shown else "",
    )


def entry_address(shown: Shown) -> str:
    """The entry that holds the fingerprint of a record, in the log of the other installation."""
    return shown.source.address_of(f"/catatan-publik/{shown.item.index}/")


def spoken(words: Told) -> str:
    """In the language active now; Indonesian where English is missing."""
    english = (get_language() or "").startswith("en")
    return text_of((english and words["en"]) or words["id"])


def text_of(value: Any) -> str:
    """A text, and nothing else."""
    if not isinstance(value, str):
        raise TypeError("expected a text")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("expected a count")
    return value


def _sha256(value: Any) -> str:
    if not SHA256.fullmatch(text_of(value)):
        raise ValueError("expected a SHA-256 in hex")
    return text_of(value)
