"""What became of an idea: through merges and splits to the drafts, and from a draft back to its ideas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lumbung.modules.action_plan.models import Commitment, Draft, DraftVersion, Idea, IdeaTie, Plan
from lumbung.modules.action_plan.queries import drafts


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of a trail: an idea or a draft, how one came there, and where it goes on.

    is_seen  it was drawn before in the same trail (two ways lead to it), so what follows is not drawn again
    """

    idea: Idea | None = None
    draft: Draft | None = None
    title: str = ""
    tie: IdeaTie | None = None
    commitment: Commitment | None = None
    is_seen: bool = False
    following: tuple["Step", ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Trails:
    """Every tie of a plan's ideas, read once."""

    onward: Mapping[str, list[IdeaTie]]
    backward: Mapping[str, list[IdeaTie]]
    into_draft: Mapping[str, list[IdeaTie]]
    titles: Mapping[str, str]
    enacted: Mapping[str, Commitment]


def trails_of(plan: Plan) -> Trails:
    """The ties of a plan with what they lead to."""
    ties = list(
        IdeaTie.objects.filter(idea__plan=plan)
        .select_related("idea__member__organisation", "into_idea__member__organisation", "into_draft")
        .order_by("made_at", "pk")
    )
    adopted = [tie.into_draft_id for tie in ties if tie.into_draft_id]
    versions = DraftVersion.objects.filter(draft__in=adopted).order_by("number").select_related("draft")
    enacted = Commitment.objects.filter(plan=plan, slug__in=[version.draft.slug for version in versions])
    return Trails(
        onward=_grouped((str(tie.idea_id), tie) for tie in ties),
        backward=_grouped((str(tie.into_idea_id), tie) for tie in ties if tie.into_idea_id),
        into_draft=_grouped((str(tie.into_draft_id), tie) for tie in ties if tie.into_draft_id),
        titles={str(version.draft_id): drafts.shown_title(version) for version in versions},
        enacted={commitment.slug: commitment for commitment in enacted},
    )


def _grouped(pairs: Iterable[tuple[str, IdeaTie]]) -> dict[str, list[IdeaTie]]:
    found: dict[str, list[IdeaTie]] = {}
    for key, tie in pairs:
        found.setdefault(key, []).append(tie)
    return found


def onward_from(idea: Idea, trails: Trails) -> tuple[Step, ...]:
    """Where an idea went, to the last draft."""
    return _onward(idea, trails, {str(idea.pk)})


def _onward(idea: Idea, trails: Trails, seen: set[str]) -> tuple[Step, ...]:
    return tuple(_next(tie, trails, seen) for tie in trails.onward.get(str(idea.pk), []))


def _next(tie: IdeaTie, trails: Trails, seen: set[str]) -> Step:
    if tie.into_draft is not None:
        draft = tie.into_draft
        title = trails.titles.get(str(draft.pk), str(draft))
        return Step(draft=draft, title=title, tie=tie, commitment=trails.enacted.get(draft.slug))
    idea = tie.into_idea
    if idea is None:
        raise LookupError(f"tie {tie.pk} leads nowhere (action_plan_ideatie)")
    is_seen = str(idea.pk) in seen
    seen.add(str(idea.pk))
    return Step(idea=idea, tie=tie, is_seen=is_seen, following=() if is_seen else _onward(idea, trails, seen))


def back_from(idea: Idea, trails: Trails) -> tuple[Step, ...]:
    """The ideas an idea was made of, to the first ones."""
    return _back(trails.backward.get(str(idea.pk), []), trails, {str(idea.pk)})


def _back(ties: list[IdeaTie], trails: Trails, seen: set[str]) -> tuple[Step, ...]:
    steps = []
    for tie in ties:
        is_seen = str(tie.idea_id) in seen
        seen.add(str(tie.idea_id))
        earlier = () if is_seen else _back(trails.backward.get(str(tie.idea_id), []), trails, seen)
        steps.append(Step(idea=tie.idea, tie=tie, is_seen=is_seen, following=earlier))
    return tuple(steps)


def title_of_draft(draft: Draft, trails: Trails) -> str:
    """How a draft is called, whether ideas flowed into it or not."""
    known = trails.titles.get(str(draft.pk))
    version = None if known else drafts.last_version(draft)
    return known or (drafts.shown_title(version) if version else str(draft))


def behind_draft(draft: Draft, trails: Trails) -> tuple[Step, ...]:
    """Every idea that flowed into a draft, each with those it was made of."""
    return _back(trails.into_draft.get(str(draft.pk), []), trails, set())


def ends_of(idea: Idea, trails: Trails) -> list[Step]:
    """The drafts an idea reached, each once."""
    found: dict[str, Step] = {}
    waiting = list(onward_from(idea, trails))
    while waiting:
        step = waiting.pop(0)
        if step.draft is not None:
            found.setdefault(str(step.draft.pk), step)
        waiting += step.following
    return list(found.values())
