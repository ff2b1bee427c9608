"""Ideas, for those who work on them: all of them, entering for others, and what becomes of each."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import ideas
from lumbung.modules.action_plan.forms.ideas import AdoptForm, DeclineForm, EntryForm, MergeForm, SplitForm
from lumbung.modules.action_plan.models import Clearing, Idea, Meeting, Plan
from lumbung.modules.action_plan.pages import receipts
from lumbung.modules.action_plan.pages.ideas import send_as_typed
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, members_of, to, written_plan_here
from lumbung.modules.action_plan.queries import drafts, trails
from lumbung.modules.action_plan.queries import ideas as known
from lumbung.modules.action_plan.queries.intake import Words

PAGE_SIZE = 40


@never_cache
@needs(permissions.CONSULT)
def ideas_desk(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Every idea with how it stands."""
    plan = written_plan_here(request, plan_key)
    permissions.required_in_plan(viewer_of(request), permissions.CONSULT, plan)
    state = request.GET.get("state", "")
    state = state if state in Idea.State.values else ""
    context = {
        "plan": plan,
        "page": Paginator(known.every_idea(plan, state=state), PAGE_SIZE).get_page(request.GET.get("page")),
        "states": Idea.State.choices,
        "state": state,
        "counts": known.idea_counts(plan),
    }
    return render(request, "action_plan/ideas_desk.html", context)


@never_cache
@needs(permissions.CONSULT, "GET", "POST")
def enter(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Enter an idea that was said or written somewhere else."""
    plan, viewer = written_plan_here(request, plan_key), viewer_of(request)
    permissions.required_in_plan(viewer, permissions.CONSULT, plan)
    meetings = Meeting.objects.filter(plan=plan, starts_at__lte=clock.now()).exclude(state=Meeting.State.CANCELLED)
    form = EntryForm(request.POST if request.method == "POST" else None, members=members_of(plan), meetings=meetings)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        origin = ideas.Origin(member=form.chosen_member, channel=told["channel"], meeting=told["meeting"])
        answer = receipts.sent(request, form, partial(send_as_typed, plan, form, origin, viewer))
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    return render(request, "action_plan/idea_enter.html", {"plan": plan, "form": form}, status=status)


@never_cache
@needs(permissions.CONSULT, "GET", "POST")
def work_on_idea(request: HttpRequest, plan_key: str, idea_number: str) -> HttpResponse:
    """Decide what becomes of one idea: each way a form of its own."""
    plan = written_plan_here(request, plan_key)
    idea = known.idea_by_number(plan, idea_number)
    if idea is None:
        raise Http404("idea")
    permissions.required_in_plan(viewer_of(request), permissions.CONSULT, plan, idea.member)
    wanted = request.POST.get("step", "") if request.method == "POST" else ""
    forms = _forms_of(plan, idea, wanted, request)
    if wanted in forms:
        form = forms[wanted]
        if form.is_valid() and saved(
            request, form, STEPS[wanted](request, idea, form), said=_("Done. It stands on the page of the idea now.")
        ):
            return to(request, "idea-work", plan_key=plan.pk, idea_number=idea.number)
    drawn = trails.trails_of(plan)
    context = {
        "plan": plan,
        "idea": idea,
        "is_public": idea.clearing == Clearing.PUBLIC,
        "is_open": idea.state in known.OPEN,
        "onward": trails.onward_from(idea, drawn),
        "back": trails.back_from(idea, drawn),
        "forms": forms,
        "wanted": wanted,
    }
    return render(request, "action_plan/idea_work.html", context, status=UNPROCESSABLE if wanted else 200)


def _forms_of(plan: Plan, idea: Idea, wanted: str, request: HttpRequest) -> dict[str, Any]:
    def typed(step: str) -> Any:
        return request.POST if step == wanted else None

    titles = {str(version.draft_id): drafts.title_of(version) for version in drafts.newest_of_plan(plan)}
    choices = known.open_ideas(plan, but=idea)
    return {
        "adopt": AdoptForm(typed("adopt"), drafts=drafts.drafts_of(plan), titles=titles, prefix="adopt"),
        "merge": MergeForm(typed("merge"), ideas=choices, prefix="merge"),
        "split": SplitForm(typed("split"), prefix="split"),
        "decline": DeclineForm(typed("decline"), prefix="decline"),
    }


def _merge(request: HttpRequest, idea: Idea, form: Any) -> Callable[[], object]:
    told = form.cleaned_data
    return partial(
        ideas.merge_idea, idea=idea, into=told["into"], reason=told["reason"], by=viewer_of(request), now=clock.now()
    )


def _split(request: HttpRequest, idea: Idea, form: SplitForm) -> Callable[[], object]:
    parts = [Words(text) for text in form.paragraphs]
    reason = form.cleaned_data["reason"]
    return partial(ideas.split_idea, idea=idea, parts=parts, reason=reason, by=viewer_of(request), now=clock.now())


def _adopt(request: HttpRequest, idea: Idea, form: Any) -> Callable[[], object]:
    told = form.cleaned_data
    return partial(
        ideas.adopt_idea, idea=idea, draft=told["draft"], reason=told["reason"], by=viewer_of(request), now=clock.now()
    )


def _decline(request: HttpRequest, idea: Idea, form: Any) -> Callable[[], object]:
    reason = form.cleaned_data["reason"]
    return partial(ideas.decline_idea, idea=idea, reason=reason, by=viewer_of(request), now=clock.now())


STEPS = {"merge": _merge, "split": _split, "adopt": _adopt, "decline": _decline}
