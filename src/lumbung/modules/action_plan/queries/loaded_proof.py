"""What proves the files of a plan taken from public sources: fingerprint of its record, entry, checkpoint."""

from dataclasses import dataclass

from lumbung.core.events import queries as events
from lumbung.core.events.queries import HistoryEntry
from lumbung.core.log import queries as log
from lumbung.modules.action_plan.events.plans import PlanLoaded
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.queries import claims, drafted_record, enacted_record, printed


@dataclass(frozen=True, slots=True)
class LoadedProof:
    """`index` is the place of the entry that names the fingerprint; None while it waits for its place."""

    record: drafted_record.Record
    sha256: str
    event_id: str
    index: int | None
    checkpoint_size: int
    checkpoint_root: str
    address: str


def proof_of(plan: Plan) -> LoadedProof:
    """The record of the plan as it stands now, and where the log names it."""
    record, entry, checkpoint = enacted_record.enacted_record(plan), _entry_of(plan), log.newest_checkpoint()
    return LoadedProof(
        record=record,
        sha256=drafted_record.record_sha256(record),
        event_id=entry.uid if entry else "",
        index=entry.leaf_index if entry else None,
        checkpoint_size=checkpoint.size if checkpoint else 0,
        checkpoint_root=bytes(checkpoint.root).hex() if checkpoint else "",
        address=printed.address_of(plan),
    )


def _entry_of(plan: Plan) -> HistoryEntry | None:
    """The newest entry that names the record."""
    name = claims.name_of_record(plan.pk)
    told = [each for each in events.history_of("plan", plan.pk) if each.key == PlanLoaded.key]
    return next((each for each in reversed(told) if name in each.data.get("objects", ())), None)
