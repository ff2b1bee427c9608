"""A Data Package descriptor, or a list of them in one file."""

from collections.abc import Mapping
from typing import Any

from lumbung.modules.open_data.remote import records
from lumbung.modules.open_data.remote.records import Gathered, Page, Record, Unfit, Unreadable


def read(content: bytes, *, base: str) -> Page:
    """Every package the file describes."""
    told = records.parsed(content)
    packages = told if isinstance(told, list) else [told]
    if not packages or not all(isinstance(each, dict) and isinstance(each.get("resources"), list) for each in packages):
        raise Unreadable("not-data-package")
    gathered = Gathered()
    for package in packages:
        try:
            gathered.add(_record(package, base))
        except Unfit as unfit:
            gathered.refuse(unfit.code, identity=package.get("id") or package.get("name"), title=package.get("title"))
        except (AttributeError, KeyError, TypeError, ValueError):
            gathered.refuse("not-a-dataset", identity=package.get("name"), title=package.get("title"))
    return gathered.page()


def _record(package: Mapping[str, Any], base: str) -> Record:
    name = package.get("name")
    licences = _maps(package.get("licenses"))
    return records.record(
        # A descriptor of one package with neither id nor name is known by where it stands.
        identity=package.get("id") if isinstance(package.get("id"), str) and not _is_release(package) else name or base,
        name=name,
        title={"id": package.get("title") or name},
        summary={"id": package.get("description")},
        publisher=_publisher(package),
        page=package.get("homepage"),
        licence=next((each.get("path") or each.get("name") or each.get("title") for each in licences), ""),
        modified=package.get("created"),
        keywords=package["keywords"] if isinstance(package.get("keywords"), list) else (),
        files=[_file(each) for each in _maps(package["resources"])],
        base=base,
    )


def _is_release(package: Mapping[str, Any]) -> bool:
    """Whether the id names one version, as ours does: the name stays, the id changes with every release."""
    return "version" in package and bool(package.get("name"))


def _publisher(package: Mapping[str, Any]) -> Any:
    """An organization, never a person: others who contributed may be people."""
    people = _maps(package.get("contributors"))
    chosen = next((each for each in people if each.get("role") == "publisher"), {})
    return chosen.get("organization") or chosen.get("title") or ""


def _file(resource: Mapping[str, Any]) -> dict[str, Any]:
    path = resource.get("path") or resource.get("url")
    return {
        "title": resource.get("title") or resource.get("name"),
        "format": resource.get("format") or resource.get("mediatype"),
        "url": path[0] if isinstance(path, list) and path else path,
        "bytes": resource.get("bytes"),
        "sha256": resource.get("hash") if str(resource.get("hash", "")).startswith("sha256:") else "",
    }


def _maps(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
