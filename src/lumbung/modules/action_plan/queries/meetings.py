"""Reading meetings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from lumbung.core.base import clock
from lumbung.modules.action_plan.models import Attendance, Decision, Material, Meeting, Plan, PlanMember, Seat
from lumbung.modules.action_plan.queries.clocks import months_after

# OGP's national handbook: a forum meets at least every six months (domain action-plan, section 1).
MONTHS_BETWEEN = 6
COMING = (Meeting.State.PLANNED, Meeting.State.INVITED)


@dataclass(frozen=True, slots=True)
class SectorCount:
    """How many institutions, women and men of one sector came."""

    title: str
    institutions: int
    women: int
    men: int

    @property
    def people(self) -> int:
        return self.women + self.men


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """Everything the page of one meeting shows."""

    meeting: Meeting
    materials: tuple[Material, ...]
    attendance: tuple[Attendance, ...]
    sectors: tuple[SectorCount, ...]
    decisions: tuple[Decision, ...]

    @property
    def before(self) -> int:
        """How many materials people had before it began."""
        return sum(material.is_before for material in self.materials)

    @property
    def women(self) -> int:
        return sum(row.women for row in self.attendance)

    @property
    def men(self) -> int:
        return sum(row.men for row in self.attendance)

    @property
    def days_before(self) -> int | None:
        """Whole days between invitation and meeting; None where nobody was invited."""
        meeting = self.meeting
        return None if meeting.invited_at is None else (meeting.starts_at - meeting.invited_at).days


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a forum met last, and by when it meets again; worked out and not claimed."""

    last_on: date
    next_by: date
    is_late: bool


def rhythm_of(member: PlanMember, known: Iterable[Meeting], *, today: date) -> Rhythm | None:
    """The rhythm of one member's forum, from the meetings of its plan; None before the first one."""
    held = [each for each in known if each.state == Meeting.State.HELD and each.member_id in {None, member.pk}]
    if not held:
        return None
    last_on = clock.local_day(max(each.starts_at for each in held))
    next_by = months_after(last_on, MONTHS_BETWEEN)
    return Rhythm(last_on, next_by, is_late=next_by < today)


def meetings_of(plan: Plan) -> QuerySet[Meeting]:
    """Every meeting of a plan, in order of time."""
    return Meeting.objects.filter(plan=plan).select_related("member__organisation", "plan").order_by("starts_at")


def coming(plan: Plan, *, now: datetime) -> list[Meeting]:
    """Meetings that are still to come or go on, the next one first."""
    return list(meetings_of(plan).filter(state__in=COMING, ends_at__gte=now))


def past(plan: Plan, *, now: datetime) -> list[Meeting]:
    """Meetings held or cancelled, and those nobody has written down yet; the newest first."""
    known = meetings_of(plan).order_by("-starts_at")
    return [meeting for meeting in known if meeting.state not in COMING or meeting.ends_at < now]


def next_meeting(plan: Plan, *, now: datetime) -> Meeting | None:
    """The next meeting people can come to."""
    if plan.withdrawn_at is not None:
        return None
    return meetings_of(plan).filter(state__in=COMING, ends_at__gte=now).first()


def meeting_in(plan: Plan, meeting_id: UUID) -> Meeting | None:
    """One meeting."""
    return meetings_of(plan).filter(pk=meeting_id).first()


def sheet_of(meeting: Meeting) -> MeetingSheet:
    """One meeting with all that stands around it."""
    materials = tuple(meeting.materials.select_related("document"))
    for material in materials:
        material.meeting = meeting
    attendance = tuple(meeting.attendance.select_related("organisation"))
    return MeetingSheet(meeting, materials, attendance, _by_sector(attendance), tuple(meeting.decisions.all()))


def _by_sector(rows: Sequence[Attendance]) -> tuple[SectorCount, ...]:
    counted = []
    for sector in Seat.Sector:
        mine = [row for row in rows if row.sector == sector]
        if mine:
            women, men = sum(row.women for row in mine), sum(row.men for row in mine)
            counted.append(SectorCount(str(sector.label), len(mine), women, men))
    return tuple(counted)


@dataclass(frozen=True, slots=True)
class Documented:
    """What stands on paper about one meeting that was held."""

    before: int
    institutions: int
    sectors: int
    has_minutes: bool
    days_before: int | None


def held_meetings(plan: Plan, member: PlanMember | None, kind: str) -> list[Documented]:
    """Meetings of that kind that were held, the member's own and those of all members together; in one question."""
    held = Meeting.objects.filter(plan=plan, kind=kind, state=Meeting.State.HELD)
    if member is not None:
        held = held.filter(Q(member=member) | Q(member__isnull=True))
    counted = held.annotate(
        before=Count("materials", filter=Q(materials__shared_at__lt=F("starts_at")), distinct=True),
        institutions=Count("attendance", distinct=True),
        sectors=Count("attendance__sector", distinct=True),
    ).values_list("before", "institutions", "sectors", "minutes", "invited_at", "starts_at")
    return [
        Documented(before, institutions, sectors, bool(minutes), (starts - invited).days if invited else None)
        for before, institutions, sectors, minutes, invited, starts in counted.order_by("starts_at")
    ]
