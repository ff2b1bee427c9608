"""Reading meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from lumbung.modules.action_plan.models import Attendance, Decision, Material, Meeting, Plan, PlanMember, Seat

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


def held_meetings(plan: Plan, member: PlanMember | None, kind: str) -> list[MeetingSheet]:
    """Meetings of that kind that were held: the member's own, and those of all members together."""
    held = meetings_of(plan).filter(kind=kind, state=Meeting.State.HELD)
    mine = [meeting for meeting in held if member is None or meeting.member_id in {None, member.pk}]
    return [sheet_of(meeting) for meeting in mine]
