"""One report from the form to the rating, through the pages, as each person in turn."""

import re

import pytest
from django.test import Client

from lumbung.core.events.models import EventRecord
from lumbung.core.jobs import runner
from lumbung.modules.reports.models import Rating, Report
from lumbung.modules.reports.states import State

pytestmark = pytest.mark.django_db

TEXT = "Jalan di depan pasar berlubang sejak dua pekan, motor sering jatuh."


def send(client: Client, people, **who: str) -> Report:
    """Send a report through the three screens."""
    base = "/ksb/laporan/kirim/"
    client.post(base, {"category": people.road.pk, "text": TEXT})
    village = people.village
    client.post(f"{base}lokasi/", {"district": village.parent_id, "village": village.pk, "landmark": "depan pasar"})
    answer = client.post(f"{base}pelapor/", who)
    assert answer.status_code == 302, answer.content.decode()
    return Report.objects.latest("received_at")


def signed_in(people, email: str) -> Client:
    client = Client()
    client.force_login(people.account(email), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def press(client: Client, report: Report, step: str, **data: str) -> int:
    status = client.post(f"/ksb/laporan/{report.number}/kerja/{step}/", data).status_code
    report.refresh_from_db()
    return status


def test_a_report_goes_from_form_to_rating(people):
    citizen = Client()
    report = send(citizen, people)
    receipt = citizen.get(f"/ksb/laporan/{report.number}/tanda-terima/").content.decode()
    assert re.search(r"(?:[0-9A-Z]{4} ){3}[0-9A-Z]{4}", receipt)
    assert TEXT not in Client().get(f"/ksb/laporan/{report.number}/").content.decode()

    coordinator = signed_in(people, "koordinator.ksb")
    assert report.number in coordinator.get("/ksb/laporan/kotak-masuk/").content.decode()
    public = {
        "title": "Jalan berlubang di depan pasar",
        "text": "Jalan berlubang, perlu ditambal.",
        "urgency": "important",
    }
    assert press(coordinator, report, "verifikasi", **public) == 302
    assert report.state == State.VERIFIED
    assert press(coordinator, report, "disposisi", agency="ksb-pupr") == 302

    officer, head = signed_in(people, "pupr.ksb"), signed_in(people, "kepala.pupr.ksb")
    assert press(officer, report, "terima") == 302
    assert press(officer, report, "tanggapan", kind="final", text="Lubang sudah ditambal pada 30 Maret.") == 302
    assert "sudah ditambal" not in Client().get(f"/ksb/laporan/{report.number}/").content.decode()
    assert press(head, report, "setujui") == 302
    assert report.state == State.FINISHED
    assert "sudah ditambal" in Client().get(f"/ksb/laporan/{report.number}/").content.decode()

    citizen.post(f"/ksb/laporan/{report.number}/nyatakan-selesai/", {"score": "4"})
    report.refresh_from_db()
    assert report.state == State.CONFIRMED
    assert Rating.objects.get(report=report).score == 4
    keys = list(EventRecord.objects.filter(subject_id=str(report.pk)).order_by("id").values_list("key", flat=True))
    assert keys == [
        "reports.report_submitted",
        "reports.report_verified",
        "reports.report_assigned",
        "reports.report_accepted",
        "reports.response_written",
        "reports.report_finished",
        "reports.report_confirmed",
    ]


def test_the_same_draft_sent_twice_is_one_report(people):
    citizen = Client()
    base = "/ksb/laporan/kirim/"
    citizen.post(base, {"category": people.road.pk, "text": TEXT})
    citizen.post(f"{base}lokasi/", {"district": people.village.parent_id, "village": people.village.pk})
    cookie = citizen.cookies["draft"].value
    citizen.post(f"{base}pelapor/", {})
    citizen.cookies["draft"] = cookie
    again = citizen.post(f"{base}pelapor/", {})
    assert Report.objects.count() == 1
    assert again.headers["Location"].endswith(f"{Report.objects.get().number}/tanda-terima/")


def test_wrong_fields_are_answered_with_422_and_keep_what_was_typed(people):
    citizen = Client()
    answer = citizen.post("/ksb/laporan/kirim/", {"text": TEXT})
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()
    assert TEXT in citizen.get("/ksb/laporan/kirim/").content.decode()


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("nan", "116"), ("0", "0"), ("x", "y"), ("116.1", "-8.5"), ("inf", "1")]
)
def test_a_point_that_cannot_be_right_is_refused_beside_the_form(people, latitude, longitude):
    citizen = Client()
    citizen.post("/ksb/laporan/kirim/", {"category": people.road.pk, "text": TEXT})
    place = {"district": people.village.parent_id, "village": people.village.pk}
    answer = citizen.post("/ksb/laporan/kirim/lokasi/", {**place, "latitude": latitude, "longitude": longitude})
    assert answer.status_code == 422


@pytest.mark.parametrize("text", ["x" * 10_000, "", "\x00", "   "])
def test_a_text_that_cannot_be_stored_is_refused_without_a_crash(people, text):
    assert Client().post("/ksb/laporan/kirim/", {"category": people.road.pk, "text": text}).status_code == 422


def test_emoji_right_to_left_and_html_are_kept_as_written(people):
    citizen = Client()
    text = "Lampu mati 😀 \u202eabc <script>alert(1)</script>"
    citizen.post("/ksb/laporan/kirim/", {"category": people.road.pk, "text": text})
    page = citizen.get("/ksb/laporan/kirim/").content.decode()
    assert "<script>alert(1)" not in page
    assert "😀" in page


def test_a_stranger_learns_only_the_status_word_of_an_unverified_report(people):
    report = send(Client(), people, name="Contoh Pelapor", phone="081200000000", email="pelapor@contoh.id")
    page = Client().get(f"/ksb/laporan/{report.number}/").content.decode()
    for hidden in ("Contoh Pelapor", "081200000000", "pelapor@contoh.id", TEXT, report.village.name):
        assert hidden not in page


def test_a_wrong_access_code_opens_nothing(people):
    send(Client(), people)
    answer = Client().post("/ksb/laporan/buka/", {"code": "0000 0000 0000 0000"})
    assert answer.status_code == 422


def test_a_forced_confidential_topic_never_becomes_public(people):
    citizen = Client()
    citizen.post("/ksb/laporan/kirim/", {"category": people.levy.pk, "text": TEXT})
    place = {"district": people.village.parent_id, "village": people.village.pk}
    citizen.post("/ksb/laporan/kirim/lokasi/", place)
    citizen.post("/ksb/laporan/kirim/pelapor/", {})
    report = Report.objects.get()
    assert report.is_confidential
    coordinator = signed_in(people, "koordinator.ksb")
    public = {"title": "Rahasia sekali", "text": "Tidak boleh terbaca.", "urgency": "important"}
    press(coordinator, report, "verifikasi", **public)
    assert report.state == State.SUBMITTED
    press(coordinator, report, "teruskan", agency="ksb-inspektorat")
    assert report.state == State.ASSIGNED
    for address in (
        f"/ksb/laporan/{report.number}/",
        "/ksb/laporan/",
        "/ksb/laporan/unduh.csv",
        "/ksb/laporan/umpan.atom",
    ):
        assert "Rahasia sekali" not in Client().get(address).content.decode()


def test_personal_data_in_the_public_version_stops_it(people):
    report = send(Client(), people)
    coordinator = signed_in(people, "koordinator.ksb")
    public = {"title": "Jalan", "text": "Hubungi 0812 3456 7890 ya", "urgency": "important"}
    assert press(coordinator, report, "verifikasi", **public) == 422
    assert report.state == State.SUBMITTED


@pytest.mark.parametrize("email", ["koordinator.ntb", "pupr.ksb", "kepala.pupr.ksb", "kader.ksb", "admin"])
def test_only_the_coordinator_of_the_handling_portal_verifies(people, email):
    report = send(Client(), people)
    public = {"title": "Jalan", "text": "Jalan rusak", "urgency": "important"}
    assert press(signed_in(people, email), report, "verifikasi", **public) in {403, 404}
    assert report.state == State.SUBMITTED


def test_an_illegal_passage_is_refused(people):
    report = send(Client(), people)
    coordinator = signed_in(people, "koordinator.ksb")
    press(coordinator, report, "disposisi", agency="ksb-pupr")
    assert report.state == State.SUBMITTED


def test_opening_an_identity_needs_a_reason_and_is_recorded(people):
    report = send(Client(), people, name="Contoh Pelapor", is_anonymous="on")
    coordinator = signed_in(people, "koordinator.ksb")
    address = f"/ksb/laporan/{report.number}/kerja/identitas/"
    assert "Contoh Pelapor" not in coordinator.get(f"/ksb/laporan/{report.number}/kerja/").content.decode()
    assert "Contoh Pelapor" not in coordinator.post(address, {"reason": "x"}, follow=True).content.decode()
    shown = coordinator.post(address, {"reason": "Perlu menghubungi pelapor untuk peninjauan"}).content.decode()
    assert "Contoh Pelapor" in shown
    assert EventRecord.objects.filter(key="reports.identity_opened", subject_id=str(report.pk)).count() == 1


def test_more_asked_stops_the_clock_and_the_answer_starts_it_again(people):
    citizen = Client()
    report = send(citizen, people)
    due_before = report.due_on
    press(signed_in(people, "koordinator.ksb"), report, "tanya", text="Di sisi jalan yang mana?")
    assert report.state == State.NEEDS_MORE
    assert report.paused_since is not None
    citizen.post(f"/ksb/laporan/{report.number}/tambah/", {"text": "Di sisi utara."})
    report.refresh_from_db()
    assert report.state == State.SUBMITTED
    assert report.due_on >= due_before


def test_an_anonymous_report_shows_the_week_and_no_day(people):
    report = send(Client(), people, is_anonymous="on")
    for record in EventRecord.objects.filter(subject_id=str(report.pk)):
        assert record.on.weekday() == 0
        assert b'"precision":"week"' in bytes(record.body)


def test_a_new_holiday_moves_open_deadlines_and_says_so(people):
    report = send(Client(), people)
    before = report.due_on
    keeper = signed_in(people, "kalender")
    day = before
    form = {
        "on": day.isoformat(),
        "kind": "public_holiday",
        "name_id": "Libur contoh",
        "name_en": "Sample holiday",
        "source": "SK contoh",
    }
    assert keeper.post("/kalender/tambah/", form).status_code == 303
    runner.run_due()
    report.refresh_from_db()
    assert report.due_on > before
    moved = EventRecord.objects.get(key="reports.deadline_moved", subject_id=str(report.pk))
    assert before.isoformat().encode() in bytes(moved.body)
    page = Client().get(f"/ksb/laporan/{report.number}/mengapa-tanggal-ini/")
    assert page.status_code == 404  # not public yet: the day of receipt is not told


def test_the_page_why_this_date_lists_each_skipped_day(people):
    citizen = Client()
    report = send(citizen, people)
    page = citizen.get(f"/ksb/laporan/{report.number}/mengapa-tanggal-ini/").content.decode()
    assert page.count("<tr") > 2
