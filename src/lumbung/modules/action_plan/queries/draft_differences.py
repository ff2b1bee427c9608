"""What changed between two versions of a draft, or between two frozen sets, sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.kernels import sentences
from lumbung.kernels.sentences import Difference
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import Draft, DraftVersion, Freeze, PlanMember
from lumbung.modules.action_plan.queries import draft_texts
from lumbung.modules.action_plan.queries.draft_texts import Names
from lumbung.modules.action_plan.shape import Field


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that changed, with every sentence of both texts."""

    field: Field
    rows: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class DraftDifference:
    """One draft in both sets, or in one of them."""

    draft: Draft
    old: DraftVersion | None
    new: DraftVersion | None
    fields: Sequence[FieldDifference]

    @property
    def newest(self) -> DraftVersion:
        """The version that names it."""
        known = self.new or self.old
        if known is None:
            raise ValueError("a difference is between two versions, one of which exists")
        return known

    @property
    def changed(self) -> int:
        """How many sentences changed."""
        return sum(sentences.changed_count(each.rows) for each in self.fields)


def between(old: DraftVersion, new: DraftVersion, names: Names | None = None) -> DraftDifference:
    """What the newer version changed."""
    known = names or draft_texts.names_for([old.body, new.body])
    return DraftDifference(new.draft, old, new, _fields(new.draft.kind, old, new, known))


def _fields(kind: str, old: DraftVersion, new: DraftVersion, names: Names) -> list[FieldDifference]:
    found = []
    for field in shape.fields_of(kind):
        before, after = (draft_texts.text_of(field, each.body, names).text for each in (old, new))
        rows = sentences.differences(before, after) if before != after else ()
        if sentences.changed_count(rows):
            found.append(FieldDifference(field, rows))
    return found


def frozen(member: PlanMember, number: int) -> Freeze | None:
    """A member's frozen drafts of that number."""
    return Freeze.objects.filter(member=member, number=number).first()


def versions_in(freeze: Freeze) -> list[DraftVersion]:
    """What was frozen: the narrative first, then commitments by number."""
    known = freeze.versions.select_related("draft__member__organisation")
    return list(known.order_by("-draft__kind", "draft__number"))


def between_frozen(old: Freeze, new: Freeze) -> list[DraftDifference]:
    """What each draft of the newer set changed, and which drafts came or went."""
    before = {each.draft_id: each for each in versions_in(old)}
    after = {each.draft_id: each for each in versions_in(new)}
    names = draft_texts.names_for([each.body for each in (*before.values(), *after.values())])
    pairs = [(before.get(key), each) for key, each in after.items()]
    found = [between(was, now, names) if was else DraftDifference(now.draft, None, now, ()) for was, now in pairs]
    gone = [each for key, each in before.items() if key not in after]
    return [*found, *(DraftDifference(each.draft, each, None, ()) for each in gone)]
