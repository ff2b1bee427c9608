"""Whether the text still is what the public log says of it, object by object: for pages."""

from dataclasses import dataclass
from datetime import date

from lumbung.core.base import clock
from lumbung.core.log import claims
from lumbung.core.log import queries as log
from lumbung.core.log.claims import Compared
from lumbung.modules.action_plan.events.enactment import CommitmentAmended, PlanEnacted
from lumbung.modules.action_plan.events.plans import PlanLoaded
from lumbung.modules.action_plan.models import Plan


@dataclass(frozen=True, slots=True)
class Seal:
    """What the log holds of a plan or of one commitment, compared with the tables."""

    objects: tuple[Compared, ...]

    @property
    def matches(self) -> bool:
        """Whether every object is as the log says."""
        return all(each.matches for each in self.objects)

    @property
    def event_id(self) -> str:
        """The event that said it last."""
        return self.objects[-1].event_id if self.objects else ""


def seal_of(plan: Plan) -> Seal:
    """Every object of a plan the log speaks of."""
    keys = (PlanLoaded.key,) if plan.origin == Plan.Origin.LOADED else (PlanEnacted.key, CommitmentAmended.key)
    return Seal(tuple(each for key in keys for each in claims.compare(key, subject_id=plan.pk)))


@dataclass(frozen=True, slots=True)
class Nightly:
    """What the last examination of the whole log and of every text it speaks of found."""

    on: date | None
    fits: bool


def nightly() -> Nightly:
    """For pages many people open: comparing anew is one click further."""
    newest = log.newest_examination()
    return Nightly(None, fits=True) if newest is None else Nightly(clock.local_day(newest.at), fits=not newest.fault)


def seal_of_commitment(plan: Plan, slug: str) -> Seal:
    """One commitment of it."""
    name = f"commitment:{slug}"
    return Seal(tuple(each for each in seal_of(plan).objects if each.name == name))
