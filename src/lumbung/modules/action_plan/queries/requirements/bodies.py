"""Requirements about who draws the plan up: roadmap, seats, the independent body."""

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.models import PlanMember, Seat, StageDate
from lumbung.modules.action_plan.queries import drafts
from lumbung.modules.action_plan.queries.requirements.cases import Case, Check, Missing


def roadmap_published(case: Case) -> Iterator[Missing]:
    """Every stage of the track has announced dates."""
    announced = set(StageDate.objects.filter(plan=case.plan, track=case.track).values_list("stage", flat=True))
    for member in case.concerned:
        for stage in states.templates()[member.template].stages:
            if stage.key not in announced:
                yield Missing(
                    f"roadmap_published.{stage.key}",
                    _("The roadmap gives no dates for the stage “%(stage)s”."),
                    params={"stage": stage.title},
                    route="roadmap",
                )


def government_and_civil_seats(case: Case) -> Iterator[Missing]:
    """At least one seat of government and one outside it, in each member's forum."""
    for member in case.concerned:
        sectors = set(_seated(member).exclude(duty=Seat.Duty.MONITOR).values_list("sector", flat=True))
        if Seat.Sector.GOVERNMENT not in sectors:
            yield Missing(
                "government_and_civil_seats.government",
                _("No government institution sits in the forum of %(member)s."),
                params={"member": member.organisation.name},
                route="forum-desk",
            )
        if not sectors - {Seat.Sector.GOVERNMENT}:
            yield Missing(
                "government_and_civil_seats.outside",
                _("Nobody from outside government sits in the forum of %(member)s."),
                params={"member": member.organisation.name},
                route="forum-desk",
            )


def monitor_named(case: Case) -> Iterator[Missing]:
    """An independent monitoring body holds a seat."""
    for member in case.concerned:
        if not _seated(member).filter(duty=Seat.Duty.MONITOR).exists():
            yield Missing(
                "monitor_named",
                _("The independent monitoring body of %(member)s is not named yet."),
                params={"member": member.organisation.name},
                route="forum-desk",
            )


def monitor_apart(case: Case) -> Iterator[Missing]:
    """Nobody who carries a commitment out also monitors it."""
    for member in case.concerned:
        for name in overlaps(member):
            yield Missing(
                "monitor_apart",
                _("%(institution)s would monitor what it carries out itself. Name another monitoring body."),
                params={"institution": name},
                route="forum-desk",
            )


def overlaps(member: PlanMember) -> list[str]:
    """Institutions that monitor this member's part and are named in a commitment of it, drafted or enacted."""
    monitors = _seated(member).filter(duty=Seat.Duty.MONITOR).select_related("organisation")
    carrying = drafts.institutions_in(member) | drafts.institutions_enacted(member)
    return [seat.name for seat in monitors if seat.organisation_id in carrying]


def _seated(member: PlanMember) -> QuerySet[Seat]:
    return Seat.objects.filter(member=member, state=Seat.State.SEATED)


CHECKS: Mapping[str, Check] = {
    "roadmap_published": roadmap_published,
    "government_and_civil_seats": government_and_civil_seats,
    "monitor_named": monitor_named,
    "monitor_apart": monitor_apart,
}
