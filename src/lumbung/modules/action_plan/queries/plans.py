"""A plan, its commitments, and the figures that measure them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from lumbung.core.access.viewers import Scope, Viewer, may
from lumbung.core.indicators import queries as indicators
from lumbung.core.indicators.queries import Figure
from lumbung.core.links import queries as links
from lumbung.core.links.models import Link
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals import queries as portals
from lumbung.core.portals.models import Portal
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.models import (
    Commitment,
    FiledReport,
    Institution,
    Partner,
    Plan,
    PlanMember,
    Term,
)
from lumbung.modules.action_plan.queries import amendments, clocks, filed, monitoring
from lumbung.modules.action_plan.queries.clocks import Clock, Freshness
from lumbung.modules.action_plan.queries.evidence import Proof, proofs_of
from lumbung.modules.action_plan.queries.monitoring import NOTHING, Sayings, Trio

WithSayings = Literal["all", "but notes", "day"]


@dataclass(frozen=True, slots=True)
class Card:
    """A commitment as a list shows it: its first figure, and how fresh what we know is."""

    commitment: Commitment
    figures: tuple[Figure, ...]
    freshness: Freshness
    sayings: Sayings = NOTHING

    @property
    def headline(self) -> Figure | None:
        """The figure that stands for the commitment."""
        return self.figures[0] if self.figures else None

    @property
    def trio(self) -> Trio:
        """The three assessments as they stand."""
        return monitoring.trio_of(self.sayings, self.figures)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the page of one commitment shows."""

    card: Card
    clocks: tuple[Clock, ...]
    filed: tuple[FiledReport, ...]
    contributes_to: tuple[Commitment, ...]
    contributions: tuple[Commitment, ...]
    aims: tuple[Term, ...]
    canonical: str
    data_portal: Portal | None
    proofs: tuple[Proof, ...] = ()
    # Ends of ties that are not kept here: another installation may publish them.
    unknown_targets: tuple[str, ...] = ()


def plans_in(portal: Portal) -> list[Plan]:
    """Every submitted plan of this portal's government with those who stand beside it, the newest first."""
    return list(
        _plans_of(portal).prefetch_related(
            Prefetch("members", PlanMember.objects.select_related("organisation")),
            Prefetch("partners", Partner.objects.select_related("organisation")),
            "happenings",
        )
    )


def plan_in(portal: Portal) -> Plan | None:
    """The newest plan this portal's government is a member of."""
    return next(iter(plans_in(portal)), None)


def _plans_of(portal: Portal) -> QuerySet[Plan]:
    mine = Plan.objects.filter(members__organisation_id=portal.government_id, submitted_on__isnull=False)
    # A plan that only shows how it is done never stands in front of a real one.
    return mine.order_by("is_illustration", "-submitted_on")


def submitted_plans(portal: Portal) -> list[Plan]:
    """Every submitted plan of this portal's government, the newest first."""
    return list(_plans_of(portal))


def is_shown(plan: Plan) -> bool:
    """Whether the plan stands on the front of its members' portals: it was submitted, and none goes before it."""
    others = Plan.objects.filter(members__organisation__in=plan.members.values("organisation")).exclude(pk=plan.pk)
    # As above: an illustration never takes the place of a real plan.
    newer = Q(submitted_on__gt=plan.submitted_on, is_illustration=plan.is_illustration)
    real = Q(submitted_on__isnull=False, is_illustration=False) if plan.is_illustration else Q(pk__in=[])
    return plan.submitted_on is not None and not others.filter(newer | real).exists()


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


def governments_to_ask(plan: Plan) -> QuerySet[Organisation]:
    """Governments with a portal here that neither make the plan nor have an invitation that waits."""
    asked = plan.invitations.filter(decided_at__isnull=True).values("organisation")
    codes = [portal.government_id for portal in portals.all_portals()]
    known = Organisation.objects.filter(pk__in=codes)
    return known.exclude(pk__in=plan.members.values("organisation")).exclude(pk__in=asked)


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
    """The plan's commitments in order, each with its figures and what was said, but for notes."""
    return _cards(list(_commitments().filter(plan=plan).prefetch_related("values")), today, with_sayings="but notes")


def worked_cards(plan: Plan, *, today: date) -> list[Card]:
    """The same with notes, for those who reply to them."""
    return _cards(list(_commitments().filter(plan=plan)), today)


def recorded_cards(plan: Plan, *, today: date) -> list[Card]:
    """The plan's commitments with all that its record holds of each."""
    recorded = _commitments().filter(plan=plan).prefetch_related("values", "institutions", "milestones")
    return _cards(list(recorded), today)


def government_cards(portal: Portal, *, today: date) -> list[Card]:
    """The commitments of this portal's own government in its newest plan, for the front page; no illustration."""
    mine = _commitments().filter(member__organisation_id=portal.government_id)
    newest = mine.order_by("plan__is_illustration", "-plan__submitted_on").values("plan_id")[:1]
    return _cards(list(mine.filter(plan_id=Subquery(newest))), today, with_sayings="day")


def _commitments() -> QuerySet[Commitment]:
    """Commitments with what every list needs."""
    known = Commitment.objects.select_related("plan", "member__organisation", "ambition", "novelty")
    return known.prefetch_related("facts")


def _cards(commitments: Sequence[Commitment], today: date, *, with_sayings: WithSayings = "all") -> list[Card]:
    """Cards with what was said; a list needs no notes, a front page only the day on which something was said."""
    amendments.apply_to(commitments)
    keys = amendments.indicator_keys(commitments)
    wanted = {(key, _place(each)) for each in commitments for key in keys[each.pk]}
    found = indicators.figures(wanted) if wanted else {}
    slugs = [each.pk for each in commitments]
    said = {} if with_sayings == "day" else monitoring.sayings_of_all(slugs, with_notes=with_sayings == "all")
    reported = monitoring.reported_on(slugs) if with_sayings == "day" else {}
    return [
        _card(
            each,
            tuple(figure for key in keys[each.pk] if (figure := found.get((key, _place(each)))) is not None),
            said.get(each.pk, NOTHING),
            reported.get(each.pk) or said.get(each.pk, NOTHING).reported_on,
            today,
        )
        for each in commitments
    ]


def card_of(commitment: Commitment, *, today: date) -> Card:
    """One commitment of a submitted plan, as a list shows it."""
    return _cards([commitment], today)[0]


def figures_of(commitment: Commitment) -> tuple[Figure, ...]:
    """The figures that measure a commitment, those that are computed already."""
    return _cards([commitment], commitment.plan.starts_on)[0].figures


def _place(commitment: Commitment) -> str:
    return commitment.member.organisation.region_id


def _card(
    commitment: Commitment, figures: tuple[Figure, ...], sayings: Sayings, reported_on: date | None, today: date
) -> Card:
    computed_on = max((figure.newest.as_of for figure in figures), default=None)
    fresh = clocks.freshness_of(commitment, computed_on=computed_on, reported_on=reported_on, today=today)
    return Card(commitment, figures, fresh, sayings)


def sheet_of(portal: Portal, slug: str, *, today: date) -> Sheet | None:
    """One commitment of a plan of this portal's government, with its figures, clocks, evidence and ties."""
    commitment = (
        _commitments()
        .filter(plan__members__organisation_id=portal.government_id, plan__submitted_on__isnull=False, pk=slug)
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
    canonical, reports = _portal_of(_lead_of(commitment.plan), known), filed.filed_about(commitment)
    return Sheet(
        card=_cards([commitment], today)[0],
        clocks=tuple(
            clocks.clocks_of(commitment, filed=reports, was_assessed=commitment.plan_was_assessed, today=today)
        ),
        filed=tuple(reports),
        contributes_to=tuple(tied[key] for key in ties.targets if key in tied),
        unknown_targets=tuple(key for key in ties.targets if key not in tied),
        contributions=tuple(tied[key] for key in ties.sources if key in tied),
        aims=tuple(_aims_of(commitment)),
        canonical=canonical.slug if canonical else "",
        data_portal=_portal_of(commitment.member.organisation_id, known),
        proofs=tuple(proofs_of(commitment)),
    )


def public_commitment(portal: Portal, slug: str) -> Commitment | None:
    """A commitment of a submitted plan of this portal's government."""
    mine = Commitment.objects.filter(
        pk=slug, plan__members__organisation_id=portal.government_id, plan__submitted_on__isnull=False
    )
    return mine.select_related("plan").first()


def _assessed_beside() -> QuerySet[Commitment]:
    """Commitments of the same part of a plan that the independent body assessed: its first report was found."""
    return Commitment.objects.filter(member_id=OuterRef("member_id"), ambition__isnull=False)


def _aims_of(commitment: Commitment) -> list[Term]:
    """The aims of the two governments that the commitment's OGP values stand for."""
    values = {term.key for term in commitment.ogp_values}
    return [aim for aim in terms(Term.Scale.AIM) if aim.groups_under in values]


def terms(scale: str) -> list[Term]:
    """The values of a scale, in order."""
    return list(Term.objects.filter(scale=scale))
