"""Comparing what the log says of objects with what the tables say of them now, object by object and both ways.

What is said and not there is gone; what is there and was never said was added past this program; a fact that differs
was changed. An event of an earlier version may not tell a fact at all: then it cannot be compared, which is no fault.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from lumbung.core.base.declarations import Claim
from lumbung.core.base.testimonies import UNKNOWN, Facts, Said, Testimony
from lumbung.core.events.models import EventRecord
from lumbung.core.log import faults, registry
from lumbung.core.log.faults import ADDED, DIFFERS, GONE, SAID_TWICE, Fault

Data = Mapping[str, Any]
OBJECTS = "objects"


@dataclass(frozen=True, slots=True)
class Compared:
    """One object and whether the tables still give what the log says of it.

    said       the fingerprint the log holds; "" where it tells facts one by one
    fault      a code of `faults`; parts names the facts that differ
    untold     facts no event tells: they cannot be compared
    facts      what the tables say, or, of what is gone, the log
    """

    name: str
    said: str
    event_id: str
    fault: str = ""
    parts: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)

    @property
    def matches(self) -> bool:
        """Whether it is as it was said."""
        return not self.fault

    @property
    def sentence(self) -> Promise | str:
        """What is wrong with it."""
        return faults.SENTENCES[self.fault] if self.fault else ""

    @property
    def as_fault(self) -> Fault:
        """The same for whoever lists what does not fit."""
        event = (f"#{self.event_id}",) if self.event_id else ()
        return Fault(self.fault, self.name, ", ".join((*self.parts, *event)))


def compare_texts() -> Iterator[Compared]:
    """Every object of which some event says the fingerprint."""
    for claim in registry.all_claims():
        yield from compare(claim.event_key)


def compare_every_row() -> Iterator[Compared]:
    """Every row that events speak of fact by fact."""
    for testimony in registry.all_testimonies():
        yield from compare_rows(testimony.kind)


def compare(event_key: str, subject_id: str | None = None) -> Iterator[Compared]:
    """The objects said by events of one kind, of one subject if it is named."""
    claim = registry.get(event_key)
    known: dict[tuple[Any, ...], tuple[str, Data]] = {}
    # Events of an older version said nothing of single objects.
    older: dict[tuple[Any, ...], tuple[str, Data]] = {}
    for said in _said((event_key,), subject_id):
        about = tuple(said.data.get(name) for name in claim.about)
        if OBJECTS not in said.data:
            older.setdefault(about, (said.event_id, said.data))
        elif about in known and not claim.renewed:
            yield from _said_again(said)
        else:
            known[about] = (said.event_id, said.data)
    for event_id, data in known.values():
        yield from _compared(claim, event_id, data)
    for event_id, data in (told for about, told in older.items() if about not in known):
        for name in claim.recompute(data):
            yield Compared(name, "", event_id, untold=(OBJECTS,))
    if subject_id is None and claim.there is not None:
        yield from _added(claim, {*known, *older})


def _added(claim: Claim, told: set[tuple[Any, ...]]) -> Iterator[Compared]:
    """What the tables hold and no event speaks of."""
    for about in claim.there() if claim.there else ():
        if about not in told:
            for name in claim.recompute(dict(zip(claim.about, about, strict=True))):
                yield Compared(name, "", "", ADDED)


def _said(keys: tuple[str, ...], subject_id: str | None) -> Iterator[Said]:
    rows = EventRecord.objects.filter(key__in=keys).order_by("id")
    if subject_id is not None:
        rows = rows.filter(subject_id=subject_id)
    for uid, key, subject, body in rows.values_list("uid", "key", "subject_id", "body").iterator():
        # A body whose bytes were changed is a fault of its own; here it just says nothing.
        try:
            told = json.loads(bytes(body))
            actor = told["actor"]
            said = Said(
                str(uid), key, told["v"], told["on"], subject, actor["role"], actor["organisation"], {**told["data"]}
            )
        except (ValueError, KeyError, TypeError):
            continue
        yield said


def _said_again(said: Said) -> Iterator[Compared]:
    for name, sha256 in said.data[OBJECTS].items():
        yield Compared(name, sha256, said.event_id, SAID_TWICE)


def _compared(claim: Claim, event_id: str, data: Data) -> Iterator[Compared]:
    found, said = claim.recompute(data), data[OBJECTS]
    for name, sha256 in said.items():
        fault = "" if found.get(name) == sha256 else DIFFERS if name in found else GONE
        yield Compared(name, sha256, event_id, fault)
    for name in sorted(found.keys() - said.keys()):
        yield Compared(name, "", event_id, ADDED)


def compare_rows(kind: str, subject_id: str | None = None) -> Iterator[Compared]:
    """The rows of one kind against everything events tell of them, of one subject if it is named."""
    testimony = registry.testimony(kind)
    told: dict[str, tuple[str, Facts]] = {}
    by_key: set[tuple[str, str]] = set()
    for said, name, facts in _tells(testimony, subject_id):
        if (name, said.key) in by_key and said.key not in testimony.again:
            yield Compared(name, "", said.event_id, SAID_TWICE, facts=facts)
            continue
        by_key.add((name, said.key))
        told[name] = (said.event_id, {**told.get(name, ("", {}))[1], **facts})
    for name, now in testimony.stands(subject_id):
        yield _row(testimony, name, now, told.pop(name, None))
    for name, (event_id, facts) in told.items():
        yield Compared(name, "", event_id, GONE, facts=facts)


def _tells(testimony: Testimony, subject_id: str | None) -> Iterator[tuple[Said, str, Facts]]:
    try:
        yield from testimony.tells(_said(testimony.keys, subject_id))
    except (KeyError, TypeError, AttributeError):
        # An event that lacks a field it must have was not written by this program: the rows it told of stand alone.
        return


def _row(testimony: Testimony, name: str, now: Facts, told: tuple[str, Facts] | None) -> Compared:
    if told is None:
        return Compared(name, "", "", ADDED, facts=now)
    event_id, said = told
    differs = tuple(part for part in now if part in said and now[part] is not UNKNOWN and now[part] != said[part])
    if differs:
        return Compared(name, "", event_id, DIFFERS, differs, facts=now)
    untold = (part for part in now if now[part] is UNKNOWN or (part not in said and part not in testimony.older))
    return Compared(name, "", event_id, untold=tuple(untold), facts=now)
