"""What a reporter gave of themselves is on no page, in no event, log, job or address; crawled as every role."""

import logging
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation

from lumbung.core.events.models import AccessEvent, EventRecord
from lumbung.core.jobs.models import Job
from lumbung.core.web import context
from lumbung.site import demo
from tests import crawler
from tests import world as worlds
from tests.guards import routes
from tests.guards.samples import all_samples, arguments_of

pytestmark = pytest.mark.django_db
# Whose words a role reads whole, and whose it reads without the personal data in them.
READS_ALL = {"koordinator.ntb": (worlds.OTHER,), "koordinator.ksb": (worlds.OWN, worlds.HIDDEN)}
READS_MASKED = {
    "pupr.ntb": (worlds.OTHER,),
    "kepala.pupr.ntb": (worlds.OTHER,),
    "pupr.ksb": (worlds.OWN,),
    "kepala.pupr.ksb": (worlds.OWN,),
}
LIMIT = 1_300
WITHIN: dict[str, Callable[[str], bool]] = {
    "id": lambda address: not address.startswith("/en/"),
    "en": lambda address: address.startswith("/en/"),
}
ALIKE = 12  # of one route; every page that shows what comes from reports is asked (`crawler.SHOWING`)
AGENCY = "<slug:portal_slug>/organisasi/<slug:code>/"
ENGLISH = ("anonymous", "koordinator.ksb", "pupr.ksb")


def kinds_of_roles() -> list[str]:
    """A guest, and of the accounts that hold the same role and handle the same reports, one."""
    kinds = {}
    for account in demo.ACCOUNTS:
        name = account.email.split("@")[0]
        kinds.setdefault((account.role, READS_ALL.get(name), READS_MASKED.get(name)), name)
    return [worlds.GUEST, *kinds.values()]


def every_address(world) -> list[str]:
    """All that can be asked by GET, whether a link leads there or not."""
    samples = all_samples(world)
    return [
        reverse(route.name, kwargs=arguments)
        for route in routes.all_routes()
        if route.is_ours and route.policy and "GET" in route.policy.methods and route.name != "reports:open"
        for arguments in arguments_of(route.name, route.parameters, samples).values()
    ]


def pages_of(world, role: str, language: str) -> list[crawler.Page]:
    """What a role finds in one language by asking for everything and following every link."""
    with translation.override(language):
        starts = [reverse("web:front-page"), *every_address(world)]
    found = list(crawler.crawl(world.fresh(role), starts, limit=LIMIT, alike=ALIKE, within=WITHIN[language]))
    assert len(found) < LIMIT, "the crawl was cut off: find out what grew, or raise the limit"
    return found


def leaks(pages: list[crawler.Page], role: str, values: tuple[str, ...]) -> list[str]:
    """Every page of a role on which one of the values stands."""
    return [f"{page.address} as {role} says {value!r}" for page in pages for value in values if page.holds(value)]


def sealed_from(role: str) -> tuple[str, ...]:
    """What this role may never read: every identity, and the words of reports it does not handle."""
    whole, masked = READS_ALL.get(role, ()), READS_MASKED.get(role, ())
    numbers = tuple(who.nik for who in worlds.EVERYONE if who not in whole)
    places = tuple(who.landmark for who in worlds.EVERYONE if who not in (*whole, *masked))
    return tuple(value for who in worlds.EVERYONE for value in who.identity) + numbers + places


# In the heavy run every kind of role crawls; here those who differ in what they may read.
DIFFER = {worlds.GUEST, "pupr.ksb"}


@pytest.mark.parametrize(
    "role",
    [role if role in DIFFER else pytest.param(role, marks=pytest.mark.heavy) for role in kinds_of_roles()],
)
def test_identities_and_sealed_words_are_on_no_page_of_those_who_may_not_read_them(people, role):
    world = worlds.build(people)
    pages = pages_of(world, role, "id")
    assert leaks(pages, role, sealed_from(role)) == []
    assert agencies_listed(world, role) <= {page.address for page in pages}, "not the first twelve: every agency"


def agencies_listed(world, role: str) -> set[str]:
    """The pages of all agencies of KSB, which show what is reported to them."""
    listed = crawler.links_of(crawler.ask(world.fresh(role), "/ksb/organisasi/"))
    found = {address for address in listed if crawler.route_of(address) == AGENCY}
    assert len(found) > 30
    return found


@pytest.mark.parametrize("role", ENGLISH)
@pytest.mark.heavy  # English pages come from the same templates
def test_english_pages_tell_no_more(people, role):
    assert leaks(pages_of(worlds.build(people), role, "en"), role, sealed_from(role)) == []


@pytest.mark.parametrize(("role", "value"), [("koordinator.ksb", worlds.OWN.nik), ("pupr.ksb", worlds.OWN.landmark)])
def test_whoever_handles_the_report_reads_its_words_so_the_crawl_can_see(people, role, value):
    world = worlds.build(people)
    assert any(page.holds(value) for page in crawler.crawl(world.fresh(role), [reverse("account-home")]))


def test_a_planted_leak_is_caught(people, monkeypatch):
    world = worlds.build(people)
    monkeypatch.setattr(context, "_home_of", lambda portal: f"/?dari={worlds.OWN.phone}")
    pages = crawler.crawl(world.fresh(worlds.GUEST), ["/ksb/laporan/"], limit=5)
    assert leaks(list(pages), worlds.GUEST, worlds.OWN.identity)


def test_a_leak_in_a_header_or_an_address_is_caught():
    response = HttpResponse()
    response.headers["X-From"] = worlds.OWN.email
    page = crawler.Page("/cari/?q=0819", response, b"x-from: " + worlds.OWN.email.encode())
    assert page.holds(worlds.OWN.email)
    assert page.holds("0819")
    assert not page.holds(worlds.OWN.name)


def test_no_event_job_or_log_line_holds_what_a_reporter_gave(people, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    world = worlds.build(people)
    planted = tuple(value for who in worlds.EVERYONE for value in (*who.identity, *who.words))
    told = [bytes(body).decode() for body in EventRecord.objects.values_list("body", flat=True)]
    told += [str(arguments) for arguments in Job.objects.values_list("arguments", flat=True)]
    told += [str(row) for row in AccessEvent.objects.values_list("reason", "fields", "subject_id")]
    told += [record.getMessage() for record in caplog.records]
    assert told
    assert [value for value in (*planted, world.code) for text in told if value in text] == []


def test_no_column_of_the_database_holds_what_a_reporter_gave_unsealed(people):
    world = worlds.build(people)
    planted = [value for who in worlds.EVERYONE for value in (*who.identity, *who.words)]
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text = "\n".join(str(row) for row in cursor.fetchall())
            found += [f"{table}: {value}" for value in (*planted, world.code) if value in text]
    allowed = {f"django_session: {world.code}"}  # the browser that sent it may show the code once; sessions are signed
    assert set(found) <= allowed


@pytest.mark.parametrize("limit", [1, 5])
def test_the_crawl_is_bounded(people, limit):
    world = worlds.build(people)
    assert len(list(crawler.crawl(world.fresh(worlds.GUEST), ["/"], limit=limit))) == limit
