"""Settings of portals, for administrators."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as events
from lumbung.core.portals import actions, forms, queries
from lumbung.core.portals.models import Portal
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
    initial = {name: getattr(edited, name) for name in names} | {"seen": queries.mark_of(edited)}
    form = forms.PortalForm(request.POST or None, initial=initial, titles=module_titles())
    if _saved(request, form, edited):
        messages.success(request, _("Saved. The change stands in the history."))
        return HttpResponseRedirect(reverse("portals:manage"), status=SEE_OTHER)
    history = [(entry.on, entry.sentence) for entry in reversed(events.history_of("portal", edited.pk))]
    context = {"form": form, "edited": edited, "history": history}
    return render(request, "portals/change.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _saved(request: HttpRequest, form: forms.PortalForm, edited: Portal) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    seen, by = form.cleaned_data["seen"], viewer_of(request)
    try:
        actions.change_portal(portal=edited, wanted=form.wanted, seen=seen, by=by, now=clock.now())
    except NotPermitted:
        raise
    except Refused as refused:
        form.add_error(None, refused.sentence)
        form.show_again(seen=queries.mark_of(queries.portal_by_slug(edited.pk) or edited))
        return False
    return True
