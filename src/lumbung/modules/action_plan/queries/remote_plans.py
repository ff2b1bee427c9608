"""Plans of other installations, read from records that were proven before they were kept (`core/federation`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language

from lumbung.core.federation import queries as federation
from lumbung.core.federation.queries import Shown, Source
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.queries.publishing import FEED

UNITS = frozenset({"share", "days", "count"})
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RemoteFigure:
    """A figure another installation computed."""

    short: str
    unit: str
    value: Decimal | None
    n: int
    as_of: date


@dataclass(frozen=True, slots=True)
class RemoteWord:
    """One assessment: its key, and what the other installation calls it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class RemoteCommitment:
    """A commitment of another installation."""

    slug: str
    title: str
    government: str
    figures: tuple[RemoteFigure, ...]
    said: RemoteWord | None
    found: RemoteWord | None
    disagrees: bool

    @property
    def headline(self) -> RemoteFigure | None:
        """The figure that stands for it."""
        return self.figures[0] if self.figures else None


@dataclass(frozen=True, slots=True)
class RemotePlan:
    """A plan of another installation as its record says it."""

    key: str
    title: str
    governments: tuple[str, ...]
    starts_on: date
    ends_on: date
    commitments: tuple[RemoteCommitment, ...]


@dataclass(frozen=True, slots=True)
class FromElsewhere:
    """A plan beside what proves it and where it stands; `is_here` when a plan of the same key is kept here too."""

    plan: RemotePlan
    shown: Shown
    is_here: bool

    @property
    def source(self) -> Source:
        """The installation it comes from."""
        return self.shown.source

    @property
    def address(self) -> str:
        """Its page at the other installation."""
        return self.source.address_of(str(self.shown.record["path"]))

    @property
    def entry_address(self) -> str:
        """The entry that holds its fingerprint, in the log of the other installation."""
        return self.source.address_of(f"/catatan-publik/{self.shown.item.index}/")


def is_readable(body: Any) -> bool:
    """Whether a body another installation published can be shown here."""
    return _plan(body) is not None


def plans_from_elsewhere(now: datetime) -> list[FromElsewhere]:
    """Every plan that was taken over, those in doubt with their doubt."""
    read = [(each, _plan(each.record["body"])) for each in federation.shown_items(FEED, now)]
    keys = [plan.key for _each, plan in read if plan is not None]
    here = set(Plan.objects.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    return [FromElsewhere(plan, each, plan.key in here) for each, plan in read if plan is not None]


def commitments_named(slugs: Iterable[str], now: datetime) -> list[tuple[RemoteCommitment, FromElsewhere]]:
    """Commitments of other installations by their slugs, for a tie whose end is not kept here."""
    wanted = set(slugs)
    if not wanted:
        return []
    known = plans_from_elsewhere(now)
    return [(each, found) for found in known for each in found.plan.commitments if each.slug in wanted]


def _plan(body: Any) -> RemotePlan | None:
    """The record in our own shapes; None where it is of a form this version does not read."""
    try:
        return _read(body)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
        return None


def _read(body: Told) -> RemotePlan:
    plan = body["plan"]
    names = {str(code): _spoken(words) for code, words in body["governments"].items()}
    return RemotePlan(
        key=_text(plan["key"]),
        title=_spoken(plan["title"]),
        governments=tuple(names.get(each["code"], _text(each["code"])) for each in plan["members"]),
        starts_on=date.fromisoformat(plan["starts_on"]),
        ends_on=date.fromisoformat(plan["ends_on"]),
        commitments=tuple(_commitment(each, body, names) for each in plan["commitments"]),
    )


def _commitment(told: Told, body: Told, names: Mapping[str, str]) -> RemoteCommitment:
    said, found = told["assessments"]["self_reported"], told["assessments"]["independent"]
    return RemoteCommitment(
        slug=_text(told["slug"]),
        title=_spoken(told["title"]),
        government=names.get(told["member"], _text(told["member"])),
        figures=tuple(_figure(each, body["indicators"]) for each in told["figures"]),
        said=_word("completion", said["completion"], body) if said else None,
        found=_finding(found, body) if found else None,
        disagrees=told["assessments"]["disagree"] is True,
    )


def _finding(told: Told, body: Told) -> RemoteWord | None:
    if told["stage"] == "end":
        return _word("completion", told["completion"], body) if told["completion"] else None
    return _word("ambition", told["ambition"], body)


def _word(scale: str, key: Any, body: Told) -> RemoteWord:
    known = body["words"].get(f"{scale}/{_text(key)}")
    return RemoteWord(key, _spoken(known) if known else key)


def _figure(told: Told, indicators: Told) -> RemoteFigure:
    declared = indicators[told["indicator"]]
    value = None if told["value"] is None else Decimal(_text(told["value"]))
    if declared["unit"] not in UNITS or type(told["n"]) is not int or (value is not None and not value.is_finite()):
        raise ValueError(f"figure {told['indicator']!r} has no unit, count or value that can be shown")
    short = _spoken(declared["short"])
    return RemoteFigure(short, declared["unit"], value, told["n"], date.fromisoformat(told["as_of"]))


def _spoken(words: Told) -> str:
    """In the language active now; Indonesian where English is missing."""
    english = (get_language() or "").startswith("en")
    return _text((english and words["en"]) or words["id"])


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("expected a text")
    return value
