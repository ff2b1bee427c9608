"""Canaries: personal data planted in reports of every mode must come out nowhere but where the rules let it.

The crawl takes its addresses from the URL configuration and from the links it meets, so a page added later is
covered without a word here. What may be seen, and only there:
  - the reporter, on the pages of their own report;
  - whoever reads a sealed original (`permissions.reading_of`), inside the parts marked `data-sealed`;
  - the answer to a reason given for opening an identity (a POST, which no crawl makes).
"""

import itertools
import re
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from lumbung.core.base import clock
from lumbung.core.events import actions as events
from lumbung.core.jobs import runner
from lumbung.core.organisations.models import Organisation
from lumbung.modules.reports.actions import conflicts, reporter, responses, routing, triage
from lumbung.modules.reports.models import Category, Report
from lumbung.modules.reports.tests import stage
from tests import cast, crawler, shared_rows

pytestmark = pytest.mark.django_db

NAME = "Kanarita Wiraatmadja"
PHONE = "081234509876"
EMAIL = "kanarita.w@kanari-contoh.id"
NIK = "5207011203459876"
CANARIES = (NAME, PHONE, EMAIL, NIK)
TEXT = f"Jalan rusak. Saya {NAME}, NIK {NIK}, hp {PHONE}, surel {EMAIL}. Tolong."
LANDMARK = f"rumah {NAME}, {PHONE}"
REASON = "Perlu menghubungi pelapor untuk peninjauan"

MODES = {
    "anonymous": {"is_anonymous": "on"},
    "confidential": {"is_confidential": "on"},
    "both": {"is_anonymous": "on", "is_confidential": "on"},
    "levy": {},
}
ROLES = [
    "",
    "pupr.ksb",
    "kepala.pupr.ksb",
    "pupr.ntb",
    "koordinator.ksb",
    "koordinator.ntb",
    "inspektorat.ksb",
    "kader.ksb",
    "kalender",
    "admin",
]
# In the heavy run everyone walks everywhere; here one of each kind: nobody, who sorts all, who examines what is sealed.
QUICK = {"", "koordinator.ksb", "inspektorat.ksb"}
WALKERS = [pytest.param(role, id=role or "anyone", marks=() if role in QUICK else pytest.mark.heavy) for role in ROLES]
SEALED = re.compile(r"<(details|section)\b[^>]*\bdata-sealed\b.*?</\1>", re.DOTALL)
PAGES_A_ROLE = 600
ALIKE = 12  # of one route; every page that shows what comes from reports is asked (`crawler.SHOWING`)


def squeezed(text: str) -> str:
    """Letters and digits alone, so that dots, spaces and entities hide nothing."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def seen_in(text: str) -> list[str]:
    """The canaries that sing in a text."""
    tight = squeezed(text)
    return [canary for canary in CANARIES if squeezed(canary) in tight]


@pytest.fixture
def signed_in(people):
    def sign_in(email: str) -> Client:
        client = Client()
        if email:
            account = people.account(email)
            client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def send(people, mode: str) -> tuple[Report, Client]:
    """Typed through the three screens, as a citizen does."""
    citizen, base = Client(), "/ksb/laporan/kirim/"
    category = people.levy if mode == "levy" else people.road
    assert citizen.post(base, {"category": category.pk, "text": TEXT}).status_code == 302
    place = {"district": people.village.parent_id, "village": people.village.pk, "landmark": LANDMARK}
    assert citizen.post(f"{base}lokasi/", place).status_code == 302
    who = {"name": NAME, "phone": PHONE, "email": EMAIL, **MODES[mode]}
    answer = citizen.post(f"{base}pelapor/", who)
    number = answer.headers["Location"].split("/")[3]
    return Report.objects.get(number=number), citizen


def walk(people, report: Report) -> None:
    """Through every desk to the end and back, with more canaries in what the reporter adds."""
    # Three weeks ago, and its Monday has come: so the anonymous one is crawled with all that is told of it.
    now, citizen = timezone.now() - timedelta(days=21), stage.reporter_of(report)
    desk, unit = people.viewer("koordinator.ksb"), people.viewer("inspektorat.ksb")
    officer, head = people.viewer("pupr.ksb"), people.viewer("kepala.pupr.ksb")
    reporter.add_to_report(report=report, by=citizen, text=f"Hubungi {NAME} di {PHONE}", now=now)
    if stage.again(report).is_protected:
        inspectorate = Organisation.objects.get(pk="ksb-inspektorat")
        routing.route_report(report=report, by=desk, agency=inspectorate, reported_office=None, now=now)
        officer, head = unit, people.viewer("kepala.inspektorat.ksb")
    else:
        version = {"title": "Jalan rusak", "text": "Jalan rusak, perlu ditambal.", "place": "depan pasar"}
        triage.verify_report(
            report=report,
            by=desk,
            urgency="important",
            hides_person="",
            hides_text="",
            now=now,
            **version,
        )
        routing.assign_report(report=report, by=desk, agency=Organisation.objects.get(pk="ksb-pupr"), now=now)
    stage.agency.accept_report(report=report, by=officer, now=now)
    answer = responses.write_response(report=report, by=officer, kind="final", text="Sudah selesai.", now=now)
    responses.approve_response(response=answer, by=head, now=now)
    reporter.reopen_report(report=report, by=citizen, text=f"Belum. {NAME}, {NIK}, {EMAIL}", now=now)
    responses.write_response(report=report, by=officer, kind="progress", text="Kami periksa lagi.", now=now)
    Report.objects.filter(pk=report.pk).update(held_until=None)


@pytest.fixture(scope="module")
def reports(django_db_setup, django_db_blocker) -> Iterator[dict[str, tuple[Report, Client]]]:
    """One report of each mode, walked through; one more under pressure, and one still unread."""
    with shared_rows.written(django_db_blocker, _write_reports) as made:
        yield made


def _write_reports() -> dict[str, tuple[Report, Client]]:
    people = cast.named()
    made = {mode: send(people, mode) for mode in MODES}
    for report, _citizen in made.values():
        walk(people, report)
    made["pressed"] = send(people, "confidential")
    walk(people, made["pressed"][0])
    conflicts.report_pressure(
        report=made["pressed"][0],
        by=stage.reporter_of(made["pressed"][0]),
        text=f"{NAME} didatangi, {PHONE}",
        now=timezone.now(),
    )
    made["unread"] = send(people, "both")
    for report, _citizen in made.values():
        Client().post("/ksb/laporan/tautan-hilang/telepon/", {"number": report.number})
    events.sequence(today=clock.local_day(clock.now()))
    runner.run_due()
    return made


def routes(patterns, prefix: str = "") -> Iterator[str]:
    """Every route of the URL configuration, as a pattern with <placeholders>."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + _text_of(pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + _text_of(pattern)


def _text_of(pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    return text.lstrip("^").rstrip("$").replace("\\Z", "")


def addresses(reports: dict[str, tuple[Report, Client]]) -> list[str]:
    """Every route filled in with each of our reports, both portals and a topic; others are reached by their links."""
    values = {
        "portal_slug": ["ksb", "ntb"],
        "number": [report.number for report, _citizen in reports.values()],
        "year": ["2026"],
        "code": ["0000-0000-0000-0000"],
        "category": [Category.objects.first().pk],
        "month": ["3"],
    }
    found = []
    for route in routes(get_resolver().url_patterns):
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if "(?P" in route or any(name not in values for name in names):
            continue
        for chosen in itertools.product(*(values[name] for name in names)):
            filled = route
            for name, value in zip(names, chosen, strict=True):
                filled = re.sub(rf"<(?:\w+:)?{name}>", value, filled, count=1)
            found.append(f"/{filled}")
    return list(dict.fromkeys(found))


def is_looked_at(address: str) -> bool:
    # English pages come from the same templates.
    return "?" not in address and "keluar" not in address and not address.startswith("/en/")


@pytest.mark.parametrize("role", WALKERS)
def test_no_page_lets_a_canary_out(people, signed_in, reports, role):
    visited, start = {}, addresses(reports)
    limit = len(start) + PAGES_A_ROLE
    for page in crawler.crawl(signed_in(role), start, limit=limit, depth=limit, alike=ALIKE, within=is_looked_at):
        visited[page.address] = text = page.said.decode(errors="replace")
        assert seen_in(SEALED.sub("", text)) == [], f"{role or 'anyone'} at {page.address}"
        assert seen_in(page.address) == []
        is_not_ready = page.response.status_code == HTTPStatus.SERVICE_UNAVAILABLE and "Retry-After" in page.response
        assert page.response.status_code < 500 or is_not_ready, page.address
    assert len(visited) < limit, "the crawl was cut off: find out what grew, or raise the limit"
    assert "Sudah selesai." in visited[f"/ksb/laporan/{reports['anonymous'][0].number}/"]
    assert "/ksb/laporan/unduh.csv" in visited
    assert "/ksb/laporan/umpan.atom" in visited


# Inside the sealed parts: which desk reads which report. Everyone else has no sealed part with a canary in it.
READERS = {
    "koordinator.ksb": {"anonymous", "confidential", "both", "unread"},
    "inspektorat.ksb": {"levy", "pressed"},
}


def sealed_parts_with_canaries(client: Client, reports) -> set[str]:
    sang = set()
    for mode, (report, _citizen) in reports.items():
        text = client.get(f"/ksb/laporan/{report.number}/kerja/").content.decode()
        if seen_in("".join(match.group(0) for match in SEALED.finditer(text))):
            sang.add(mode)
    return sang


def test_sealed_parts_open_only_on_the_desk_that_may_read(people, signed_in, reports):
    read = {role: sealed_parts_with_canaries(signed_in(role), reports) for role in ROLES if role}
    assert {role: modes for role, modes in read.items() if modes} == READERS


def test_the_owner_reads_their_own_words_and_nobody_elses(reports):
    report, citizen = reports["anonymous"]
    other, _other = reports["both"]
    own = citizen.get(f"/ksb/laporan/{report.number}/").content.decode()
    assert NAME in own
    assert seen_in(citizen.get(f"/ksb/laporan/{other.number}/").content.decode()) == []


OTHERS = ["pupr.ksb", "kepala.pupr.ksb", "pupr.ntb", "koordinator.ntb", "kader.ksb", "admin"]


def test_nobody_else_opens_an_identity_even_with_a_reason(people, signed_in, reports):
    for role, (report, _citizen) in itertools.product(OTHERS, reports.values()):
        answer = signed_in(role).post(f"/ksb/laporan/{report.number}/kerja/identitas/", {"reason": REASON})
        assert answer.status_code in {403, 404}, role
        assert seen_in(answer.content.decode()) == [], role


def test_the_coordinator_sees_the_person_after_a_reason_and_only_in_that_answer(people, signed_in, reports):
    report, _citizen = reports["anonymous"]
    client = signed_in("koordinator.ksb")
    shown = client.post(f"/ksb/laporan/{report.number}/kerja/identitas/", {"reason": REASON}).content.decode()
    assert {NAME, PHONE, EMAIL} <= set(seen_in(SEALED.sub("", shown)))
    after = client.get(f"/ksb/laporan/{report.number}/kerja/").content.decode()
    assert seen_in(SEALED.sub("", after)) == []


CALLERS = {
    "koordinator.ksb": {"anonymous", "confidential", "both", "unread"},
    "inspektorat.ksb": {"levy", "pressed"},
}


def test_a_call_back_shows_the_telephone_number_alone_to_whoever_may_call_and_in_that_answer_only(
    people, signed_in, reports
):
    shown: dict[str, set[str]] = {}
    for role, (mode, (report, _citizen)) in itertools.product(filter(None, ROLES), reports.items()):
        work = f"/ksb/laporan/{report.number}/kerja/"
        answer = signed_in(role).post(f"{work}telepon-balik/nomor/").content.decode()
        sang = seen_in(SEALED.sub("", answer))
        assert sang in ([], [PHONE]), f"{role} calls about {mode}"
        if sang:
            shown.setdefault(role, set()).add(mode)
        assert seen_in(SEALED.sub("", signed_in(role).get(work).content.decode())) == []
    assert shown == CALLERS


def test_no_table_keeps_a_canary_in_the_open(people, signed_in, reports):
    """Every column of every table: events, access events, jobs, drafts, search, notices, whatever comes later."""
    report, _citizen = reports["anonymous"]
    signed_in("koordinator.ksb").post(f"/ksb/laporan/{report.number}/kerja/identitas/", {"reason": REASON})
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values():
            for column, value in row.items():
                text = bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
                assert seen_in(text) == [], f"{model._meta.label}.{column}"
    for session in Session.objects.all():
        assert seen_in(str(session.get_decoded())) == []


def test_no_log_line_and_no_mail_carries_a_canary(people, signed_in, caplog):
    caplog.set_level("DEBUG")
    report, citizen = send(people, "both")
    code = citizen.session["fresh_codes"][report.number]
    walk(people, report)
    citizen.get(f"/ksb/laporan/buka/{code}/")
    signed_in("koordinator.ksb").get(f"/ksb/laporan/{report.number}/kerja/")
    signed_in("koordinator.ksb").post(f"/ksb/laporan/{report.number}/kerja/verifikasi/", {"text": TEXT})
    runner.run_due()
    assert seen_in(caplog.text) == []
    assert code not in caplog.text
    for message in mail.outbox:
        if message.to != [EMAIL]:
            assert seen_in(f"{message.subject} {message.body} {message.extra_headers} {message.to}") == []


def test_the_canaries_would_be_heard():
    assert seen_in(f"x {NAME.upper()} 0812-3450-9876") == [NAME, PHONE]
    assert seen_in(SEALED.sub("", f"<details class='card' data-sealed>{NAME}</details>")) == []
