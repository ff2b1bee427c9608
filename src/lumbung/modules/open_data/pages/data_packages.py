"""The Data Package of a release: its descriptor, and descriptor and data in one zip."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.policies import public
from lumbung.core.base.errors import NotFound
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages import dcat
from lumbung.modules.open_data.pages.catalogue import dataset_here, release_here
from lumbung.modules.open_data.queries import croissant as croissants
from lumbung.modules.open_data.queries import data_packages, dcat_catalogues, descriptions
from lumbung.modules.open_data.queries.descriptions import Description

ELSEWHERE = _("The files of this dataset are kept by the other portal. Its page names them.")
NOT_PUBLIC = _("Only the description of these data is public, so there is no package of them.")


@public()
@dcat.for_machines
def descriptor(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """`datapackage.json` beside the files it names."""
    release, described = _package_here(request, key, number)
    mark = _mark(release, described, "json")
    return dcat.answer_of(request, mark, "application/json; charset=utf-8", lambda: data_packages.written(described))


@public()
@dcat.for_machines
def croissant(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """`croissant.json` beside them, for programs that learn from data."""
    release, described = _package_here(request, key, number)
    mark = _mark(release, described, "croissant")
    with translation.override("id"):
        return dcat.answer_of(request, mark, croissants.MEDIA_TYPE, lambda: croissants.written(described))


@public()
@dcat.for_machines
def package(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Descriptor and data as one file."""
    release, described = _package_here(request, key, number)
    mark = _mark(release, described, "zip")
    known = get_conditional_response(request, etag=mark)
    answer = known or StreamingHttpResponse(data_packages.zipped(release, described), content_type="application/zip")
    answer["ETag"] = mark
    answer["Cache-Control"] = "public, max-age=300"
    if known is None:
        name = f"{release.dataset.name}-v{release.number}.zip"
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer  # type: ignore[return-value]


def _package_here(request: HttpRequest, key: str, number: int) -> tuple[Release, Description]:
    try:
        dataset = dataset_here(request, key)
        release = release_here(dataset, number)
    except Http404:
        raise NotFound("release-unknown", dcat.NO_DATASET) from None
    if release.access != Dataset.Access.OPEN:
        raise NotFound("data-not-public", NOT_PUBLIC)
    if dataset.origin == Dataset.Origin.HARVESTED:
        raise NotFound("files-are-elsewhere", ELSEWHERE)
    described = descriptions.of_release(release)
    if release.withdrawn_at is not None or not described.tables:
        raise dcat.withdrawn(dataset, release)
    return release, described


def _mark(release: Release, described: Description, kind: str) -> str:
    # A file withdrawn later leaves the package, so the files count.
    files = "-".join(table.files[0].sha256[:12] for table in described.tables)
    return f'"{release.metadata_sha256[:32]}-{files}-{kind}-{dcat_catalogues.WAY_OF_TELLING}"'
