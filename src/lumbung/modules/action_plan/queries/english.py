"""What of a member's part has no English yet, in which OGP takes it."""

from collections.abc import Iterator

from django.utils.functional import Promise

from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import PlanMember
from lumbung.modules.action_plan.names import NARRATIVE
from lumbung.modules.action_plan.queries import amendments, drafted_record, drafts, enactment
from lumbung.modules.action_plan.queries.drafted_record import Record


def gaps_of(member: PlanMember) -> Iterator[tuple[str, tuple[Promise, ...]]]:
    """Each text that says something in Indonesian only, by its short name, with the labels of what."""
    told = _newest(member)
    if told["narrative"] is not None and (labels := tuple(shape.untranslated("plan", told["narrative"]))):
        yield NARRATIVE, labels
    for each in told["commitments"]:
        if labels := tuple(shape.untranslated("commitment", each["body"])):
            yield each["slug"], labels


def _newest(member: PlanMember) -> Record:
    """The text as it is enacted, else as it was frozen last, else as its drafts say it now."""
    if enactment.enactment_of(member) is not None:
        return amendments.current_record(member)
    if frozen := enactment.newest_freeze(member):
        return enactment.record_to_enact(frozen)
    return drafted_record.record_of(member, drafts.newest_versions(member))
