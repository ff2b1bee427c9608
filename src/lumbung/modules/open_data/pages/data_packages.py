"""The Data Package of a release: its descriptor, and descriptor and data in one zip."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.policies import public
from lumbung.core.base.errors import NotFound
from lumbung.core.files import ranges, sending
from lumbung.core.files.ranges import Made, Served
from lumbung.modules.open_data.models import Dataset, Release
from lumbung.modules.open_data.pages import dcat
from lumbung.modules.open_data.pages.catalogue import dataset_here, release_here
from lumbung.modules.open_data.queries import croissant as croissants
from lumbung.modules.open_data.queries import data_packages, dcat_catalogues, descriptions
from lumbung.modules.open_data.queries.descriptions import Description

ZIP, KEPT = "application/zip", "public, max-age=300"
# Counted before it is sent, in about two seconds at most; of a larger one the CSV itself can be gone on with.
MOST_RESUMED = 50_000_000
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
    # Another compressor, other bytes: a part is never added to those of another one.
    mark = _mark(release, described, f"zip{zlib.ZLIB_RUNTIME_VERSION}")
    name, pieces = f"{release.dataset.name}-v{release.number}.zip", partial(data_packages.zipped, release, described)
    if sum(table.files[0].size for table in described.tables) > MOST_RESUMED:
        return _whole(request, pieces, mark, name)
    content = Made(partial(_size_of, Zipped(mark, pieces)), pieces)
    return ranges.answer(request, Served(content, mark, ZIP, name, KEPT))


def _whole(request: HttpRequest, pieces: Callable[[], Iterator[bytes]], mark: str, name: str) -> HttpResponse:
    """From its first byte, however it is asked for: to count so much before it is sent would keep the server busy."""
    known = get_conditional_response(request, etag=mark)
    answer = known or _sent(pieces)
    answer["ETag"], answer["Cache-Control"], answer["Accept-Ranges"] = mark, KEPT, "none"
    if known is None:
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer  # type: ignore[return-value]


def _sent(pieces: Callable[[], Iterator[bytes]]) -> StreamingHttpResponse:
    with sending.place() as place:
        return StreamingHttpResponse(place.until_sent(pieces()), content_type=ZIP)


@dataclass(frozen=True, slots=True)
class Zipped:
    """A package as it will be sent; its mark says which."""

    mark: str
    pieces: Callable[[], Iterator[bytes]] = field(compare=False)


@lru_cache(maxsize=64)
def _size_of(zipped: Zipped) -> int:
    """How many bytes a package has: the same each time it is made."""
    return sum(len(piece) for piece in zipped.pieces())


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
