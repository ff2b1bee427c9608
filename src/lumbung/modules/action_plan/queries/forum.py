"""Who sits in the forum."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from lumbung.core.organisations.models import Organisation
from lumbung.core.organisations.queries import organisations_on
from lumbung.modules.action_plan.models import Plan, PlanMember, Seat
from lumbung.modules.action_plan.queries import drafts

# Institutions of the state: their seat is one of government, and they monitor nobody.
OF_GOVERNMENT = frozenset(
    {
        Organisation.Kind.AGENCY,
        Organisation.Kind.INSPECTORATE,
        Organisation.Kind.VILLAGE,
        Organisation.Kind.POSYANDU,
        Organisation.Kind.NATIONAL,
    }
)
LEADING = (Seat.Duty.CHAIR, Seat.Duty.SECRETARIAT)


@dataclass(frozen=True, slots=True)
class SectorSeats:
    """The seats of one sector."""

    sector: str
    title: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class ForumOf:
    """One member's forum: seats by sector, those who monitor, those who left; how many wait or were not admitted."""

    member: PlanMember
    sectors: tuple[SectorSeats, ...]
    monitors: tuple[Seat, ...]
    ended: tuple[Seat, ...]
    waiting: int
    declined: int

    @property
    def count(self) -> int:
        """How many institutions sit in it, those who monitor aside."""
        return sum(len(each.seats) for each in self.sectors)

    @property
    def largest(self) -> int:
        """The number of seats of the largest sector, for drawing."""
        return max((len(each.seats) for each in self.sectors), default=1)


def forums_of(plan: Plan) -> list[ForumOf]:
    """The forum of each member."""
    seats = list(_seats().filter(plan=plan))
    members = plan.members.select_related("organisation")
    return [_forum(member, [seat for seat in seats if seat.member_id == member.pk]) for member in members]


def _seats() -> QuerySet[Seat]:
    return Seat.objects.select_related("organisation", "decree__document", "member__organisation")


def _forum(member: PlanMember, seats: list[Seat]) -> ForumOf:
    seated = [seat for seat in seats if seat.state == Seat.State.SEATED]
    sitting = [seat for seat in seated if seat.duty != Seat.Duty.MONITOR]
    sectors = (
        SectorSeats(sector.value, str(sector.label), _ordered(seat for seat in sitting if seat.sector == sector))
        for sector in Seat.Sector
    )
    return ForumOf(
        member=member,
        sectors=tuple(each for each in sectors if each.seats),
        monitors=_ordered(seat for seat in seated if seat.duty == Seat.Duty.MONITOR),
        ended=_ordered(seat for seat in seats if seat.state == Seat.State.ENDED),
        waiting=sum(seat.state == Seat.State.APPLIED for seat in seats),
        declined=sum(seat.state == Seat.State.DECLINED for seat in seats),
    )


def _ordered(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    """Chair and secretariat first, then by name."""
    order = list(Seat.Duty)
    return tuple(sorted(seats, key=lambda seat: (order.index(Seat.Duty(seat.duty)), seat.name)))


def waiting_seats(plan: Plan) -> list[Seat]:
    """Institutions that asked to join and wait for an answer, the longest waiting first."""
    return list(_seats().filter(plan=plan, state=Seat.State.APPLIED).order_by("asked_at"))


def seat_in(plan: Plan, seat_id: UUID) -> Seat | None:
    """One seat of a plan."""
    return _seats().filter(plan=plan, pk=seat_id).first()


def seated(member: PlanMember) -> QuerySet[Seat]:
    """The seats held in a member's forum now."""
    return _seats().filter(member=member, state=Seat.State.SEATED)


def carrying(member: PlanMember) -> set[str]:
    """Codes of the organisations that carry a commitment of this member, drafted or enacted."""
    return drafts.institutions_in(member) | drafts.institutions_enacted(member)


def monitors_among(member: PlanMember, codes: Iterable[str]) -> list[Seat]:
    """Those of these organisations that monitor this member's part."""
    return list(seated(member).filter(duty=Seat.Duty.MONITOR, organisation_id__in=list(codes)))


def may_sit(member: PlanMember, *, today: date) -> QuerySet[Organisation]:
    """Registered organisations that can be given a seat: of the member's own region, above it, or of no region."""
    region = member.organisation.region_id
    near = Q(region__code__under=region) | Q(kind__in=[Organisation.Kind.CIVIL_SOCIETY, Organisation.Kind.COUNCIL])
    near |= Q(kind__in=[Organisation.Kind.NATIONAL, Organisation.Kind.BUSINESS])
    villages = [Organisation.Kind.VILLAGE, Organisation.Kind.POSYANDU]
    return organisations_on(today).filter(near).exclude(kind__in=villages).order_by("name_id")
