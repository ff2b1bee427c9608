"""The catalogue of a portal: the list, a dataset, a release of it, the files."""

import json
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from markupsafe import Markup

from lumbung.core.access.anywhere import readable_anywhere
from lumbung.core.access.policies import public, viewer_of
from lumbung.core.access.viewers import may
from lumbung.core.base import clock
from lumbung.core.datasets import permissions as tables
from lumbung.core.datasets import queries as versions
from lumbung.core.events import queries as history
from lumbung.core.files import ranges
from lumbung.core.files.ranges import OnDisk, Served
from lumbung.core.portals.middleware import portal_of
from lumbung.core.regions import queries as regions
from lumbung.modules.open_data import permissions, shape
from lumbung.modules.open_data.forms.catalogue import ReasonForm
from lumbung.modules.open_data.forms.held import CorrectionForm
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages import beside, rows, workbooks
from lumbung.modules.open_data.pages.charts import showing
from lumbung.modules.open_data.pages.charts import spots as drawn_spots
from lumbung.modules.open_data.queries import (
    announcements,
    catalogue,
    descriptions,
    harvests,
    profiles,
    protection,
    quality,
    releases,
    schema_org,
    sources,
)
from lumbung.modules.open_data.queries import rows as tables_of_rows

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
# A version never changes: whoever has it may keep it.
KEPT = "public, max-age=86400"
GONE = 410
# The form about a whole dataset stands beside the one about a release.
WHOLE = "seluruhnya"


@public()
def dataset_detail(request: HttpRequest, key: str) -> HttpResponse:
    """A dataset as its newest release says; a withdrawn one tells why, with its releases."""
    coming = announcements.coming_at(portal_of(request), key, today=clock.local_day(clock.now()))
    if coming is not None and not coming.dataset.releases.exists():
        return render(request, "open_data/coming.html", {"coming": coming, **_spoken()})
    dataset = dataset_here(request, key)
    release = releases.newest_of(dataset)
    if dataset.withdrawn_at is not None or release is None:
        return withdrawn(request, dataset)
    return render(request, template_of(dataset), detail(request, dataset, release))


def withdrawn(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """Why nothing of a dataset stands, and what its releases were: in place of every page of the newest one."""
    context = {"dataset": dataset, "releases": catalogue.releases_of(dataset)}
    return render(request, "open_data/dataset_withdrawn.html", context, status=GONE)


@public()
def release_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One release for ever at its address, also when a newer one has replaced it."""
    dataset = dataset_here(request, key)
    release = release_here(dataset, number)
    context = detail(request, dataset, release)
    status = GONE if release.withdrawn_at is not None else 200
    return render(request, template_of(dataset), context, status=status)


def template_of(dataset: Dataset) -> str:
    """What is shown of another portal has a page of its own: none of our rows, gates and files are on it."""
    is_harvested = dataset.origin == Dataset.Origin.HARVESTED
    return "open_data/dataset_harvested.html" if is_harvested else "open_data/dataset_detail.html"


@public()
@readable_anywhere
def download(request: HttpRequest, key: str, number: int, resource: str, kind: str) -> HttpResponse:
    """The bytes of a table; 410 with the reason once they are withdrawn."""
    dataset = dataset_here(request, key)
    release = release_here(dataset, number)
    table = next((each for each in catalogue.tables_of(release) if each.slug == resource), None)
    if table is None or kind not in (*CONTENT_TYPES, workbooks.KIND) or release.access != Dataset.Access.OPEN:
        raise Http404("table")
    if table.version.is_withdrawn or release.withdrawn_at is not None:
        held = table.version if table.version.is_withdrawn else release
        context = {"dataset": dataset, "release": release, "version": table.version, "withdrawn": held}
        return render(request, "open_data/table_withdrawn.html", context, status=GONE)
    if kind == workbooks.KIND:
        return workbooks.answer(request, release, table, name_of(request, release, table, kind))
    return file_of(request, release, table, kind)


def name_of(request: HttpRequest, release: Release, table: catalogue.TableShown, kind: str) -> str:
    """Under which name a file of a release is saved."""
    part = "" if table.slug == "data" else f"-{table.slug}"
    return f"{release.dataset.key}-{portal_of(request).slug}-v{release.number}{part}.{kind}"


def file_of(request: HttpRequest, release: Release, table: catalogue.TableShown, kind: str) -> HttpResponse:
    """The bytes of a table; who may have them was asked before."""
    version = table.version
    path = versions.path_of(version, "parquet" if kind == "parquet" else "csv")
    name = name_of(request, release, table, kind)
    sha256 = version.parquet_sha256 if kind == "parquet" else version.csv_sha256
    return ranges.answer(request, Served(OnDisk(path), f'"{sha256}"', CONTENT_TYPES[kind], name, KEPT))


def dataset_here(request: HttpRequest, key: str) -> Dataset:
    """The dataset at this address; one that never published anything is not found."""
    dataset = catalogue.dataset_at(portal_of(request), key)
    if dataset is None or not dataset.releases.exists():
        raise Http404("dataset")
    return dataset


def release_here(dataset: Dataset, number: int) -> Release:
    """The release of that number."""
    release = catalogue.release_at(dataset, number)
    if release is None:
        raise Http404("release")
    return release


def _spoken() -> dict[str, Any]:
    """How a template says what metadata hold."""
    return {
        "blocks": shape.blocks(),
        "choice_of": shape.choice_of,
        "words": shape.words,
        "place_name": regions.address_of,
    }


def detail(request: HttpRequest, dataset: Dataset, release: Release) -> dict[str, Any]:
    """Everything the page of a release shows."""
    today = clock.local_day(clock.now())
    looked_on = catalogue.checked_on(release)
    due = catalogue.due_after(release, looked_on)
    viewer = viewer_of(request)
    newest = releases.newest_of(dataset)
    shown = catalogue.tables_of(release)
    return {
        "dataset": dataset,
        "release": release,
        "newest": newest,
        "metadata": releases.metadata_of(release),
        "harvest_item": harvests.item_of(dataset) if dataset.origin == Dataset.Origin.HARVESTED else None,
        **_spoken(),
        "tables": [(table, _view(request, release, table, is_only=len(shown) == 1)) for table in shown],
        **seen_in(request, dataset, release, shown, looked_on, is_newest=newest == release),
        "sources": sources.of_metadata(releases.metadata_of(release)),
        "workbooks": workbooks.offered(release, shown),
        "profiles": profiles.of_tables(release, shown),
        "checked_on": looked_on,
        "due_on": due,
        "is_late": due is not None and due < today,
        "releases": catalogue.releases_of(dataset),
        **_protection(release, is_newest=newest == release),
        "history": history.history_of("dataset_release", str(release.pk)),
        **for_machines(release, is_newest=newest == release),
        "may_publish": dataset.origin == Dataset.Origin.DECLARED and may(viewer, tables.PUBLISH),
        "may_withdraw": permissions.role_in(viewer, permissions.WITHDRAW, dataset) is not None,
        "form": ReasonForm(),
        "whole_form": ReasonForm(prefix=WHOLE) if dataset.origin == Dataset.Origin.BROUGHT else None,
        "now": clock.now(),
        **beside.beside(request, dataset),
    }


def _view(request: HttpRequest, release: Release, table: catalogue.TableShown, *, is_only: bool) -> Any:
    """The rows of a table; none of a withdrawn release, also where others still hold the same file."""
    if release.withdrawn_at is not None:
        return None
    return rows.view_of(request, release.dataset, release, table, is_only=is_only)


def seen_in(
    request: HttpRequest,
    dataset: Dataset,
    release: Release,
    shown: list[catalogue.TableShown],
    looked_on: date,
    *,
    is_newest: bool,
) -> dict[str, Any]:
    """The first chart of a release whose rows are open, links to the others, and its quality rule by rule."""
    if release.withdrawn_at is not None:
        return {}
    found = showing.shown(request, dataset, release, QueryDict(), held=shown)
    if found is None:
        return {}
    try:
        opened = [table for table in shown if tables_of_rows.is_open(release, table)]
        rules = quality.told_of(release, opened, looked_on=looked_on, today=clock.local_day(clock.now()))
    except (tables_of_rows.Busy, tables_of_rows.BadQuestion):
        rules = []
    spots = drawn_spots.spots_of(
        request, dataset, release, found.table, names_table=len(shown) > 1, is_frozen=not is_newest
    )
    return {"chart": found, "chart_links": showing.offered(request, found), "quality": rules, "spots": spots}


def _protection(release: Release, *, is_newest: bool) -> dict[str, Any]:
    """How small numbers were hidden, and the form of whoever corrects a period of the newest release."""
    shown = protection.of_release(release)
    form = CorrectionForm(periods=shown.periods) if shown and is_newest and shown.periods else None
    return {"protection": shown, "correction_form": form}


def for_machines(release: Release, *, is_newest: bool) -> dict[str, Any]:
    """What search engines and other catalogues read in the page, or follow from it. Older releases are no dataset."""
    described = descriptions.of_release(release)
    is_told = is_newest and release.withdrawn_at is None
    return {
        "schema_org": json_in_page(schema_org.document(described)) if is_told else "",
        "described_for": ("ttl", "jsonld", "rdf") if is_told else (),
        "has_package": release.withdrawn_at is None and bool(described.tables),
    }


def json_in_page(told: dict[str, Any]) -> Markup:
    """JSON for a data block: with these escaped, no text in it can end the block."""
    text = json.dumps(told, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - escaped just above
