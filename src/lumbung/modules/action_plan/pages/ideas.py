"""Ideas, for everybody: the list, one idea with its trail, and the form to send one."""

from functools import partial
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import public
from lumbung.core.access.viewers import NOBODY, Viewer
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.modules.action_plan.actions import ideas
from lumbung.modules.action_plan.actions.intake import Sent
from lumbung.modules.action_plan.forms.ideas import IdeaFilterForm, IdeaForm
from lumbung.modules.action_plan.models import Clearing, Plan
from lumbung.modules.action_plan.pages import intake_limits, receipts
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, members_of, written_plan_here
from lumbung.modules.action_plan.queries import drafts, trails
from lumbung.modules.action_plan.queries import ideas as known_ideas
from lumbung.modules.action_plan.queries.intake import Words

PAGE_SIZE = 20


@public()
def idea_list(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The ideas everybody may read, with search and filter."""
    plan = written_plan_here(request, plan_key)
    if request.GET.get("q"):
        intake_limits.count_search(request, now=clock.now())
    form = IdeaFilterForm(request.GET, members=members_of(plan))
    wanted = form.wanted
    found = known_ideas.public_ideas(
        plan, words=wanted.get("q", ""), member=wanted.get("member", ""), state=wanted.get("state", "")
    )
    context = {
        "plan": plan,
        "form": form,
        "wanted": wanted,
        "chips": _chips(form),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "base": _query_of(wanted),
        "counts": known_ideas.idea_counts(plan),
        "takes_ideas": known_ideas.takes_ideas(plan),
    }
    return render(request, "action_plan/ideas.html", context)


def _chips(form: IdeaFilterForm) -> list[dict[str, str]]:
    wanted, labels = form.wanted, {}
    for name in wanted:
        choices = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", ())}
        labels[name] = choices.get(wanted[name], wanted[name])
    return [
        {"label": labels[name], "remove_url": f"?{_query_of({key: wanted[key] for key in wanted if key != name})}"}
        for name in wanted
    ]


def _query_of(wanted: dict[str, str]) -> str:
    return urlencode(wanted)


@public()
def idea_page(request: HttpRequest, plan_key: str, idea_number: str) -> HttpResponse:
    """One idea: what it says, and everything that became of it."""
    plan = written_plan_here(request, plan_key)
    idea = known_ideas.idea_by_number(plan, idea_number)
    if idea is None:
        raise Http404("idea")
    drawn = trails.trails_of(plan)
    history = events.history_of("idea", str(idea.pk))
    context = {
        "plan": plan,
        "idea": idea,
        "is_public": idea.clearing == Clearing.PUBLIC,
        "onward": trails.onward_from(idea, drawn),
        "back": trails.back_from(idea, drawn),
        "ends": trails.ends_of(idea, drawn),
        "history": [{"at": entry.on, "title": entry.sentence} for entry in reversed(history)],
        "own_words": receipts.own_words(request, idea),
    }
    return render(request, "action_plan/idea.html", context)


@public()
def ideas_behind(request: HttpRequest, plan_key: str, draft: str) -> HttpResponse:
    """From a draft back to the ideas that flowed into it."""
    plan = written_plan_here(request, plan_key)
    known = drafts.draft_called(plan, draft)
    if known is None:
        raise Http404("draft")
    drawn = trails.trails_of(plan)
    context = {
        "plan": plan,
        "draft": known,
        "draft_name": draft,
        "title": trails.title_of_draft(known, drawn),
        "steps": trails.behind_draft(known, drawn),
        "commitment": drawn.enacted.get(known.slug),
    }
    return render(request, "action_plan/ideas_behind.html", context)


@never_cache
@public("GET", "POST")
def send(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Send an idea, without an account."""
    plan = written_plan_here(request, plan_key)
    members = members_of(plan)
    form = IdeaForm(request.POST if request.method == "POST" else None, members=members)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            origin = ideas.Origin(member=form.chosen_member)
            answer = receipts.sent(request, form, partial(send_as_typed, plan, form, origin, NOBODY))
            if isinstance(answer, HttpResponse):
                return answer
            status = answer
    context = {"plan": plan, "form": form, "takes_ideas": known_ideas.takes_ideas(plan)}
    return render(request, "action_plan/idea_send.html", context, status=status)


def send_as_typed(plan: Plan, form: IdeaForm, origin: ideas.Origin, by: Viewer) -> Sent:
    """Send what a valid form holds."""
    told = form.cleaned_data
    words = Words(told["text"], told["title"], told["institution"])
    return ideas.send_idea(plan=plan, words=words, origin=origin, draft_key=told["draft_key"], by=by, now=clock.now())
