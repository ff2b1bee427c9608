"""Which draft and which version an address means."""

from django.http import Http404

from lumbung.modules.action_plan import names
from lumbung.modules.action_plan.models import Draft, DraftVersion, Freeze, Plan, PlanMember
from lumbung.modules.action_plan.pages.places import member_here
from lumbung.modules.action_plan.queries import draft_differences, drafts


def draft_here(plan: Plan, name: str) -> Draft:
    """The draft of that name, the plan's own text under its own name."""
    draft = drafts.draft_called(plan, name)
    if draft is None:
        raise Http404("draft")
    return draft


def commitment_here(plan: Plan, name: str) -> Draft:
    """The drafted commitment of that name; the plan's own text is none."""
    draft = draft_here(plan, name)
    if draft.member is None:
        raise Http404("commitment")
    return draft


def version_here(draft: Draft, number: int) -> DraftVersion:
    """A version of a draft by number."""
    version = draft.versions.filter(number=number).select_related("draft__member__organisation", "draft__plan").first()
    if version is None:
        raise Http404("version")
    return version


def newest_here(draft: Draft) -> DraftVersion:
    """What a draft says now; what it last said, once withdrawn."""
    version = drafts.last_version(draft)
    if version is None:
        raise Http404("version")
    return version


def one_member_here(plan: Plan, track: str) -> PlanMember:
    """A member by its code; the joint track has no drafts."""
    member = member_here(plan, track)
    if member is None:
        raise Http404("member")
    return member


def frozen_here(member: PlanMember, number: int) -> Freeze:
    """A member's frozen drafts by number."""
    freeze = draft_differences.frozen(member, number)
    if freeze is None:
        raise Http404("freeze")
    return freeze


def name_of(draft: Draft) -> str:
    """How addresses call a draft."""
    return draft.slug or names.NARRATIVE
