"""Whether the text still is what the public log says of it, object by object: for pages."""

from dataclasses import dataclass

from lumbung.core.log import claims
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


def seal_of_commitment(plan: Plan, slug: str) -> Seal:
    """One commitment of it."""
    name = f"commitment:{slug}"
    return Seal(tuple(each for each in seal_of(plan).objects if each.name == name))
