"""The reading actions about the catalogue. The text of each is what help_show answers."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lumbung.modules.open_data.ckan import invalid, not_found
from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.queries import package_lists, package_search, packages, remote_packages
from lumbung.modules.open_data.queries.package_search import Search
from lumbung.modules.open_data.queries.packages import Scope
from lumbung.modules.open_data.schemas import ckan as read
from lumbung.modules.open_data.schemas.ckan import Params

MOST = 1000
# The version of CKAN whose Action API is answered; clients choose their ways by it.
CKAN_VERSION = "2.12.0"
PRODUCER, TOPIC = "producer_id", "topic"


def package_list(params: Params, scope: Scope) -> Any:
    """Names of all datasets, in order. Parameters: limit, offset."""
    return _page(params, list(package_lists.names(scope)))


def current_package_list_with_resources(params: Params, scope: Scope) -> Any:
    """Datasets with their resources, those changed last first. Parameters: limit (at most 1000), offset, page."""
    limit = read.whole(params, "limit", default=MOST, most=MOST)
    page = read.whole(params, "page", default=1)
    offset = read.whole(params, "offset", default=max(page - 1, 0) * limit)
    return package_lists.newest_first(scope, offset=offset, limit=limit)


def package_show(params: Params, scope: Scope) -> Any:
    """One dataset with its resources. Parameters: id (its id or name); name_or_id says the same."""
    return packages.packages([_listing(params, scope)], scope)[0]


def _listing(params: Params, scope: Scope) -> Listing:
    wanted = read.name_or_id(params)
    found = packages.listing_of(scope, wanted)
    if found is None:
        raise not_found(packages.withdrawal_of(scope, wanted))
    return found


def resource_show(params: Params, scope: Scope) -> Any:
    """One table of a dataset, as its newest release holds it. Parameters: id."""
    wanted = read.needed(params, "id")
    found = packages.table_of(scope, wanted)
    if found is not None:
        return packages.resource(*found, scope)
    pk = packages.uuid_of(wanted)
    remote = remote_packages.file_of(packages.listings(scope), pk) if pk else None
    if remote is None:
        raise not_found()
    return remote_packages.resource(*remote, packages.moment(remote[0].published_at))


def package_search_(params: Params, scope: Scope) -> Any:
    """Datasets found by words and filters.

    Parameters: q, fq, fq_list, facet, facet.field, facet.limit, facet.mincount, rows (at most 1000), start, sort.
    """
    filters = [read.text(params, "fq")] if not isinstance(params.get("fq"), list) else read.names(params, "fq")
    facets = read.names(params, "facet.field") if read.flag(params, "facet", default=True) else []
    asked = Search(
        words=read.text(params, "q"),
        filters=[*filters, *_filter_list(params)],
        facets=facets,
        facet_most=read.whole(params, "facet.limit", default=50) if str(params.get("facet.limit")) != "-1" else 0,
        facet_least=read.whole(params, "facet.mincount", default=1),
        order=read.text(params, "sort") or package_search.USUAL_ORDER,
        start=read.whole(params, "start", default=0),
        rows=read.whole(params, "rows", default=10, most=MOST),
    )
    return package_search.search(asked, scope)


def _filter_list(params: Params) -> list[str]:
    value = read.structured(params, "fq_list")
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []


def organization_list(params: Params, scope: Scope) -> Any:
    """Producers of what is listed. Parameters: all_fields, organizations, sort, limit, offset."""
    return _listed(params, package_lists.organizations(scope), "organizations")


def group_list(params: Params, scope: Scope) -> Any:
    """Topics. Parameters: all_fields, groups, sort, limit, offset."""
    return _listed(params, package_lists.groups(scope), "groups")


def organization_show(params: Params, scope: Scope) -> Any:
    """One producer. Parameters: id, include_datasets."""
    return _one(params, scope, package_lists.organizations(scope), PRODUCER)


def group_show(params: Params, scope: Scope) -> Any:
    """One topic. Parameters: id, include_datasets."""
    return _one(params, scope, package_lists.groups(scope), TOPIC)


def _one(params: Params, scope: Scope, known: list[dict[str, Any]], column: str) -> Any:
    wanted = read.needed(params, "id")
    found = next((each for each in known if each["name"] == wanted), None)
    if found is None:
        raise not_found()
    more: dict[str, Any] = {"extras": [], "groups": [], "users": []}
    if read.flag(params, "include_datasets", default=False):
        more["packages"] = package_lists.packages_with(scope, **{column: wanted})
    return {**found, **more}


def _listed(params: Params, known: list[dict[str, Any]], chosen: str) -> Any:
    wanted = read.names(params, chosen)
    kept = [each for each in known if not wanted or each["name"] in wanted]
    field, _space, way = (read.text(params, "sort") or "title asc").partition(" ")
    way = way.strip().lower()
    if field not in {"name", "title", "package_count", "packages"} or way not in {"", "asc", "desc"}:
        raise invalid("sort", _("Sort by name, title or package_count, with asc or desc."))
    kept.sort(key=lambda each: each["package_count" if field == "packages" else field], reverse=way == "desc")
    page = _page(params, kept)
    return page if read.flag(params, "all_fields", default=False) else [each["name"] for each in page]


def _page(params: Params, found: list[Any]) -> list[Any]:
    start = read.whole(params, "offset", default=0)
    return found[start : start + read.whole(params, "limit", default=len(found))]


def tag_list(params: Params, scope: Scope) -> Any:
    """Keywords in use. Parameters: query, all_fields."""
    if read.text(params, "vocabulary_id"):
        raise not_found(_("there are no vocabularies here"))
    wanted = read.text(params, "query").lower()
    found = [word for word in package_lists.tags(scope) if wanted in word.lower()]
    return (
        [_without_state(packages.tag(word)) for word in found]
        if read.flag(params, "all_fields", default=False)
        else found
    )


def _without_state(tag: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in tag.items() if key != "state"}


def license_list(params: Params, scope: Scope) -> Any:
    """Licences a dataset may have."""
    return package_lists.licences()


def status_show(params: Params, scope: Scope) -> Any:
    """What answers here."""
    return {
        "ckan_version": CKAN_VERSION,
        "site_url": scope.root,
        "site_title": scope.portal.name if scope.portal else "Lumbung",
        "site_description": "",
        "error_emails_to": None,
        "locale_default": settings.LANGUAGE_CODE,
        "extensions": ["datastore"],
        "software": "Lumbung",
    }
