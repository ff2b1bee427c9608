"""The illustrated forum: decrees, seats, meetings held and to come, one partnership. Institutions only, nobody's name.

Institutions are real ones of the region; that they sit here is an illustration, and every page says so.
"""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.organisations import queries as organisations
from lumbung.core.web import documents
from lumbung.modules.action_plan.actions import legal, meetings, partnerships, seats
from lumbung.modules.action_plan.actions.announcing import MeetingFacts
from lumbung.modules.action_plan.actions.legal import Enacted
from lumbung.modules.action_plan.actions.meetings import Came
from lumbung.modules.action_plan.actions.papers import Upload
from lumbung.modules.action_plan.actions.partnerships import Agreement
from lumbung.modules.action_plan.actions.seat_rules import Place
from lumbung.modules.action_plan.actions.seats import Application
from lumbung.modules.action_plan.demo.plan import KEY, began_at
from lumbung.modules.action_plan.documents.packs import Pack
from lumbung.modules.action_plan.models import LegalProduct, Meeting, PlanMember

ViewerOf = Callable[[str], Viewer]
TYPST = Path(__file__).parents[1] / "templates" / "action_plan" / "pack.typ"
EXAMPLE = "CONTOH: bukan surat keputusan yang sebenarnya. Dibuat untuk menunjukkan cara kerja Lumbung."
WEEK = timedelta(weeks=1)

# Who sits where: institution, sector, duty.
SEATS = {
    "ntb": (
        ("ntb-setda", "government", "chair"),
        ("ntb-bappeda", "government", "secretariat"),
        ("ntb-inspektorat", "government", "member"),
        ("somasi-ntb", "civil_society", "member"),
        ("pwyp-indonesia", "civil_society", "member"),
        ("Perguruan tinggi di Mataram (contoh)", "academia", "facilitator"),
        ("Media daerah (contoh)", "media", "member"),
        ("Himpunan pelaku usaha kecil (contoh)", "business", "member"),
    ),
    "ksb": (
        ("ksb-setda", "government", "chair"),
        ("ksb-bappeda", "government", "secretariat"),
        ("ksb-dpmd", "government", "member"),
        ("fitra-ntb", "civil_society", "member"),
        ("legitimid", "civil_society", "member"),
        ("solidarity-center", "civil_society", "member"),
        ("Forum kader posyandu (contoh)", "community", "member"),
    ),
}
MONITORS = {"ntb": ("deaguru-institute",), "ksb": ("lrp2m-cordova", "civil-studies-circle")}
DECREES = (
    ("secretariat", "Pembentukan Sekretariat OGP Lokal"),
    ("working_team", "Pembentukan Tim Kerja dan Forum Multipihak"),
    ("monitor", "Penunjukan Lembaga Pemantau Independen"),
)
# In which week each government signs its decrees, and how its own register numbers them. Sumbawa Barat has half as many
# stages, so its forum sits before its drafts are written in the seventh week.
SIGNED = {"ntb": (4, 8, 8), "ksb": (1, 3, 3)}
NUMBERED = {"ntb": "050-{} Tahun {} (contoh)", "ksb": "188.4.45/{}/{} (contoh)"}
FIRST_NUMBER = {"ntb": 81, "ksb": 214}
SEATED = {"ntb": 8, "ksb": 3}
# What was met for, in which week after the beginning, and what was decided.
MEETINGS = {
    "ntb": (
        (
            "orientation",
            "Orientasi dan pembekalan OGP Lokal",
            2,
            ("Peta jalan delapan tahap disepakati dan diumumkan.",),
        ),
        (
            "drafting_workshop",
            "Lokakarya penyusunan draf rencana aksi",
            14,
            (
                "Setiap usulan diberi nomor dan dicantumkan asalnya.",
                "Data awal setiap komitmen dilengkapi perangkat daerah penanggung jawab dalam tiga minggu.",
            ),
        ),
        (
            "plan_workshop",
            "Lokakarya penyusunan rencana aksi",
            18,
            ("Draf versi 1 dibekukan dan menjadi bahan uji publik.",),
        ),
    ),
    "ksb": (
        (
            "orientation",
            "Pembekalan tim penyusun RAD",
            2,
            ("Usulan dihimpun melalui forum Yasinan dan secara daring.",),
        ),
        (
            "drafting_workshop",
            "Penyusunan draf RAD Kabupaten Sumbawa Barat",
            7,
            ("Setiap komitmen dikaitkan dengan Program Daerah Pemberdayaan Gotong Royong.",),
        ),
    ),
}
PLACES = {"ntb": "Aula Bappeda Provinsi NTB, Mataram", "ksb": "Graha Fitrah, Taliwang"}


def register_decrees(viewer_of: ViewerOf, now: datetime) -> None:
    """Each member's decrees, signed, with a small document of our own making."""
    for code in SEATS:
        member, by = _member(code), viewer_of(f"sekretariat.{code}")
        for position, (about, subject) in enumerate(DECREES):
            at = began_at(now) + SIGNED[code][position] * WEEK
            number = NUMBERED[code].format(FIRST_NUMBER[code] + position, at.year)
            paper = _paper(member, number, subject)
            enacted = Enacted(number, clock.local_day(at), "", Upload(paper, len(paper)))
            legal.add_product(
                member=member,
                kind=LegalProduct.Kind.DECREE,
                about=about,
                subject=subject,
                enacted=enacted,
                by=by,
                now=at,
            )
        legal.add_product(
            member=member,
            kind=LegalProduct.Kind.HEAD_REGULATION,
            about=LegalProduct.About.ENACTMENT,
            subject="Rencana Aksi Daerah OGP Lokal 2027–2029",
            enacted=None,
            by=by,
            now=now - WEEK,
        )


def seat_the_forum(viewer_of: ViewerOf, now: datetime) -> None:
    """Members by the secretariat, monitors by the chair; and one institution that waits for an answer."""
    for code, rows in SEATS.items():
        member, at = _member(code), began_at(now) + SEATED[code] * WEEK
        decrees = {decree.about: decree for decree in LegalProduct.objects.filter(member=member)}
        for institution, sector, duty in rows:
            about = "secretariat" if duty == "secretariat" else "working_team"
            place = _place(institution, sector, duty, decrees[about], at)
            seats.give_seat(member=member, place=place, by=viewer_of(f"sekretariat.{code}"), now=at)
        for institution in MONITORS[code]:
            place = _place(institution, "civil_society", "monitor", decrees["monitor"], at)
            seats.give_seat(member=member, place=place, by=viewer_of(f"ketua.{code}"), now=at)
    application = Application(
        "Komunitas literasi pesisir (contoh)",
        "community",
        "komunitas@contoh.id",
        "id",
        uuid.uuid5(uuid.NAMESPACE_URL, KEY),
    )
    seats.ask_for_seat(member=_member("ntb"), application=application, now=now)


def hold_meetings(viewer_of: ViewerOf, now: datetime) -> None:
    """What was met for so far, each announced before, with who came, minutes and decisions."""
    for code, rows in MEETINGS.items():
        member, by = _member(code), viewer_of(f"sekretariat.{code}")
        for kind, title, week, decisions in rows:
            day = began_at(now) + week * WEEK
            meeting = _announce(member, by, kind, title, day, shared="Kerangka acuan dan bahan paparan")
            closed = meeting.ends_at + timedelta(hours=2)
            meetings.write_down_who_came(meeting=meeting, rows=_came(code, week), by=by, now=closed)
            minutes = (
                f"{title} dibuka oleh sekretariat. Peserta dari setiap sektor menyampaikan pandangannya.\n\n"
                "Pembahasan mengikuti agenda undangan. Masukan yang belum terjawab dicatat sebagai usulan bernomor."
            )
            meetings.hold_meeting(meeting=meeting, minutes=minutes, decisions=decisions, by=by, now=closed)


def announce_the_next(viewer_of: ViewerOf, now: datetime) -> None:
    """A hybrid meeting everybody can still come to."""
    ntb, by = _member("ntb"), viewer_of("sekretariat.ntb")
    day = now + timedelta(days=9)
    title = "Uji publik rencana aksi: pertemuan terbuka"
    _announce(ntb, by, Meeting.Kind.PUBLIC_TEST, title, day, online="https://rapat.contoh.id/uji-publik", announced=now)


def register_a_partnership(viewer_of: ViewerOf, now: datetime) -> None:
    """One agreement, and what it brought so far."""
    at = began_at(now) + 10 * WEEK
    by = viewer_of("sekretariat.ntb")
    agreement = Agreement(
        kind="cooperation",
        number="074/05/PKS/contoh",
        subject="Pendampingan warga dalam uji publik rencana aksi (contoh)",
        starts_on=clock.local_day(at),
        ends_on=clock.local_day(at + 104 * WEEK),
        government_duties="Menyediakan bahan uji publik dalam bahasa yang mudah dipahami, dan tempat pertemuan.",
        partner_duties="Mendampingi warga di sepuluh desa saat membaca draf dan menyampaikan masukan.",
        organisation=organisations.by_code("somasi-ntb"),
    )
    made = partnerships.register_partnership(member=_member("ntb"), agreement=agreement, by=by, now=at)
    for weeks, text in (
        (4, "Empat fasilitator desa dilatih; bahan ringkas dua halaman dicetak."),
        (9, "Diskusi kampung di tiga desa, dihadiri 96 warga, 51 di antaranya perempuan."),
    ):
        day = at + weeks * WEEK
        partnerships.add_realisation(partnership=made, on=clock.local_day(day), text=text, by=by, now=day)


def _announce(
    member: PlanMember,
    by: Viewer,
    kind: str,
    title: str,
    day: datetime,
    *,
    shared: str = "Draf rencana aksi untuk uji publik",
    online: str = "",
    announced: datetime | None = None,
) -> Meeting:
    starts = datetime.combine(clock.local_day(day), time(9), clock.WITA).astimezone(UTC)
    announced = announced or starts - timedelta(days=8)
    facts = MeetingFacts(
        kind=kind,
        title=title,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        place=PLACES[member.organisation_id],
        online_url=online,
        agenda="Pembukaan\nPaparan bahan\nDiskusi menurut komitmen\nKesepakatan dan tindak lanjut",
    )
    meeting = meetings.plan_meeting(plan=member.plan, member=member, facts=facts, by=by, now=announced)
    words = f"Kepada seluruh anggota forum multipihak dan masyarakat.\n\nKami mengundang Anda menghadiri “{title}”."
    meetings.invite(meeting=meeting, invitation=words, by=by, now=announced)
    address = f"https://contoh.id/bahan/{member.organisation_id}/{kind}"
    meetings.share_material(meeting=meeting, title=shared, url=address, upload=None, by=by, now=announced)
    return Meeting.objects.select_related("member__organisation", "plan").get(pk=meeting.pk)


def _came(code: str, week: int) -> list[Came]:
    """Who came: everybody who sits in the forum or will, each with a few people."""
    rows = []
    for place, (institution, sector, _duty) in enumerate(SEATS[code]):
        known = organisations.by_code(institution)
        women, men = 1 + (place + week) % 3, 1 + (place * 2 + week) % 2
        rows.append(Came(sector, women, men, known, "" if known else institution))
    return rows


def _place(institution: str, sector: str, duty: str, decree: LegalProduct, at: datetime) -> Place:
    known = organisations.by_code(institution)
    return Place(sector, duty, clock.local_day(at), known, "" if known else institution, decree)


def _paper(member: PlanMember, number: str, subject: str) -> bytes:
    pack = Pack(
        key="surat-keputusan",
        title="Surat Keputusan (contoh)",
        issuer=member.organisation.name_id,
        subtitle=f"Nomor {number}",
        intro=(EXAMPLE, f"Tentang: {subject}."),
        list_title="Menetapkan",
        items=(f"{subject} sebagaimana tercantum dalam lampiran.", "Keputusan ini berlaku sejak tanggal ditetapkan."),
        signatures=(("Kepala daerah", member.organisation.name_id),),
        mark="Contoh: bukan dokumen resmi",
    )
    return documents.pdf(TYPST, pack.data(address="Lumbung, data contoh") | {"language": "id"})


def _member(code: str) -> PlanMember:
    return PlanMember.objects.select_related("organisation", "plan").get(plan_id=KEY, organisation_id=code)


STEPS = (register_decrees, hold_meetings, seat_the_forum, announce_the_next, register_a_partnership)
