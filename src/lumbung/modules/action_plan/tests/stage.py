"""The illustrated plan and its people, for tests of how a plan is drawn up."""

from datetime import date, datetime, timedelta

from tests.cast import NOW, Cast

from lumbung.core.organisations.queries import by_code
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.actions import drafting
from lumbung.modules.action_plan.demo.plan import KEY
from lumbung.modules.action_plan.models import DraftVersion, Plan, PlanMember, Seat

LATER = NOW + timedelta(days=1)


def plan() -> Plan:
    """The plan the demonstration began."""
    return Plan.objects.get(pk=KEY)


def member(code: str = "ntb") -> PlanMember:
    """One of its members."""
    return PlanMember.objects.select_related("organisation", "plan").get(plan_id=KEY, organisation_id=code)


def seat(code: str, sector: str, duty: str = "member", *, of: str = "ntb") -> Seat:
    """A seat in the forum, held since today."""
    return Seat.objects.create(
        plan=plan(),
        member=member(of),
        organisation=by_code(code),
        sector=sector,
        duty=duty,
        state=Seat.State.SEATED,
        asked_at=NOW,
        since=date(2026, 3, 26),
    )


def full_body(**more: object) -> dict[str, object]:
    """A commitment that says all that is needed."""
    texts = {
        field.key: {"id": f"Isi {field.key}.", "en": f"Words of {field.key}."}
        for field in shape.COMMITMENT
        if field.is_text
    }
    return (
        shape.empty_body("commitment")
        | texts
        | {
            "values": ["public_accountability"],
            "institutions": [{"code": "ntb-diskominfotik", "role": "lead"}],
            "starts_on": "2027-01-01",
            "ends_on": "2028-12-31",
            "milestones": [
                {
                    "number": 1,
                    "title": {"id": "Tahap satu", "en": "Step one"},
                    "output": {"id": "Peraturan", "en": "Regulation"},
                    "verification": {"id": "Salinan", "en": "Copy"},
                    "starts_on": "2027-01-01",
                    "due_on": "2027-06-30",
                    "owner": "ntb-diskominfotik",
                }
            ],
            "indicators": ["reports.on_time_share"],
        }
        | more
    )


def commitment(
    people: Cast, slug: str = "jalan-terbuka", *, of: str = "ntb", now: datetime = NOW, **more: object
) -> DraftVersion:
    """A complete commitment of a member, in its first version."""
    by = people.viewer(f"sekretariat.{of}")
    return drafting.begin_commitment(member=member(of), slug=slug, body=full_body(**more), by=by, now=now)
