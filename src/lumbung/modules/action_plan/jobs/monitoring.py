"""Retryable entry points of monitoring, and how often they run."""

from lumbung.core.base import clock
from lumbung.core.base.declarations import JobType, Reaction
from lumbung.modules.action_plan.actions import addresses, answer_telling, evidence, following
from lumbung.modules.action_plan.events.consultation import ConsultationOpened, ConsultationProlonged
from lumbung.modules.action_plan.events.enactment import CommitmentAmended
from lumbung.modules.action_plan.events.monitoring import TOLD
from lumbung.modules.action_plan.events.withdrawal import PlanWithdrawn

TELL = "action_plan.tell_followers"


def capture_evidence(evidence_id: str) -> None:
    """Look at what stands at an address somebody named as evidence."""
    evidence.capture(evidence_id=evidence_id, now=clock.now())


def capture_filed_address(kind: str, subject: str) -> None:
    """Look at what stands at an address that was filed."""
    addresses.capture(kind=kind, subject=subject, now=clock.now())


def look_at_filed_addresses_again() -> None:
    """Put filed addresses nobody looked at for a week on the queue."""
    addresses.look_again(now=clock.now())


def look_at_evidence_again() -> None:
    """Put evidence nobody looked at for a week on the queue."""
    evidence.look_again(now=clock.now())


def tell_followers(event_id: str) -> None:
    """Tell those who follow what happened."""
    following.tell_followers(event_id=event_id, now=clock.now())


def discard_follower_addresses() -> None:
    """Destroy addresses nobody needs any more."""
    following.discard_addresses(now=clock.now())
    answer_telling.discard_contacts(now=clock.now())


JOBS = (
    JobType(evidence.CAPTURE, capture_evidence),
    JobType(addresses.CAPTURE, capture_filed_address),
    JobType("action_plan.look_at_filed_addresses_again", look_at_filed_addresses_again, every_seconds=3600),
    JobType("action_plan.look_at_evidence_again", look_at_evidence_again, every_seconds=3600),
    JobType(TELL, tell_followers),
    JobType("action_plan.discard_follower_addresses", discard_follower_addresses, every_seconds=3600),
)
# What the followers of a plan or a commitment are told of.
HEARD = (*TOLD, CommitmentAmended.key, ConsultationOpened.key, ConsultationProlonged.key, PlanWithdrawn.key)
REACTIONS = tuple(Reaction(key, TELL, passes="event") for key in HEARD)
