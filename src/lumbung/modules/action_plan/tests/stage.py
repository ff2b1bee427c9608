"""The illustrated plan and its people, for tests of how a plan is drawn up."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from tests.cast import NOW, Cast

from lumbung.core.base.actors import SYSTEM
from lumbung.core.events import actions as recording
from lumbung.core.files import actions as files
from lumbung.core.files.tests import papers
from lumbung.core.organisations.queries import by_code
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.actions import drafting, legal, seats
from lumbung.modules.action_plan.actions.seats import Application
from lumbung.modules.action_plan.demo.plan import KEY
from lumbung.modules.action_plan.models import (
    Attendance,
    DraftVersion,
    LegalProduct,
    Material,
    Meeting,
    Partnership,
    Plan,
    PlanMember,
    Seat,
)
from lumbung.modules.action_plan.queries.papers import PAPER

LATER = NOW + timedelta(days=1)


def plan() -> Plan:
    """The plan the demonstration began."""
    return Plan.objects.get(pk=KEY)


def member(code: str = "ntb") -> PlanMember:
    """One of its members."""
    return PlanMember.objects.select_related("organisation", "plan").get(plan_id=KEY, organisation_id=code)


def seat(code: str, sector: str, duty: str = "member", *, of: str = "ntb") -> Seat:
    """A seat in the forum, held since today."""
    return seated(
        plan=plan(),
        member=member(of),
        organisation=by_code(code),
        sector=sector,
        duty=duty,
        since=date(2026, 3, 26),
    )


def seated(**facts: object) -> Seat:
    """A seat as the action gives it, whoever may give it: row and event."""
    made = Seat(state=Seat.State.SEATED, asked_at=NOW, decided_at=NOW, **facts)
    told = seats.taken(made)
    with transaction.atomic():
        made.save(force_insert=True)
        recording.record(told, subject_type="seat", subject_id=str(made.pk), actor=SYSTEM, now=NOW)
    return made


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


def decree(about: str = "secretariat", *, of: str = "ntb", number: str = "") -> LegalProduct:
    """An enacted decree with its signed paper."""
    written = files.write_document(papers.pdf(stream=uuid.uuid4().hex.encode()))
    return enacted_product(
        plan=plan(),
        member=member(of),
        kind=LegalProduct.Kind.DECREE,
        about=about,
        state=LegalProduct.State.ENACTED,
        number=number or f"050-{about}",
        dated_on=date(2026, 3, 26),
        subject=f"Keputusan tentang {about}",
        document=files.keep_document(written=written, purpose=PAPER, title=about, now=NOW),
    )


def enacted_product(**facts: object) -> LegalProduct:
    """A legal product that was signed: row and events."""
    made = LegalProduct(added_at=NOW, **facts)
    with transaction.atomic():
        made.save(force_insert=True)
        for told in (legal.added(made), legal.signed(made)):
            recording.record(told, subject_type="legal_product", subject_id=str(made.pk), actor=SYSTEM, now=NOW)
    return made


def held_meeting(
    kind: str = "orientation", *, of: str = "ntb", sectors: tuple[str, ...] = ("government", "media")
) -> Meeting:
    """A meeting that was announced, held and written down as a stage wants it."""
    meeting = Meeting.objects.create(
        plan=plan(),
        member=member(of),
        kind=kind,
        state=Meeting.State.HELD,
        title=f"Pertemuan {kind}",
        starts_at=NOW - timedelta(days=2),
        ends_at=NOW - timedelta(days=2) + timedelta(hours=3),
        place="Aula Bappeda",
        invitation="Mengundang seluruh anggota forum.",
        invited_at=NOW - timedelta(days=9),
        minutes="Forum membahas jadwal penyusunan.",
        held_at=NOW,
    )
    Material.objects.create(
        meeting=meeting, title="Bahan", url="https://contoh.id/bahan", shared_at=NOW - timedelta(days=5)
    )
    for sector in sectors:
        Attendance.objects.create(meeting=meeting, institution=f"Lembaga {sector}", sector=sector, women=2, men=1)
    return meeting


def application(*, of: str = "ntb", email: str = "lembaga@tanaman.example") -> Seat:
    """An institution that asked to join and waits."""
    told = Application("Komunitas Pesisir", "community", email, "id", uuid.uuid4())
    return seats.ask_for_seat(member=member(of), application=told, now=NOW)


def partnership(*, of: str = "ntb") -> Partnership:
    """An agreement with somebody outside."""
    return Partnership.objects.create(
        plan=plan(),
        member=member(of),
        kind=Partnership.Kind.CSR,
        institution="Perusahaan Contoh",
        number="1/CSR",
        subject="Internet desa",
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        government_duties="Data.",
        partner_duties="Dana.",
        added_at=NOW,
    )
