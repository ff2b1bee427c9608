"""Pages of `package_search`, as CKAN and whatever speaks its Action API answer them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from lumbung.modules.open_data.remote import records
from lumbung.modules.open_data.remote.records import Gathered, Page, Record, Unfit, Unreadable

PAGE = 100


def address_of(base: str, start: int) -> str:
    """The address of a page. By name, so that what is changed meanwhile does not move between pages."""
    return f"{base.rstrip('/')}/api/3/action/package_search?q=*:*&rows={PAGE}&start={start}&sort={quote('name asc')}"


def read(content: bytes, *, base: str, start: int) -> Page:
    """One page of it."""
    told = records.parsed(content)
    result = told.get("result") if isinstance(told, dict) and told.get("success") is True else None
    found = result.get("results") if isinstance(result, dict) else None
    if not isinstance(result, dict) or not isinstance(found, list) or not isinstance(result.get("count"), int):
        raise Unreadable("not-ckan")
    gathered = Gathered()
    for package in found:
        _add(gathered, package, base)
    reached = start + len(found)
    return gathered.page(address_of(base, reached) if found and reached < result["count"] else "", result["count"])


def _add(gathered: Gathered, package: Any, base: str) -> None:
    if not isinstance(package, dict):
        gathered.refuse("not-a-dataset")
        return
    try:
        gathered.add(_record(package, base))
    except Unfit as unfit:
        gathered.refuse(unfit.code, identity=package.get("id"), title=package.get("title"))
    except (AttributeError, KeyError, TypeError, ValueError):
        gathered.refuse("not-a-dataset", identity=package.get("id"), title=package.get("title"))


def _record(package: Mapping[str, Any], base: str) -> Record:
    if package.get("private") is True or package.get("state") not in {None, "active"}:
        raise Unfit("not-public")
    extras = {
        each["key"]: each.get("value") for each in _maps(package.get("extras")) if isinstance(each.get("key"), str)
    }
    organization = package.get("organization") if isinstance(package.get("organization"), dict) else {}
    assert isinstance(organization, dict)
    name = package.get("name")
    return records.record(
        identity=package.get("id") or name,
        name=name,
        title={"id": package.get("title") or name, "en": extras.get("title_en")},
        summary={"id": extras.get("summary") or package.get("notes"), "en": extras.get("summary_en")},
        publisher=organization.get("title"),
        page=_page_of(package, extras, base),
        licence=package.get("license_url") or package.get("license_id") or package.get("license_title"),
        access=extras.get("access"),
        frequency=extras.get("frequency"),
        topics=[group.get("name") for group in _maps(package.get("groups"))],
        place=extras.get("region_code"),
        period=(extras.get("period_from"), extras.get("period_to")),
        modified=package.get("metadata_modified"),
        keywords=[tag.get("display_name") or tag.get("name") for tag in _maps(package.get("tags"))],
        files=[_file(resource) for resource in _maps(package.get("resources"))],
        base=base,
    )


def _page_of(package: Mapping[str, Any], extras: Mapping[str, Any], base: str) -> Any:
    """Where people read it. CKAN's own `url` is often that of a source, so its own page comes first; ours says it."""
    if "metadata_sha256" in extras:
        return package.get("url")
    return f"{base.rstrip('/')}/dataset/{package.get('name')}"


def _file(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": resource.get("name"),
        "format": resource.get("format"),
        "url": resource.get("url"),
        "bytes": resource.get("size"),
        "sha256": resource.get("hash"),
    }


def _maps(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
