"""What of a member's part has no English yet, in which OGP takes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from lumbung.core.web import formatting
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import PlanMember
from lumbung.modules.action_plan.names import NARRATIVE
from lumbung.modules.action_plan.queries import amendments, drafted_record, drafts, enactment
from lumbung.modules.action_plan.queries.drafted_record import Record


@dataclass(frozen=True, slots=True)
class Titled:
    """What a text is called, in the language in which the sentence is read."""

    body: Mapping[str, Any]

    def __str__(self) -> str:
        language = formatting.language_now()
        return shape.words(self.body, "short", language) or shape.words(self.body, "title", language)


def gaps_of(member: PlanMember) -> Iterator[tuple[str, Titled, tuple[Promise, ...]]]:
    """Each text that says something in Indonesian only: its short name, its title, the labels of what."""
    told = _newest(member)
    if told["narrative"] is not None and (labels := tuple(shape.untranslated("plan", told["narrative"]))):
        yield NARRATIVE, Titled(told["narrative"]), labels
    for each in told["commitments"]:
        if labels := tuple(shape.untranslated("commitment", each["body"])):
            yield each["slug"], Titled(each["body"]), labels


def _newest(member: PlanMember) -> Record:
    """The text as it is enacted, else as it was frozen last, else as its drafts say it now."""
    if enactment.enactment_of(member) is not None:
        return amendments.current_record(member)
    if frozen := enactment.newest_freeze(member):
        return enactment.record_to_enact(frozen)
    return drafted_record.record_of(member, drafts.newest_versions(member))
