"""What each public page asks of the database is a file in tests/guards/sql, so that one more query shows in review."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lumbung.core.portals.models import Portal
from tests import world as worlds
from tests.budgets import normalised, queries_at_most, statements
from tests.guards import routes, snapshots
from tests.guards.samples import OWN, all_samples, arguments_of

pytestmark = pytest.mark.django_db
SQL = snapshots.FOLDER / "sql"
MOST = 15
# Pages that ask more, with the reason; bring them down and take them out.
DEARER: dict[str, tuple[int, str]] = {
    "portal-home": (17, "reports, figures, datasets, and six questions for the plans that are drawn up"),
    "action_plan:plan": (23, "reports, codings, filed papers, other installations, the plans that are drawn up"),
    "action_plan:plan-of": (23, "as the plan"),
    "action_plan:json": (37, "the record with its proof, assessments, exceptions, who leads, endorses, monitors"),
    "action_plan:plan-file": (30, "what the file tells, who leads and monitors, and the record it proves"),
    "action_plan:commitment": (22, "reports, codings, notes, remarks, evidence, filed papers and history of one"),
    "action_plan:enactment": (33, "compares every text of a plan with the public log while it is opened"),
    "action_plan:making": (40, "each requirement of the stages its members stand in asks for itself"),
}


def public_addresses(world) -> dict[str, str]:
    """The address of each public page of ours for something that exists, by name."""
    found = {}
    samples = all_samples(world)
    for route in routes.all_routes():
        policy = route.policy
        if not (route.is_ours and policy and policy.kind == "public" and "GET" in policy.methods):
            continue
        kinds = arguments_of(route.name, route.parameters, samples)
        if OWN in kinds or "-" in kinds:
            found[route.name] = reverse(route.name, kwargs=kinds.get(OWN, kinds.get("-")))
    return found


def asked_by(address: str) -> list[str]:
    """The statements of a page for a stranger, once everything that is kept in memory is there."""
    Client().get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(address)
        if response.streaming:
            response.getvalue()
    return statements(captured)


def test_every_public_page_asks_what_its_snapshot_says(people):
    world = worlds.build(people)
    wrong = []
    addresses = public_addresses(world)
    assert "reports:list" in addresses
    for name, address in addresses.items():
        asked = asked_by(address)
        most, _reason = DEARER.get(name, (MOST, ""))
        if len(asked) > most:
            wrong.append(f"{name}: {len(asked)} queries; at most {most}")
        path = SQL / f"{re.sub('[^a-z]+', '_', name)}.sql"
        if connection.vendor != "sqlite":  # other databases spell the same questions in other words
            stored = path.read_text(encoding="utf-8").splitlines()
            wrong += [f"{name}: {len(asked)} queries, {len(stored)} stored"] if len(asked) != len(stored) else []
        elif change := snapshots.compare(path, "".join(f"{line}\n" for line in asked)):
            wrong.append(f"{name}\n{change}")
    assert not wrong, "\n".join(wrong)


def test_every_snapshot_belongs_to_a_public_page(people):
    names = {re.sub("[^a-z]+", "_", name) for name in public_addresses(worlds.build(people))}
    assert {path.stem for path in SQL.glob("*.sql")} <= names, "delete the snapshots of pages that are gone"


def test_more_reports_do_not_mean_more_queries(people):
    worlds.build(people)
    names = ("portal-home", "reports:list", "reports:csv", "reports:feed")
    pages = {name: reverse(name, kwargs={"portal_slug": "ksb"}) for name in names}
    before = {name: len(asked_by(address)) for name, address in pages.items()}
    for _ in range(2):
        worlds.build(people)
    assert {name: len(asked_by(address)) for name, address in pages.items()} == before


def test_one_query_too_many_is_caught(people):
    with pytest.raises(AssertionError, match="1 queries; at most 0"), queries_at_most(0):
        list(Portal.objects.all())
    with queries_at_most(1):
        list(Portal.objects.all())


def test_a_changed_query_changes_the_snapshot():
    first = normalised('SELECT "a"."x", "a"."y" FROM "a" WHERE ("a"."x" IN (1, 2, 3) AND "a"."y" = \'it\'\'s 5\')')
    assert first == "SELECT … FROM a WHERE (a.x IN (…) AND a.y = ?)"
    assert first == normalised('SELECT "a"."x", "a"."y" FROM "a" WHERE ("a"."x" IN (7) AND "a"."y" = \'no\')')
    assert first != normalised('SELECT "a"."x", "a"."y" FROM "a" WHERE ("a"."x" IN (7))')
