"""The log for people: what it says, how to check it, and every entry with its proof."""

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.log import faults, forms, queries, signing
from lumbung.core.log.queries import Entry
from lumbung.core.log.standalone import downloads

PAGE_SIZE = 50
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
PROGRAMS = {"lumbung_verify.py": downloads.verifier, "lumbung_witness.py": downloads.witness}


@public()
def front(request: HttpRequest) -> HttpResponse:
    """What the log is, what it proves and what not, who watches it, and how to check it oneself."""
    return render(request, "log/front.html", _front(forms.FindForm()))


def _front(form: forms.FindForm) -> dict[str, Any]:
    now, examination = clock.now(), queries.newest_examination()
    return {
        "form": form,
        "checkpoint": queries.newest_checkpoint(),
        "cosigned": queries.newest_cosigned_checkpoint(),
        "examination": examination,
        "refusal": faults.told(queries.newest_refusal()),
        "fault": faults.told(examination.fault) if examination else "",
        "beginnings": queries.beginnings(),
        "peers": queries.peer_states(now),
        "witnesses": queries.witness_states(now),
        "latest": queries.told(queries.NewestFirst()[:5]),
        "log_key": signing.log_key().text,
        "log_address": f"{settings.LUMBUNG_URL}/log",
    }


@public()
def entries(request: HttpRequest) -> HttpResponse:
    """Every entry, the newest first."""
    page = Paginator(queries.NewestFirst(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "log/entries.html", {"page": page, "told": queries.told(page.object_list)})


@public()
def find(request: HttpRequest) -> HttpResponse:
    """From a number or a fingerprint to the entry, or to those that name the fingerprint."""
    form = forms.FindForm(request.GET)
    if not form.is_valid():
        return render(request, "log/front.html", _front(form), status=400)
    wanted = form.cleaned_data["q"]
    found = queries.entry_at(wanted) if isinstance(wanted, int) else queries.entry_with_hash(wanted)
    if found is not None:
        return redirect("log:entry", index=found.index)
    naming = [] if isinstance(wanted, int) else queries.entries_naming(wanted.hex())
    signed = None if isinstance(wanted, int) else queries.checkpoint_with_root(wanted)
    context = {
        "wanted": request.GET["q"],
        "form": form,
        "naming": naming,
        "signed": signed,
        "is_number": isinstance(wanted, int),
    }
    if naming or signed:
        return render(request, "log/named.html", context)
    return render(request, "log/not_found.html", context, status=404)


@public()
def event(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Where a receipt leads: the entry, or that it waits for its place."""
    found = queries.entry_of(event_id)
    if found is not None:
        return redirect("log:entry", index=found.index)
    waiting = queries.waiting_event(event_id)
    if waiting is None:
        raise Http404("event")
    return render(request, "log/waiting.html", {"joins_on": waiting.joins_log_on})


@public()
def entry(request: HttpRequest, index: int) -> HttpResponse:
    """One entry: what happened, and how it can be proven that it stands here unchanged."""
    found = _entry_or_404(index)
    checkpoint = queries.best_checkpoint_for(index)
    context = {
        "entry": found,
        "told": queries.tell(found),
        "checkpoint": checkpoint,
        "cosignatures": queries.cosignatures_under(checkpoint) if checkpoint else [],
        "log_key": signing.log_key().text,
        "has_next": index + 1 < queries.leaf_count(),
    }
    return render(request, "log/entry.html", context)


def _entry_or_404(index: int) -> Entry:
    found = queries.entry_at(index) if index <= forms.MAX_INDEX else None
    if found is None:
        raise Http404("entry")
    return found


@public()
def entry_body(request: HttpRequest, index: int) -> HttpResponse:
    """The bytes that were hashed, and nothing else."""
    return _download(_entry_or_404(index).body, f"catatan-{index}.json", "application/json")


@public()
def entry_proof(request: HttpRequest, index: int) -> HttpResponse:
    """The proof of one entry with its checkpoint, checkable without us."""
    found = _entry_or_404(index)
    checkpoint = queries.best_checkpoint_for(index)
    if checkpoint is None:
        raise Http404("checkpoint")
    text = queries.proof_text(found, checkpoint)
    return _download(text.encode(), f"bukti-{index}.tlog-proof", "text/plain; charset=utf-8")


@public()
def program(request: HttpRequest, file: str) -> HttpResponse:
    """A program that checks or watches the log on one's own machine."""
    if file not in PROGRAMS:
        raise Http404("program")
    return _download(PROGRAMS[file]().encode(), file, "text/x-python; charset=utf-8")


@public()
def checker(request: HttpRequest) -> HttpResponse:
    """A page to keep: it checks proofs from a file, without a network. `sidik`: the fingerprint on one's receipt."""
    wanted = request.GET.get("sidik", "")
    receipt = wanted if FINGERPRINT.fullmatch(wanted) else ""
    keys = [witness.key for witness in queries.witnesses_of_today()]
    on = clock.local_day(clock.now()).isoformat()
    spoken = get_language() or ""
    names = {language: queries.names_in(language) for language in ("id", "en")}
    page = downloads.checker(
        log_key=signing.log_key().text, witness_keys=keys, on=on, language=spoken, names=names, receipt=receipt
    )
    return _download(page.encode(), "periksa-bukti.html", "text/html; charset=utf-8")


@public()
def evidence(request: HttpRequest, inconsistency_id: int) -> HttpResponse:
    """Two checkpoints another installation has signed that do not fit together, as it signed them."""
    found = queries.inconsistency(inconsistency_id)
    if found is None:
        raise Http404("inconsistency")
    text = f"{found.earlier}\n----\n\n{found.later}"
    return _download(text.encode(), f"riwayat-ganda-{found.pk}.txt", "text/plain; charset=utf-8")


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
