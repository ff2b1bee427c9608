"""Where nobody may sit: the state beside the government's own seats, and a monitor that carries or leads."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan.models import LegalProduct, PlanMember, Seat
from lumbung.modules.action_plan.queries import forum


@dataclass(frozen=True, slots=True)
class Place:
    """What a seat is: which duty, since when, by which decree; `organisation` where it is registered here."""

    sector: str
    duty: str
    since: date
    organisation: Organisation | None = None
    institution: str = ""
    decree: LegalProduct | None = None
    note: str = ""


def refuse_misplaced(member: PlanMember, place: Place) -> None:
    """Refuse a seat that breaks a rule of the forum, with what to do instead."""
    organisation = place.organisation
    is_of_state = organisation is not None and organisation.kind in forum.OF_GOVERNMENT
    if is_of_state and place.sector != Seat.Sector.GOVERNMENT:
        raise Refused(
            "seat-of-government-elsewhere",
            _("An institution of the state sits for the government. Choose that sector."),
            field="sector",
        )
    if place.duty == Seat.Duty.MONITOR:
        _refuse_monitor(member, place)
    if organisation is None:
        return
    seats = forum.seated(member).filter(organisation=organisation)
    if seats.filter(duty=place.duty).exists():
        raise Refused("seat-held-already", _("This institution holds this seat already."), field="organisation")
    leads = seats.filter(duty__in=forum.LEADING).exists()
    monitors = seats.filter(duty=Seat.Duty.MONITOR).exists()
    if (place.duty == Seat.Duty.MONITOR and leads) or (place.duty in forum.LEADING and monitors):
        raise Refused(
            "monitor-leads-the-forum",
            _("Whoever monitors neither chairs the forum nor keeps its secretariat. Choose another institution."),
            field="organisation",
        )


def _refuse_monitor(member: PlanMember, place: Place) -> None:
    if place.sector == Seat.Sector.GOVERNMENT:
        raise Refused(
            "government-does-not-monitor",
            _("The government does not monitor itself. Name an institution outside it."),
            field="sector",
        )
    if place.organisation is None:
        raise Refused(
            "monitor-is-not-registered",
            _("Whoever monitors must be in the list of organisations, so that overlaps are found. Add it there first."),
            field="organisation",
        )
    if place.organisation.pk in forum.carrying(member):
        raise Refused(
            "monitor-carries-a-commitment",
            _("%(institution)s is named in a commitment it would monitor. Choose another institution."),
            field="organisation",
            institution=place.organisation.name,
        )
