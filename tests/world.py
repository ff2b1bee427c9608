"""A small world for guards and crawls: one report in each portal and one nobody may see, made through the pages.

Everything a person gave is a planted value: found anywhere it should not be, it names its own leak.
"""

import io
from dataclasses import dataclass
from functools import cached_property

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.modules.reports.actions import call_backs
from lumbung.modules.reports.models import Report
from tests.cast import Cast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ARTIST = 0x013B  # the EXIF field for the name of whoever took the picture
GUEST, CITIZEN = "anonymous", "citizen"


@dataclass(frozen=True)
class Planted:
    """What one reporter gave of themselves."""

    name: str
    phone: str
    email: str
    nik: str
    landmark: str

    @property
    def identity(self) -> tuple[str, ...]:
        """Never on any page but the one that opens an identity."""
        return self.name, self.phone, self.email, self.file_name

    @property
    def file_name(self) -> str:
        return f"{self.email.split('@')[0]}-di-rumah.jpg"

    @property
    def words(self) -> tuple[str, ...]:
        """Only for the reporter and for whoever handles the report."""
        return self.nik, self.landmark

    @property
    def text(self) -> str:
        return f"Saluran air di depan rumah saya tersumbat sejak Senin. NIK saya {self.nik}."


OWN = Planted(
    "Zulkarnaen Tanaman", "081977001001", "zulkarnaen@tanaman.example", "5207017001001001", "pohon kelor satu"
)
OTHER = Planted("Qomariah Tanaman", "081977001002", "qomariah@tanaman.example", "5201017001001002", "pohon kelor dua")
HIDDEN = Planted("Xaverius Tanaman", "081977001003", "xaverius@tanaman.example", "5207017001001003", "pohon kelor tiga")
EVERYONE = (OWN, OTHER, HIDDEN)


@dataclass(frozen=True)
class World:
    """The three reports, the access code of the first, whoever asks to be called back, and a browser for each role."""

    people: Cast
    own: Report
    other: Report
    hidden: Report
    code: str
    secrets: dict[str, str]

    @cached_property
    def roles(self) -> "Browsers":
        """A signed-in browser for each account of the demonstration, beside a guest and the citizen with a code."""
        return Browsers(self)

    def fresh(self, role: str) -> Client:
        """A browser of that role that has been nowhere yet, with the same session."""
        browser = Client(raise_request_exception=False)
        browser.cookies.update(self.roles[role].cookies)
        browser.handler = self.roles[GUEST].handler  # the middleware is built once, not for each browser
        return browser


class Browsers(dict[str, Client]):
    """Browsers by role, each made when it is first asked for: a test uses one or two of thirty."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world

    def __missing__(self, role: str) -> Client:
        if role in {GUEST, CITIZEN}:
            self[role] = Client(raise_request_exception=False)
        else:
            self[role] = sign_in(self.world.people, role)
        if role == CITIZEN:
            self[role].get(f"/ksb/laporan/buka/{self.world.code}/")
        return self[role]


def sign_in(people: Cast, name: str) -> Client:
    """A browser in which that account is signed in."""
    browser = Client(raise_request_exception=False)
    browser.force_login(people.account(name), backend=BACKEND)
    return browser


def build(people: Cast) -> World:
    """Make the world: two reports on their way to an answer, one hidden and untouched."""
    own, code = _send(people, "ksb", OWN)
    other, _code = _send(people, "ntb", OTHER)
    hidden, _code = _send(people, "ksb", HIDDEN, is_anonymous="on", is_confidential="on")
    _work_on(people, own, "ksb")
    _work_on(people, other, "ntb")
    secrets = {report.number: _ask_for_a_call(report) for report in (own, hidden)}
    for job in Job.objects.filter(name=call_backs.TAKE):
        runner.run(job_id=job.pk)
    return World(people, own, other, hidden, code, secrets)


def _ask_for_a_call(report: Report) -> str:
    answer = Client().post("/ksb/laporan/tautan-hilang/telepon/", {"number": report.number})
    return answer.headers["Location"].split("/")[4]


def _send(people: Cast, portal: str, who: Planted, **modes: str) -> tuple[Report, str]:
    browser = Client()
    base = f"/{portal}/laporan/kirim/"
    browser.post(base, {"category": people.road.pk, "text": who.text})
    place = {"district": people.village.parent_id, "village": people.village.pk, "landmark": who.landmark}
    browser.post(f"{base}lokasi/", {**place, "photos": photo(who)})
    answer = browser.post(f"{base}pelapor/", {"name": who.name, "phone": who.phone, "email": who.email, **modes})
    assert answer.status_code == 302, answer.content.decode()
    report = Report.objects.order_by("-received_at").first()
    assert report is not None
    return report, browser.session["fresh_codes"][report.number]


def photo(who: Planted) -> SimpleUploadedFile:
    """A small photo whose file name and hidden fields name its maker."""
    image, hidden, out = Image.new("RGB", (64, 48), "teal"), Image.Exif(), io.BytesIO()
    hidden[ARTIST] = who.name
    image.save(out, "JPEG", exif=hidden)
    return SimpleUploadedFile(who.file_name, out.getvalue(), "image/jpeg")


def _work_on(people: Cast, report: Report, portal: str) -> None:
    coordinator, officer = sign_in(people, f"koordinator.{portal}"), sign_in(people, f"pupr.{portal}")
    public = {"title": "Saluran air tersumbat", "text": "Saluran air di tepi jalan tersumbat.", "urgency": "important"}
    _press(coordinator, report, portal, "verifikasi", **public)
    _press(coordinator, report, portal, "disposisi", agency=f"{portal}-pupr")
    _press(officer, report, portal, "terima")
    _press(officer, report, portal, "tanggapan", kind="final", text="Saluran dibersihkan pada 30 Maret.")
    report.refresh_from_db()


def _press(browser: Client, report: Report, portal: str, step: str, **data: str) -> None:
    answer = browser.post(f"/{portal}/laporan/{report.number}/kerja/{step}/", data)
    assert answer.status_code == 302, f"{step}: {answer.status_code} {answer.content.decode()[:2000]}"
