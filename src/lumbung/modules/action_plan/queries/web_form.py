"""OGP's web form, in English, part by part."""

from django.utils import translation
from django.utils.translation import gettext as _

from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.queries import printed, submission
from lumbung.modules.action_plan.queries.submission import FormPart


def parts_of(plan: Plan) -> list[FormPart]:
    """What to paste into each field, and what stands there already."""
    words = printed.words_of(plan, printed.facts_of(plan, now=plan.loaded_at), "en")
    told = {submission.PLAN: {line.key: (line.label, line.text) for line in words.lines}}
    for part in words.parts:
        fields = {line.key: (line.label, line.text) for line in part.lines}
        with translation.override("en"):
            fields |= {
                f"milestone-{step.number}": (_("Milestone %(number)s") % {"number": step.number}, step.whole)
                for step in part.steps
            }
        told[part.slug] = fields
    return submission.web_form(plan, told)
