"""Answering comments: the worklist, one answer for several alike, and publishing all of them with one press."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import responses as actions
from lumbung.modules.action_plan.forms.answers import AnswerForm, CorrectionForm
from lumbung.modules.action_plan.models import Consultation, Response
from lumbung.modules.action_plan.pages.consultation import titles_of
from lumbung.modules.action_plan.pages.consultation_desk import test_to_work_on
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, to
from lumbung.modules.action_plan.queries import consultations, rewordings


@never_cache
@needs(permissions.CONSULT, "GET", "POST")
def worklist(request: HttpRequest, plan_key: str, test_id: str) -> HttpResponse:
    """What waits for an answer; tick one or several alike and answer them together."""
    plan, test = test_to_work_on(request, plan_key, test_id)
    waiting = consultations.unanswered(test)
    versions = consultations.later_versions(test)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        comments=waiting,
        versions=versions,
        reworded=rewordings.rewordings_of(test.member),
    )
    if form.is_bound and form.is_valid() and _written(request, test, form):
        return to(request, "responses", plan_key=plan.pk, test_id=test.pk)
    ticked = {str(key) for key in (form["comments"].value() or ())}
    rows = [(comment, str(comment.pk) in ticked) for comment in waiting]
    context = {
        "plan": plan,
        "test": test,
        "form": form,
        "open_rows": [row for row in rows if row[0].response_id is None],
        "drafted": list(consultations.draft_responses(plan, test.member)),
        "published": list(consultations.published_responses(test)),
        "titles": titles_of(test),
        "counts": consultations.counts_of(test),
        "unnamed": rewordings.unanswered(test.member),
    }
    return render(request, "action_plan/responses.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _written(request: HttpRequest, test: Consultation, form: AnswerForm) -> bool:
    comments = list(form.cleaned_data["comments"])
    step = partial(
        actions.write_response,
        consultation=test,
        comments=comments,
        answer=form.answer,
        by=viewer_of(request),
        now=clock.now(),
    )
    return saved(request, form, step, said=_("The answer is kept as a draft. Publish it together with the others."))


@needs(permissions.CONSULT, "POST")
def discard(request: HttpRequest, plan_key: str, test_id: str, response_id: str) -> HttpResponse:
    """Take a draft of an answer back."""
    plan, test = test_to_work_on(request, plan_key, test_id)
    response = consultations.draft_responses(plan, test.member).filter(pk=response_id).first()
    if response is None:
        raise Http404("response")
    step = partial(actions.discard_response, response=response, member=test.member, by=viewer_of(request))
    pressed(request, step, said=_("The answer was taken back. Its comments wait again."))
    return to(request, "responses", plan_key=plan.pk, test_id=test.pk)


@needs(permissions.CONSULT, "POST")
def publish(request: HttpRequest, plan_key: str, test_id: str) -> HttpResponse:
    """Publish every answer that waits, together."""
    plan, test = test_to_work_on(request, plan_key, test_id)
    count = consultations.draft_responses(plan, test.member).count()
    step = partial(actions.publish_responses, member=test.member, by=viewer_of(request), now=clock.now())
    said = ngettext("%(num)s answer was published.", "%(num)s answers were published.", count) % {"num": count}
    pressed(request, step, said=said)
    return to(request, "responses", plan_key=plan.pk, test_id=test.pk)


@never_cache
@needs(permissions.CONSULT, "GET", "POST")
def correct(request: HttpRequest, plan_key: str, test_id: str, response_id: str) -> HttpResponse:
    """Publish another answer in place of a published one; both stay readable."""
    plan, test = test_to_work_on(request, plan_key, test_id)
    response = consultations.published_responses(test).filter(pk=response_id).first()
    if response is None:
        raise Http404("response")
    names = ("verdict", "reason", "change", "changed_in", "rewords")
    known = {name: getattr(response, name) for name in names}
    versions, reworded = consultations.later_versions(test), rewordings.rewordings_of(test.member)
    form = CorrectionForm(request.POST or None, versions=versions, reworded=reworded, initial=known)
    if form.is_bound and form.is_valid() and _corrected(request, response, form):
        return to(request, "responses", plan_key=plan.pk, test_id=test.pk)
    context = {"plan": plan, "test": test, "form": form, "response": response}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "action_plan/response_correct.html", context, status=status)


def _corrected(request: HttpRequest, response: Response, form: CorrectionForm) -> bool:
    step = partial(
        actions.correct_response,
        response=response,
        answer=form.answer,
        why=form.cleaned_data["why"],
        by=viewer_of(request),
        now=clock.now(),
    )
    return saved(request, form, step, said=_("The corrected answer is public; the one before stays beside it."))
