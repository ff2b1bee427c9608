"""What CKAN's answers say of a harvested dataset: files that stay where they are, and where it came from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lumbung.modules.open_data.models import Dataset, Listing, RemoteFile

Made = dict[str, Any]


def files_of(rows: Sequence[Listing]) -> dict[UUID, list[RemoteFile]]:
    """The files of harvested datasets, by dataset."""
    wanted = [row.pk for row in rows if row.harvested_from]
    found: dict[UUID, list[RemoteFile]] = {}
    for file in RemoteFile.objects.filter(dataset__in=wanted) if wanted else ():
        found.setdefault(file.dataset_id, []).append(file)
    return found


def file_of(rows: QuerySet[Listing], pk: UUID) -> tuple[Listing, RemoteFile] | None:
    """A file of a harvested dataset by its id."""
    file = RemoteFile.objects.filter(pk=pk).first()
    row = rows.filter(pk=file.dataset_id).first() if file else None
    return (row, file) if row is not None and file is not None else None


def resource(row: Listing, file: RemoteFile, changed: str) -> Made:
    """One file as CKAN tells of it: its address is that of the other portal, its rows are not kept here."""
    return {
        "id": str(file.pk),
        "package_id": str(row.pk),
        "name": file.title,
        "description": "",
        "position": file.position - 1,
        "state": "active",
        "format": file.format,
        "mimetype": None,
        "mimetype_inner": None,
        "url": file.url,
        "url_type": None,
        "resource_type": None,
        "size": file.bytes,
        "hash": f"sha256:{file.sha256}" if file.sha256 else "",
        "created": changed,
        "last_modified": changed,
        "metadata_modified": changed,
        "cache_url": None,
        "cache_last_updated": None,
        "datastore_active": False,
    }


def resources(row: Listing, files: Iterable[RemoteFile], changed: str) -> list[Made]:
    """Every file of a dataset."""
    return [resource(row, file, changed) for file in files]


def said(row: Listing, remote: Mapping[str, Any]) -> Made:
    """Fields that speak for the other portal instead of for us; none of a dataset of ours."""
    if row.dataset.origin != Dataset.Origin.HARVESTED:
        return {}
    licence = {} if row.licence else {"license_id": "", "license_title": remote["licence"], "license_url": ""}
    return {"author": remote["publisher"] or remote["portal"], **licence}


def extras(remote: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Where it came from, under the names harvesters of CKAN use where they have one."""
    if remote:
        yield "harvest_source_id", remote["source"]
        yield "harvest_source_title", remote["portal"]
        yield "harvest_identity", remote["identity"]
        yield "harvest_page", remote["page"]
        yield "harvest_modified", remote["modified"]
        yield "harvest_publisher", remote["publisher"]
