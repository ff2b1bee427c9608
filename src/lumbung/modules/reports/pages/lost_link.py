"""A lost link has a way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.modules.reports.actions import lost_link
from lumbung.modules.reports.forms.contacts import LostLinkForm
from lumbung.modules.reports.pages import limits


@never_cache
@public("GET", "POST")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a way back to a report. Every try counts, and the answer is the same whether such a report exists or not.

    `lost_link.send_links` holds the brake for each address, `limits.count_lost_link` the one for each visitor.
    """
    form = LostLinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        limits.count_lost_link(request, now=clock.now())
    if form.is_valid():
        lost_link.ask(typed=form.cleaned_data["typed"], now=clock.now())
        return render(request, "reports/lost_link.html", {"form": None})
    return render(request, "reports/lost_link.html", {"form": form}, status=422 if form.errors else 200)
