"""Reading ties between things."""

from collections.abc import Iterable

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


def sources_of(target_type: str, target_id: str, kind: str, source_type: str) -> list[str]:
    """The ids tied to one target."""
    return list(
        Link.objects.filter(
            kind=kind, target_type=target_type, target_id=target_id, source_type=source_type
        ).values_list("source_id", flat=True)
    )
