"""Comments from a spreadsheet: template, rehearsal with a report for each row, then all of them or none."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.web.pressing import saved
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import consultation as actions
from lumbung.modules.action_plan.documents import sheets, spreadsheets
from lumbung.modules.action_plan.documents.sheets import Head, SheetRow
from lumbung.modules.action_plan.forms.consultation import EntryForm, SheetForm
from lumbung.modules.action_plan.models import Consultation, Meeting, Plan, Seat
from lumbung.modules.action_plan.pages import slips
from lumbung.modules.action_plan.pages.consultation_desk import test_to_work_on
from lumbung.modules.action_plan.pages.places import UNPROCESSABLE, to, written_plan_here
from lumbung.modules.action_plan.queries import consultations, intake
from lumbung.modules.action_plan.queries.intake import Words

HEADS = (
    Head("number", gettext_lazy("Commitment no."), ("nomor komitmen", "no komitmen", "commitment")),
    Head("institution", gettext_lazy("Institution"), ("lembaga", "instansi")),
    Head("sector", gettext_lazy("Sector"), ("sektor", "unsur")),
    Head("text", gettext_lazy("Comment"), ("masukan", "isi masukan"), needed=True),
    Head("quote", gettext_lazy("Quoted words"), ("kutipan",)),
)
EXAMPLE = ("1", "Forum Kepala Desa", "", "Jadwal perlu diumumkan di kantor desa.", "")
SALT, LIFE = "comment-sheet", 3600
CONFIRM = "confirm"


@never_cache
@needs(permissions.CONSULT)
def template(request: HttpRequest, plan_key: str, kind: str) -> HttpResponse:
    """An empty sheet with its heads and one example."""
    written_plan_here(request, plan_key)
    heads = [str(head.title) for head in HEADS]
    if kind == "csv":
        body, content_type = spreadsheets.csv_bytes(heads, [EXAMPLE]), "text/csv; charset=utf-8"
    elif kind == "xlsx":
        body = spreadsheets.xlsx_bytes(_("Comments"), heads, [EXAMPLE], [1, 3, 2, 6, 4])
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        raise Http404("kind of file")
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="templat-masukan.{kind}"'
    return response


@never_cache
@needs(permissions.CONSULT, "GET", "POST")
def upload(request: HttpRequest, plan_key: str, test_id: str) -> HttpResponse:
    """A first press rehearses and reports row by row; a second one enters all rows together."""
    plan, test = test_to_work_on(request, plan_key, test_id)
    if request.method == "POST" and CONFIRM in request.POST:
        return _confirmed(request, plan, test)
    form = _form(request, plan, test)
    report: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        report = _rehearsed(plan, test, form)
    is_ready = bool(report) and not any(row["errors"] for row in report)
    context = {
        "plan": plan,
        "test": test,
        "form": form,
        "report": report,
        "is_ready": is_ready,
        "wrong": sum(bool(row["errors"]) for row in report),
        "signed": _signed(request, test, form, report) if is_ready else "",
    }
    status = UNPROCESSABLE if form.is_bound and not is_ready else 200
    return render(request, "action_plan/comments_sheet.html", context, status=status)


def _form(request: HttpRequest, plan: Plan, test: Consultation) -> SheetForm:
    meetings = consultations.meetings_to_name(test, now=clock.now())
    if request.method == "POST":
        return SheetForm(request.POST, request.FILES, meetings=meetings)
    today = clock.local_day(clock.now())
    return SheetForm(initial={"channel": "meeting", "received_on": min(today, test.closes_on)}, meetings=meetings)


def _rehearsed(plan: Plan, test: Consultation, form: SheetForm) -> list[dict[str, Any]]:
    """Every row with what is wrong with it; nothing is written."""
    sheet = form.cleaned_data["sheet"]
    try:
        rows = sheets.read(sheet.read(), sheet.size, HEADS)
    except Refused as refused:
        form.add_error("sheet", refused.sentence)
        return []
    by_number = consultations.drafts_by_number(test)
    meetings = consultations.meetings_to_name(test, now=clock.now())
    return [_checked(test, form, row, meetings, by_number) for row in rows]


def _checked(test: Consultation, form: SheetForm, row: SheetRow, meetings: Any, by_number: Any) -> dict[str, Any]:
    cells = {**row.cells, "sector": _sector(row.cells.get("sector", ""))}
    told = {**cells, "draft_key": str(uuid.uuid4()), **{name: form.data.get(name, "") for name in SOURCE}}
    entry = EntryForm(told, meetings=meetings, by_number=by_number)
    errors = [] if entry.is_valid() else [str(error) for each in entry.errors.values() for error in each]
    if not errors:
        try:
            actions.check_row(consultation=test, row=_row_of(entry.cleaned_data, by_number), now=clock.now())
        except Refused as refused:
            errors = [refused.sentence]
    told_words = Words(cells.get("text", ""), institution=cells.get("institution", ""))
    return {"number": row.number, "cells": cells, "errors": errors, "waits": intake.is_flagged(told_words)}


SOURCE = ("channel", "meeting", "received_on")


def _sector(written: str) -> str:
    """The key of a sector, as its key or as either language writes it; anything else stays to be refused."""
    for language in ("id", "en"):
        with override(language):
            known = {str(label).lower(): key for key, label in Seat.Sector.choices}
        if written.lower() in known:
            return str(known[written.lower()])
    return written


def _row_of(told: Mapping[str, Any], by_number: Mapping[str, Any]) -> actions.Row:
    return actions.Row(
        words=Words(told["text"], institution=told["institution"]),
        about=actions.About(by_number.get(told["number"]), "", told["quote"]),
        origin=actions.Origin(told["channel"], told["sector"], told["meeting"], told["received_on"]),
        draft_key=told["draft_key"],
    )


def _pressed_by(request: HttpRequest, test: Consultation) -> list[str]:
    """A rehearsal is entered where it was made, by whoever made it."""
    account = viewer_of(request).account
    return [str(test.pk), str(account.pk) if account else ""]


def _signed(request: HttpRequest, test: Consultation, form: SheetForm, report: list[dict[str, Any]]) -> str:
    """What was rehearsed, for the second press: signed, so that nothing else can be entered with it."""
    source = {name: form.data.get(name, "") for name in SOURCE}
    rows = [row["cells"] for row in report]
    told = {"batch": str(uuid.uuid4()), "of": _pressed_by(request, test), "source": source, "rows": rows}
    return signing.dumps(told, salt=SALT, compress=True)


def _confirmed(request: HttpRequest, plan: Plan, test: Consultation) -> HttpResponse:
    try:
        told = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        told = {}
    if told.get("of") != _pressed_by(request, test):
        messages.error(request, _("The rehearsal is too old or was changed. Upload the sheet again."))
        return to(request, "comments-sheet", plan_key=plan.pk, test_id=test.pk)
    form, rows = _form_of_nothing(plan), _rows_again(plan, test, told)

    def step() -> None:
        done = actions.enter_rows(consultation=test, rows=rows, by=viewer_of(request), now=clock.now())
        slips.keep_for_slips(request, test, done)

    waiting = sum(intake.is_flagged(row.words) for row in rows)
    said = ngettext("%(num)s comment is saved.", "%(num)s comments are saved.", len(rows)) % {"num": len(rows)}
    if waiting:
        told = ngettext("%(num)s of them waits to be cleared.", "%(num)s of them wait to be cleared.", waiting)
        said = f"{said} {told % {'num': waiting}}"
    if saved(request, form, step, said=said):
        return to(request, "slips", plan_key=plan.pk, test_id=test.pk)
    context = {"plan": plan, "test": test, "form": form, "report": [], "is_ready": False, "wrong": 0, "signed": ""}
    return render(request, "action_plan/comments_sheet.html", context, status=UNPROCESSABLE)


def _form_of_nothing(plan: Plan) -> SheetForm:
    form = SheetForm({}, meetings=Meeting.objects.filter(plan=plan))
    form.full_clean()
    form.errors.clear()
    return form


def _rows_again(plan: Plan, test: Consultation, told: Mapping[str, Any]) -> list[actions.Row]:
    meetings, by_number = Meeting.objects.filter(plan=plan), consultations.drafts_by_number(test)
    rows = []
    for place, cells in enumerate(told["rows"]):
        key = uuid.uuid5(uuid.UUID(told["batch"]), str(place))
        entry = EntryForm({**cells, **told["source"], "draft_key": str(key)}, meetings=meetings, by_number=by_number)
        if not entry.is_valid():
            raise Refused("sheet-no-longer-fits", gettext_lazy("The sheet no longer fits. Upload it again."))
        rows.append(_row_of(entry.cleaned_data, by_number))
    return rows
