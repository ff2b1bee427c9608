"""Making ideas, comments and commitments findable: by their number at once, by their words once these are public."""

from collections.abc import Iterable, Sequence

from lumbung.core.portals import queries as portals
from lumbung.core.portals.models import Portal
from lumbung.core.search import actions as search
from lumbung.core.search.actions import Findable
from lumbung.modules.action_plan.models import Clearing, Comment, Commitment, Idea, Plan, PlanMember, Remark
from lumbung.modules.action_plan.queries import intake
from lumbung.modules.action_plan.queries.intake import Item

COMMITMENT = "commitment"
TITLE = 100


def index_item(item: Item) -> None:
    """Bring the index in line with an idea or comment; call it in the transaction that changed it."""
    if isinstance(item, Comment) and item.consultation_id is None:
        return  # said in the forum on a draft: it stands beside the draft, without a page of its own
    whose = _members(item)
    portal, place = _portal(whose), _place(whose)
    if portal is None:
        return
    is_public = item.clearing == Clearing.PUBLIC
    search.index_public(
        Findable(
            kind=intake.kind_of(item),
            object_id=str(item.pk),
            title=f"{item.number} {_title(item)}".strip() if is_public else item.number,
            text=item.public_text if is_public else "",
            place_code=place,
            on=item.received_on,
            address=_address(item, portal),
            also=(item.number, item.institution) if is_public else (item.number,),
        )
    )


def _title(item: Item) -> str:
    title = item.public_title if isinstance(item, Idea) else ""
    return title or item.public_text[:TITLE]


def _address(item: Item, portal: Portal) -> dict[str, str]:
    here = {"portal_slug": portal.slug, "plan_key": item.plan_id}
    return here | {f"{intake.kind_of(item)}_number": item.number}


def _members(item: Item) -> list[PlanMember]:
    """The member it speaks to; all of them, the lead first, where it speaks to all."""
    member = intake.member_of(item)
    every = sorted(item.plan.members.select_related("organisation"), key=lambda each: not each.is_lead)
    return [each for each in every if member is None or each.pk == member.pk]


def _portal(members: Sequence[PlanMember]) -> Portal | None:
    """The portal whose page shows it: the lead's, where it is of several."""
    known = {portal.government_id: portal for portal in portals.all_portals()}
    return next((known[each.organisation_id] for each in members if each.organisation_id in known), None)


def _place(members: Sequence[PlanMember]) -> str:
    """The smallest region among them: what lies in it is found from those around it, too."""
    return max((each.organisation.region_id for each in members), key=len)


def index_commitments(plan: Plan) -> None:
    """Bring the index in line with the commitments of a submitted plan."""
    known = {portal.government_id: portal for portal in portals.all_portals()}
    commitments = Commitment.objects.filter(plan=plan).select_related("member__organisation")
    for commitment in commitments if plan.submitted_on else ():
        portal = known.get(commitment.member.organisation_id)
        if portal is not None:
            search.index_public(_findable(commitment, plan, portal))


def _findable(commitment: Commitment, plan: Plan, portal: Portal) -> Findable:
    names = (commitment.short_en, commitment.title_en, commitment.problem_en, commitment.public_id)
    return Findable(
        kind=COMMITMENT,
        object_id=commitment.pk,
        title=commitment.short_id,
        text=f"{commitment.title_id}. {commitment.problem_id}".strip(),
        place_code=commitment.member.organisation.region_id,
        on=plan.submitted_on or plan.starts_on,
        address={"portal_slug": portal.slug, "slug": commitment.pk},
        also=names,
    )


def forget_commitments(slugs: Iterable[str]) -> None:
    """Nobody finds commitments that are gone."""
    for slug in slugs:
        search.remove_public(COMMITMENT, slug)


def index_all() -> int:
    """Index everything of action plans anew, after the word lists changed; returns how many ideas and comments."""
    items: list[Item] = [
        *Idea.objects.select_related("plan"),
        *Comment.objects.select_related("plan", "consultation__member"),
        *Remark.objects.select_related("plan", "commitment__member"),
    ]
    for item in items:
        index_item(item)
    for plan in Plan.objects.all():
        index_commitments(plan)
    return len(items)
