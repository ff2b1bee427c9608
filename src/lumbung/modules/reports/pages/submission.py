"""Sending a report in three screens. What is typed is kept in a server draft; no script is needed."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.middleware import OPENED_KEY
from lumbung.core.access.policies import public, viewer_of
from lumbung.core.access.viewers import may
from lumbung.core.base import clock, ids
from lumbung.core.base.errors import Refused
from lumbung.core.portals.middleware import portal_of
from lumbung.core.regions import queries as regions
from lumbung.core.regions.models import Region
from lumbung.modules.reports import forms, permissions, queries
from lumbung.modules.reports.actions import photos, submission
from lumbung.modules.reports.models import Category, Channel, Report, ReportDraft
from lumbung.modules.reports.pages import handovers, limits, uploads

DRAFT_COOKIE = handovers.DRAFT_COOKIE
DRAFT_SALT = "report-draft"
CODE_KEY = "fresh_codes"
WHERE_FIELDS = ["district", "village", "landmark", "latitude", "longitude"]
SHOW_VILLAGES = "desa"  # the button that asks for the villages of a district without a script
GO_TO = "ke"  # what a button does that leaves a screen unfinished: leads to another one, or one of these
STAY, DISCARD = "tetap", "hapus"  # the script that keeps stays


def _address(request: HttpRequest, name: str, **kwargs: str) -> str:
    return reverse(f"reports:{name}", kwargs={"portal_slug": portal_of(request).slug, **kwargs})


def _draft_id(request: HttpRequest) -> str:
    life = int(submission.DRAFT_LIFE.total_seconds())
    return request.get_signed_cookie(DRAFT_COOKIE, default="", salt=DRAFT_SALT, max_age=life) or ""


def _draft_of(request: HttpRequest) -> ReportDraft | None:
    return queries.draft_by_id(_draft_id(request), portal_of(request), now=clock.now())


def _keep(request: HttpRequest, typed: dict[str, Any]) -> ReportDraft:
    return submission.save_draft(draft=_draft_of(request), portal=portal_of(request), typed=typed, now=clock.now())


def _go(request: HttpRequest, name: str, draft: ReportDraft) -> HttpResponse:
    return _remember(request, HttpResponseRedirect(_address(request, name)), draft)


def _remember(request: HttpRequest, response: HttpResponse, draft: ReportDraft | None) -> HttpResponse:
    if draft is None:
        return response
    response.set_signed_cookie(
        DRAFT_COOKIE,
        str(draft.pk),
        salt=DRAFT_SALT,
        max_age=int(submission.DRAFT_LIFE.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
        path="/",
    )
    return response


def _typed_fields(request: HttpRequest, names: list[str]) -> dict[str, str]:
    # Everything typed is kept, right or wrong, so that nothing is lost.
    return {name: request.POST.get(name, "")[:20_000].replace("\x00", "") for name in names}


def _left(request: HttpRequest, draft: ReportDraft) -> HttpResponse | None:
    """The answer to a screen that is left before it is finished: what was typed is kept, right or wrong."""
    wanted = request.POST.get(GO_TO, "")
    if wanted == STAY:
        return _remember(request, HttpResponse(status=204), draft)
    return _go(request, wanted, draft) if wanted in {"what", "where"} else None


@never_cache
@public("GET", "POST")
def what(request: HttpRequest) -> HttpResponse:
    """Screen 1 of 3."""
    draft = _draft_of(request)
    if request.method == "POST":
        if request.POST.get(GO_TO) == DISCARD:
            return _discarded(request, draft)
        form = forms.WhatForm(request.POST)
        draft = _keep(request, _typed_fields(request, ["category", "text"]))
        if left := _left(request, draft):
            return left
        if form.is_valid():
            return _go(request, "where", draft)
    else:
        form = forms.WhatForm(initial=queries.typed_in(draft) if draft else {})
    status = 422 if form.errors else 200
    context = {"form": form, "topics": _topics(), "has_draft": draft is not None}
    page = render(request, "reports/send_what.html", context, status=status)
    return _remember(request, page, draft)


def _discarded(request: HttpRequest, draft: ReportDraft | None) -> HttpResponse:
    if draft is not None:
        submission.discard_draft(draft=draft)
    messages.success(request, _("What you typed was removed."))
    answer = HttpResponseRedirect(_address(request, "what"))
    answer.delete_cookie(DRAFT_COOKIE)
    return answer


def _topics() -> dict[str, list[Category]]:
    topics = queries.categories()
    return {
        "open": [topic for topic in topics if not topic.confidential_by_force],
        "confidential": [topic for topic in topics if topic.confidential_by_force],
    }


@never_cache
@public("GET", "POST")
def where(request: HttpRequest) -> HttpResponse:
    """Screen 2 of 3. Choosing a district without a script shows its villages and asks again."""
    draft = _draft_of(request)
    if draft is None:
        return HttpResponseRedirect(_address(request, "what"))
    refused: list[Refused] = []
    if request.method == "POST":
        form = forms.WhereForm(request.POST, portal=portal_of(request))
        draft = _keep(request, _typed_fields(request, WHERE_FIELDS))
        limits.count_photos(request, now=clock.now())
        refused = uploads.keep_photos(request, draft)
        if not refused and (left := _left(request, draft)):
            return left
        if form.is_valid() and not refused:
            return _go(request, "who", draft)
        if request.POST.get("langkah") == SHOW_VILLAGES:
            form = forms.WhereForm(initial=queries.typed_in(draft), portal=portal_of(request))
    else:
        form = forms.WhereForm(initial=queries.typed_in(draft), portal=portal_of(request))
    context = {"form": form, "photo_field": uploads.field_of(draft, refused)}
    return render(request, "reports/send_where.html", context, status=uploads.status_of(form.errors, refused))


@never_cache
@public("POST")
def remove_photo(request: HttpRequest, photo_id: uuid.UUID) -> HttpResponse:
    """Take a photo out of the draft; what else the screen holds is kept."""
    draft = _draft_of(request)
    if draft is None:
        return HttpResponseRedirect(_address(request, "what"))
    _keep(request, _typed_fields(request, WHERE_FIELDS))
    limits.count_photos(request, now=clock.now())
    photos.remove_photo_from_draft(draft=draft, photo_id=photo_id)
    for sentence in uploads.sentences_of(uploads.keep_photos(request, draft)):
        messages.error(request, sentence)
    return HttpResponseRedirect(_address(request, "where"))


@never_cache
@public("GET", "POST")
def who(request: HttpRequest) -> HttpResponse:
    """Screen 3 of 3, and the sending itself."""
    draft = _draft_of(request)
    if draft is None:
        return _after_the_draft(request)
    typed = queries.typed_in(draft)
    viewer = viewer_of(request)
    form_class = forms.EntryForm if may(viewer, permissions.ENTER_FOR_OTHERS) else forms.WhoForm
    if unfinished := _unfinished(request, typed):
        return HttpResponseRedirect(_address(request, unfinished))
    if request.method == "POST":
        form = form_class(request.POST)
        # Into the draft found above: a second click may have sent it by now.
        entered = _typed_fields(request, list(form.fields))
        kept = submission.save_draft(draft=draft, portal=portal_of(request), typed=entered, now=clock.now())
        typed = queries.typed_in(kept)
        if left := _left(request, kept):
            return left
        if form.is_valid():
            limits.count_sending(request, village_code=typed["village"], now=clock.now())
            try:
                return _send(request, draft.pk, typed, form.cleaned_data)
            except Refused as refused:
                if refused.field not in form.fields:
                    raise
                form.add_error(refused.field, refused.sentence)
    else:
        form = form_class(initial={"channel": _usual_channel(request)} | typed)
    context = {
        "form": form,
        "category": Category.objects.filter(pk=typed.get("category")).first(),
        "address": regions.address_of(typed["village"]),
        "typed": typed,
        "has_point": bool(typed.get("latitude") and typed.get("longitude")),
    }
    return render(request, "reports/send_who.html", context, status=422 if form.errors else 200)


def _usual_channel(request: HttpRequest) -> str:
    """A kader enters what neighbours told; an office what people brought to it."""
    return Channel.COUNTER if may(viewer_of(request), permissions.WORK) else Channel.KADER


def _unfinished(request: HttpRequest, typed: dict[str, Any]) -> str:
    """The screen that still needs something: the draft keeps also what was wrong, and screens can be jumped over."""
    if not forms.WhatForm(typed).is_valid():
        return "what"
    return "" if forms.WhereForm(typed, portal=portal_of(request)).is_valid() else "where"


def _after_the_draft(request: HttpRequest) -> HttpResponse:
    # A second click, or an answer that never arrived: show the receipt instead of an empty form.
    sent = submission.sent_before(draft_id=_draft_id(request))
    if sent is not None:
        return _give_receipt(request, sent)
    for number in reversed(request.session.get(CODE_KEY, {})):
        return HttpResponseRedirect(_address(request, "receipt", number=number))
    return HttpResponseRedirect(_address(request, "what"))


def _send(request: HttpRequest, draft_id: uuid.UUID, typed: dict[str, Any], who_data: dict[str, Any]) -> HttpResponse:
    point = forms.WhereForm(typed, portal=portal_of(request))
    place = point.cleaned_data["point"] if point.is_valid() else None
    made = submission.Submission(
        category=Category.objects.get(pk=typed["category"]),
        village=Region.objects.get(pk=typed["village"]),
        text=typed["text"].strip(),
        landmark=typed.get("landmark", "").strip(),
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        is_anonymous=who_data["is_anonymous"],
        is_confidential=who_data["is_confidential"],
        name=who_data["name"],
        phone=who_data["phone"],
        email=who_data["email"],
        shows_name=who_data["shows_name"],
        channel=who_data.get("channel", "web"),
        received_on=who_data.get("received_on"),
        sp4n_number=who_data.get("sp4n_number", ""),
    )
    sent = submission.submit_report(
        submission=made,
        draft_id=draft_id,
        portal=portal_of(request),
        by=viewer_of(request),
        now=clock.now(),
    )
    return _give_receipt(request, sent)


def _give_receipt(request: HttpRequest, sent: submission.Sent) -> HttpResponse:
    if may(viewer_of(request), permissions.ENTER_FOR_OTHERS):
        return handovers.keep_for_handing_over(request, sent)
    # What was entered for someone else comes back to the officer who entered it, never to a guest at that desk.
    if sent.code and sent.report.channel == "web":
        request.session[CODE_KEY] = {**request.session.get(CODE_KEY, {}), sent.report.number: sent.code}
        open_in_session(request, sent.report)
    return HttpResponseRedirect(_address(request, "receipt", number=sent.report.number))


def open_in_session(request: HttpRequest, report: Report) -> None:
    """Remember that this browser showed the report's access code."""
    opened = [key for key in request.session.get(OPENED_KEY, []) if key != str(report.pk)]
    request.session[OPENED_KEY] = [*opened, str(report.pk)][-20:]


@never_cache
@public()
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Number, access code and QR, for the browser that sent the report; to be printed or kept."""
    report = queries.report_by_number(number)
    code = request.session.get(CODE_KEY, {}).get(number)
    if report is None or code is None:
        return HttpResponseRedirect(_address(request, "track"))
    link = request.build_absolute_uri(_address(request, "open", code=code))
    context = {
        "report": report,
        "code": ids.spaced_access_code(code),
        "link": link,
        "trace": queries.trace_of(report),
    }
    page = render(request, "reports/receipt.html", context)
    if _draft_id(request) == str(report.draft_id):
        page.delete_cookie(DRAFT_COOKIE)  # the receipt has arrived; the session goes on showing it
    return page
