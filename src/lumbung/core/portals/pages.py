"""Settings of portals, for administrators."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.core.portals import actions, forms, queries
from lumbung.core.portals.permissions import EDIT
from lumbung.core.portals.registry import module_titles

SEE_OTHER, UNPROCESSABLE = 303, 422


@needs(EDIT)
def manage(request: HttpRequest) -> HttpResponse:
    """Every portal with its settings."""
    return render(request, "portals/manage.html", {"portals": queries.all_portals()})


@needs(EDIT, "GET", "POST")
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a portal's names, colour and modules."""
    edited = queries.portal_by_slug(slug)
    if edited is None:
        raise Http404("portal")
    names = ("name_id", "name_en", "report_service_id", "report_service_en", "accent", "modules")
    form = forms.PortalForm(
        request.POST or None, initial={name: getattr(edited, name) for name in names}, titles=module_titles()
    )
    if request.method == "POST" and form.is_valid():
        actions.change_portal(portal=edited, wanted=form.wanted, by=viewer_of(request), now=clock.now())
        messages.success(request, _("Saved. The change stands in the history."))
        return HttpResponseRedirect(reverse("portals:manage"), status=SEE_OTHER)
    history = [(entry.on, entry.sentence) for entry in reversed(events.history_of("portal", edited.pk))]
    context = {"form": form, "edited": edited, "history": history}
    return render(request, "portals/change.html", context, status=UNPROCESSABLE if form.is_bound else 200)
