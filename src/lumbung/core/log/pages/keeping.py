"""The administrator's pages about witnesses."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.log import actions, forms, queries
from lumbung.core.log.models import Witness
from lumbung.core.log.permissions import KEEP_WITNESSES

SEE_OTHER, UNPROCESSABLE = 303, 422


@needs(KEEP_WITNESSES)
def manage(request: HttpRequest) -> HttpResponse:
    """Every witness, and how far each has looked."""
    return render(request, "log/witnesses.html", {"witnesses": queries.witness_states(clock.now())})


@needs(KEEP_WITNESSES, "GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Let somebody outside stand as witness."""
    form = forms.WitnessForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _added(request, form):
        return _back()
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "log/witness_add.html", {"form": form}, status=status)


def _added(request: HttpRequest, form: forms.WitnessForm) -> bool:
    facts = form.cleaned_data
    try:
        witness = actions.add_witness(
            key=facts["key"], title=facts["title"], kind=facts["kind"], by=viewer_of(request), now=clock.now()
        )
    except Refused as refused:
        form.add_error(refused.field, refused.sentence)
        return False
    messages.success(request, _("%(name)s is a witness now.") % {"name": witness.title})
    return True


@needs(KEEP_WITNESSES, "GET", "POST")
def end(request: HttpRequest, witness_id: int) -> HttpResponse:
    """Ask once more, then count a witness no longer."""
    witness = Witness.objects.filter(pk=witness_id, ended_on=None).first()
    if witness is None:
        raise Http404("witness")
    if request.method == "POST":
        actions.end_witness(witness=witness, by=viewer_of(request), now=clock.now())
        messages.success(request, _("%(name)s no longer counts as witness.") % {"name": witness.title})
        return _back()
    return render(request, "log/witness_end.html", {"witness": witness})


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("witnesses:manage"), status=SEE_OTHER)
