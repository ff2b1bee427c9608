"""Pages of the administrator, under /kelola/."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access import forms, invitations, queries
from lumbung.core.access.actions import administration
from lumbung.core.access.models import Account
from lumbung.core.access.permissions import MANAGE
from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused

PAGE_SIZE = 50
SEE_OTHER, UNPROCESSABLE = 303, 422
LINK_KEY = "fresh_invitation"


@never_cache
@needs(MANAGE)
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account, with a search by name or e-mail."""
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    page = Paginator(queries.accounts_for(viewer_of(request), words=words), PAGE_SIZE).get_page(request.GET.get("page"))
    held = queries.roles_held_by(list(page), day=clock.local_day(clock.now()))
    context = {"page": page, "words": words, "held": held, "protected": queries.with_two_step()}
    return render(request, "access/accounts.html", context)


@never_cache
@needs(MANAGE)
def who(request: HttpRequest) -> HttpResponse:
    """Who has access: each role in force, who may see personal data, since when, given by whom."""
    role = request.GET.get("peran", "")
    rows = queries.who_has_access(viewer_of(request), day=clock.local_day(clock.now()), role=role)
    context = {"rows": rows, "role": role, "roles": forms.role_choices(), "printed_at": clock.now()}
    return render(request, "access/who.html", context)


@never_cache
@needs(MANAGE)
def account(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """One account: its roles, what can be done, its history."""
    viewer = viewer_of(request)
    found = queries.account_for(viewer, account_id)
    context = {
        "account": found,
        "grants": queries.grants_of(found),
        "titles": {key: queries.title_of(key) for key in {grant.role for grant in queries.grants_of(found)}},
        "today": clock.local_day(clock.now()),
        "has_two_step": found.pk in queries.with_two_step(),
        "history": queries.history_for(viewer, found),
        "link": _fresh_link(request, found),
        "is_own": viewer.account is not None and viewer.account.pk == found.pk,
    }
    return render(request, "access/account.html", context)


def _fresh_link(request: HttpRequest, account: Account) -> str:
    """The invitation's link, once, in the demonstration only: whoever holds it becomes the account."""
    if not settings.IS_DEMO or request.session.pop(LINK_KEY, None) != str(account.pk):
        return ""
    return str(request.build_absolute_uri(invitations.path_for(account)))


@never_cache
@needs(MANAGE, "GET", "POST")
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and send its invitation."""
    form = forms.InviteForm(request.POST or None)

    def step() -> HttpResponse:
        made = administration.invite(**form.cleaned_data, by=viewer_of(request), now=clock.now())
        return _invited(request, made)

    return _taken(request, form, step) or _form_page(request, form, "access/invite.html")


@needs(MANAGE, "POST")
def renew(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """Send the set-password link again."""
    found = queries.account_for(viewer_of(request), account_id)
    return _pressed(
        request,
        found,
        lambda: administration.renew_invitation(account=found, by=viewer_of(request), now=clock.now()),
        lambda: _invited(request, found),
    )


def _invited(request: HttpRequest, account: Account) -> HttpResponse:
    request.session[LINK_KEY] = str(account.pk)
    messages.success(request, _("The invitation goes to %(email)s.") % {"email": account.email})
    return _to_account(account)


@never_cache
@needs(MANAGE, "GET", "POST")
def grant(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """Give a role to an account."""
    found = queries.account_for(viewer_of(request), account_id)
    form = forms.GrantForm(request.POST or None, initial={"since": clock.local_day(clock.now())})

    def step() -> HttpResponse:
        administration.give_role(account=found, wanted=form.wanted, by=viewer_of(request), now=clock.now())
        messages.success(request, _("The role was granted. The account signs in again to use it."))
        return _to_account(found)

    return _taken(request, form, step) or _form_page(request, form, "access/grant.html", account=found)


@never_cache
@needs(MANAGE, "GET", "POST")
def revoke(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Take a role back, after a question."""
    held = queries.grant_for(viewer_of(request), grant_id)
    if request.method != "POST":
        return render(request, "access/revoke.html", {"grant": held, "title": queries.title_of(held.role)})
    return _pressed(
        request,
        held.account,
        lambda: administration.take_role(grant=held, by=viewer_of(request), now=clock.now()),
        lambda: _said(request, held.account, _("The role was taken back.")),
    )


@never_cache
@needs(MANAGE, "GET", "POST")
def deactivate(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """Close an account, after a question."""
    found = queries.account_for(viewer_of(request), account_id)
    if request.method != "POST":
        return render(request, "access/deactivate.html", {"account": found})
    return _pressed(
        request,
        found,
        lambda: administration.deactivate(account=found, by=viewer_of(request), now=clock.now()),
        lambda: _said(request, found, _("The account is deactivated and signed out everywhere.")),
    )


@needs(MANAGE, "POST")
def reactivate(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """Open an account again."""
    found = queries.account_for(viewer_of(request), account_id)
    return _pressed(
        request,
        found,
        lambda: administration.reactivate(account=found, by=viewer_of(request), now=clock.now()),
        lambda: _said(request, found, _("The account is active again.")),
    )


@never_cache
@needs(MANAGE, "GET", "POST")
def hand_over(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """Move every role of one account to another."""
    found = queries.account_for(viewer_of(request), account_id)
    form = forms.HandOverForm(request.POST or None, sender=found)

    def step() -> HttpResponse:
        receiver = form.cleaned_data["receiver"]
        administration.hand_over_inbox(sender=found, receiver=receiver, by=viewer_of(request), now=clock.now())
        messages.success(request, _("The inbox was handed over."))
        return _to_account(receiver)

    roles = queries.roles_held_by([found], day=clock.local_day(clock.now())).get(found.pk, [])
    return _taken(request, form, step) or _form_page(request, form, "access/hand_over.html", account=found, roles=roles)


def _taken(request: HttpRequest, form: django_forms.Form, step: Callable[[], HttpResponse]) -> HttpResponse | None:
    """The answer of a step that went well; None when the form must be shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return step()
    except NotPermitted:
        raise
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None


def _pressed(
    request: HttpRequest, account: Account, step: Callable[[], object], after: Callable[[], HttpResponse]
) -> HttpResponse:
    """A step without a form: a refusal is told on the account's page."""
    try:
        step()
    except NotPermitted:
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _to_account(account)
    return after()


def _said(request: HttpRequest, account: Account, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return _to_account(account)


def _to_account(account: Account) -> HttpResponse:
    address = reverse("access:account", kwargs={"account_id": str(account.pk)})
    return HttpResponseRedirect(address, status=SEE_OTHER)


def _form_page(request: HttpRequest, form: django_forms.Form, template: str, **context: Any) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)
