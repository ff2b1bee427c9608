"""How a citizen writes: places, registers, chat spelling, and planted personal data that cannot be real."""
# ruff: noqa: E501 - chances and sentences are what this file is about

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Final

from lumbung.modules.reports.demo.problems import Problem
from lumbung.modules.reports.demo.rhythm import DRY_MONTHS, RAINY_MONTHS

LANDMARKS: Final = (
    "depan SDN 1", "depan SDN 2", "sebelah masjid", "dekat pasar", "simpang tiga", "simpang empat", "depan kantor desa",
    "dekat lapangan", "tikungan dekat kuburan", "dekat posyandu", "RT 01", "RT 02", "RT 03", "RT 04", "RT 05", "RT 06",
    "gang dekat mushala", "tanjakan dekat kebun", "dekat jembatan", "samping balai dusun", "belakang SMP",
    "dekat persawahan", "depan warung kopi", "dekat tambal ban", "gerbang masuk desa", "ujung kampung",
)  # fmt: skip
IN_WARDS: Final = {
    "kantor desa": "kantor lurah", "pemerintah desa": "pihak kelurahan", "Pemerintah desa": "Pihak kelurahan",
    "balai desa": "aula kelurahan", "musyawarah desa": "musyawarah kelurahan", "balai dusun": "balai lingkungan",
    "gerbang masuk desa": "gerbang masuk kelurahan", "Jalan desa": "Jalan lingkungan", "jalan desa": "jalan lingkungan",
    "desa sebelah": "kelurahan sebelah", "Lahannya milik desa": "Lahannya milik pemerintah", "ke desa": "ke kelurahan",
    "ujung desa": "ujung kelurahan", "desa ini": "kelurahan ini", "dari desa": "dari rumah", "di desa": "di kelurahan",
}  # fmt: skip
SINCE: Final = (
    "sejak seminggu lalu", "sejak dua minggu terakhir", "sejak sebulan lalu", "sejak beberapa hari lalu",
    "sejak tiga minggu lalu", "sejak awal bulan ini", "sejak dua bulan lalu", "sejak pekan lalu",
)  # fmt: skip
SINCE_RAIN: Final = ("sejak hujan deras kemarin", "sejak musim hujan mulai", "sejak hujan beberapa hari ini")
SINCE_NOW: Final = (
    "sejak tadi pagi",
    "sejak semalam",
    "sejak kemarin sore",
    "sejak hujan tadi malam",
    "sejak subuh tadi",
)
REQUESTS: Final = (  # the first five fit a service desk too
    "Mohon segera ditindaklanjuti.", "Mohon bantuannya.", "Kami menunggu tindak lanjutnya.", "Mohon penjelasannya.",
    "Bagaimana tindak lanjutnya?", "Kami mohon perhatian dari dinas terkait.", "Mohon ada petugas yang meninjau.",
    "Semoga bisa segera diperbaiki.", "Tolong dicek ke lokasi.", "Mudah-mudahan ada solusinya.",
)  # fmt: skip
AT_A_DESK: Final = frozenset({
    "health", "social_aid", "civil_documents", "land_permit", "public_service", "market", "information_request",
    "aspiration", "official_conduct", "illegal_levy", "aid_fraud", "violence", "village_office",
})  # fmt: skip
GENTLE: Final = ("Mohon dirahasiakan.", "Mohon ditangani dengan hati-hati.", "Terima kasih atas perhatiannya.")
WISHES: Final = ("Terima kasih.", "Mohon dipertimbangkan.", "Terima kasih atas perhatiannya.", "Semoga bermanfaat.")
GREETINGS: Final = ("Assalamualaikum.", "Izin melapor.", "Permisi, mau melapor.", "")
NEIGHBOUR: Final = (
    "Saya juga mau melaporkan hal yang sama dengan tetangga.", "Sudah ada yang lapor, tetapi belum ada perubahan.",
    "Ikut melaporkan.", "Menyambung laporan warga sebelumnya.",
)  # fmt: skip
THANKS: Final = ("Terima kasih.", "Terima kasih sebelumnya.", "Trims.", "Wassalam.", "")
SASAK_REGENCIES: Final = ("52.01", "52.02", "52.03", "52.08", "52.71")
ON_BEHALF: Final = {
    "counter": ("Warga datang langsung dan menyampaikan: ", "Disampaikan langsung oleh warga: "),
    "phone": ("Disampaikan melalui telepon: ", "Pelapor menelepon: "),
    "forum": ("Disampaikan dalam forum warga: ", "Catatan petugas dari forum: "),
    "kader": ("Dicatat kader dari warga: ", ""),
}
CHAT: Final = {
    "yang": "yg", "tidak": "tdk", "sudah": "sdh", "belum": "blm", "jalan": "jln", "Jalan": "jln", "dengan": "dgn",
    "untuk": "utk", "karena": "krn", "bagaimana": "bgmn", "Bagaimana": "bgmn", "kalau": "klo", "Kalau": "klo",
    "sampai": "sampe", "saja": "aja", "dari": "dr", "pada": "pd", "banyak": "byk", "orang": "org", "tolong": "tlg",
    "Tolong": "tlg", "bisa": "bs", "juga": "jg", "sangat": "sgt", "malam": "mlm", "depan": "dpn", "tetapi": "tp",
    "padahal": "pdhl", "Padahal": "pdhl", "Mohon": "mhn", "Kami": "kmi", "kami": "kmi", "dapat": "dpt", "sering": "srg",
    "Desa": "ds", "Kelurahan": "kel", "tanggal": "tgl", "segera": "sgra", "terima kasih": "mksh", "Terima kasih": "mksh",
}  # fmt: skip
PARTICLES: Final = ("min", "pak", "bu", "pak/bu", "admin")
DAY_NAMES: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTH_NAMES: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A village or ward (by the fourth group of its code) and a landmark in it."""

    village_code: str
    village_name: str
    landmark: str

    @property
    def is_ward(self) -> bool:
        return self.village_code.rsplit(".", 1)[-1].startswith("1")

    @property
    def village(self) -> str:
        return f"{'Kelurahan' if self.is_ward else 'Desa'} {self.village_name}"

    def fill(self, sentence: str, since: str = "", on: str = "", year: int = 0) -> str:
        """Sentence with its slots filled, in the words of a ward where the place is one."""
        thing = f"{self.landmark} {self.village_name if self.landmark.endswith(' desa') else self.village}"
        filled = sentence.format(
            where=f"di {thing}", thing=thing, village=self.village, since=since, date=on, year=year
        )
        for village_word, ward_word in IN_WARDS.items() if self.is_ward else ():
            filled = filled.replace(village_word, ward_word)
        return filled


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of a problem: the citizen's words and the edited ones; landmark is empty when it was not said."""

    title: str
    original: str
    public_title: str
    public_text: str
    landmark: str


def landmark_for(rng: Random, problem: Problem) -> str:
    return rng.choice(problem.landmarks or LANDMARKS)


def tell(
    rng: Random, problem: Problem, place: Place, *, at: datetime, channel: str, anonymous: bool, twin: bool
) -> Told:
    """Write the report as its citizen would, and the version an officer would publish."""
    since, says = rng.choice(_since(problem, at.date())), rng.choice(problem.says)
    placed = "{where}" in says or "{thing}" in says
    opening = place.fill(says, since)
    count = min(len(problem.more), rng.choice((0, 1, 1, 2, 2)))
    details = [place.fill(line) for line in rng.sample(problem.more, k=count)]
    neighbour = [rng.choice(NEIGHBOUR)] if twin else []
    request = rng.choice(_requests(problem)) if rng.random() < 0.8 else ""
    body = " ".join([*neighbour, opening, *details, request]).strip()
    public_title = f"{problem.title}{' di' if problem.category.klass == 'complaint' else ','} {place.village}"
    return Told(
        title=_title(rng, problem, place, channel, placed=placed and not problem.landmarks),
        original=_dress(rng, body, channel, place, at.hour),
        public_title=public_title,
        # decision 31: nothing finer than the village, no detail that could point at a home
        public_text=_blurred(problem, place) if anonymous else " ".join([opening, *details]),
        landmark=place.fill(place.landmark) if placed else "",
    )


def _title(rng: Random, problem: Problem, place: Place, channel: str, *, placed: bool) -> str:
    title = place.fill(f"{problem.title} di {place.landmark}") if placed and rng.random() < 0.5 else problem.title
    plain = channel not in ON_BEHALF and title[1].islower() and rng.random() < 0.4
    return in_chat(rng, title[0].lower() + title[1:], 0.5, dressed=False) if plain else title


def _blurred(problem: Problem, place: Place) -> str:
    title = problem.title if problem.title[1].isupper() else problem.title[0].lower() + problem.title[1:]
    return f"Laporan dari {place.village}: {title}."


def _requests(problem: Problem) -> Sequence[str]:
    if problem.category.forced_confidential:
        return GENTLE
    if problem.category.klass != "complaint":
        return WISHES
    return REQUESTS[:5] if problem.category.key in AT_A_DESK else REQUESTS


def _since(problem: Problem, day: date) -> Sequence[str]:
    rainy = problem.season == "rain" and day.month in RAINY_MONTHS
    if problem.category.key == "disaster" and problem.season != "dry":
        return SINCE_NOW if rainy else SINCE_NOW[:3]
    return (*SINCE, *SINCE_RAIN) if rainy else SINCE


def _dress(rng: Random, body: str, channel: str, place: Place, hour: int) -> str:
    """Greeting, thanks, planted numbers and spelling, by channel: what officers write down is tidy."""
    if channel in ON_BEHALF:
        return rng.choice(ON_BEHALF[channel]) + body + _planted(rng)
    greeting = (rng.choice(GREETINGS) or f"Selamat {_part_of(hour)}.") if rng.random() < 0.45 else ""
    thanks = "" if "erima kasih" in body else rng.choice(THANKS)
    if thanks and place.village_code.startswith(SASAK_REGENCIES) and rng.random() < 0.08:
        thanks = "Tampi asih."
    text = " ".join(f"{greeting} {body} {thanks}".split())
    strength = rng.choice((0.0, 0.0, 0.2, 0.5) if channel == "web" else (0.0, 0.0, 0.35, 0.7, 0.9))
    return (in_chat(rng, text, strength) if strength else text) + _planted(rng)


def _part_of(hour: int) -> str:
    return "pagi" if hour < 11 else "siang" if hour < 15 else "sore" if hour < 18 else "malam"


def in_chat(rng: Random, text: str, strength: float, *, dressed: bool = True) -> str:
    """The same text with the shortenings of a phone keyboard; names of places are left alone."""
    short = re.sub(
        r"\b(?:Terima kasih|terima kasih|\w+)\b",
        lambda found: CHAT[found[0]] if found[0] in CHAT and rng.random() < strength else found[0],
        text,
    )
    if rng.random() < strength:
        short = re.sub(r"\b([a-z]{3,})-\1\b", r"\g<1>2", short)
    if not dressed:
        return short
    if rng.random() < 0.5:
        short = short.rstrip(".").replace(". ", rng.choice((", ", ".. ", " ")))
    if rng.random() < 0.3:
        short = f"{rng.choice(PARTICLES)}, {short[0].lower()}{short[1:]}"
    return short + rng.choice(("", "", "", " 🙏", " 🙏🙏"))


def _planted(rng: Random) -> str:
    """In one text of twenty-five, numbers no register can hold: NIK in region 99, phones in 0800."""
    if rng.random() > 0.05:
        return ""
    tail = "".join(str(rng.randrange(10)) for _ in range(12))
    nik, phone = f"9999{tail}", f"0800-{tail[:4]}-{tail[4:8]}"
    return rng.choice(
        (f" Hubungi saya di {phone}.", f" NIK saya {nik}.", f" WA {phone.replace('-', ' ')}", f" No. HP {phone}.")
    )


def long_date(day: date) -> str:
    """Kamis, 26 Maret 2026."""
    return f"{DAY_NAMES[day.weekday()]}, {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def season_factor(problem: Problem, day: date) -> float:
    """How much likelier the problem is on that day."""
    if problem.season == "rain":
        return 2.2 if day.month in RAINY_MONTHS else 0.3
    if problem.season == "dry":
        return 4.0 if day.month in DRY_MONTHS else 0.0
    return 1.0
