"""Public tests, for everybody: what is asked, sending a comment, reading comments and answers."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import public
from lumbung.core.access.viewers import NOBODY
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.core.web import formatting
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import consultation as actions
from lumbung.modules.action_plan.actions.intake import Sent
from lumbung.modules.action_plan.forms.consultation import CommentFilterForm, CommentForm
from lumbung.modules.action_plan.models import Clearing, Consultation, DraftVersion, Plan
from lumbung.modules.action_plan.pages import intake_limits, receipts
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, written_plan_here
from lumbung.modules.action_plan.queries import consultations, draft_texts, drafts, intake, quotations
from lumbung.modules.action_plan.queries.intake import Words

PAGE_SIZE = 20


def test_here(request: HttpRequest, plan_key: str, test_id: str) -> tuple[Plan, Consultation]:
    """The public test an address means, in this portal."""
    plan = written_plan_here(request, plan_key)
    found = consultations.consultation_by_id(plan, test_id)
    if found is None:
        raise Http404("public test")
    return plan, found


def standing_now(consultation: Consultation) -> str:
    """Whether it is to come, open or over today."""
    return consultations.standing_of(consultation, today=clock.local_day(clock.now()))


@public()
def public_tests(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Every public test of a plan."""
    plan = written_plan_here(request, plan_key)
    tests = [(each, standing_now(each), consultations.counts_of(each)) for each in consultations.consultations_of(plan)]
    return render(request, "action_plan/consultations.html", {"plan": plan, "tests": tests})


@public()
def public_test(request: HttpRequest, plan_key: str, test_id: str) -> HttpResponse:
    """What people are asked about: the frozen text, each part with a way to comment on it."""
    plan, test = test_here(request, plan_key, test_id)
    versions = consultations.frozen_versions(test)
    context = {
        "plan": plan,
        "test": test,
        "standing": standing_now(test),
        "days": consultations.days_open(test),
        "prolongations": consultations.prolongations_of(test),
        "counts": consultations.counts_of(test),
        "parts": _parts(versions),
    }
    return render(request, "action_plan/consultation.html", context)


def _parts(versions: list[DraftVersion]) -> list[dict[str, Any]]:
    """Everything each frozen draft says; words can be quoted, institutions, days and the like are read."""
    names = draft_texts.names_for([version.body for version in versions])
    return [
        {
            "version": version,
            "title": drafts.shown_title(version),
            "fields": draft_texts.texts_of(version, names),
            "owners": draft_texts.owners_of(version.body, names),
        }
        for version in versions
    ]


@never_cache
@public("GET", "POST")
def send(request: HttpRequest, plan_key: str, test_id: str) -> HttpResponse:
    """Send a comment, without an account: on the plan, a draft, or quoted words."""
    plan, test = test_here(request, plan_key, test_id)
    versions = consultations.frozen_versions(test)
    form = CommentForm(request.POST if request.method == "POST" else None, versions=versions, initial=_asked(request))
    status = 200
    if form.is_bound:
        status = UNPROCESSABLE
        if form.is_valid():
            answer = receipts.sent(request, form, partial(_send, test, form))
            if isinstance(answer, HttpResponse):
                return answer
            status = answer
    version = form.chosen_version
    context = {
        "plan": plan,
        "test": test,
        "form": form,
        "standing": standing_now(test),
        "title": drafts.shown_title(version) if version else "",
        "fields": _fields_to_copy(version, form),
    }
    return render(request, "action_plan/comment_send.html", context, status=status)


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a link on the public test filled in: the draft, its part, words quoted from it."""
    names = {"draft": "draf", "field": "bagian", "quote": "kutipan"}
    asked = {name: request.GET.get(word, "").replace("\x00", "") for name, word in names.items()}
    return {name: value[: quotations.LONGEST] for name, value in asked.items()}


def _fields_to_copy(version: DraftVersion | None, form: CommentForm) -> list[tuple[str, str, str]]:
    if version is None:
        return []
    fields = quotations.fields_with_text(version)
    wanted = [each for each in fields if each[0] == form["field"].value()]
    return wanted or fields


def _send(test: Consultation, form: CommentForm) -> Sent:
    told = form.cleaned_data
    return actions.send_comment(
        consultation=test,
        words=Words(told["text"], institution=told["institution"]),
        about=actions.About(form.chosen_draft, told["field"], told["quote"]),
        origin=actions.Origin(sector=told["sector"]),
        draft_key=told["draft_key"],
        by=NOBODY,
        now=clock.now(),
        contact=actions.Contact(told["email"], formatting.language_now()) if told["email"] else None,
    )


@public()
def comment_list(request: HttpRequest, plan_key: str, test_id: str) -> HttpResponse:
    """Every public comment with its answer."""
    plan, test = test_here(request, plan_key, test_id)
    if request.GET.get("q"):
        intake_limits.count_search(request, now=clock.now())
    form = CommentFilterForm(request.GET, versions=consultations.frozen_versions(test))
    wanted = form.wanted
    found = consultations.public_comments(
        test, draft=wanted.get("draft", ""), verdict=wanted.get("verdict", ""), words=wanted.get("q", "")
    )
    context = {
        "plan": plan,
        "test": test,
        "form": form,
        "wanted": wanted,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "base": urlencode(wanted),
        "counts": consultations.counts_of(test),
        "titles": titles_of(test),
    }
    return render(request, "action_plan/comments.html", context)


def titles_of(test: Consultation) -> dict[str, str]:
    """How each draft of a public test is called."""
    return {str(version.draft_id): drafts.shown_title(version) for version in consultations.frozen_versions(test)}


@public()
def comment_page(request: HttpRequest, plan_key: str, comment_number: str) -> HttpResponse:
    """One comment with its quotation, its answer and its history."""
    plan = written_plan_here(request, plan_key)
    comment = intake.comment_by(plan, number=comment_number)
    if comment is None or comment.consultation is None:
        raise Http404("comment")
    response = comment.response if comment.response and comment.response.published_at else None
    told = events.history_of("comment", str(comment.pk))
    answers = consultations.corrections_of(response) if response else []
    # The same moment may not be the same order: each answer's own history, the earliest answer first.
    told += [entry for each in reversed(answers) for entry in events.history_of("response", str(each.pk))]
    context = {
        "plan": plan,
        "comment": comment,
        "test": comment.consultation,
        "is_public": comment.clearing == Clearing.PUBLIC,
        "title": drafts.shown_title(comment.version) if comment.version else "",
        "response": response,
        "together": sorted(response.comments.values_list("number", flat=True)) if response else [],
        "history": [{"at": entry.on, "title": entry.sentence} for entry in reversed(told)],
        "own_words": receipts.own_words(request, comment),
    }
    return render(request, "action_plan/comment.html", context)


@public()
def unanswered(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Comments that wait for an answer longer than the rule allows."""
    plan = written_plan_here(request, plan_key)
    today = clock.local_day(clock.now())
    rows = [
        (comment, (today - comment.received_on).days, test)
        for test in consultations.consultations_of(plan)
        for comment in consultations.overdue_comments(test, today=today)
    ]
    context = {"plan": plan, "rows": rows, "days": states.rules().answer_days}
    return render(request, "action_plan/unanswered.html", context)
