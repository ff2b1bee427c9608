"""Good practice, lessons, and the page that explains the three assessments."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, public, viewer_of
from lumbung.core.base import clock
from lumbung.core.indicators import registry
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web import formatting
from lumbung.core.web.pressing import saved
from lumbung.modules.action_plan import permissions, states
from lumbung.modules.action_plan.actions import filing
from lumbung.modules.action_plan.actions import practices as stories
from lumbung.modules.action_plan.actions.practices import PracticeFacts
from lumbung.modules.action_plan.forms.monitoring import PracticeForm, WordsForm
from lumbung.modules.action_plan.models import Commitment, GoodPractice, Plan, PlanMember, Term
from lumbung.modules.action_plan.pages import assessments, figures
from lumbung.modules.action_plan.pages.monitoring import plan_here
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, to
from lumbung.modules.action_plan.pages.sayings import form_page
from lumbung.modules.action_plan.queries import lessons as learnt
from lumbung.modules.action_plan.queries import practices
from lumbung.modules.action_plan.queries.monitoring import illustrated_commitments, terms_in_force
from lumbung.modules.action_plan.queries.practices import Piece

SCALES = (Term.Scale.COMPLETION, Term.Scale.OPENED, Term.Scale.AMBITION, Term.Scale.NOVELTY)


@public()
def three_assessments(request: HttpRequest) -> HttpResponse:
    """Who writes each assessment, on which scale, and when they disagree; with an example worked by the same rule."""
    today = clock.local_day(clock.now())
    scales = [(scale.label, list(terms_in_force(scale, on=today))) for scale in SCALES]
    context = {
        "scales": scales,
        "rules": states.monitoring_rules(),
        "example": assessments.example(today),
        "illustrated": illustrated_commitments(portal_of(request).government_id),
    }
    return render(request, "action_plan/three_assessments.html", context)


@public()
def lessons(request: HttpRequest, plan_key: str) -> HttpResponse:
    """What a plan taught, what public sources found about it, and the plan that starts from it."""
    plan = plan_here(request, plan_key)
    context = {
        "plan": plan,
        "lessons": learnt.lessons_of(plan),
        "findings": learnt.findings_of(plan),
        "next_plans": [
            each for each in plan.followed_by.all() if each.submitted_on is None and each.withdrawn_at is None
        ],
    }
    return render(request, "action_plan/lessons.html", context)


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """Words, or a figure in words with where it comes from."""

    words: str
    source: str = ""


@public()
def practice_list(request: HttpRequest) -> HttpResponse:
    """Every story of good practice."""
    found = practices.practices_of(portal_of(request))
    return render(request, "action_plan/practices.html", {"practices": found})


@public()
def practice(request: HttpRequest, practice_slug: str) -> HttpResponse:
    """One story, its figures read from the newest table."""
    found = practices.practice_in(portal_of(request), practice_slug)
    if found is None:
        raise Http404("practice")
    paragraphs = [[_shown(piece) for piece in pieces] for pieces in practices.pieces_of(found, found.text)]
    manages = permissions.role_in_member(viewer_of(request), permissions.MANAGE, found.member) is not None
    context = {"practice": found, "paragraphs": paragraphs, "manages": manages}
    return render(request, "action_plan/practice.html", context)


def _shown(piece: Piece) -> ShownPiece:
    if not piece.key:
        return ShownPiece(piece.words)
    if piece.figure is None:
        return ShownPiece(_("(no figure yet)"))
    newest = piece.figure.newest
    source = _("%(figure)s, n = %(count)s, as of %(day)s") % {
        "figure": piece.figure.indicator.title,
        "count": formatting.number(newest.n),
        "day": formatting.date_medium(newest.as_of),
    }
    return ShownPiece(figures.value_words(piece.figure, newest), source)


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def write_practice(request: HttpRequest, monitored: str, practice_slug: str = "") -> HttpResponse:
    """The secretariat writes a story, or changes one."""
    plan = plan_here(request, monitored)
    member = _own_member(request, plan)
    known = _own_practice(member, practice_slug) if practice_slug else None
    about = list(Commitment.objects.filter(plan=plan))
    keys = [each.key for each in registry.all_indicators()]
    initial = _initial(known) if known else None
    form = PracticeForm(request.POST or None, about=about, keys=keys, is_new=known is None, initial=initial)

    def step() -> object:
        facts, by, now = _facts(form, about, known), viewer_of(request), clock.now()
        if known is None:
            return stories.publish_practice(member=member, facts=facts, by=by, now=now)
        return stories.change_practice(practice=known, facts=facts, by=by, now=now)

    if request.method == "POST" and form.is_valid() and saved(request, form, step, said=_("The story is public.")):
        slug = known.slug if known else form.cleaned_data["slug"]
        return to(request, "practice", practice_slug=slug)
    context = {"plan": plan, "form": form, "practice": known}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "action_plan/practice_form.html", context, status=status)


def _own_member(request: HttpRequest, plan: Plan) -> PlanMember:
    member = plan.members.select_related("organisation").get(organisation_id=portal_of(request).government_id)
    permissions.required_in_member(viewer_of(request), permissions.MANAGE, member)
    return member


def _own_practice(member: PlanMember, slug: str) -> GoodPractice:
    found = GoodPractice.objects.filter(member=member, slug=slug).select_related("member__organisation").first()
    if found is None:
        raise Http404("practice")
    return found


def _initial(known: GoodPractice) -> dict[str, Any]:
    names = ("title_id", "title_en", "text_id", "text_en")
    return {name: getattr(known, name) for name in names} | {"commitment": known.commitment_id or ""}


def _facts(form: PracticeForm, about: list[Commitment], known: GoodPractice | None) -> PracticeFacts:
    told = form.cleaned_data
    chosen = next((each for each in about if each.pk == told["commitment"]), None)
    names = ("title_id", "title_en", "text_id", "text_en")
    return PracticeFacts(
        slug=known.slug if known else told["slug"], commitment=chosen, **{name: told[name] for name in names}
    )


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def record_lesson(request: HttpRequest, monitored: str) -> HttpResponse:
    """The secretariat records what was learnt."""
    plan = plan_here(request, monitored)
    permissions.required_in_plan(viewer_of(request), permissions.MANAGE, plan)
    about = list(Commitment.objects.filter(plan=plan))
    hint = _("One lesson each: what happened, and what the next plan should do. No names of persons.")
    form = WordsForm(request.POST or None, label=_("Lesson"), hint=hint, about=about)

    def step() -> object:
        told = form.cleaned_data
        chosen = next((each for each in about if each.pk == told.get("commitment")), None)
        return filing.record_lesson(
            plan=plan, commitment=chosen, words=told["words"], by=viewer_of(request), now=clock.now()
        )

    words = {
        "heading": _("Record a lesson"),
        "explained": _("Lessons stay with this plan; the next plan shows them as the place it starts from."),
        "pressing": _("Record the lesson"),
        "said": _("The lesson was recorded."),
    }
    return form_page(request, form, step, plan=plan, commitment=None, words=words)
