"""What became of a report: legal steps with believable delays, told as public servants write."""
# ruff: noqa: E501 - chances and sentences are what this file is about

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from lumbung.modules.reports.demo.offices import office_name
from lumbung.modules.reports.demo.problems import Problem
from lumbung.modules.reports.demo.reports import MOVES, Step
from lumbung.modules.reports.demo.rhythm import office_moment, waking_moment
from lumbung.modules.reports.demo.wording import AT_A_DESK, Place, long_date

# Calendar days that stand for 5, 14 and 60 working days; the real due date is the calendar's work.
LIMIT_DAYS: Final = {"information": 7, "ordinary": 20, "inspection": 84}
LONGEST_DAYS: Final = 120
FIRST_HOURS: Final = {"urgent": 0.7, "important": 9.0, "ordinary": 24.0}

VERIFIED: Final = (
    "Laporan jelas dan lengkap, diteruskan kepada instansi yang berwenang.", "Terverifikasi. Lokasi dan uraian sudah jelas.",
    "Uraian sudah diperiksa dan versi untuk publik disiapkan.", "Laporan sesuai kewenangan dan dapat ditindaklanjuti.",
)  # fmt: skip
SEALED: Final = (
    "Diverifikasi. Isi laporan dirahasiakan dan hanya dibuka oleh penerima yang berwenang.",
    "Laporan lengkap; diteruskan secara tertutup.",
)
NEEDS_MORE: Final = (
    "Mohon lengkapi patokan lokasi agar petugas dapat menemukan tempatnya.", "Mohon jelaskan sejak kapan kejadian ini berlangsung.",
    "Mohon kirim keterangan tambahan agar laporan dapat diteruskan.",
)  # fmt: skip
COMPLETED: Final = (
    "Keterangan sudah saya lengkapi.",
    "Sudah saya tambahkan.",
    "Ini tambahan keterangannya.",
)
ARCHIVED: Final = (
    "Diarsipkan: uraian tidak cukup jelas dan pelapor tidak dapat dihubungi.",
    "Diarsipkan: laporan ini sama dengan laporan lain dari pelapor yang sama.",
    "Diarsipkan: setelah dicek, keadaan yang dilaporkan tidak ditemukan di lokasi.",
    "Diarsipkan: perkara sedang diperiksa pengadilan sehingga di luar lingkup pengaduan.",
)  # fmt: skip
NOT_COMPLETED: Final = (
    "Diarsipkan: keterangan yang diminta tidak diterima dalam 30 hari. Anda dapat melapor kembali.",
)
WITHDRAWN: Final = ("Ditarik oleh pelapor karena masalah sudah selesai.", "Pelapor menarik laporannya.")
TO_REGENCY: Final = ("Urusan ini kewenangan pemerintah kabupaten/kota. Laporan dialihkan dengan nomor yang sama.",)
ASSIGNED: Final = (
    "Didisposisikan ke {office}.",
    "Mohon {office} menindaklanjuti sesuai batas waktu.",
    "Diteruskan ke {office} untuk ditangani.",
)
RETURNED: Final = ("Bukan kewenangan {office}; dikembalikan kepada admin koordinator.",)
ACCEPTED: Final = (
    "Laporan diterima dan petugas dijadwalkan meninjau.", "Diterima {office}. Peninjauan lapangan disiapkan.",
    "Sudah kami terima dan sedang dikoordinasikan dengan bidang terkait.", "Laporan masuk daftar kerja pekan ini.",
)  # fmt: skip
DESK_ACCEPTED: Final = (
    "Laporan diterima {office} dan sedang ditelaah.",
    "Sudah kami terima; jawaban sedang disiapkan.",
)
ANSWERED: Final = (
    "Tim telah meninjau lokasi pada {date}. Perbaikan menunggu ketersediaan bahan.", "Hasil peninjauan {date}: laporan benar dan akan ditangani.",
    "Kami sudah berkoordinasi dengan {village_office} pada {date} mengenai penanganannya.",
)  # fmt: skip
DESK_ANSWERED: Final = (
    "Telaah dimulai pada {date}; kami memerlukan keterangan dari unit terkait.",
    "Bahan jawaban sedang dikumpulkan sejak {date}.",
)
CONFIRMED: Final = ("Sudah selesai, terima kasih.", "Benar, sudah ditangani.", "Selesai menurut pelapor.")
REOPENED: Final = (
    "Pelapor menyatakan masalah belum selesai.", "Baru beberapa hari, masalahnya muncul lagi.", "Dibuka kembali: pekerjaan belum tuntas menurut pelapor.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """What the story needs to know about a report."""

    problem: Problem
    place: Place
    portal: str
    received_at: datetime

    @property
    def limit_days(self) -> int:
        category = self.problem.category
        if category.klass == "information":
            return LIMIT_DAYS["information"]
        return LIMIT_DAYS["inspection" if category.needs_inspection else "ordinary"]

    @property
    def on_desk(self) -> bool:
        return self.problem.category.key in AT_A_DESK


@dataclass(slots=True)
class Telling:
    """A story being told: steps so far and the moment of the last one."""

    rng: Random
    case: Case
    steps: list[Step] = field(default_factory=list)
    at: datetime = field(init=False)
    state: str = "submitted"

    def __post_init__(self) -> None:
        self.at = self.case.received_at

    def add(
        self, kind: str, after: timedelta, notes: tuple[str, ...], *, agency: str = "", by_citizen: bool = False
    ) -> None:
        """Add a step no earlier than one minute after the last; refuses what MOVES does not allow."""
        allowed, following = MOVES[kind]
        if self.state not in allowed:
            raise ValueError(f"step {kind!r} may not follow state {self.state!r}")
        moment = self.at + after
        moment = waking_moment(moment) if by_citizen else self._duty(moment)
        began, self.at = self.at, max(moment, self.at + timedelta(minutes=1))
        self.state = following or self.state
        self.steps.append(Step(kind, self.at, agency, self._note(notes, agency, began)))

    def _duty(self, moment: datetime) -> datetime:
        urgent = self.case.problem.category.urgency == "urgent"
        return (
            moment if urgent and moment - self.case.received_at < timedelta(days=2) else office_moment(self.rng, moment)
        )

    def _note(self, notes: tuple[str, ...], agency: str, began: datetime) -> str:
        office = office_name(agency, self.case.portal) if agency else "admin koordinator"
        visit = long_date(
            office_moment(self.rng, began + (self.at - began) * 0.7).date()
            if self.at - began > timedelta(days=4)
            else self.at.date()
        )
        note = self.rng.choice(notes).replace("{office}", office)
        note = note.replace("{village_office}", "pemerintah desa")
        filled = self.case.place.fill(note, on=visit, year=self.at.year + 1)
        return filled[0].upper() + filled[1:]


def story_of(rng: Random, case: Case, until: datetime) -> tuple[tuple[Step, ...], int | None]:
    """The steps up to `until`, and the reporter's rating when there is one."""
    telling = Telling(rng, case)
    if _passes_the_desk(telling):
        _through_the_agency(telling)
    steps = tuple(step for step in telling.steps if step.at <= until)
    return steps, _rating(rng, case, steps)


def _hours(rng: Random, median: float, spread: float = 0.8) -> timedelta:
    return timedelta(hours=min(rng.lognormvariate(0, spread) * median, median * 12))


def _passes_the_desk(telling: Telling) -> bool:
    """Verification; false when the story ends there."""
    rng, case = telling.rng, telling.case
    first = FIRST_HOURS[case.problem.category.urgency]
    forced = case.problem.category.forced_confidential
    if rng.random() < 0.015:
        telling.add("withdrawn", _hours(rng, 30), WITHDRAWN, by_citizen=True)
        return False
    if not forced and rng.random() < 0.08:
        telling.add("needs_more", _hours(rng, first), NEEDS_MORE)
        if rng.random() < 0.3:
            telling.add("archived", timedelta(days=31), NOT_COMPLETED)
            return False
        telling.add("completed", _hours(rng, 40), COMPLETED, by_citizen=True)
    if not forced and rng.random() < 0.05:
        telling.add("archived", _hours(rng, 50), ARCHIVED)
        return False
    telling.add("verified", _hours(rng, first), SEALED if forced else VERIFIED)
    outside = _outside_reasons(rng, case)
    if outside:
        telling.add("handed_out", _hours(rng, 6), outside)
    return not outside


def _outside_reasons(rng: Random, case: Case) -> tuple[str, ...]:
    if case.problem.outside and rng.random() < (0.75 if case.problem.often_outside else 0.1):
        return case.problem.outside
    local = (
        case.portal == "ntb"
        and case.problem.category.klass == "complaint"
        and not case.problem.category.forced_confidential
    )
    return TO_REGENCY if local and (case.problem.agency_kind == "pdam" or rng.random() < 0.01) else ()


def _through_the_agency(telling: Telling) -> None:
    rng, case = telling.rng, telling.case
    agency, urgent = case.problem.agency_kind, case.problem.category.urgency == "urgent"
    if not case.on_desk and rng.random() < 0.07:
        wrong = rng.choice([kind for kind in ("pupr", "dlh", "dishub", "perkim", "dpmd") if kind != agency])
        telling.add("assigned", _hours(rng, 4), ASSIGNED, agency=wrong)
        telling.add("returned", _hours(rng, 30), RETURNED, agency=wrong)
    telling.add("assigned", _hours(rng, 0.5 if urgent else 5), ASSIGNED, agency=agency)
    if rng.random() < 0.03:
        return
    telling.add(
        "accepted", _hours(rng, 2 if urgent else 26), DESK_ACCEPTED if case.on_desk else ACCEPTED, agency=agency
    )
    if rng.random() < 0.35:
        telling.add("answered", _hours(rng, 60), DESK_ANSWERED if case.on_desk else ANSWERED, agency=agency)
    if case.problem.plan and rng.random() < 0.14:
        telling.add("planned", _hours(rng, 120), (case.problem.plan,), agency=agency)
        if rng.random() < 0.6:
            return
        telling.add("finished", timedelta(days=rng.randrange(60, 300)), case.problem.done, agency=agency)
    elif rng.random() < 0.07:
        return
    else:
        telling.add("finished", _until_finished(telling), case.problem.done, agency=agency)
    _what_the_reporter_says(telling)


def _until_finished(telling: Telling) -> timedelta:
    rng, case = telling.rng, telling.case
    if rng.random() < 0.78:
        pace = 0.3 if case.problem.category.urgency == "urgent" else 1.0
        days = max(0.4, (case.limit_days - 2.5) * rng.betavariate(1.6, 2.2) * pace)
    else:
        days = min(LONGEST_DAYS - 4, case.limit_days * rng.uniform(1.05, 4.5))
    return max(
        case.received_at + timedelta(days=days) - telling.at,
        timedelta(hours=rng.uniform(3, 20) if case.problem.category.urgency == "urgent" else rng.uniform(20, 90)),
    )


def _what_the_reporter_says(telling: Telling) -> None:
    rng, agency = telling.rng, telling.case.problem.agency_kind
    if rng.random() < 0.07:
        telling.add("reopened", _hours(rng, 70), REOPENED, by_citizen=True)
        if rng.random() < 0.25:
            return
        telling.add("finished", timedelta(days=rng.randrange(4, 40)), telling.case.problem.done, agency=agency)
    if rng.random() < 0.35:
        telling.add("confirmed", _hours(rng, 50), CONFIRMED, by_citizen=True)


def _rating(rng: Random, case: Case, steps: tuple[Step, ...]) -> int | None:
    if not steps or steps[-1].kind not in {"finished", "confirmed"} or rng.random() > 0.4:
        return None
    quick = steps[-1].at - case.received_at <= timedelta(days=case.limit_days)
    return rng.choice((2, 3, 3, 4, 4, 4) if quick else (1, 1, 2, 2, 3, 4))
