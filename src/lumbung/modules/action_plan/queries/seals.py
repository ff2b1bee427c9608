"""Whether the text still is what the public log says of it, object by object: for pages."""

from dataclasses import dataclass
from datetime import date

from lumbung.core.base import clock
from lumbung.core.log import claims
from lumbung.core.log import queries as log
from lumbung.core.log.claims import Compared
from lumbung.modules.action_plan.events.enactment import PlanEnacted
from lumbung.modules.action_plan.events.plans import PlanLoaded
from lumbung.modules.action_plan.models import Amendment, Plan
from lumbung.modules.action_plan.queries.testimonies import amendments


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
        return next((each.event_id for each in reversed(self.objects) if each.event_id), "")


def seal_of(plan: Plan) -> Seal:
    """Every object of a plan the log speaks of, and every amendment that counts although the log does not know it."""
    if plan.origin == Plan.Origin.LOADED:
        return Seal(tuple(claims.compare(PlanLoaded.key, subject_id=plan.pk)))
    amended = claims.compare_rows(amendments.KIND, subject_id=plan.pk)
    return Seal((*claims.compare(PlanEnacted.key, subject_id=plan.pk), *filter(_counts, amended)))


def _counts(each: Compared) -> bool:
    """Whether an amendment changes the text, or is not as it was said."""
    return not each.matches or each.facts["state"] == Amendment.State.APPROVED


def fingerprint_of(each: Compared) -> str:
    """The fingerprint the log holds of it; "" where it holds none, or another one."""
    if each.said or each.fault:
        return each.said
    # The first version of the event told the text of an amendment without its decision.
    part = "text_alone" if "text" in each.untold else "text"
    return str(each.facts.get(part, ""))


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
    """One commitment of it, with its amendments."""
    name = f"commitment:{slug}"
    known = seal_of(plan).objects
    return Seal(tuple(each for each in known if each.name == name or each.facts.get("commitment") == slug))
