"""Entering legal products and partnerships."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import legal as legal_actions
from lumbung.modules.action_plan.actions import partnerships as partnership_actions
from lumbung.modules.action_plan.forms.legal import EnactForm, PaperForm, ProductForm, PromulgateForm
from lumbung.modules.action_plan.forms.papers import upload_of
from lumbung.modules.action_plan.forms.partnerships import PartnershipForm, RealisationForm
from lumbung.modules.action_plan.models import LegalProduct, Plan, PlanMember
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, member_here, to, written_plan_here
from lumbung.modules.action_plan.queries import legal, partnerships


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def add_product(request: HttpRequest, plan_key: str, track: str) -> HttpResponse:
    """Register a legal product."""
    plan, member = _managed(request, plan_key, track)
    form = ProductForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        step = partial(
            legal_actions.add_product,
            member=member,
            kind=told["kind"],
            about=told["about"],
            subject=told["subject"],
            enacted=form.enacted(),
            by=viewer_of(request),
            now=clock.now(),
        )
        if saved(request, form, step, said=_("Registered. It stands on the page of legal products.")):
            return to(request, "forum-desk", plan_key=plan.pk)
    return _form(request, plan, form, _("Register a legal product"), _("Register it"), member)


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def enact_product(request: HttpRequest, plan_key: str, product_id: UUID) -> HttpResponse:
    """A draft was signed."""
    product = _product(request, plan_key, product_id)
    form = EnactForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        enacted = form.enacted()
        assert enacted is not None
        step = partial(
            legal_actions.enact_product, product=product, enacted=enacted, by=viewer_of(request), now=clock.now()
        )
        if saved(request, form, step, said=_("Enacted. Number, date and document are public.")):
            return to(request, "forum-desk", plan_key=plan_key)
    return _form(
        request,
        product.plan,
        form,
        _("Enter the enactment: %(subject)s") % {"subject": product.subject},
        _("Save the enactment"),
        product.member,
    )


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def promulgate_product(request: HttpRequest, plan_key: str, product_id: UUID) -> HttpResponse:
    """A regulation was made known."""
    product = _product(request, plan_key, product_id)
    form = PromulgateForm(request.POST or None)
    if form.is_bound and form.is_valid():
        step = partial(
            legal_actions.promulgate_product,
            product=product,
            by=viewer_of(request),
            now=clock.now(),
            gazette=form.cleaned_data["gazette"],
            promulgated_on=form.cleaned_data["promulgated_on"],
        )
        if saved(request, form, step, said=_("Promulgated. Gazette and day are public.")):
            return to(request, "forum-desk", plan_key=plan_key)
    title = _("Enter the promulgation: %(subject)s") % {"subject": product.subject}
    return _form(request, product.plan, form, title, _("Save the promulgation"), product.member)


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def keep_document(request: HttpRequest, plan_key: str, product_id: UUID) -> HttpResponse:
    """Add the signed paper, or a better scan of it."""
    product = _product(request, plan_key, product_id)
    form = PaperForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        upload = upload_of(form)
        assert upload is not None
        step = partial(
            legal_actions.keep_document, product=product, upload=upload, by=viewer_of(request), now=clock.now()
        )
        if saved(request, form, step, said=_("The document is kept; its hash stands on the page.")):
            return to(request, "forum-desk", plan_key=plan_key)
    title = _("Add the signed document: %(subject)s") % {"subject": product.subject}
    return _form(request, product.plan, form, title, _("Keep the document"), product.member)


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def add_partnership(request: HttpRequest, plan_key: str, track: str) -> HttpResponse:
    """Register an agreement."""
    plan, member = _managed(request, plan_key, track)
    today = clock.local_day(clock.now())
    form = PartnershipForm(request.POST or None, request.FILES or None, member=member, today=today)
    if form.is_bound and form.is_valid():
        step = partial(
            partnership_actions.register_partnership,
            member=member,
            agreement=form.agreement(),
            by=viewer_of(request),
            now=clock.now(),
        )
        if saved(request, form, step, said=_("Registered. It stands on the page of partnerships.")):
            return to(request, "forum-desk", plan_key=plan.pk)
    return _form(request, plan, form, _("Register a partnership"), _("Register it"), member)


@never_cache
@needs(permissions.MANAGE, "GET", "POST")
def add_realisation(request: HttpRequest, plan_key: str, partnership_id: UUID) -> HttpResponse:
    """Write down what an agreement brought."""
    plan = written_plan_here(request, plan_key)
    found = partnerships.partnership_in(plan, partnership_id)
    if found is None:
        raise Http404("partnership")
    permissions.required_in_member(viewer_of(request), permissions.MANAGE, found.member)
    form = RealisationForm(request.POST or None)
    if form.is_bound and form.is_valid():
        told, by = form.cleaned_data, viewer_of(request)
        step = partial(
            partnership_actions.add_realisation,
            partnership=found,
            on=told["on"],
            text=told["text"],
            by=by,
            now=clock.now(),
        )
        if saved(request, form, step, said=_("Written down. It stands on the page of partnerships.")):
            return to(request, "forum-desk", plan_key=plan.pk)
    title = _("What came of it: %(subject)s") % {"subject": found.subject}
    return _form(request, plan, form, title, _("Write it down"), found.member)


def _managed(request: HttpRequest, plan_key: str, track: str) -> tuple[Plan, PlanMember]:
    plan = written_plan_here(request, plan_key)
    member = member_here(plan, track)
    if member is None:
        raise Http404("track")
    permissions.required_in_member(viewer_of(request), permissions.MANAGE, member)
    return plan, member


def _product(request: HttpRequest, plan_key: str, product_id: UUID) -> LegalProduct:
    product = legal.legal_product_in(written_plan_here(request, plan_key), product_id)
    if product is None:
        raise Http404("product")
    permissions.required_in_member(viewer_of(request), permissions.MANAGE, product.member)
    return product


def _form(
    request: HttpRequest, plan: Plan, form: forms.Form, title: str, button: str, member: PlanMember
) -> HttpResponse:
    context = {"plan": plan, "form": form, "title": title, "button": button, "member": member}
    return render(request, "action_plan/forum_form.html", context, status=UNPROCESSABLE if form.is_bound else 200)
