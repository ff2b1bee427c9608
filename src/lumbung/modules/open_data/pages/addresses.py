"""A table from an address: asked for beside the upload, and fetched again for the next release."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import addresses
from lumbung.modules.open_data.forms.drafts import AddressForm, FileForm
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, dataset_of_desk, draft_here, table_here, to
from lumbung.modules.open_data.queries import drafts as known


@never_cache
@needs(permissions.PRODUCE, "POST")
def fetch(request: HttpRequest, key: str, slug: str = "") -> HttpResponse:
    """Fetch a table from an address: a new one, or new content for the one of that slug."""
    draft = draft_here(request, key)
    table = table_here(draft, slug) if slug else None
    form = AddressForm(request.POST)
    if form.is_valid():
        title = form.cleaned_data["title"] or draft.metadata["dataset"].get("title", {}).get("id", "") or "Data"
        ask = partial(addresses.ask_for, draft=draft, address=form.cleaned_data["address"], title=title, slug=slug)
        step = partial(ask, by=viewer_of(request), now=clock.now())
        if saved(request, form, step, said=_("The file is being fetched.")):
            return to(request, "draft", key=key)
    context = {"draft": draft, "dataset": draft.dataset, "form": FileForm(), "address_form": form, "table": table}
    return render(request, "open_data/bring.html", context, status=UNPROCESSABLE)


@needs(permissions.PRODUCE, "POST")
def fetch_again(request: HttpRequest, key: str) -> HttpResponse:
    """A draft of the next release, its tables fetched from where they came from."""
    dataset = dataset_of_desk(request, key)
    step = partial(addresses.fetch_again, dataset=dataset, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("A draft was begun. Its tables are being fetched."))
    return to(request, "draft", key=key) if known.open_draft_of(dataset) else to(request, "desk")
