"""The evidence pack for OGP's form."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.modules.action_plan import permissions, states
from lumbung.modules.action_plan.documents import evidence_packs as papers
from lumbung.modules.action_plan.pages.monitoring import commitment_here
from lumbung.modules.action_plan.queries import evidence_packs as packs


@never_cache
@needs(permissions.ASSESS)
def pack(request: HttpRequest, monitored: str, slug: str) -> HttpResponse:
    """What goes into the form, in which file, and what does not fit and why."""
    commitment = commitment_here(request, monitored, slug)
    permissions.required_as_monitor(viewer_of(request), commitment.plan, commitment.member)
    made = packs.pack_of(packs.pieces_of(commitment))
    context = {
        "plan": commitment.plan,
        "commitment": commitment,
        "pack": made,
        "parts": [(number, part, packs.bytes_in(part)) for number, part in enumerate(made.parts, 1)],
        "rules": states.monitoring_rules(),
    }
    return render(request, "action_plan/evidence_pack.html", context)


@never_cache
@needs(permissions.ASSESS)
def pack_file(request: HttpRequest, monitored: str, slug: str, part: int) -> HttpResponse:
    """One of the files."""
    commitment = commitment_here(request, monitored, slug)
    permissions.required_as_monitor(viewer_of(request), commitment.plan, commitment.member)
    pieces = packs.pieces_of(commitment)
    parts = packs.pack_of(pieces).parts
    if not 1 <= part <= len(parts):
        raise Http404("part")
    answer = HttpResponse(papers.pack(parts[part - 1], pieces), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="bukti-{commitment.pk}-{part}.zip"'
    return answer
