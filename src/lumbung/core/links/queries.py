"""Reading ties between things."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from lumbung.core.links.models import Link


def targets_of(source_type: str, source_ids: Iterable[str], kind: str, target_type: str) -> dict[str, list[str]]:
    """For each source the ids it is tied to, in their order; one query for all."""
    found: dict[str, list[str]] = {source_id: [] for source_id in source_ids}
    rows = Link.objects.filter(
        kind=kind, source_type=source_type, source_id__in=list(found), target_type=target_type
    ).values_list("source_id", "target_id")
    for source_id, target_id in rows:
        found[source_id].append(target_id)
    return found


@dataclass(frozen=True, slots=True)
class Ties:
    """What one thing is tied to, and what is tied to it."""

    targets: list[str]
    sources: list[str]


def both_ways(kind_of_thing: str, thing_id: str, kind: str) -> Ties:
    """The ties of one thing to others of its own type, in both directions; one query."""
    rows = list(
        Link.objects.filter(kind=kind, source_type=kind_of_thing, target_type=kind_of_thing)
        .filter(Q(source_id=thing_id) | Q(target_id=thing_id))
        .values_list("source_id", "target_id")
    )
    return Ties(
        targets=[target for source, target in rows if source == thing_id],
        sources=[source for source, target in rows if target == thing_id],
    )
