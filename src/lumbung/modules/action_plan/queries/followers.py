"""Who follows a plan or a commitment. Addresses are opened here for sending only; no page shows them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from lumbung.core.base import ids, sealing
from lumbung.core.notices import queries as notices
from lumbung.core.notices.recipients import Recipient
from lumbung.modules.action_plan.models import Commitment, Plan, PlanFollower
from lumbung.modules.action_plan.models.followers import FOLLOW


def token_index(token: str) -> str:
    """What is stored of a token in a mail."""
    return sealing.blind_index(ids.tidy_access_code(token), purpose="plan-mail-token")


def follower_by_token(token: str) -> PlanFollower | None:
    """The follower whose confirmation link this is."""
    return PlanFollower.objects.filter(token_index=token_index(token)).select_related("plan", "commitment").first()


def followers_of(plan: Plan, commitment: Commitment | None) -> QuerySet[PlanFollower]:
    """Confirmed followers of the plan, and of the commitment if it is about one."""
    whole = Q(plan=plan, commitment__isnull=True)
    chosen = whole | Q(commitment=commitment) if commitment else whole
    return PlanFollower.objects.filter(chosen, confirmed_at__isnull=False).select_related("plan")


def contact_of(follower: PlanFollower) -> Recipient:
    """A follower's address."""
    address = sealing.unseal(follower.email, place=f"action_plan_planfollower.email:{follower.pk}")
    return Recipient(address, follower.language)


def unconfirmed_since(moment: datetime) -> QuerySet[PlanFollower]:
    """Those who asked before a moment and never confirmed."""
    return PlanFollower.objects.filter(confirmed_at__isnull=True, asked_at__lt=moment)


def stopped_followers() -> list[PlanFollower]:
    """Those who have stopped since: their addresses are not needed any more."""
    stops = {(stop.recipient_index, stop.topic_subject) for stop in notices.stopped_subjects(FOLLOW)}
    known = PlanFollower.objects.filter(email_index__in={index for index, _subject in stops})
    return [each for each in known if (each.email_index, each.topic_subject) in stops]
