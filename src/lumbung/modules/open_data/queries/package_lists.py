"""The short lists of a catalogue as CKAN gives them: organizations, groups, tags, licences."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Count

from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.queries import packages
from lumbung.modules.open_data.queries.packages import Made, Scope

MOST_SHOWN = 1000
GROUP = {"type": "group", "state": "active", "approval_status": "approved", "is_organization": False, "image_url": ""}


def names(scope: Scope) -> Sequence[str]:
    """The names of all packages, by name."""
    rows = packages.listings(scope).order_by("dataset__name")
    return list(rows.values_list("dataset__name", flat=True))


def newest_first(scope: Scope, *, offset: int, limit: int) -> list[Made]:
    """Packages with their resources, those changed last first."""
    rows = packages.listings(scope).order_by("-published_at", "pk")[offset : offset + limit]
    return packages.packages(list(rows), scope)


def organizations(scope: Scope) -> list[Made]:
    """Those who produced what is listed, with how many packages each has."""
    counts = _counts(scope, "producer_id")
    producers = Organisation.objects.filter(pk__in=counts).order_by("pk")
    return [_counted({**packages.organization(each), "image_display_url": ""}, counts[each.pk]) for each in producers]


def groups(scope: Scope) -> list[Made]:
    """Every topic, with how many packages it has."""
    counts = _counts(scope, "topic")
    return [
        _counted({**packages.group(topic), **GROUP}, counts.get(topic.key, 0))
        for topic in sorted(shape.choices("topics"), key=lambda topic: topic.key)
    ]


def _counted(made: Made, count: int) -> Made:
    return {**made, "display_name": made["title"], "package_count": count, "num_followers": 0}


def _counts(scope: Scope, column: str) -> dict[str, int]:
    rows = packages.listings(scope).order_by()
    return {key: count for key, count in rows.values_list(column).annotate(count=Count("pk")) if key}


def packages_with(scope: Scope, **wanted: str) -> list[Made]:
    """The packages of one organization or group."""
    rows: list[Listing] = list(packages.listings(scope).filter(**wanted).order_by("dataset__name")[:MOST_SHOWN])
    return packages.packages(rows, scope)


def tags(scope: Scope) -> list[str]:
    """Every keyword in use, in order."""
    held = packages.listings(scope).order_by().values_list("keywords", flat=True)
    return sorted(Counter(word for words in held for word in words))


def licences() -> list[Made]:
    """The licences a dataset may have; all of them are open."""
    return [
        {
            "id": choice.key,
            "title": choice.words.id,
            "title_en": choice.words.en,
            "url": choice.iri,
            "status": "active",
            "family": "",
            "maintainer": "",
            "is_generic": False,
            "domain_content": True,
            "domain_data": True,
            "domain_software": False,
            "od_conformance": "approved",
            "osd_conformance": "not reviewed",
        }
        for choice in shape.choices("licences")
    ]
