"""Writing one draft: rows are added without losing a word, and two writers never overwrite each other."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.modules.action_plan import merging, permissions, shape
from lumbung.modules.action_plan.actions import drafting
from lumbung.modules.action_plan.forms.drafts import DraftSheet
from lumbung.modules.action_plan.models import Draft, DraftVersion, Plan
from lumbung.modules.action_plan.pages.draft_places import draft_here, name_of, newest_here
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, to, written_plan_here
from lumbung.modules.action_plan.queries import draft_comments, draft_differences, drafts, lessons
from lumbung.modules.action_plan.queries.draft_choices import DraftChoices, choices_for

CONFLICT = 409
ADD = "tambah"


@never_cache
@needs(permissions.DRAFT, "GET", "POST")
def edit_draft(request: HttpRequest, plan_key: str, draft: str) -> HttpResponse:
    """The form of a draft; saving makes a version."""
    plan = written_plan_here(request, plan_key)
    found = draft_here(plan, draft)
    permissions.required_in_plan(viewer_of(request), permissions.DRAFT, plan, found.member)
    choices, fields = choices_for(plan, day=clock.local_day(clock.now())), shape.fields_of(found.kind)
    if request.method != "POST":
        newest = newest_here(found)
        sheet = DraftSheet.of(fields, newest.body, choices=choices, seen=newest.number)
        return _form(request, plan, found, sheet)
    if more := request.POST.get(ADD):
        return _form(request, plan, found, DraftSheet.typed(fields, request.POST, more=more, choices=choices))
    sheet = DraftSheet.sent(fields, request.POST, choices=choices)
    if not sheet.is_valid:
        return _form(request, plan, found, sheet, status=UNPROCESSABLE)
    return _save(request, plan, found, sheet, choices)


def _save(request: HttpRequest, plan: Plan, draft: Draft, sheet: DraftSheet, choices: DraftChoices) -> HttpResponse:
    body, told, by = sheet.body(), sheet.form.cleaned_data, viewer_of(request)
    try:
        version = drafting.save_version(
            draft=draft, body=body, seen=told["seen"], note=told["note"], by=by, now=clock.now()
        )
    except NotPermitted:
        raise
    except Refused as refused:
        if refused.code == "draft-was-saved-meanwhile":
            return _meanwhile(request, plan, draft, sheet, choices, refused.sentence)
        sheet.form.add_error(None, refused.sentence)
        return _form(request, plan, draft, sheet, status=CONFLICT)
    messages.success(request, _("Version %(number)s was saved.") % {"number": version.number})
    return to(request, "draft-edit", plan_key=plan.pk, draft=name_of(draft))


def _meanwhile(
    request: HttpRequest, plan: Plan, draft: Draft, sheet: DraftSheet, choices: DraftChoices, sentence: str
) -> HttpResponse:
    """Both texts beside each other; the form holds what was typed, with what only the other one changed."""
    mine, told, newest = sheet.body(), sheet.form.cleaned_data, newest_here(draft)
    base = draft.versions.filter(number=told["seen"]).first()
    merged = merging.merge(base=base.body if base else newest.body, mine=mine, theirs=newest.body)
    typed = DraftVersion(draft=draft, number=0, body=mine)
    difference = draft_differences.between(newest, typed)
    conflict = {
        "sentence": sentence,
        "newest": newest,
        "clashing": [each for each in difference.fields if each.field.key in merged.clashing],
        "taken_over": [field.label for field in shape.fields_of(draft.kind) if field.key in merged.taken_over],
    }
    fields = shape.fields_of(draft.kind)
    fresh = DraftSheet.of(fields, merged.body, choices=choices, seen=newest.number, note=told["note"])
    return _form(request, plan, draft, fresh, status=CONFLICT, conflict=conflict)


def _form(
    request: HttpRequest, plan: Plan, draft: Draft, sheet: DraftSheet, *, status: int = 200, conflict: Any = None
) -> HttpResponse:
    newest = newest_here(draft)
    comments = draft_comments.beside(newest)
    context = {
        "plan": plan,
        "draft": draft,
        "name": name_of(draft),
        "newest": newest,
        "title": drafts.shown_title(newest),
        "sheet": sheet,
        "gaps": drafts.gaps_of(newest),
        "comments": comments,
        "conflict": conflict,
        "lessons": lessons.lessons_before(plan),
        "is_enacted": drafts.is_enacted(plan, draft.member),
    }
    return render(request, "action_plan/draft_form.html", context, status=status)
