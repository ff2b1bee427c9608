"""A dataset as schema.org tells it, for search engines that look for data."""

from collections.abc import Iterator
from typing import Any

from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.queries import addresses
from lumbung.modules.open_data.queries.descriptions import Description, TableTold

MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def document(described: Description) -> dict[str, Any]:
    """The JSON-LD of one release, in the language active now."""
    dataset, told = described.dataset, described.told
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": addresses.of_dataset(dataset),
        "url": addresses.of_release(dataset, described.number),
        "name": shape.words(told.get("title")),
        "alternateName": dataset.name,
        "description": "\n".join(text for key in ("summary", "note") if (text := shape.words(told.get(key)))),
        "identifier": addresses.of_dataset(dataset),
        "version": str(described.number),
        "dateModified": described.modified.date().isoformat(),
        "isAccessibleForFree": described.is_open,
        "creator": _publisher(described),
        "publisher": _publisher(described),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": dataset.portal.name,
            "url": addresses.of_portal(dataset.portal),
        },
    }
    return found | dict(_said(described)) | _files(described)


def _said(described: Description) -> Iterator[tuple[str, Any]]:
    """What is told only where it is known."""
    told, period = described.told, described.told.get("period") or {}
    if described.begun is not None:
        yield "datePublished", described.begun.date().isoformat()
    if (licence := described.choice("licence", "licences")) is not None:
        yield "license", licence.iri
    if described.remote.get("page"):
        yield "isBasedOn", described.remote["page"]
    if told.get("keywords"):
        yield "keywords", list(told["keywords"])
    if period.get("from") and period.get("to"):
        yield "temporalCoverage", f"{period['from']}/{period['to']}"
    if (region := described.region) is not None:
        yield "spatialCoverage", {"@type": "Place", "name": region.full_name, "identifier": region.code}


def _publisher(described: Description) -> dict[str, Any]:
    """Who publishes it: of a harvested dataset, those the other portal names."""
    if described.remote:
        return {"@type": "Organization", "name": described.remote["publisher"] or described.remote["portal"]}
    return _organisation(described, described.dataset.producer)


def _files(described: Description) -> dict[str, Any]:
    if described.remote:
        told = [
            {
                "@type": "DataDownload",
                "name": file["title"],
                "encodingFormat": file["format"],
                "contentUrl": file["url"],
            }
            for file in described.remote["files"]
        ]
        return {"distribution": told} if told else {}
    if not described.tables:
        return {}
    files = [
        {
            "@type": "DataDownload",
            "name": f"{table.title} ({file.kind.upper()})",
            "encodingFormat": MEDIA[file.kind],
            "contentUrl": addresses.of_file(described.dataset, described.number, table.slug, file.kind),
            "contentSize": f"{file.size} B",
            "sha256": file.sha256,
        }
        for table in described.tables
        for file in table.files
    ]
    return {"distribution": files, "variableMeasured": [each for table in described.tables for each in _columns(table)]}


def _columns(table: TableTold) -> Iterator[dict[str, Any]]:
    for field in table.schema.get("fields", []):
        variable = table.variables.get(field["name"], {})
        told = {
            "@type": "PropertyValue",
            "name": field["name"],
            "description": shape.words(variable.get("definition")) or shape.words(variable.get("label")),
            "unitText": variable.get("unit"),
        }
        yield {key: value for key, value in told.items() if value}


def _organisation(described: Description, organisation: Organisation) -> dict[str, Any]:
    return {
        "@type": "GovernmentOrganization",
        "name": organisation.name,
        "url": addresses.of_organisation(described.dataset.portal, organisation.code),
    }
