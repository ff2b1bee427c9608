"""A release as Croissant (MLCommons, 1.0): schema.org with its tables as record sets, for programs that learn.

Records are taken from the Parquet file: there a code is text and a decimal is exact, whatever a reader of CSV would
guess. Croissant's own numbers with a point are binary, and hold fifteen digits as written; so a decimal is declared as
such a number that means a decimal, and whoever needs more digits reads the Parquet itself.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from lumbung.modules.open_data import shape
from lumbung.modules.open_data.queries import addresses, schema_org
from lumbung.modules.open_data.queries.descriptions import Description, TableTold

NAME = "croissant.json"
MEDIA_TYPE = "application/ld+json"
VERSION = "http://mlcommons.org/croissant/1.0"
SOURCE = "parquet"
TYPES: dict[str, str | list[str]] = {
    "integer": "cr:Int64",
    "number": ["sc:Float", "xsd:decimal"],
    "year": "sc:Integer",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "boolean": "sc:Boolean",
}
CONTEXT: dict[str, Any] = {
    "@language": "id",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
} | {
    word: f"cr:{word}"
    for word in (
        *(
            "citeAs",
            "column",
            "equivalentProperty",
            "extract",
            "field",
            "fileObject",
            "fileProperty",
            "fileSet",
            "format",
        ),
        *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references"),
        *("regex", "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
    )
}


def document(described: Description) -> dict[str, Any]:
    """What `croissant.json` says, in Indonesian: what schema.org says of the release, and what its tables hold."""
    told = schema_org.document(described)
    number = described.number
    # Each release has a description of its own, which never changes.
    own = {
        "@context": CONTEXT,
        "@id": addresses.of_release(described.dataset, number),
        "conformsTo": VERSION,
        "name": described.dataset.name,
        "alternateName": shape.words(described.told.get("title")),
        "citeAs": _cited(described),
        "creator": _organisation(told["creator"]),
        "publisher": _organisation(told["publisher"]),
        "version": f"{number}.0.0",
        "datePublished": described.modified.date().isoformat(),
        "isLiveDataset": False,
        "distribution": [_file(described, table, kind) for table in described.tables for kind in ("csv", SOURCE)],
        "recordSet": [_records(table) for table in described.tables],
    }
    left = {key: value for key, value in told.items() if key not in {"includedInDataCatalog", "variableMeasured"}}
    return left | own


def written(described: Description) -> bytes:
    """The same as the bytes of its file."""
    return json.dumps(document(described), ensure_ascii=False, indent=1).encode() + b"\n"


def _organisation(told: dict[str, Any]) -> dict[str, Any]:
    """The kinds of publisher Croissant knows are persons and organisations."""
    return told | {"@type": "Organization"}


def _cited(described: Description) -> str:
    """As BibTeX, which Croissant asks for."""
    dataset, day = described.dataset, described.modified
    lines = {
        "author": f"{{{dataset.producer.name}}}",
        "title": shape.words(described.told.get("title")),
        "version": described.number,
        "year": day.year,
        "url": addresses.of_release(dataset, described.number),
    }
    return f"@misc{{{dataset.name}, {', '.join(f'{key} = {{{value}}}' for key, value in lines.items())}}}"


def _file(described: Description, table: TableTold, kind: str) -> dict[str, Any]:
    file = next(file for file in table.files if file.kind == kind)
    return {
        "@type": "cr:FileObject",
        "@id": f"{table.slug}.{kind}",
        "name": f"{table.slug}.{kind}",
        "description": table.title,
        "contentUrl": addresses.of_file(described.dataset, described.number, table.slug, kind),
        "contentSize": f"{file.size} B",
        "encodingFormat": "application/x-parquet" if kind == SOURCE else schema_org.MEDIA[kind],
        "sha256": file.sha256,
    }


def _records(table: TableTold) -> dict[str, Any]:
    keys = table.schema.get("primaryKey") or []
    found: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table.slug,
        "name": table.slug,
        "description": table.title,
        "field": [_field(table, field) for field in table.schema["fields"]],
    }
    if keys:
        found["key"] = [{"@id": _id(table, key)} for key in ([keys] if isinstance(keys, str) else keys)]
    return found


def _field(table: TableTold, field: Mapping[str, Any]) -> dict[str, Any]:
    variable = table.variables.get(field["name"], {})
    said = [shape.words(variable.get(part)) for part in ("label", "definition")]
    unit = variable.get("unit")
    return {
        "@type": "cr:Field",
        "@id": _id(table, field["name"]),
        "name": field["name"],
        "description": ". ".join(dict.fromkeys(text for text in (*said, f"[{unit}]" if unit else "") if text))
        or field["name"],
        "dataType": TYPES.get(str(field.get("type")), "sc:Text"),
        "source": {"fileObject": {"@id": f"{table.slug}.{SOURCE}"}, "extract": {"column": field["name"]}},
    }


def _id(table: TableTold, column: str) -> str:
    return f"{table.slug}/{quote(column, safe='')}"
