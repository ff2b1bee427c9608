"""Asking an open table in SQL: a form that needs no script, examples that work, an address that shares the query."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused, TooMany
from lumbung.core.limits import actions as limits
from lumbung.core.limits.visitors import address_of
from lumbung.core.portals.middleware import portal_of
from lumbung.core.tables.sql.asking import LIMITS, Answer
from lumbung.core.tables.sql.child import FUNCTIONS
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.forms.sql import QUERIES, SqlForm
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages.catalogue import dataset_here, withdrawn
from lumbung.modules.open_data.queries import catalogue, public_sql, releases
from lumbung.modules.open_data.queries import rows as tables
from lumbung.modules.open_data.queries.rows import Busy

GONE, OK = 410, 200


@public()
def sql(request: HttpRequest, key: str) -> HttpResponse:
    """One table of the newest release, asked in SQL; the query stands in the address."""
    dataset = dataset_here(request, key)
    release = releases.newest_of(dataset)
    if dataset.withdrawn_at is not None or release is None:
        return withdrawn(request, dataset)
    shown = [each for each in catalogue.tables_of(release) if tables.is_open(release, each)]
    table = next((each for each in shown if each.slug == request.GET.get("table", each.slug)), None)
    if table is None:
        raise Http404("table")
    answer, refused = _answer(request, table)
    context: dict[str, Any] = {
        **_about(request, dataset, release, table, shown),
        "answer": answer,
        "heads": _heads(answer) if answer else [],
        "cut": _cut(answer),
        "refused": refused.sentence if refused else "",
    }
    response = render(request, "open_data/sql.html", context, status=refused.status if refused else OK)
    if isinstance(refused, TooMany | Busy):
        response["Retry-After"] = str(refused.retry_after_seconds)
    return response


def _answer(request: HttpRequest, table: catalogue.TableShown) -> tuple[Answer | None, Refused | None]:
    """What a query gives, or why it gives nothing; neither where none was sent."""
    if "q" not in request.GET:
        return None, None
    try:
        limits.take(QUERIES, address_of(request), now=clock.now())
        return public_sql.ask(table, request.GET["q"]), None
    except Refused as refused:
        return None, refused


def _heads(answer: Answer) -> list[tuple[str, bool]]:
    """Each column of the answer, and whether it holds numbers: those stand at the right."""
    filled = [[row[place] for row in answer.rows if row[place] is not None] for place in range(len(answer.columns))]
    are_numbers = [bool(cells) and all(isinstance(cell, int | float) for cell in cells) for cells in filled]
    return list(zip(answer.columns, are_numbers, strict=True))


def _cut(answer: Answer | None) -> str:
    if answer is None or not answer.is_cut:
        return ""
    return str(public_sql.CUT) % {"total": answer.total, "shown": len(answer.rows)}


def _about(
    request: HttpRequest,
    dataset: Dataset,
    release: Release,
    table: catalogue.TableShown,
    shown: list[catalogue.TableShown],
) -> dict[str, Any]:
    several = [("table", table.slug)] if len(shown) > 1 else []
    query = request.GET.get("q", "")
    try:
        columns, trouble = public_sql.columns_of(table), ""
    except Refused as refused:
        columns, trouble = [], refused.sentence
    here = reverse("open_data:sql", kwargs={"portal_slug": portal_of(request).slug, "key": dataset.key})
    told = urlencode([("dataset", dataset.name), *several, ("q", query)])
    api = request.build_absolute_uri(f"{reverse('dataset-sql')}?{told}")
    return {
        "dataset": dataset,
        "release": release,
        "table": table,
        "others": [(each, f"{here}?{urlencode({'table': each.slug})}") for each in shown if each.slug != table.slug],
        "several": several,
        "title": shape.words(releases.metadata_of(release)["dataset"]["title"]),
        "form": SqlForm(request.GET if query else None),
        "columns": columns,
        "trouble": trouble,
        "examples": [
            (label, text, f"{here}?{urlencode([*several, ('q', text)])}")
            for label, text in public_sql.examples_of(columns, table.schema.get("primaryKey", ()))
        ],
        "functions": sorted(FUNCTIONS),
        "most_rows": LIMITS.most_rows,
        "share_url": request.build_absolute_uri(f"{here}?{urlencode([*several, ('q', query)])}"),
        "json_url": api,
        "csv_url": f"{api}&format=csv",
    }
