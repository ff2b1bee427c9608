"""Taking an existing plan over into drafts: first a report row by row, then everything or nothing."""

import dataclasses
import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.web.pressing import saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import importing
from lumbung.modules.action_plan.actions.importing import Source
from lumbung.modules.action_plan.forms.importing import ImportForm
from lumbung.modules.action_plan.models import Plan, PlanMember
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, to, written_plan_here
from lumbung.modules.action_plan.queries import importing as known
from lumbung.modules.action_plan.reading import files
from lumbung.modules.action_plan.reading.outcome import Row

SALT = "action_plan.import"
HOLDS_SECONDS = 3_600
KEPT = ("place", "kind", "body", "slug", "member", "number")


@never_cache
@needs(permissions.DRAFT, "GET", "POST")
def import_drafts(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Choose a file; read the report; take it over."""
    plan = written_plan_here(request, plan_key)
    permissions.required_in_plan(viewer_of(request), permissions.DRAFT, plan)
    members = known.members_written_by(viewer_of(request), plan)
    form = ImportForm(request.POST if request.method == "POST" else None, members=members)
    if request.method == "POST" and "told" in request.POST:
        return _take_over(request, plan, form)
    if request.method == "POST" and form.is_valid():
        member = next(each for each in members if each.organisation_id == form.cleaned_data["member"])
        return _report(request, plan, form, member)
    return _shown(request, plan, form)


def _report(request: HttpRequest, plan: Plan, form: ImportForm, member: PlanMember) -> HttpResponse:
    """The dry run: nothing is written."""
    uploads = request.FILES.getlist("files")
    if any((each.size or 0) > files.MOST_BYTES for each in uploads):
        form.add_error(None, _("The file is larger than %(size)s MB.") % {"size": files.MOST_BYTES // 1_000_000})
        return _shown(request, plan, form)
    contents = [each.read() for each in uploads]
    names = known.known_for(plan, language=form.cleaned_data["language"], day=clock.local_day(clock.now()))
    try:
        kind, rows = files.read(contents, names, plan=plan.pk)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _shown(request, plan, form)
    kept, others = known.checked(rows, plan, viewer_of(request), member=member)
    source = Source(kind, hashlib.sha256(b"".join(contents)).hexdigest())
    told = signing.dumps(_payload(request, plan, source, kept), salt=SALT, compress=True)
    report = {"kind": kind, "rows": kept, "others": others, "told": told, "is_clean": not any(r.errors for r in kept)}
    return _shown(request, plan, form, report=report)


def _payload(request: HttpRequest, plan: Plan, source: Source, rows: Sequence[Row]) -> dict[str, Any]:
    """What the second step needs, signed for this person and this plan; a report with errors carries nothing."""
    clean = [] if any(row.errors for row in rows) else rows
    told = [{name: getattr(row, name) for name in KEPT} for row in clean]
    return {"plan": plan.pk, "by": _who(request), "source": dataclasses.astuple(source), "rows": told}


def _who(request: HttpRequest) -> str:
    return str(permissions.account_of(viewer_of(request)).pk)


def _take_over(request: HttpRequest, plan: Plan, form: ImportForm) -> HttpResponse:
    try:
        told = signing.loads(request.POST["told"], salt=SALT, max_age=HOLDS_SECONDS)
    except signing.BadSignature:
        form.add_error(None, _("The report is older than an hour. Choose the file again."))
        return _shown(request, plan, form)
    if (told["plan"], told["by"]) != (plan.pk, _who(request)):
        form.add_error(None, _("The report is of another plan or person. Choose the file again."))
        return _shown(request, plan, form)
    rows, by, now = [Row(**row) for row in told["rows"]], viewer_of(request), clock.now()
    note = _("Taken over from a file.")
    source = Source(*told["source"])
    step = partial(importing.import_drafts, plan=plan, source=source, rows=rows, note=note, by=by, now=now)
    if saved(request, form, step, said=_("Everything was taken over into drafts.")):
        return to(request, "drafts", plan_key=plan.pk)
    return _shown(request, plan, form)


def _shown(request: HttpRequest, plan: Plan, form: ImportForm, *, report: Any = None) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound and form.errors and report is None else 200
    return render(request, "action_plan/import.html", {"plan": plan, "form": form, "report": report}, status=status)
