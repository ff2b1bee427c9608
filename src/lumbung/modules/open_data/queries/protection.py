"""What a reader is told of how small numbers of a table of counts were hidden."""

from dataclasses import dataclass

from lumbung.core.base.protections import Protection
from lumbung.core.datasets import protecting, registry
from lumbung.core.datasets import queries as versions
from lumbung.core.datasets.models import PeriodCorrection, ProtectedVersion
from lumbung.modules.open_data.models import Dataset, Release


@dataclass(frozen=True, slots=True)
class Protected:
    """The rule of a table, what came of it in one release, and the periods somebody corrected.

    periods  those of the release, newest first, for whoever corrects one; none for a growing table
    """

    rule: Protection
    sensitive_threshold: int
    version: ProtectedVersion
    corrections: tuple[PeriodCorrection, ...]
    periods: tuple[str, ...]


def of_release(release: Release) -> Protected | None:
    """None for tables that count no persons, and where the bytes are gone."""
    dataset = release.dataset
    if dataset.origin != Dataset.Origin.DECLARED or not registry.is_registered(dataset.key):
        return None
    declaration = registry.get(dataset.key)
    rule = declaration.protection
    table = release.tables.select_related("version").first() if rule else None
    if rule is None or table is None or table.version.is_withdrawn:
        return None
    found = versions.protection_of(table.version)
    if found is None:
        return None
    return Protected(
        rule=rule,
        sensitive_threshold=protecting.SENSITIVE_THRESHOLD if rule.sensitive else 0,
        version=found,
        corrections=tuple(versions.corrections_of(table.version)),
        periods=() if rule.is_growing else tuple(protecting.periods_of(declaration, table.version)),
    )
