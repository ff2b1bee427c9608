"""Plans of other installations, read from records that were proven before they were kept (`core/federation`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lumbung.core.federation import queries as federation
from lumbung.core.federation.queries import Shown, Source
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.queries.publishing import FEED
from lumbung.modules.action_plan.queries.remote_figures import (
    Place,
    RemoteFigure,
    entry_address,
    figures_from_elsewhere,
    spoken,
    text_of,
)

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RemoteWord:
    """One assessment: its key, and what the other installation calls it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class RemoteCommitment:
    """A commitment of another installation. `measured_by` names its figures, which are records of their own."""

    slug: str
    title: str
    government: str
    measured_by: tuple[str, ...]
    said: RemoteWord | None
    found: RemoteWord | None
    disagrees: bool


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
    figures: Mapping[str, RemoteFigure]

    def headline(self, commitment: RemoteCommitment) -> RemoteFigure | None:
        """The figure that stands for a commitment: the first of its own that was taken over."""
        return next((self.figures[key] for key in commitment.measured_by if key in self.figures), None)

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
        return entry_address(self.shown)


def is_readable(body: Any) -> bool:
    """Whether a body another installation published can be shown here."""
    return _plan(body) is not None


def plans_from_elsewhere(now: datetime) -> list[FromElsewhere]:
    """Every plan that was taken over, those in doubt with their doubt."""
    read = [(each, _plan(each.record["body"])) for each in federation.shown_items(FEED, now)]
    keys = [plan.key for _each, plan in read if plan is not None]
    here = set(Plan.objects.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    figures = figures_from_elsewhere(now) if keys else {}
    return [
        FromElsewhere(plan, each, plan.key in here, _of_peer(each.source.peer.pk, figures))
        for each, plan in read
        if plan is not None
    ]


def _of_peer(peer: int, figures: Mapping[Place, RemoteFigure]) -> dict[str, RemoteFigure]:
    """Only the installation that tells a plan tells its figures."""
    return {key: figure for (whose, key), figure in figures.items() if whose == peer}


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
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _read(body: Told) -> RemotePlan:
    plan = body["plan"]
    names = {str(code): spoken(words) for code, words in body["governments"].items()}
    return RemotePlan(
        key=text_of(plan["key"]),
        title=spoken(plan["title"]),
        governments=tuple(names.get(each["code"], text_of(each["code"])) for each in plan["members"]),
        starts_on=date.fromisoformat(plan["starts_on"]),
        ends_on=date.fromisoformat(plan["ends_on"]),
        commitments=tuple(_commitment(each, body, names) for each in plan["commitments"]),
    )


def _commitment(told: Told, body: Told, names: Mapping[str, str]) -> RemoteCommitment:
    said, found = told["assessments"]["self_reported"], told["assessments"]["independent"]
    return RemoteCommitment(
        slug=text_of(told["slug"]),
        title=spoken(told["title"]),
        government=names.get(told["member"], text_of(told["member"])),
        measured_by=tuple(text_of(each) for each in told["figures"]),
        said=_word("completion", said["completion"], body) if said else None,
        found=_finding(found, body) if found else None,
        disagrees=told["assessments"]["disagree"] is True,
    )


def _finding(told: Told, body: Told) -> RemoteWord | None:
    if told["stage"] == "end":
        return _word("completion", told["completion"], body) if told["completion"] else None
    return _word("ambition", told["ambition"], body)


def _word(scale: str, key: Any, body: Told) -> RemoteWord:
    known = body["words"].get(f"{scale}/{text_of(key)}")
    return RemoteWord(key, spoken(known) if known else key)
