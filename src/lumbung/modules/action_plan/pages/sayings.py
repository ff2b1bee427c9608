"""Forms of those who report, assess, sign notes, reply and file: each one page, one press."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.files.kinds import EVIDENCE as DOCUMENTS
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import assessing, evidence, filing, papers, reporting
from lumbung.modules.action_plan.actions.assessing import Ending, Inception
from lumbung.modules.action_plan.actions.evidence import EvidenceFacts
from lumbung.modules.action_plan.actions.reporting import ReportFacts
from lumbung.modules.action_plan.forms.monitoring import (
    DecisionForm,
    EndForm,
    EvidenceForm,
    FilingForm,
    InceptionForm,
    SelfReportForm,
    WordsForm,
)
from lumbung.modules.action_plan.forms.papers import upload_of
from lumbung.modules.action_plan.models import Assessment, Commitment, Note, Plan
from lumbung.modules.action_plan.pages.monitoring import commitment_here, plan_here, shown_work
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, member_here, to
from lumbung.modules.action_plan.queries import monitoring

KINDS = {"awal": Assessment.Kind.INCEPTION, "akhir": Assessment.Kind.END}


def form_page(
    request: HttpRequest,
    form: forms.Form,
    step: Callable[[], object],
    *,
    plan: Plan,
    commitment: Commitment | None,
    words: dict[str, str],
) -> HttpResponse:
    """One form about a commitment, or about the plan: pressed, it runs the step and goes back."""
    place: dict[str, Any] = {"monitored": plan.pk, "slug": commitment.pk} if commitment else {"plan_key": plan.pk}
    name = "monitoring-work" if commitment else "monitoring"
    if request.method == "POST" and form.is_valid() and saved(request, form, step, said=words["said"]):
        return to(request, name, **place)
    context = {
        "plan": plan,
        "form": form,
        "back": reverse(f"action_plan:{name}", kwargs={"portal_slug": portal_of(request).slug, **place}),
        "back_label": commitment.short if commitment else plan.title,
        **words,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "action_plan/monitoring_form.html", context, status=status)


@never_cache
@needs(permissions.DESK, "GET", "POST")
def name_evidence(request: HttpRequest, monitored: str, slug: str) -> HttpResponse:
    """Name a document or an address."""
    commitment = commitment_here(request, monitored, slug)
    evidence.required_to_name(commitment, viewer_of(request))
    form = EvidenceForm(request.POST or None, request.FILES or None)

    def step() -> object:
        told = form.cleaned_data
        written = papers.write(upload_of(form), accepted=DOCUMENTS)
        names = ("title", "url", "licence", "has_personal_data")
        facts = EvidenceFacts(**{name: told[name] for name in names}, written=written)
        return evidence.name_evidence(commitment=commitment, facts=facts, by=viewer_of(request), now=clock.now())

    words = {
        "heading": _("Name evidence"),
        "explained": _("Where everybody can see that something was done, or was not."),
        "pressing": _("Name the evidence"),
        "said": _("The evidence was named. An address is captured within minutes."),
    }
    return form_page(request, form, step, plan=commitment.plan, commitment=commitment, words=words)


@never_cache
@needs(permissions.REPORT, "GET", "POST")
def write_report(request: HttpRequest, monitored: str, slug: str) -> HttpResponse:
    """The agency's report of a quarter."""
    commitment = commitment_here(request, monitored, slug)
    permissions.required_in_charge(viewer_of(request), permissions.REPORT, commitment)
    form = SelfReportForm(request.POST or None, commitment=commitment, today=clock.local_day(clock.now()))

    def step() -> object:
        told = form.cleaned_data
        names = ("year", "quarter", "completion", "words")
        facts = ReportFacts(
            **{name: told[name] for name in names}, evidence=list(told["evidence"]), done_on=form.done_on
        )
        return reporting.write_self_report(commitment=commitment, facts=facts, by=viewer_of(request), now=clock.now())

    words = {
        "heading": _("Write a report"),
        "explained": _("It is public once the head of your agency approved it. Earlier reports stay and are listed."),
        "pressing": _("Put it before the head"),
        "said": _("The report waits for the head of the agency."),
    }
    return form_page(request, form, step, plan=commitment.plan, commitment=commitment, words=words)


@needs(permissions.APPROVE_REPORT, "POST")
def decide_report(request: HttpRequest, monitored: str, slug: str, report_id: str) -> HttpResponse:
    """The head approves a report, or returns it."""
    commitment = commitment_here(request, monitored, slug)
    report = next((each for each in monitoring.sayings_of(commitment).self_reports if each.pk == report_id), None)
    if report is None:
        raise Http404("report")
    form = DecisionForm(request.POST)

    def step() -> object:
        approved, note = form.is_approved, form.cleaned_data["note"]
        return reporting.decide_self_report(
            report=report, approved=approved, note=note, by=viewer_of(request), now=clock.now()
        )

    if not (form.is_valid() and saved(request, form, step, said=_("Decided. An approved report is public now."))):
        return shown_work(request, commitment, form)
    return to(request, "monitoring-work", monitored=monitored, slug=slug)


@never_cache
@needs(permissions.ASSESS, "GET", "POST")
def assess(request: HttpRequest, monitored: str, slug: str, said_kind: str) -> HttpResponse:
    """The monitoring body codes the start ("awal") or the end ("akhir") of a commitment."""
    commitment = commitment_here(request, monitored, slug)
    if said_kind not in KINDS:
        raise Http404("kind")
    permissions.required_to_assess(viewer_of(request), commitment)
    is_end = KINDS[said_kind] == Assessment.Kind.END
    make = EndForm if is_end else InceptionForm
    form: forms.Form = make(request.POST or None, commitment=commitment, today=clock.local_day(clock.now()))

    def step() -> object:
        coding = _ending(form.cleaned_data) if is_end else _inception(form.cleaned_data)
        return assessing.assess(commitment=commitment, coding=coding, by=viewer_of(request), now=clock.now())

    words = {
        "heading": _("Assess the end") if is_end else _("Assess the start"),
        "explained": _("Your assessment is public at once, under the name of your body; the agency may reply."),
        "pressing": _("Publish the assessment"),
        "said": _("The assessment is public. The agency has its right of reply."),
    }
    if is_end:
        scale = _("The three questions use OGP's scale of before 2021: a newer one was not found in public sources.")
        words["explained"] = f"{words['explained']} {scale}"
    return form_page(request, form, step, plan=commitment.plan, commitment=commitment, words=words)


def _inception(told: dict[str, Any]) -> Inception:
    return Inception(
        is_verifiable=told["is_verifiable"] == "yes",
        is_relevant=told["is_relevant"] == "yes",
        novelty=told["novelty"],
        ambition=told["ambition"],
        words=told["words"],
        evidence=list(told["evidence"]),
    )


def _ending(told: dict[str, Any]) -> Ending:
    names = ("completion", "opened_information", "opened_participation", "opened_accountability", "words", "lessons")
    return Ending(**{name: told[name] for name in names}, evidence=list(told["evidence"]))


@never_cache
@needs(permissions.CONTRIBUTE, "GET", "POST")
def sign_note(request: HttpRequest, monitored: str, slug: str) -> HttpResponse:
    """A registered organisation signs a note."""
    commitment = commitment_here(request, monitored, slug)
    hint = _("It is public at once under the name of your organisation, and stays. No names of persons.")
    form = WordsForm(request.POST or None, label=_("Note"), hint=hint)

    def step() -> object:
        return assessing.sign_note(
            commitment=commitment, words=form.cleaned_data["words"], by=viewer_of(request), now=clock.now()
        )

    words = {
        "heading": _("Sign a note"),
        "explained": _("What your organisation has seen of this commitment. The agency may reply beside it."),
        "pressing": _("Sign and publish"),
        "said": _("The note is public."),
    }
    return form_page(request, form, step, plan=commitment.plan, commitment=commitment, words=words)


@never_cache
@needs(permissions.APPROVE_REPORT, "GET", "POST")
def reply(request: HttpRequest, monitored: str, slug: str, said_kind: str, said_id: str) -> HttpResponse:
    """The agency uses its right of reply."""
    commitment = commitment_here(request, monitored, slug)
    permissions.required_in_charge(viewer_of(request), permissions.APPROVE_REPORT, commitment)
    answered = _answered(commitment, said_kind, said_id)
    form = WordsForm(request.POST or None, label=_("Reply"), hint=_("It is shown beside what it answers, and stays."))

    def step() -> object:
        return assessing.reply(to=answered, words=form.cleaned_data["words"], by=viewer_of(request), now=clock.now())

    words = {
        "heading": _("Right of reply"),
        "explained": _("You reply for your agency."),
        "about": answered.words,
        "pressing": _("Publish the reply"),
        "said": _("The reply is public."),
    }
    return form_page(request, form, step, plan=commitment.plan, commitment=commitment, words=words)


def _answered(commitment: Commitment, kind: str, said_id: str) -> Assessment | Note:
    sayings = monitoring.sayings_of(commitment)
    rows: tuple[Assessment | Note, ...] = sayings.assessments if kind == "penilaian" else sayings.notes
    found = next((each for each in rows if each.pk == said_id), None)
    if found is None:
        raise Http404("said")
    return found


@never_cache
@needs(permissions.ASSESS, "GET", "POST")
def file_inception(request: HttpRequest, monitored: str, track: str) -> HttpResponse:
    """The monitoring body files its first report on a member's part."""
    plan = plan_here(request, monitored)
    member = member_here(plan, track)
    if member is None or plan.submitted_on is None:
        raise Http404("track")
    permissions.required_as_monitor(viewer_of(request), plan, member)
    form = FilingForm(request.POST or None, request.FILES or None)

    def step() -> object:
        document = form.readable()
        return filing.file_inception_report(member=member, document=document, by=viewer_of(request), now=clock.now())

    words = {
        "heading": _("File the first report: %(name)s") % {"name": member.organisation.name},
        "explained": _("Two months after submission, for everybody to read."),
        "pressing": _("File the report"),
        "said": _("The report was filed and stands on the page of the plan."),
    }
    return form_page(request, form, step, plan=plan, commitment=None, words=words)


@never_cache
@needs(permissions.ASSESS, "GET", "POST")
def file_end(request: HttpRequest, monitored: str, slug: str) -> HttpResponse:
    """The monitoring body files its last report on a commitment."""
    commitment = commitment_here(request, monitored, slug)
    permissions.required_as_monitor(viewer_of(request), commitment.plan, commitment.member)
    form = FilingForm(request.POST or None, request.FILES or None)

    def step() -> object:
        document = form.readable()
        return filing.file_end_report(commitment=commitment, document=document, by=viewer_of(request), now=clock.now())

    words = {
        "heading": _("File the last report"),
        "explained": _("One month after the commitment ends, for everybody to read."),
        "pressing": _("File the report"),
        "said": _("The report was filed and stands on the page of the commitment."),
    }
    return form_page(request, form, step, plan=commitment.plan, commitment=commitment, words=words)
