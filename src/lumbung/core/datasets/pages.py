"""The data of a portal: the list, one table with its versions, and the files."""

from typing import Any, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from lumbung.core.access.policies import needs, public, viewer_of
from lumbung.core.access.viewers import may
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.datasets import actions, forms, permissions, queries
from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.datasets.queries import Kind, Shelf
from lumbung.core.organisations import queries as organisations

PREVIEW_ROWS = 8
CONTENT_TYPES: dict[Kind, str] = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


def _region_of(request: HttpRequest) -> str:
    return str(request.portal.region_id)  # type: ignore[attr-defined]


def _shelf_or_404(request: HttpRequest, key: str) -> Shelf:
    shelf = queries.shelf(key, _region_of(request))
    if shelf is None:
        raise Http404("dataset")
    return shelf


@public()
def dataset_list(request: HttpRequest) -> HttpResponse:
    """Every table of this portal."""
    today = clock.local_day(clock.now())
    shelves = [(shelf, shelf.is_up_to_date(today)) for shelf in queries.shelves_at(_region_of(request))]
    return render(request, "datasets/dataset_list.html", {"shelves": shelves})


@public()
def dataset_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One table: what it tells, how fresh it is, its first rows, its columns, every version."""
    shelf = _shelf_or_404(request, key)
    return render(request, "datasets/dataset_detail.html", _detail(request, shelf))


def _detail(request: HttpRequest, shelf: Shelf) -> dict[str, Any]:
    newest = shelf.newest
    publisher = organisations.by_code(newest.publisher_code) if newest else None
    return {
        "shelf": shelf,
        "dataset": shelf.dataset,
        "newest": newest,
        "is_up_to_date": shelf.is_up_to_date(clock.local_day(clock.now())),
        "publisher": publisher,
        "rows": queries.preview(newest, limit=PREVIEW_ROWS) if newest else [],
        "versions": queries.versions_of(shelf.dataset.key, shelf.place),
        "may_publish": may(viewer_of(request), permissions.PUBLISH),
        "may_withdraw": may(viewer_of(request), permissions.WITHDRAW),
        "withdraw_form": forms.WithdrawForm(),
    }


@public()
def download(request: HttpRequest, key: str, number: int, kind: str) -> HttpResponse:
    """The bytes of a version; 410 with the reason once it is withdrawn."""
    shelf = _shelf_or_404(request, key)
    version = queries.version(key, shelf.place, number)
    if version is None or kind not in CONTENT_TYPES:
        raise Http404("version")
    if version.is_withdrawn:
        return render(request, "datasets/withdrawn.html", {"version": version, "dataset": shelf.dataset}, status=410)
    return _file(request, version, "parquet" if kind == "parquet" else "csv")


def _file(request: HttpRequest, version: DatasetVersion, kind: Kind) -> HttpResponse:
    name = f"{version.dataset_key}-{request.portal.slug}-v{version.number}.{kind}"  # type: ignore[attr-defined]
    response = FileResponse(queries.path_of(version, kind).open("rb"), content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["ETag"] = f'"{version.csv_sha256 if kind == "csv" else version.parquet_sha256}"'
    # A version never changes: whoever has it may keep it.
    response["Cache-Control"] = "public, max-age=86400"
    return cast(HttpResponse, response)


@needs(permissions.PUBLISH, "POST")
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Publish now what changed since the last version."""
    shelf = _shelf_or_404(request, key)
    actions.publish_on_demand(dataset_key=key, place=shelf.place, by=viewer_of(request), now=clock.now())
    return redirect("datasets:detail", portal_slug=request.portal.slug, key=key)  # type: ignore[attr-defined]


@needs(permissions.WITHDRAW, "POST")
def withdraw(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take a version back, with a reason everyone may read."""
    shelf = _shelf_or_404(request, key)
    version = queries.version(key, shelf.place, number)
    if version is None:
        raise Http404("version")
    form = forms.WithdrawForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.withdraw_version(version=version, by=viewer_of(request), reason=reason, now=clock.now())
            return redirect("datasets:detail", portal_slug=request.portal.slug, key=key)  # type: ignore[attr-defined]
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return render(
        request, "datasets/dataset_detail.html", {**_detail(request, shelf), "withdraw_form": form}, status=400
    )
