"""The desk on the way to OGP: notes of the national secretariat, files, the web form field by field, the submission."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import ogp_answers as answers
from lumbung.modules.action_plan.actions import review, submission
from lumbung.modules.action_plan.actions.stages import StageIncomplete
from lumbung.modules.action_plan.forms.submission import AnswerForm, AnswerOfOgpForm, NoteForm, PublicIdForm, SubmitForm
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, to, written_plan_here
from lumbung.modules.action_plan.queries import addresses, enactment, filed
from lumbung.modules.action_plan.queries import submission as submissions
from lumbung.modules.action_plan.queries import web_form as ogp_form


@never_cache
@needs(permissions.DESK)
def desk(request: HttpRequest, plan_key: str) -> HttpResponse:
    """What is still to do before the plan is with OGP."""
    plan, viewer = written_plan_here(request, plan_key), viewer_of(request)
    context = {
        "plan": plan,
        "notes": submissions.notes_of(plan),
        "review": submissions.review_of(plan),
        "was_reviewed": submissions.was_reviewed(plan),
        "exports": submissions.exports_of(plan),
        "is_current": submissions.has_current_exports(plan),
        "is_enacted": enactment.is_enacted_whole(plan),
        "submission": submissions.submission_of(plan),
        "answers": filed.answers_to(plan),
        "reviews": permissions.role_in_plan(viewer, permissions.REVIEW, plan) is not None,
        "manages": permissions.role_in_plan(viewer, permissions.MANAGE, plan) is not None,
    }
    return render(request, "action_plan/submission_desk.html", context)


def _form_page(request: HttpRequest, plan: Plan, form: Any, **words: Any) -> HttpResponse:
    context = {"plan": plan, "form": form, "back": "submission-desk", **words}
    return render(request, "action_plan/enactment_form.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@never_cache
@needs(permissions.REVIEW, "GET", "POST")
def write_note(request: HttpRequest, plan_key: str) -> HttpResponse:
    """A note of the national secretariat."""
    plan = written_plan_here(request, plan_key)
    form = NoteForm(request.POST or None, commitments=enactment.commitment_choices(plan))
    if request.method == "POST" and form.is_valid():
        told, by, now = form.cleaned_data, viewer_of(request), clock.now()
        names = {name: told[name] for name in ("about", "text", "draft_key")}
        step = partial(review.write_note, plan=plan, by=by, now=now, **names)
        if saved(request, form, step, said=_("The note is with the secretariat.")):
            return to(request, "submission-desk", plan_key=plan.pk)
    return _form_page(
        request,
        plan,
        form,
        title=_("Write a note"),
        lede=_("The secretariat answers each note before the plan is submitted. Notes and answers become public."),
        button=_("Send the note"),
    )


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def answer_note(request: HttpRequest, plan_key: str, number: int) -> HttpResponse:
    """The answer of the secretariat."""
    plan = written_plan_here(request, plan_key)
    note = next((each for each in submissions.notes_of(plan) if each.number == number), None)
    if note is None:
        raise Http404("note")
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer, by, now = form.cleaned_data["answer"], viewer_of(request), clock.now()
        step = partial(review.answer_note, note=note, answer=answer, by=by, now=now)
        if saved(request, form, step, said=_("The note is answered.")):
            return to(request, "submission-desk", plan_key=plan.pk)
    title = _("Answer note %(number)s") % {"number": note.number}
    return _form_page(request, plan, form, title=title, lede=note.text, button=_("Send the answer"))


@needs(permissions.REVIEW, "POST")
def finish_review(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The national secretariat is done."""
    plan = written_plan_here(request, plan_key)
    step = partial(review.finish_review, plan=plan, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("The review is finished and public."))
    return to(request, "submission-desk", plan_key=plan.pk)


@needs(permissions.MANAGE, "POST")
def make_exports(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Make every file anew."""
    plan = written_plan_here(request, plan_key)
    step = partial(submission.make_exports, plan=plan, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("The files are made. Their fingerprints stand in the public log."))
    return to(request, "submission-desk", plan_key=plan.pk)


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def submit_plan(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The day the plan went to OGP, or what is still missing."""
    plan = written_plan_here(request, plan_key)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan)
    form, missing = SubmitForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        told, by, now = form.cleaned_data, viewer_of(request), clock.now()
        step = partial(submission.submit_plan, plan=plan, on=told["on"], note=told["note"], by=by, now=now)
        try:
            if saved(request, form, partial(_or_raise, step), said=_("The plan is submitted. Its clocks have begun.")):
                return to(request, "submission-desk", plan_key=plan.pk)
        except _Incomplete as incomplete:
            missing = incomplete.missing
            form.add_error(None, _("Requirements are missing. They are listed below."))
    context = {"plan": plan, "form": form, "missing": missing}
    return render(request, "action_plan/submit.html", context, status=UNPROCESSABLE if form.is_bound else 200)


class _Incomplete(Exception):  # noqa: N818 - passes a list by the form, which only knows sentences
    def __init__(self, missing: list[str]) -> None:
        super().__init__()
        self.missing = missing


def _or_raise(step: Any) -> None:
    try:
        step()
    except StageIncomplete as incomplete:
        raise _Incomplete([each.text for each in incomplete.missing]) from incomplete


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def keep_answer(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Keep what OGP answered to the submission."""
    plan = written_plan_here(request, plan_key)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan)
    form = AnswerOfOgpForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():

        def step() -> None:
            told, by = form.cleaned_data["received_on"], viewer_of(request)
            answers.keep_ogp_answer(plan=plan, document=form.readable(), received_on=told, by=by, now=clock.now())

        if saved(request, form, step, said=_("The answer stands on the page of the enactment.")):
            return to(request, "submission-desk", plan_key=plan.pk)
    title, lede = _("Keep an answer of OGP"), _("Everybody can read it, beside the day of submission.")
    return _form_page(request, plan, form, title=title, lede=lede, button=_("Keep the answer"))


@never_cache
@needs(permissions.DESK)
def web_form(request: HttpRequest, plan_key: str) -> HttpResponse:
    """OGP's web form: the plan and each commitment, with what is entered."""
    plan = written_plan_here(request, plan_key)
    parts = ogp_form.parts_of(plan) if enactment.is_enacted_whole(plan) else []
    return render(request, "action_plan/web_form.html", {"plan": plan, "parts": parts})


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def web_form_part(request: HttpRequest, plan_key: str, about: str) -> HttpResponse:
    """One part: each field to copy, and a tick once it stands in OGP's form."""
    plan = written_plan_here(request, plan_key)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan)
    parts = ogp_form.parts_of(plan) if enactment.is_enacted_whole(plan) else []
    part = next((each for each in parts if each.about == about), None)
    if part is None:
        raise Http404("part")
    if request.method == "POST":
        every = [field.key for field in part.fields]
        fields = every if "all" in request.POST else request.POST.getlist("entered")
        step = partial(
            submission.mark_entered, plan=plan, about=about, fields=fields, by=viewer_of(request), now=clock.now()
        )
        pressed(request, step, said=_("Saved."))
        return to(request, "web-form-part", plan_key=plan.pk, about=about)
    known = part.commitment
    form = PublicIdForm(initial={"public_id": known.public_id, "public_url": known.public_url}) if known else None
    return render(request, "action_plan/web_form_part.html", {"plan": plan, "part": part, "form": form})


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def public_id(request: HttpRequest, plan_key: str, slug: str) -> HttpResponse:
    """The id and address OGP gave a commitment."""
    plan = written_plan_here(request, plan_key)
    commitment = enactment.enacted_commitment(plan, slug)
    if commitment is None:
        raise Http404("commitment")
    permissions.required_in_member(viewer_of(request), permissions.MANAGE, commitment.member)
    known = {"public_id": commitment.public_id, "public_url": commitment.public_url}
    form = PublicIdForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        told, by, now = form.cleaned_data, viewer_of(request), clock.now()
        step = partial(
            submission.keep_public_id,
            commitment=commitment,
            public_id=told["public_id"],
            url=told["public_url"],
            by=by,
            now=now,
        )
        if saved(request, form, step, said=_("The id stands on the commitment's page.")):
            return to(request, "web-form", plan_key=plan.pk)
    title = _("Id of “%(name)s” at OGP") % {"name": commitment.short}
    lede = _("OGP gives it after the form is sent.")
    found = {"public_url": commitment.public_url, "looked": addresses.of_commitment(commitment)}
    return _form_page(request, plan, form, title=title, lede=lede, button=_("Keep the id"), **found)
