"""Datasets as CKAN calls them: packages with resources, an organization, groups (topics) and tags. Public ones only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet
from django.urls import reverse

from lumbung.core.base import clock
from lumbung.core.datasets.models import LastCheck
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Dataset, Listing, Release, ReleaseTable, RemoteFile
from lumbung.modules.open_data.queries import harvested, releases, remote_packages

MODULE = "open_data"
Made = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose catalogue is asked: one portal's, or everyone's. `root` stands before every address."""

    portal: Portal | None
    root: str
    today: date


def listings(scope: Scope) -> QuerySet[Listing]:
    """What is listed, in portals that show open data."""
    rows = Listing.objects.select_related("dataset", "producer", "release", "portal")
    if scope.portal is not None:
        return rows.filter(portal=scope.portal)
    return rows.filter(portal__in=[portal.pk for portal in Portal.objects.all() if MODULE in portal.modules])


def listing_of(scope: Scope, wanted: str) -> Listing | None:
    """The listing of a package by its name or id."""
    by_name = listings(scope).filter(dataset__name=wanted).first()
    pk = uuid_of(wanted)
    return by_name or (listings(scope).filter(pk=pk).first() if pk else None)


def withdrawal_of(scope: Scope, wanted: str) -> str:
    """Why a dataset that was public is there no more; empty where there is nothing to tell."""
    pk = uuid_of(wanted)
    known = Dataset.objects.filter(pk=pk) if pk else Dataset.objects.filter(name=wanted)
    if scope.portal is not None:
        known = known.filter(portal=scope.portal)
    dataset = known.filter(withdrawn_at__isnull=False, releases__isnull=False).first()
    return dataset.withdrawn_reason if dataset else ""


def table_of(scope: Scope, wanted: str) -> tuple[Listing, ReleaseTable] | None:
    """A resource by its id, in the newest release; None where its rows are not for everyone."""
    pk = uuid_of(wanted)
    if pk is None:
        return None
    rows = listings(scope).filter(dataset__resources=pk)
    for listing in rows:
        for table in tables_of([listing]).get(listing.release_id, []):
            if table.resource_id == pk:
                return listing, table
    return None


def tables_of(rows: Sequence[Listing]) -> dict[UUID, list[ReleaseTable]]:
    """The tables of open releases whose bytes are there, by release."""
    opened = [row.release_id for row in rows if is_open(row)]
    tables = ReleaseTable.objects.filter(
        release__in=opened, release__withdrawn_at__isnull=True, version__withdrawn_at__isnull=True
    )
    found: dict[UUID, list[ReleaseTable]] = {}
    for table in tables.select_related("resource", "version").order_by("resource__position"):
        found.setdefault(table.release_id, []).append(table)
    return found


def is_open(row: Listing) -> bool:
    """Whether rows may leave: the dataset is open now, and its release was when it was made."""
    return row.release.access == Dataset.Access.OPEN and row.dataset.access == Dataset.Access.OPEN


def uuid_of(wanted: str) -> UUID | None:
    """An id, or None where the text is none."""
    try:
        return UUID(wanted)
    except ValueError:
        return None


def packages(rows: Sequence[Listing], scope: Scope) -> list[Made]:
    """Packages with everything CKAN says about one, in the order of the rows."""
    tables, checks, files = tables_of(rows), _checks(rows), remote_packages.files_of(rows)
    begun = dict(
        Release.objects.filter(dataset__in=[row.pk for row in rows])
        .values_list("dataset")
        .annotate(first=Min("published_at"))
        .order_by()
    )
    return [_package(row, tables.get(row.release_id, []), files.get(row.pk, []), checks, begun, scope) for row in rows]


def _package(
    row: Listing,
    tables: Sequence[ReleaseTable],
    files: Sequence[RemoteFile],
    checks: Mapping[tuple[str, str], date],
    begun: Mapping[UUID, datetime],
    scope: Scope,
) -> Made:
    metadata = releases.metadata_of(row.release)
    told, remote = metadata["dataset"], harvested.remote_of(metadata)
    resources = [resource(row, table, scope) for table in tables]
    resources += remote_packages.resources(row, files, moment(row.published_at))
    tags, topic = [tag(word) for word in row.keywords], shape.choice_of("topics", row.topic)
    page = reverse("open_data:dataset", kwargs={"portal_slug": row.portal_id, "key": row.dataset.key})
    return {
        "id": str(row.pk),
        "name": row.dataset.name,
        "title": row.title_id,
        "notes": (told.get("note") or {}).get("id") or row.summary_id,
        "url": f"{scope.root}{page}",
        "version": str(row.release.number),
        "author": row.producer.name_id,
        "author_email": "",
        "maintainer": str(told.get("contact", "")),
        "maintainer_email": str(told.get("contact_email", "")),
        **licence_of(row.licence),
        **remote_packages.said(row, remote),
        "type": "dataset",
        "state": "active",
        "private": False,
        "owner_org": row.producer_id,
        "organization": organization(row.producer),
        "creator_user_id": None,
        "metadata_created": moment(begun[row.pk]),
        "metadata_modified": moment(row.published_at),
        "num_resources": len(resources),
        "num_tags": len(tags),
        "resources": resources,
        "tags": tags,
        "groups": [group(topic)] if topic else [],
        "extras": [{"key": key, "value": value} for key, value in _extras(row, remote, tables, checks, scope) if value],
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def licence_of(key: str) -> Made:
    """A licence, as packages tell it."""
    choice = shape.choice_of("licences", key)
    return {
        "license_id": key,
        "license_title": choice.words.id if choice else key,
        "license_url": choice.iri if choice else "",
        "isopen": choice is not None,
    }


def _extras(
    row: Listing,
    remote: Mapping[str, Any],
    tables: Sequence[ReleaseTable],
    checks: Mapping[tuple[str, str], date],
    scope: Scope,
) -> Iterable[tuple[str, str]]:
    """What CKAN has no field for. Keys stay; values are texts."""
    due, freshness = _freshness(row, tables, checks, scope.today)
    yield "release", str(row.release.number)
    yield "metadata_sha256", row.release.metadata_sha256
    yield "access", row.dataset.access if row.release.access == Dataset.Access.OPEN else row.release.access
    yield "freshness", freshness if row.frequency else ""
    yield "due_on", due.isoformat() if due else ""
    yield "as_of", row.release.as_of.isoformat()
    yield "summary", row.summary_id
    yield "title_en", row.title_en
    yield "summary_en", row.summary_en
    yield "region_code", row.place
    yield "period_from", row.period_from
    yield "period_to", row.period_to
    yield "frequency", row.frequency
    yield "portal", row.portal_id
    yield from remote_packages.extras(remote)


def _freshness(
    row: Listing, tables: Sequence[ReleaseTable], checks: Mapping[tuple[str, str], date], today: date
) -> tuple[date | None, str]:
    frequency = shape.choice_of("frequencies", row.frequency)
    if frequency is None or frequency.days is None:
        return None, "not-updated"
    places = [(table.version.dataset_key, table.version.place) for table in tables]
    days = [checks[place] for place in places if place in checks]
    due = max(days, default=clock.local_day(row.published_at)) + timedelta(days=frequency.days)
    return due, "late" if due < today else "up-to-date"


def _checks(rows: Sequence[Listing]) -> dict[tuple[str, str], date]:
    """When declared tables were last compared with the records behind them."""
    held = LastCheck.objects.filter(dataset_key__in={row.dataset.key for row in rows})
    return {(check.dataset_key, check.place): clock.local_day(check.checked_at) for check in held}


def resource(row: Listing, table: ReleaseTable, scope: Scope) -> Made:
    """One table of the newest release: its CSV at a lasting address, its rows in the datastore."""
    version, held = table.version, table.resource
    place = {"portal_slug": row.portal_id, "key": row.dataset.key, "number": row.release.number, "resource": held.slug}
    csv, parquet = (reverse("open_data:table", kwargs={**place, "kind": kind}) for kind in ("csv", "parquet"))
    return {
        "id": str(held.pk),
        "package_id": str(row.pk),
        "name": table.title,
        "description": row.summary_id,
        "position": held.position - 1,
        "state": "active",
        "format": "CSV",
        "mimetype": "text/csv",
        "mimetype_inner": None,
        "url": f"{scope.root}{csv}",
        "url_type": None,
        "resource_type": None,
        "size": version.csv_bytes,
        "hash": f"sha256:{version.csv_sha256}",
        "created": moment(version.published_at),
        "last_modified": moment(version.published_at),
        "metadata_modified": moment(row.published_at),
        "cache_url": None,
        "cache_last_updated": None,
        "datastore_active": True,
        "parquet_url": f"{scope.root}{parquet}",
        "parquet_hash": f"sha256:{version.parquet_sha256}",
        "row_count": version.row_count,
    }


def organization(producer: Organisation) -> Made:
    """A producer, as packages hold it; its code is its id and its name."""
    return {
        "id": producer.pk,
        "name": producer.pk,
        "title": producer.name_id,
        "description": "",
        "type": "organization",
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
        "image_url": "",
        "created": moment(datetime.combine(producer.valid_from, datetime.min.time(), UTC)),
    }


def group(topic: shape.Choice) -> Made:
    """A topic, as packages hold it."""
    title = topic.words.id
    return {
        "id": topic.key,
        "name": topic.key,
        "title": title,
        "display_name": title,
        "description": "",
        "image_display_url": "",
    }


def tag(word: str) -> Made:
    """A keyword; it is its own id."""
    return {"id": word, "name": word, "display_name": word, "state": "active", "vocabulary_id": None}


def moment(when: datetime) -> str:
    """A moment as CKAN writes it: UTC without saying so."""
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
