"""A draft as CKAN calls it: a package that is no package yet, for programs of its agency only.

`lumbung` of every such answer says what CKAN has no word for: which draft this is, in which state, and what is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Draft, DraftTable
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import gates, packages, releases, resource_ids
from lumbung.modules.open_data.queries.ckan_fields import DATASET_EXTRAS, activity_extras, said
from lumbung.modules.open_data.queries.packages import Made, Scope

MOST_GAPS = 50


def package(draft: Draft, scope: Scope, *, ignored: Sequence[str] = ()) -> Made:
    """The draft of a dataset, with its tables."""
    dataset, told = draft.dataset, draft.metadata.get("dataset", {})
    tables = known.tables_of(draft)
    ids = resource_ids.ids_of(dataset, [table.slug for table in tables])
    topic = shape.choice_of("topics", str(told.get("topic") or ""))
    tags = [packages.tag(word) for word in told.get("keywords") or []]
    return {
        "id": str(dataset.pk),
        "name": dataset.name,
        "title": said(told, "title__id"),
        "notes": said(told, "note__id") or said(told, "summary__id"),
        "url": desk_of(draft, scope),
        "version": "",
        "author": dataset.producer.name_id,
        "author_email": "",
        "maintainer": said(told, "contact"),
        "maintainer_email": said(told, "contact_email"),
        **packages.licence_of(said(told, "licence")),
        "type": "dataset",
        "state": "draft",
        "private": True,
        "owner_org": dataset.producer_id,
        "organization": packages.organization(dataset.producer),
        "creator_user_id": None,
        "metadata_created": packages.moment(dataset.begun_at),
        "metadata_modified": packages.moment(draft.begun_at),
        "num_resources": len(tables),
        "num_tags": len(tags),
        "resources": [_resource(draft, table, ids[table.slug], scope) for table in tables],
        "tags": tags,
        "groups": [packages.group(topic)] if topic else [],
        "extras": [{"key": key, "value": value} for key, value in _extras(draft) if value],
        "relationships_as_subject": [],
        "relationships_as_object": [],
        "lumbung": standing(draft, scope, ignored=ignored),
    }


def resource(draft: Draft, table: DraftTable, scope: Scope) -> Made:
    """One table of a draft."""
    found = resource_ids.ids_of(draft.dataset, [table.slug])[table.slug]
    return {**_resource(draft, table, found, scope), "lumbung": standing(draft, scope)}


def standing(draft: Draft, scope: Scope, *, ignored: Sequence[str] = ()) -> Made:
    """Where a draft stands on its way to the public, and what keeps it from the next step."""
    newest = releases.newest_of(draft.dataset)
    missing = list(_missing(draft))
    return {
        "is_public": False,
        "draft_id": str(draft.pk),
        "draft_state": draft.state,
        "draft_state_title": str(draft.get_state_display()),
        "draft_version": draft.version,
        "desk_url": desk_of(draft, scope),
        "published_release": newest.number if newest else None,
        "missing_count": len(missing),
        "missing": missing[:MOST_GAPS],
        "ignored": list(ignored),
    }


def desk_of(draft: Draft, scope: Scope) -> str:
    """The page on the desk where people go on."""
    place = {"portal_slug": draft.dataset.portal_id, "key": draft.dataset.key}
    return f"{scope.root}{reverse('open_data:draft', kwargs=place)}"


def _missing(draft: Draft) -> Iterable[Made]:
    for verdict in gates.verdicts(draft):
        for gap in verdict.gaps:
            yield {"gate": verdict.gate.key, "place": gap.place, "message": str(gap)}


def _extras(draft: Draft) -> Iterable[tuple[str, str]]:
    told: Mapping[str, Any] = draft.metadata
    yield "draft", str(draft.pk)
    yield "draft_state", draft.state
    yield from ((key, said(told.get("dataset", {}), name)) for key, name in DATASET_EXTRAS.items())
    yield from ((key, said(told.get("activity", {}), key)) for key in activity_extras())


def _resource(draft: Draft, table: DraftTable, resource_id: UUID, scope: Scope) -> Made:
    plain = (table.plain or {}).get("plain", {})
    version = table.kept_version
    return {
        "id": str(resource_id),
        "package_id": str(draft.dataset_id),
        "name": table.title,
        "description": "",
        "position": table.position - 1,
        "state": "draft",
        "format": "CSV",
        "mimetype": "text/csv",
        "mimetype_inner": None,
        "url": "",
        "url_type": None,
        "resource_type": None,
        "size": table.source_bytes or (version.csv_bytes if version else None),
        "hash": f"sha256:{table.source_sha256}" if table.source_sha256 else "",
        "created": packages.moment(draft.begun_at),
        "last_modified": packages.moment(draft.begun_at),
        "metadata_modified": packages.moment(draft.begun_at),
        "cache_url": None,
        "cache_last_updated": None,
        "datastore_active": False,
        "stage": table.stage,
        "stage_title": str(table.get_stage_display()),
        "row_count": version.row_count if version else plain.get("row_count"),
    }
