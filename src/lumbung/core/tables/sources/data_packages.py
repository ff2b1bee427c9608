"""Data Packages: a descriptor with its rows inside, or a ZIP with the descriptor and the files it names."""

import codecs
import json
import posixpath
from pathlib import Path
from typing import Any

from lumbung.core.tables.shapes import Note, Sheet
from lumbung.core.tables.sources import delimited, dialects, packed
from lumbung.core.tables.sources.base import Caps, Source, Unreadable, Wanted
from lumbung.core.tables.sources.json_tables import Inline, walker_over

DESCRIPTOR = "datapackage.json"
MOST_DESCRIPTOR = 16 << 20
MOST_SCHEMA = 4 << 20
Resource = dict[str, Any]


def choose(data: bytes, wanted: Wanted) -> tuple[Resource, tuple[Sheet, ...], list[Note]]:
    """The resource wanted, else the first; the names of all."""
    resources = _resources_of(data)
    sheets = tuple(Sheet(str(resource.get("name") or number)) for number, resource in enumerate(resources, start=1))
    names = [sheet.name for sheet in sheets]
    if wanted.sheet and wanted.sheet not in names:
        raise Unreadable("unknown-sheet", sheet=wanted.sheet)
    name = wanted.sheet or names[0]
    told = [Note("first-sheet", {"sheet": name, "count": len(names)})] if len(names) > 1 and not wanted.sheet else []
    return {**resources[names.index(name)], "name": name}, sheets, told


def _resources_of(data: bytes) -> list[Resource]:
    try:
        found = walker_over(data.decode("utf-8-sig")).value()
    except UnicodeDecodeError as error:
        raise Unreadable("json-not-utf8") from error
    resources = found.get("resources") if isinstance(found, dict) else None
    if not isinstance(resources, list) or not resources or not all(isinstance(one, dict) for one in resources):
        raise Unreadable("package-without-resource")
    return resources


def written_as(resource: Resource, wanted: Wanted) -> Wanted:
    """Encoding, separator and the rest as the descriptor says, unless a person chose otherwise; else found as ever."""
    dialect = dialects.dialect_of(resource, separators=delimited.SEPARATORS, chosen=wanted.separator)
    encoding = wanted.encoding or _encoding_named(str(resource.get("encoding") or ""))
    return Wanted(encoding=encoding, separator=dialect.separator, dialect=dialect)


def _encoding_named(name: str) -> str:
    """One of the encodings read here by any of its names: iso-8859-1 is latin-1. Empty where it is none of them."""
    try:
        wanted = codecs.lookup(name).name
    except LookupError:
        return ""
    return next((each for each in delimited.ENCODINGS if codecs.lookup(each).name == wanted), "")


def schema_of(resource: Resource) -> dict[str, Any]:
    """The Table Schema of a resource as it stands; empty where there is none, or one no table of ours could have."""
    schema = resource.get("schema")
    is_small = isinstance(schema, dict) and len(json.dumps(schema)) <= MOST_SCHEMA
    return schema if isinstance(schema, dict) and is_small else {}


def open_inline(path: Path, resource: Resource, *, caps: Caps) -> Source:
    """The rows a descriptor holds itself."""
    rows = resource.get("data")
    if not isinstance(rows, list):
        raise Unreadable("package-file-missing", file=str(resource.get("path") or "")[:120])
    if not rows:
        raise Unreadable("empty")
    return Inline(path, caps, kind="datapackage").take(rows)


def unpack(path: Path, resource: Resource, *, caps: Caps, scratch: Path) -> Path:
    """The one file a resource names, unpacked under a name of ours."""
    told = resource.get("path")
    names = told if isinstance(told, list) else [told]
    if len(names) != 1 or not isinstance(names[0], str):
        raise Unreadable("package-many-files")
    with packed.opened(path, caps) as package:
        name = posixpath.normpath(names[0])
        if name not in package.namelist():
            raise Unreadable("package-file-missing", file=names[0][:120])
        target = scratch / "resource"
        with target.open("wb") as file:
            for block in packed.blocks(package, name, caps):
                file.write(block)
    return target


def descriptor_in(path: Path, caps: Caps) -> bytes:
    """The descriptor of a zipped package."""
    with packed.opened(path, caps) as package:
        return packed.text_of(package, DESCRIPTOR, most=MOST_DESCRIPTOR)
