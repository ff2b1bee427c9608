"""Photos after the sending: the reporter adds, an officer clears or keeps hidden, the agency brings evidence."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, public, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused, TooMany
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.reports import forms, permissions, queries
from lumbung.modules.reports.actions import photos as actions
from lumbung.modules.reports.models import Report, ReportPhoto
from lumbung.modules.reports.pages import limits, uploads
from lumbung.modules.reports.pages.reporter import report_of_holder
from lumbung.modules.reports.queries import photos


def _report_for(request: HttpRequest, number: str) -> Report:
    report = queries.report_for_officer(number, viewer_of(request))
    if report is None:
        raise Http404("report")
    return report


def _photo_for(report: Report, photo_id: uuid.UUID) -> ReportPhoto:
    photo = photos.photo_of(report, photo_id)
    if photo is None:
        raise Http404("photo")
    photo.report = report
    return photo


def _to_work(request: HttpRequest, report: Report, place: str) -> HttpResponse:
    kwargs = {"portal_slug": portal_of(request).slug, "number": report.number}
    return HttpResponseRedirect(f"{reverse('reports:work', kwargs=kwargs)}#{place}")


@never_cache
@needs(permissions.VERIFY, "POST")
def clear(request: HttpRequest, number: str, photo_id: uuid.UUID) -> HttpResponse:
    """Show a photo to others."""
    report = _report_for(request, number)
    photo, form = _photo_for(report, photo_id), forms.PhotoForm(request.POST)
    if form.is_valid():
        try:
            actions.clear_photo(photo=photo, by=viewer_of(request), now=clock.now(), **form.cleaned_data)
        except NotPermitted:
            raise
        except Refused as refused:
            form.add_error("description", refused.sentence)
        else:
            messages.success(request, _("The photo is cleared."))
            return _to_work(request, report, "foto")
    context = {"report": report, "photo": photo, "form": form}
    return render(request, "reports/photos_clear.html", context, status=422)


@needs(permissions.VERIFY, "POST")
def keep_hidden(request: HttpRequest, number: str, photo_id: uuid.UUID) -> HttpResponse:
    """Keep a photo from the public."""
    report = _report_for(request, number)
    actions.keep_photo_hidden(photo=_photo_for(report, photo_id), by=viewer_of(request), now=clock.now())
    messages.success(request, _("The photo stays hidden."))
    return _to_work(request, report, "foto")


@never_cache
@public("GET", "POST")
def add_to_report(request: HttpRequest, number: str) -> HttpResponse:
    """The reporter adds photos with the access code."""
    report, viewer = report_of_holder(request, number), viewer_of(request)
    refused: list[Refused] = []
    if request.method == "POST":
        limits.count_photos(request, now=clock.now())
        refused = uploads.keep_each(
            request,
            lambda upload: actions.add_photo_to_report(report=report, by=viewer, upload=upload, now=clock.now()),
        )
        if not refused and request.FILES:
            messages.success(request, _("Your photos were received."))
            kwargs = {"portal_slug": portal_of(request).slug, "number": report.number}
            return HttpResponseRedirect(reverse("reports:detail", kwargs=kwargs))
        refused = refused or [_nothing_chosen()]
    seen = photos.photos_seen_by(viewer, report, day=clock.local_day(clock.now()))
    context = {"report": report, "photos": seen, "room": max(0, photos.MAX_PHOTOS - len(seen))}
    context |= {"errors": uploads.sentences_of(refused), "max_mb": uploads.max_mb()}
    return render(request, "reports/photos_add.html", context, status=uploads.status_of({}, refused))


def _nothing_chosen() -> Refused:
    return Refused("no-photo-chosen", gettext_lazy("Choose at least one photo."), field=uploads.FIELD)


@never_cache
@needs(permissions.ANSWER, "GET", "POST")
def add_evidence(request: HttpRequest, number: str) -> HttpResponse:
    """Photos of what was done, for the next response."""
    report, viewer = _report_for(request, number), viewer_of(request)
    form = forms.PhotoForm(request.POST if request.method == "POST" else None)
    refused: list[Refused] = []
    if form.is_valid():
        text = form.cleaned_data["description"]
        refused = _too_many(request) or uploads.keep_each(
            request,
            lambda upload: actions.add_evidence(
                report=report, by=viewer, upload=upload, description=text, now=clock.now()
            ),
        )
        if not refused and request.FILES:
            messages.success(request, _("The evidence is kept. It goes along with the response you write next."))
            return _to_work(request, report, "bukti")
        if not refused:
            refused = [_nothing_chosen()]
    return _evidence_page(request, report, form, refused)


def _too_many(request: HttpRequest) -> list[Refused]:
    """The refusal of a flood, beside the field: the description typed must stay on the page."""
    try:
        limits.count_photos(request, now=clock.now())
    except TooMany as refused:
        return [refused]
    return []


def _evidence_page(request: HttpRequest, report: Report, form: forms.PhotoForm, refused: list[Refused]) -> HttpResponse:
    context: dict[str, Any] = {
        "report": report,
        "form": form,
        "photos": photos.work_photos(viewer_of(request), report, day=clock.local_day(clock.now())),
        "errors": uploads.sentences_of(refused),
        "max_mb": uploads.max_mb(),
    }
    return render(request, "reports/photos_evidence.html", context, status=uploads.status_of(form.errors, refused))


@needs(permissions.ANSWER, "POST")
def remove_evidence(request: HttpRequest, number: str, evidence_id: uuid.UUID) -> HttpResponse:
    """Take evidence out before it goes along with a response."""
    report = _report_for(request, number)
    try:
        actions.remove_evidence(report=report, evidence_id=evidence_id, by=viewer_of(request))
    except NotPermitted:
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("The photo was removed."))
    return _to_work(request, report, "bukti")
