"""Requirements about the submission: reviewed, exported, submitted."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lumbung.modules.action_plan.models import ReviewNote, Submission
from lumbung.modules.action_plan.queries import enactment, submission, web_form
from lumbung.modules.action_plan.queries.requirements.cases import Case, Check, Missing


def review_answered(case: Case) -> Iterator[Missing]:
    """The national secretariat has finished its review, and each of its notes is answered."""
    was_reviewed = submission.was_reviewed(case.plan)
    if not was_reviewed or submission.review_of(case.plan) is None:
        yield Missing(
            "review_answered.review",
            _("The national secretariat has not finished its review of the text as it is now.")
            if was_reviewed
            else _("The national secretariat has not finished its review yet."),
            route="submission-desk",
        )
    for number in ReviewNote.objects.filter(plan=case.plan, answered_at=None).values_list("number", flat=True):
        yield Missing(
            f"review_answered.{number}",
            _("Note %(number)s of the national secretariat is not answered yet."),
            params={"number": number},
            route="submission-desk",
        )


def export_generated(case: Case) -> Iterator[Missing]:
    """The files for OGP were made of the text as it is enacted now."""
    if not submission.has_current_exports(case.plan):
        yield Missing(
            "export_generated",
            _("The files for OGP are not made of the enacted text yet."),
            route="submission-desk",
        )


def web_form_entered(case: Case) -> Iterator[Missing]:
    """Every field of the enacted text stands in OGP's web form."""
    if not enactment.is_enacted_whole(case.plan):
        return
    for part in web_form.parts_of(case.plan):
        if count := len(part.fields) - part.done:
            yield Missing(
                f"web_form_entered.{part.about}",
                ngettext_lazy(
                    "OGP's form lacks %(count)s field of “%(part)s”. Enter it, then tick it.",
                    "OGP's form lacks %(count)s fields of “%(part)s”. Enter them, then tick them.",
                    "count",
                ),
                params={"count": count, "part": part.title},
                route="web-form",
            )


def submission_recorded(case: Case) -> Iterator[Missing]:
    """The day of submission is known; the clocks begin with it."""
    if not Submission.objects.filter(plan=case.plan).exists():
        yield Missing(
            "submission_recorded",
            _("The day the plan was submitted to OGP is not recorded yet."),
            route="submission-desk",
        )


CHECKS: Mapping[str, Check] = {
    "review_answered": review_answered,
    "export_generated": export_generated,
    "web_form_entered": web_form_entered,
    "submission_recorded": submission_recorded,
}
