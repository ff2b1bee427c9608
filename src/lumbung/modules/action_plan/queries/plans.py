"""A plan, its commitments, and the figures that measure them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from lumbung.core.access.viewers import Scope, Viewer, may
from lumbung.core.indicators import queries as indicators
from lumbung.core.indicators.queries import Figure
from lumbung.core.links import queries as links
from lumbung.core.links.models import Link
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals import queries as portals
from lumbung.core.portals.models import Portal
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.models import Commitment, Institution, Partner, Plan, PlanMember, Term
from lumbung.modules.action_plan.queries import amendments, clocks
from lumbung.modules.action_plan.queries.clocks import Clock, Freshness


@dataclass(frozen=True, slots=True)
class Card:
    """A commitment as a list shows it: its first figure, and how fresh what we know is."""

    commitment: Commitment
    figures: tuple[Figure, ...]
    freshness: Freshness

    @property
    def headline(self) -> Figure | None:
        """The figure that stands for the commitment."""
        return self.figures[0] if self.figures else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the page of one commitment shows."""

    card: Card
    clocks: tuple[Clock, ...]
    contributes_to: tuple[Commitment, ...]
    contributions: tuple[Commitment, ...]
    aims: tuple[Term, ...]
    canonical: str
    data_portal: Portal | None


def plan_in(portal: Portal) -> Plan | None:
    """The newest plan this portal's government is a member of."""
    return (
        _plans_of(portal)
        .prefetch_related(
            Prefetch("members", PlanMember.objects.select_related("organisation")),
            Prefetch("partners", Partner.objects.select_related("organisation")),
            "happenings",
        )
        .first()
    )


def _plans_of(portal: Portal) -> QuerySet[Plan]:
    mine = Plan.objects.filter(members__organisation_id=portal.government_id, submitted_on__isnull=False)
    return mine.order_by("-submitted_on")


def is_shown(plan: Plan) -> bool:
    """Whether the plan stands on the front of its members' portals: it was submitted, and none was since."""
    newer = Plan.objects.filter(members__organisation__in=plan.members.values("organisation"))
    return plan.submitted_on is not None and not newer.filter(submitted_on__gt=plan.submitted_on).exists()


def plan_in_the_making(portal: Portal) -> Plan | None:
    """The plan this portal's government is drawing up now, if there is one."""
    mine = Plan.objects.filter(members__organisation_id=portal.government_id, submitted_on__isnull=True)
    return mine.order_by("-starts_on").first()


def may_begin_plan(viewer: Viewer, government: str) -> bool:
    """Whether this viewer leads the plans of this government."""
    found = Organisation.objects.filter(pk=government).first()
    return found is not None and may(viewer, permissions.MANAGE, Scope(region_code=found.region_id))


def government(code: str) -> Organisation:
    """A government that has a portal here."""
    return Organisation.objects.select_related("region").get(pk=code)


def possible_partners(government: str) -> QuerySet[Organisation]:
    """Other governments with a portal here."""
    codes = [portal.government_id for portal in portals.all_portals() if portal.government_id != government]
    return Organisation.objects.filter(pk__in=codes)


def earlier_plans(government: str) -> QuerySet[Plan]:
    """Plans of this government whose lessons a new one may start from."""
    return Plan.objects.filter(members__organisation_id=government, submitted_on__isnull=False)


def canonical_slug(plan: Plan) -> str:
    """The portal whose page of the plan is the canonical one: the lead's."""
    portal = _portal_of(_lead_of(plan), portals.all_portals())
    return portal.slug if portal else ""


def _lead_of(plan: Plan) -> str:
    return next((member.organisation_id for member in plan.members.all() if member.is_lead), "")


def _portal_of(government: str, known: Sequence[Portal]) -> Portal | None:
    return next((portal for portal in known if portal.government_id == government), None)


def cards_of(plan: Plan, *, today: date) -> list[Card]:
    """The plan's commitments in order, each with its figures."""
    return _cards(list(_commitments().filter(plan=plan)), today)


def recorded_cards(plan: Plan, *, today: date) -> list[Card]:
    """The plan's commitments with all that its record holds of each."""
    recorded = _commitments().filter(plan=plan).prefetch_related("values", "institutions", "milestones")
    return _cards(list(recorded), today)


def government_cards(portal: Portal, *, today: date) -> list[Card]:
    """The commitments of this portal's own government in its newest plan, for the front page."""
    mine = _commitments().filter(member__organisation_id=portal.government_id)
    newest = mine.order_by("-plan__submitted_on").values_list("plan_id", flat=True)[:1]
    return _cards(list(mine.filter(plan_id__in=list(newest))), today)


def _commitments() -> QuerySet[Commitment]:
    """Commitments with what every list needs."""
    known = Commitment.objects.select_related("plan", "member__organisation", "ambition", "novelty")
    return known.prefetch_related("facts")


def _cards(commitments: Sequence[Commitment], today: date) -> list[Card]:
    amendments.apply_to(commitments)
    keys = links.targets_of("commitment", [each.pk for each in commitments], Link.Kind.MEASURED_BY, "indicator")
    wanted = {(key, _place(each)) for each in commitments for key in keys[each.pk]}
    found = indicators.figures(wanted) if wanted else {}
    return [_card(each, [found.get((key, _place(each))) for key in keys[each.pk]], today) for each in commitments]


def _place(commitment: Commitment) -> str:
    return commitment.member.organisation.region_id


def _card(commitment: Commitment, figures: Sequence[Figure | None], today: date) -> Card:
    known = tuple(figure for figure in figures if figure is not None)
    computed_on = max((figure.newest.as_of for figure in known), default=None)
    return Card(commitment, known, clocks.freshness_of(commitment, computed_on=computed_on, today=today))


def sheet_of(portal: Portal, slug: str, *, today: date) -> Sheet | None:
    """One commitment of this portal's newest plan, with its figures, clocks and ties."""
    commitment = (
        _commitments()
        .filter(plan_id=Subquery(_plans_of(portal).values("pk")[:1]), pk=slug)
        .annotate(plan_was_assessed=Exists(_assessed_beside()))
        .prefetch_related(
            "plan__members",
            Prefetch("institutions", Institution.objects.select_related("organisation")),
            "milestones",
            "values",
        )
        .first()
    )
    if commitment is None:
        return None
    ties = links.both_ways("commitment", slug, Link.Kind.CONTRIBUTES_TO)
    tied = Commitment.objects.select_related("member__organisation").in_bulk([*ties.targets, *ties.sources])
    known = portals.all_portals()
    canonical = _portal_of(_lead_of(commitment.plan), known)
    return Sheet(
        card=_cards([commitment], today)[0],
        clocks=tuple(clocks.clocks_of(commitment, was_assessed=commitment.plan_was_assessed, today=today)),
        contributes_to=tuple(tied[key] for key in ties.targets if key in tied),
        contributions=tuple(tied[key] for key in ties.sources if key in tied),
        aims=tuple(_aims_of(commitment)),
        canonical=canonical.slug if canonical else "",
        data_portal=_portal_of(commitment.member.organisation_id, known),
    )


def _assessed_beside() -> QuerySet[Commitment]:
    """Commitments of the same plan that the independent body assessed: its first report was found."""
    return Commitment.objects.filter(plan_id=OuterRef("plan_id"), ambition__isnull=False)


def _aims_of(commitment: Commitment) -> list[Term]:
    """The aims of the two governments that the commitment's OGP values stand for."""
    values = {term.key for term in commitment.values.all()}
    return [aim for aim in terms(Term.Scale.AIM) if aim.groups_under in values]


def terms(scale: str) -> list[Term]:
    """The values of a scale, in order."""
    return list(Term.objects.filter(scale=scale))
