"""Comparing what the log says of objects with what the tables say of them now, object by object."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lumbung.core.base.declarations import Claim
from lumbung.core.events.models import EventRecord
from lumbung.core.log import registry

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """One object: whether the tables still give the fingerprint the log holds; `fault` says what is wrong."""

    name: str
    said: str
    event_id: str
    fault: str = ""

    @property
    def matches(self) -> bool:
        """Whether it is as it was said."""
        return not self.fault


def compare_all() -> Iterator[Compared]:
    """Every object any part has said something of."""
    for claim in registry.all_claims():
        yield from compare(claim.event_key)


def compare(event_key: str, subject_id: str | None = None) -> Iterator[Compared]:
    """The objects said by events of one kind, of one subject if it is named."""
    claim = registry.get(event_key)
    known: dict[tuple[Any, ...], tuple[str, Data]] = {}
    for event_id, data in _said(event_key, subject_id):
        about = tuple(data[name] for name in claim.about)
        if about in known and not claim.renewed:
            yield from _said_again(claim, event_id, data)
        else:
            known[about] = (event_id, data)
    for event_id, data in known.values():
        yield from _compared(claim, event_id, data)


def _said(event_key: str, subject_id: str | None) -> Iterator[tuple[str, Data]]:
    rows = EventRecord.objects.filter(key=event_key).order_by("id")
    if subject_id is not None:
        rows = rows.filter(subject_id=subject_id)
    for uid, body in rows.values_list("uid", "body"):
        data = _data(bytes(body))
        # Events of an older version said nothing of single objects.
        if "objects" in data:
            yield str(uid), data


def _data(body: bytes) -> Data:
    # A body whose bytes were changed is a fault of its own; here it just says nothing.
    try:
        data = json.loads(body)["data"]
    except (ValueError, KeyError, TypeError):
        return {}
    return data if isinstance(data, dict) else {}


def _said_again(claim: Claim, event_id: str, data: Data) -> Iterator[Compared]:
    for name, said in data["objects"].items():
        yield Compared(name, said, event_id, f"{claim.event_key} was said of it a second time")


def _compared(claim: Claim, event_id: str, data: Data) -> Iterator[Compared]:
    found, said = claim.recompute(data), data["objects"]
    for name, sha256 in said.items():
        fault = "" if found.get(name) == sha256 else _difference(name in found)
        yield Compared(name, sha256, event_id, fault)
    for name in sorted(found.keys() - said.keys()):
        yield Compared(name, "", event_id, "the log does not know it: it was added to the database")


def _difference(is_there: bool) -> str:  # noqa: FBT001 - a word for each of two cases
    return "its text differs from what the log says" if is_there else "it is gone, and the log says it was there"
