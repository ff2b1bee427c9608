"""The administrator's pages about witnesses."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.log import actions, forms, queries, signing
from lumbung.core.log.models import Peer, Witness
from lumbung.core.log.permissions import KEEP_WITNESSES

SEE_OTHER, UNPROCESSABLE = 303, 422


@needs(KEEP_WITNESSES)
def manage(request: HttpRequest) -> HttpResponse:
    """Who watches us and how far each has looked; whom we watch; and what to send to another installation."""
    now = clock.now()
    context = {
        "witnesses": queries.witness_states(now),
        "peers": queries.peer_states(now),
        "log_address": f"{settings.LUMBUNG_URL}/log",
        "log_key": signing.log_key().text,
        "witness_key": signing.witness_key().text,
    }
    return render(request, "log/witnesses.html", context)


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
        witness = actions.add_witness(**facts, by=viewer_of(request), now=clock.now())
    except Refused as refused:
        form.add_error(refused.field, refused.sentence)
        return False
    messages.success(request, _("%(name)s is a witness now.") % {"name": witness.title})
    return True


@needs(KEEP_WITNESSES, "GET", "POST")
def move(request: HttpRequest, witness_id: int) -> HttpResponse:
    """Send checkpoints of a witness to another address, or to none."""
    witness = _witness_or_404(witness_id)
    form = forms.AddressForm(request.POST or None, initial={"address": witness.address})
    if request.method == "POST" and form.is_valid() and _moved(request, form, witness):
        return _back()
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "log/witness_move.html", {"witness": witness, "form": form}, status=status)


def _moved(request: HttpRequest, form: forms.AddressForm, witness: Witness) -> bool:
    try:
        actions.move_witness(witness=witness, by=viewer_of(request), now=clock.now(), **form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field, refused.sentence)
        return False
    messages.success(request, _("The address is changed."))
    return True


@needs(KEEP_WITNESSES, "GET", "POST")
def end(request: HttpRequest, witness_id: int) -> HttpResponse:
    """Ask once more, then count a witness no longer."""
    witness = _witness_or_404(witness_id)
    if request.method == "POST":
        actions.end_witness(witness=witness, by=viewer_of(request), now=clock.now())
        messages.success(request, _("%(name)s no longer counts as witness.") % {"name": witness.title})
        return _back()
    return render(request, "log/witness_end.html", {"witness": witness})


@needs(KEEP_WITNESSES, "GET", "POST")
def add_peer(request: HttpRequest) -> HttpResponse:
    """Watch another installation's log, and let it watch ours."""
    form = forms.PeerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _added_peer(request, form):
        return _back()
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "log/peer_add.html", {"form": form}, status=status)


def _added_peer(request: HttpRequest, form: forms.PeerForm) -> bool:
    try:
        peer = actions.add_peer(**form.cleaned_data, by=viewer_of(request), now=clock.now())
    except Refused as refused:
        form.add_error(refused.field, refused.sentence)
        return False
    messages.success(request, _("The log of %(name)s is watched now; the first look follows at once.") % {"name": peer})
    return True


@needs(KEEP_WITNESSES, "GET", "POST")
def end_peer(request: HttpRequest, peer_id: int) -> HttpResponse:
    """Ask once more, then look no longer."""
    peer = _peer_or_404(peer_id)
    if request.method == "POST":
        actions.end_peer(peer=peer, by=viewer_of(request), now=clock.now())
        messages.success(request, _("%(name)s is no longer watched.") % {"name": peer.title})
        return _back()
    return render(request, "log/peer_end.html", {"peer": peer})


@needs(KEEP_WITNESSES, "POST")
def look(request: HttpRequest, peer_id: int) -> HttpResponse:
    """Look at a peer once more now."""
    peer = _peer_or_404(peer_id)
    actions.look_now(peer=peer, by=viewer_of(request), now=clock.now())
    messages.success(request, _("The log of %(name)s is looked at within a minute.") % {"name": peer.title})
    return _back()


def _witness_or_404(witness_id: int) -> Witness:
    witness = queries.witness(witness_id)
    if witness is None or witness.ended_on is not None:
        raise Http404("witness")
    return witness


def _peer_or_404(peer_id: int) -> Peer:
    peer = queries.peer(peer_id)
    if peer is None or peer.ended_on is not None:
        raise Http404("peer")
    return peer


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("witnesses:manage"), status=SEE_OTHER)
