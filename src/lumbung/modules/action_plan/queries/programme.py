"""What a commitment hangs together with: budget, development plan, other programmes, goals."""

from django.utils.functional import Promise
from django.utils.translation import get_language

from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import Commitment, Plan
from lumbung.modules.action_plan.queries import amendments

PROGRAMME = ("budget", "development_plan", "other_programmes", "goals")


def programme_of(commitment: Commitment) -> list[tuple[Promise, str]]:
    """Budget, development plan, other programmes and goals, as a plan drawn up here says them now."""
    if commitment.plan.origin == Plan.Origin.LOADED:
        return []
    body = amendments.current_body(commitment)
    known = [(field, _told_in(body, field)) for field in map(_commitment_field, PROGRAMME)]
    return [(field.label, words) for field, words in known if words]


def _commitment_field(key: str) -> shape.Field:
    return next(field for field in shape.COMMITMENT if field.key == key)


def _told_in(body: shape.Body, field: shape.Field) -> str:
    if field.is_text:
        return shape.words(body, field.key, "en" if (get_language() or "").startswith("en") else "id")
    return ", ".join(str(each) for each in body.get(field.key) or ())
