"""A release as a Data Package (Frictionless, v1): one descriptor beside the files, and both in one zip.

Paths are relative, so that the descriptor is right at its address and in the zip alike.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from io import RawIOBase
from pathlib import Path
from typing import Any

from lumbung.core.datasets import queries as versions
from lumbung.modules.open_data.models import Release
from lumbung.modules.open_data.queries import addresses
from lumbung.modules.open_data.queries.descriptions import Description, TableTold

DESCRIPTOR = "datapackage.json"
BLOCK = 1 << 18


def descriptor(described: Description) -> dict[str, Any]:
    """What `datapackage.json` says. The standard knows one language: Indonesian; ours has both under `lumbung:`."""
    dataset, told = described.dataset, described.told
    licence = described.choice("licence", "licences")
    found: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": dataset.name,
        "id": addresses.of_release(dataset, described.number),
        "title": told["title"]["id"],
        "description": (told.get("summary") or {}).get("id") or "",
        "version": str(described.number),
        "created": described.modified.isoformat(),
        "homepage": addresses.of_dataset(dataset),
        "keywords": list(told.get("keywords") or ()),
        "licenses": [{"name": licence.key, "path": licence.iri, "title": licence.words.id}] if licence else None,
        "sources": _sources(described),
        "contributors": [{"title": dataset.producer.name_id, "role": "publisher"}],
        "resources": [_resource(table) for table in described.tables],
        "lumbung:metadata": described.metadata,
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def written(described: Description) -> bytes:
    """The descriptor as the bytes of its file."""
    return json.dumps(descriptor(described), ensure_ascii=False, indent=1).encode() + b"\n"


def _sources(described: Description) -> list[dict[str, str]]:
    page = addresses.of_organisation(described.dataset.portal, described.dataset.producer_id)
    return [{"title": described.dataset.producer.name_id, "path": page}]


def _resource(table: TableTold) -> dict[str, Any]:
    file = next(file for file in table.files if file.kind == "csv")
    return {
        "profile": "tabular-data-resource",
        "name": table.slug,
        "title": table.title,
        "path": f"{table.slug}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": _schema(table.schema),
    }


def _schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Without keys into code lists, which are no tables of this package; `lumbung:codeList` of a column names them."""
    return {key: value for key, value in schema.items() if key != "foreignKeys"}


def files_of(release: Release) -> list[tuple[str, Path]]:
    """The CSV files that are still there, by their name in the package."""
    return [
        (f"{table.resource.slug}.csv", versions.path_of(table.version, "csv"))
        for table in release.tables.select_related("version", "resource")
        if not table.version.is_withdrawn
    ]


def zipped(release: Release, described: Description) -> Iterator[bytes]:
    """Descriptor and data as one zip, block by block: no copy of it lies anywhere. The same release, the same bytes."""
    sink = _Sink()
    day = release.published_at.timetuple()[:6]
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(_entry(DESCRIPTOR, day), written(described))
        yield sink.taken()
        for name, path in files_of(release):
            with path.open("rb") as source, package.open(_entry(name, day), "w", force_zip64=True) as target:
                while block := source.read(BLOCK):
                    target.write(block)
                    yield sink.taken()
    yield sink.taken()


def _entry(name: str, day: tuple[int, ...]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(day[0], day[1], day[2], day[3], day[4], day[5]))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


class _Sink(RawIOBase):
    """What the zip writes into: kept only until it is sent on."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        """Everything written since the last time."""
        block = bytes(self._held)
        self._held.clear()
        return block
