"""OGP's web form, in English, part by part."""

from django.utils import translation
from django.utils.translation import gettext as _

from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.queries import printed, submission
from lumbung.modules.action_plan.queries.printed import Line, Step
from lumbung.modules.action_plan.queries.submission import FormPart


def parts_of(plan: Plan) -> list[FormPart]:
    """What to paste into each field, and what stands there already."""
    words = printed.words_of(plan, printed.facts_of(plan, now=plan.loaded_at), "en")
    told = {submission.PLAN: list(words.lines)}
    with translation.override("en"):
        told |= {part.slug: [*part.lines, *map(_milestone, part.steps)] for part in words.parts}
    return submission.web_form(plan, told)


def _milestone(step: Step) -> Line:
    label = _("Milestone %(number)s") % {"number": step.number}
    told = printed.in_indonesian(label) if step.is_indonesian else label
    return Line(f"milestone-{step.number}", told, step.whole, step.is_indonesian)
