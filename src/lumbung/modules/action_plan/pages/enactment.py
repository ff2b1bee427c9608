"""What is enacted, for everybody: who stands behind it, the decree, the fingerprints, the files, every amendment."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.web import qr_codes
from lumbung.modules.action_plan.documents import files
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.pages.places import plan_here
from lumbung.modules.action_plan.queries import amendments, changes, enactment, filed, printed, seals, submission
from lumbung.modules.action_plan.queries import plans as known_plans
from lumbung.modules.action_plan.queries.seals import Seal


@public()
def enacted(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The enactment of each member, compared with the public log as it is opened."""
    plan = plan_here(request, plan_key)
    review, seal = submission.review_of(plan), seals.seal_of(plan)
    context = {
        "plan": plan,
        "standings": enactment.standings_of(plan) if plan.origin == Plan.Origin.WRITTEN else [],
        "seal": seal,
        "texts": _in_words(plan, seal),
        "makings": submission.makings_of(plan),
        "amendments": shown_amendments(plan),
        "review": review,
        "notes": submission.notes_of(plan) if submission.was_reviewed(plan) else [],
        "submission": submission.submission_of(plan),
        "answers": filed.answers_to(plan),
        "qr": qr_codes.qr(printed.address_of(plan), plan.title),
        "address": request.build_absolute_uri(request.path),
        "printed_at": clock.now(),
    }
    context["changed_at"] = _last_changed(plan, context)
    return render(request, "action_plan/enactment.html", context)


def _last_changed(plan: Plan, shown: dict[str, Any]) -> datetime:
    """When something on the page was last added: frozen, endorsed, enacted, amended, made into files, reviewed."""
    known: list[datetime | None] = [plan.loaded_at, *(each.made_at for each in shown["makings"])]
    for standing in shown["standings"]:
        known += [standing.freeze.frozen_at if standing.freeze else None]
        known += [standing.enactment.enacted_at if standing.enactment else None]
        known += [each.entered_at for each in standing.endorsements]
    known += [each["amendment"].decided_at for each in shown["amendments"]]
    known += [each.answered_at for each in shown["notes"]]
    known += [shown["review"].finished_at if shown["review"] else None]
    known += [shown["submission"].entered_at if shown["submission"] else None]
    return max(moment for moment in known if moment is not None)


def _in_words(plan: Plan, seal: Seal) -> list[dict[str, Any]]:
    """Each text the log speaks of, as people call it."""
    known = {each.pk: each for each in enactment.enacted_commitments_of(plan)}
    members = {f"{plan.pk}.{each.organisation_id}": each for each in plan.members.select_related("organisation")}
    amended = {str(each.pk): each for each in amendments.amendments_of(plan)}
    rows = []
    for each in seal.objects:
        kind, key = each.name.split(":", 1)
        title, slug = _("Narrative of the plan"), ""
        if kind == "record":
            title = _("The whole plan: the fingerprint its files print")
        elif kind == "commitment":
            title, slug = known[key].short if key in known else key, key if key in known else ""
        elif kind == "enactment" and key in members:
            title = _("The whole part of %(member)s") % {"member": members[key].organisation.name}
        elif kind == "amendment" and key in amended:
            found = amended[key]
            told = {"commitment": found.commitment.short, "place": amendments.label_of(found.place)}
            title = _("Amendment of “%(commitment)s”: %(place)s") % told
        rows.append({"title": title, "slug": slug, "compared": each, "sha256": seals.fingerprint_of(each)})
    return rows


def shown_amendments(plan: Plan) -> list[dict[str, Any]]:
    """Every amendment with its words in the language active now."""
    return [{"amendment": each, "told": told} for each, told in changes.changes_of(plan)]


@public()
def enacted_commitment(request: HttpRequest, plan_key: str, slug: str) -> HttpResponse:
    """One commitment word for word as it is enacted, each amendment in place with both texts."""
    plan = plan_here(request, plan_key)
    commitment = enactment.enacted_commitment(plan, slug)
    if commitment is None:
        raise Http404("commitment")
    context = {
        "plan": plan,
        "commitment": commitment,
        "enacted": printed.places_in_words(commitment),
        "seal": seals.seal_of_commitment(plan, slug),
        "is_submitted": known_plans.is_shown(plan),
    }
    return render(request, "action_plan/enacted_commitment.html", context)


@public()
def export(request: HttpRequest, plan_key: str, number: int, kind: str, language: str) -> HttpResponse:
    """One file as it was made."""
    plan = plan_here(request, plan_key)
    found = submission.export_of(plan, number, kind, "" if language == "-" else language)
    if found is None:
        raise Http404("export")
    response = HttpResponse(bytes(found.content), content_type=files.CONTENT_TYPES[found.kind])
    name = "-".join(part for part in (plan.pk, found.language, str(found.number)) if part)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.{found.kind}") or ""
    )
    response["ETag"] = f'"{found.sha256}"'
    return response
