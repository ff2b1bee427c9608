"""Drafts as everybody reads them: any version, what changed between two, what was frozen, comments beside the words."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, public, viewer_of
from lumbung.core.base import clock
from lumbung.core.web.pressing import saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import commenting
from lumbung.modules.action_plan.forms.comments import CommentForm
from lumbung.modules.action_plan.models import Draft, DraftVersion, Plan
from lumbung.modules.action_plan.pages.draft_places import (
    draft_here,
    frozen_here,
    name_of,
    newest_here,
    one_member_here,
    version_here,
)
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, to, written_plan_here
from lumbung.modules.action_plan.queries import (
    consultations,
    draft_comments,
    draft_differences,
    draft_texts,
    drafted_record,
    drafts,
    lessons,
    rewordings,
)


@public()
def public_drafts(request: HttpRequest, plan_key: str) -> HttpResponse:
    """Every draft of the plan, and what was frozen."""
    plan = written_plan_here(request, plan_key)
    rows = drafts.rows_of(plan)
    members = list(plan.members.select_related("organisation"))
    freezes = drafts.freezes_of(plan)
    context = {
        "plan": plan,
        "narrative": [row for row in rows if row.version.draft.member_id is None],
        "members": [(member, [row for row in rows if row.version.draft.member_id == member.pk]) for member in members],
        "freezes": [(member, [each for each in freezes if each.member_id == member.pk]) for member in members],
        "withdrawn": drafts.withdrawn_of(plan),
        "tests": consultations.open_tests(plan, today=clock.local_day(clock.now())),
        "tested": {test.member_id: (test, count) for test, count in consultations.comments_on_whole(plan)},
        "changed_at": max((row.version.saved_at for row in rows), default=plan.loaded_at),
    }
    return render(request, "action_plan/drafts.html", context)


@public()
def public_draft(request: HttpRequest, plan_key: str, draft: str) -> HttpResponse:
    """What a draft says now."""
    plan = written_plan_here(request, plan_key)
    return _shown(request, plan, newest_here(draft_here(plan, draft)))


@public()
def public_version(request: HttpRequest, plan_key: str, draft: str, version: int) -> HttpResponse:
    """What a draft said in one version."""
    plan = written_plan_here(request, plan_key)
    return _shown(request, plan, version_here(draft_here(plan, draft), version))


def _shown(request: HttpRequest, plan: Plan, version: DraftVersion, *, form: CommentForm | None = None) -> HttpResponse:
    draft, beside = version.draft, draft_comments.beside(version)
    names = draft_texts.names_for([version.body])
    newest = newest_here(draft)
    may_comment = draft.withdrawn_at is None and permissions.contributor(viewer_of(request), plan) is not None
    fields = [
        {"told": told, "segments": beside.segments(told.field.key, told.text), "comments": beside.on(told.field.key)}
        for told in draft_texts.texts_of(version, names)
    ]
    context = {
        "plan": plan,
        "draft": draft,
        "name": name_of(draft),
        "version": version,
        "newest": newest,
        "title": drafts.shown_title(version),
        "fields": fields,
        "owners": draft_texts.owners_of(version.body, names),
        "gaps": drafts.gaps_of(version),
        "beside": beside,
        "tests": consultations.open_tests_about(draft, today=clock.local_day(clock.now())),
        # The narrative tells where the plan starts from; its commitments do not repeat it.
        "lessons": lessons.lessons_before(plan) if draft.kind == Draft.Kind.PLAN else [],
        "form": form or (CommentForm(kind=draft.kind) if may_comment else None),
    }
    status = UNPROCESSABLE if form is not None and form.is_bound else 200
    return render(request, "action_plan/draft.html", context, status=status)


@never_cache
@needs(permissions.CONTRIBUTE, "POST")
def comment_draft(request: HttpRequest, plan_key: str, draft: str, version: int) -> HttpResponse:
    """A comment of a member of the forum on one version."""
    plan = written_plan_here(request, plan_key)
    found = version_here(draft_here(plan, draft), version)
    permissions.required_contributor(viewer_of(request), plan)
    form = CommentForm(request.POST, kind=found.draft.kind)
    if form.is_valid():
        by, now = viewer_of(request), clock.now()
        step = partial(commenting.comment_on_draft, version=found, words=form.words, by=by, now=now)
        if saved(request, form, step, said=_("Your comment is public now, in the name of your institution.")):
            return to(request, "public-version", plan_key=plan.pk, draft=name_of(found.draft), version=found.number)
    return _shown(request, plan, found, form=form)


@public()
def versions(request: HttpRequest, plan_key: str, draft: str) -> HttpResponse:
    """Every version of a draft, each with a way to what it changed."""
    plan = written_plan_here(request, plan_key)
    found = draft_here(plan, draft)
    known = drafts.versions_of(found)
    context = {"plan": plan, "draft": found, "name": name_of(found), "versions": known, "title": _title(found.versions)}
    return render(request, "action_plan/draft_versions.html", context)


def _title(versions_: Any) -> str:
    newest = versions_.select_related("draft").order_by("-number").first()
    return drafts.shown_title(newest) if newest else ""


@public()
def differences(request: HttpRequest, plan_key: str, draft: str, version: int, newer: int) -> HttpResponse:
    """What a newer version changed, sentence by sentence."""
    plan = written_plan_here(request, plan_key)
    found = draft_here(plan, draft)
    if newer <= version:
        raise Http404("newer")
    difference = draft_differences.between(version_here(found, version), version_here(found, newer))
    context = {
        "plan": plan,
        "name": name_of(found),
        "difference": difference,
        "title": drafts.shown_title(difference.newest),
    }
    return render(request, "action_plan/draft_differences.html", context)


@public()
def frozen(request: HttpRequest, plan_key: str, track: str, frozen_number: int) -> HttpResponse:
    """What a member's drafts said when they were frozen."""
    plan = written_plan_here(request, plan_key)
    member = one_member_here(plan, track)
    freeze = frozen_here(member, frozen_number)
    told = [(each, name_of(each.draft), drafts.shown_title(each)) for each in draft_differences.versions_in(freeze)]
    tests = [
        test
        for test in consultations.open_tests(plan, today=clock.local_day(clock.now()))
        if test.freeze_id == freeze.pk
    ]
    context = {"plan": plan, "member": member, "freeze": freeze, "versions": told, "tests": tests}
    return render(request, "action_plan/draft_frozen.html", context)


@public()
def frozen_differences(request: HttpRequest, plan_key: str, track: str, frozen_number: int, newer: int) -> HttpResponse:
    """What changed from one frozen set to the next: the published difference, as page and in print."""
    plan = written_plan_here(request, plan_key)
    member = one_member_here(plan, track)
    if newer <= frozen_number:
        raise Http404("newer")
    old, new = frozen_here(member, frozen_number), frozen_here(member, newer)
    told = [
        (each, name_of(each.draft), drafts.shown_title(each.newest))
        for each in draft_differences.between_frozen(old, new)
    ]
    test = rewordings.last_test(member)
    answered = rewordings.rewordings_of(member) if test is not None and test.freeze_id == old.pk else []
    context = {"plan": plan, "member": member, "old": old, "new": new, "differences": told, "answered": answered}
    return render(request, "action_plan/draft_frozen_differences.html", context)


@public()
def record(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The canonical record of what every draft says now; it can be taken over into an empty plan."""
    plan = written_plan_here(request, plan_key)
    told = drafted_record.canonical_bytes(drafted_record.drafted_record(plan))
    return HttpResponse(told, content_type="application/json")
