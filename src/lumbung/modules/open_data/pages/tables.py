"""Tables of a draft: bring a file, confirm how it is read, confirm its columns, decide about personal data."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.files import spooling
from lumbung.core.tables import descriptors, reading_words
from lumbung.core.tables.checks.reports import Report
from lumbung.core.tables.proposals import Proposal
from lumbung.core.tables.shapes import Look, Outcome, Reading
from lumbung.core.web import personal_kinds
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import drafting, tables
from lumbung.modules.open_data.forms.columns import ColumnsForm, KeptColumnsForm
from lumbung.modules.open_data.forms.drafts import AddressForm, DecisionForm, FileForm
from lumbung.modules.open_data.forms.reading import LookAgainForm, ReadingForm
from lumbung.modules.open_data.models import Draft, DraftTable, PersonalDecision
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, draft_here, table_here, to
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import personal_columns, plain, remarks
from lumbung.modules.open_data.states import WRITABLE

MOST_FAULTS = 50


@never_cache
@needs(permissions.PRODUCE, "GET", "POST")
def bring(request: HttpRequest, key: str) -> HttpResponse:
    """Bring a file as a new table."""
    draft = draft_here(request, key)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        table = _brought(request, draft, form, slug="")
        if table is not None:
            return to(request, "draft-table", key=key, slug=table.slug)
    context = {"draft": draft, "dataset": draft.dataset, "form": form, "address_form": AddressForm(), "table": None}
    return render(request, "open_data/bring.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@never_cache
@needs(permissions.PRODUCE, "GET", "POST")
def bring_again(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Bring another file for a table there is."""
    draft = draft_here(request, key)
    table = table_here(draft, slug)
    form = FileForm(request.POST or None, request.FILES or None, initial={"title": table.title})
    if request.method == "POST" and form.is_valid() and _brought(request, draft, form, slug=slug) is not None:
        return to(request, "draft-table", key=key, slug=slug)
    address_form = AddressForm(initial={"address": table.source_url})
    context = {"draft": draft, "dataset": draft.dataset, "form": form, "address_form": address_form, "table": table}
    return render(request, "open_data/bring.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _brought(request: HttpRequest, draft: Draft, form: FileForm, *, slug: str) -> DraftTable | None:
    sent = form.cleaned_data["table_file"]
    if not hasattr(sent, "temporary_file_path") or spooling.is_too_large(sent):
        form.add_error("table_file", _("This file is larger than 300 MB. Split it, or send it as Parquet."))
        return None
    try:
        return tables.bring_file(
            draft=draft,
            source=spooling.path_of(sent),
            name=sent.name,
            title=form.cleaned_data["title"] or draft.metadata["dataset"].get("title", {}).get("id", "") or "Data",
            slug=slug,
            by=viewer_of(request),
            now=clock.now(),
        )
    except Refused as refused:
        form.add_error("table_file", refused.sentence)
        return None


@never_cache
@needs(permissions.DESK)
def table_detail(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """One table at the step it has come to."""
    draft = draft_here(request, key)
    return render(request, "open_data/table.html", _detail(request, draft, table_here(draft, slug)))


def _detail(request: HttpRequest, draft: Draft, table: DraftTable, **forms: Any) -> dict[str, Any]:
    look = Look.from_json(table.look) if table.look else None
    outcome = Outcome.from_json(table.plain) if table.plain else None
    report = Report.from_json({k: v for k, v in table.report.items() if k != "error_count"}) if table.report else None
    writes = permissions.role_in(viewer_of(request), permissions.PRODUCE, draft.dataset) is not None
    return {
        "draft": draft,
        "dataset": draft.dataset,
        "table": table,
        "look": look,
        "outcome": outcome,
        "report": report,
        "rows": plain.first_rows(outcome.plain) if outcome else [],
        "faults": report.faults[:MOST_FAULTS] if report else (),
        "note": reading_words.sentence,
        "writes": writes and draft.state in WRITABLE,
        "look_form": LookAgainForm(look=look) if look else None,
        "reading_form": _reading_form(table, look) if look else None,
        "left_out": list(_left_out(table)),
        "columns_form": _columns_form(draft, table),
        "findings": personal_columns.with_decisions(table),
        "decision_form": DecisionForm(),
        "personal_word": personal_kinds.title_of,
        "choices": PersonalDecision.Choice.choices,
        "marked": remarks.open_at(draft, f"variables:{table.slug}"),
        **forms,
    }


def _left_out(table: DraftTable) -> Iterator[PersonalDecision]:
    decisions = table.decisions.select_related("decided_by").order_by("decided_at")
    yield from decisions.filter(choice=PersonalDecision.Choice.DROPPED)


def _reading_form(table: DraftTable, look: Look, data: Any = None) -> ReadingForm:
    chosen = Reading.from_json(table.reading) if table.reading else look.reading
    return ReadingForm(data, look=look, chosen=chosen, refused=table.failure.get("code", ""))


def _columns_form(draft: Draft, table: DraftTable, data: Any = None) -> ColumnsForm | None:
    is_kept = table.stage == DraftTable.Stage.KEPT
    if not table.schema or not (is_kept or table.proposal):
        return None
    schema = descriptors.read(table.schema)
    told = known.variables_of(draft, table.slug, schema.names)
    if is_kept:
        return KeptColumnsForm(data, schema=schema, told=told)
    return ColumnsForm(data, proposal=Proposal.from_json(table.proposal or {}), schema=schema, told=told)


@needs(permissions.PRODUCE, "POST")
def look_again(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Look at the file with other choices."""
    draft = draft_here(request, key)
    table = table_here(draft, slug)
    if not table.look:
        return to(request, "draft-table", key=key, slug=slug)
    form = LookAgainForm(request.POST, look=Look.from_json(table.look))
    if form.is_valid():
        step = partial(tables.look_again, table=table, wanted=form.wanted, by=viewer_of(request), now=clock.now())
        if saved(request, form, step, said=_("The file is looked at once more.")):
            return to(request, "draft-table", key=key, slug=slug)
    context = _detail(request, draft, table, look_form=form)
    return render(request, "open_data/table.html", context, status=UNPROCESSABLE)


@needs(permissions.PRODUCE, "POST")
def choose_reading(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Confirm how the file is read."""
    draft = draft_here(request, key)
    table = table_here(draft, slug)
    if not table.look:
        return to(request, "draft-table", key=key, slug=slug)
    form = _reading_form(table, Look.from_json(table.look), request.POST)
    if form.is_valid():
        chosen, by, now = form.confirmed(), viewer_of(request), clock.now()
        step = partial(tables.choose_reading, table=table, reading=chosen, by=by, now=now)
        if saved(request, form, step, said=_("The file is being read.")):
            return to(request, "draft-table", key=key, slug=slug)
    context = _detail(request, draft, table, reading_form=form)
    return render(request, "open_data/table.html", context, status=UNPROCESSABLE)


@needs(permissions.PRODUCE, "POST")
def confirm_columns(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Confirm what the columns are and mean."""
    draft = draft_here(request, key)
    table = table_here(draft, slug)
    form = _columns_form(draft, table, request.POST)
    if form is None:
        return to(request, "draft-table", key=key, slug=slug)
    if form.is_valid():
        step, said = _confirming(request, table, form)
        if saved(request, form, step, said=said):
            return to(request, "draft-table", key=key, slug=slug)
    context = _detail(request, draft, table, columns_form=form)
    return render(request, "open_data/table.html", context, status=UNPROCESSABLE)


def _confirming(request: HttpRequest, table: DraftTable, form: ColumnsForm) -> tuple[Callable[[], object], str]:
    """What a filled form does: cells that stay as published are described, all others are checked."""
    seen = int(request.POST["seen"]) if request.POST.get("seen", "").isdigit() else 0
    variables, by = form.variables(), viewer_of(request)
    if form.is_kept:
        return partial(tables.describe_columns, table=table, variables=variables, seen=seen, by=by), _("Saved.")
    checking = partial(
        tables.confirm_columns,
        table=table,
        schema=descriptors.write(form.confirmed()),
        variables=variables,
        seen=seen,
        by=by,
        now=clock.now(),
    )
    return checking, _("Saved. Every cell is being checked.")


@needs(permissions.PRODUCE, "POST")
def decide(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Decide about a column that looks like personal data."""
    draft = draft_here(request, key)
    table = table_here(draft, slug)
    form = DecisionForm(request.POST)
    if form.is_valid():
        step = partial(
            drafting.decide_personal, table=table, **form.cleaned_data, by=viewer_of(request), now=clock.now()
        )
        if saved(request, form, step, said=_("Your decision was kept, with your name inside.")):
            return to(request, "draft-table", key=key, slug=slug)
    context = _detail(request, draft, table, decision_form=form)
    return render(request, "open_data/table.html", context, status=UNPROCESSABLE)


@needs(permissions.PRODUCE, "POST")
def remove(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Take a table out of the draft."""
    table = table_here(draft_here(request, key), slug)
    step = partial(tables.remove_table, table=table, by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("The table was removed from the draft."))
    return to(request, "draft", key=key)
