"""The description for programs tells of every door there is, and the page for people gives examples that answer."""

import html
import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from tests.guards.routes import all_routes

from lumbung.modules.open_data.tests.publishing import published
from lumbung.site.openapi import ckan

pytestmark = pytest.mark.django_db
# Doors of programs that the description leaves out.
NOT_DESCRIBED = {
    "api-document": "the description itself",
    "log-files:front": "leads people to the page about the log",
    "log-files:add-checkpoint": "a protocol of its own (C2SP tlog-witness), described by its standard",
    "log-files:cosignature": "a protocol of its own (C2SP tlog-witness), described by its standard",
    "ckan-action-without-version": "the same as ckan-action, for clients that leave the version out",
    "portal-ckan-action": "the same for one portal",
    "portal-ckan-action-without-version": "the same for one portal",
    "portal-datastore-dump": "the same for one portal",
    "open_data:file": "the same as open_data:table, for a table called data",
    "open_data:shared-file": "for officers who signed in",
    "open_data:dataset-feed": "Atom, described by its standard (RFC 4287)",
    "open_data:feed": "Atom as well",
    "open_data:release-calendar-feed": "Atom as well",
    "open_data:release-calendar-file": "iCalendar, described by its standard (RFC 5545)",
    "open_data:chart-svg": "a picture of a page",
    "open_data:map-svg": "a picture of a page",
    "open_data:difference-file": "the table of a page as a file",
    "open_data:data-list-csv": "the table of a page as a file",
    "open_data:data-list-progress-csv": "the table of a page as a file",
    "open_data:data-list-record-pdf": "a document for people",
    "open_data:row-template": "a form for people",
}
DOOR = re.compile(
    r"/(<slug:portal_slug>/)?(api|log|datastore|catalog|healthz|wilayah)\b|/<slug:portal_slug>/data/(?:.*/)?[^/]+\.[^/]+$"
)


def test_every_door_for_programs_is_described_or_says_why_not():
    described = {each.route for each in _operations()}
    doors = {route.name for route in all_routes() if DOOR.match(route.pattern)} - {"interfaces"}
    assert doors - described - NOT_DESCRIBED.keys() == set()


def _operations():
    from lumbung.site.openapi.pages import OPERATIONS  # noqa: PLC0415

    return OPERATIONS


def test_the_addresses_of_a_release_are_described_as_they_are():
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    release = "/{portal_slug}/data/{key}/v{number}"
    assert {
        "/{portal_slug}/data/daftar.json",
        "/{portal_slug}/data/{key}.{kind}",
        f"{release}/datapackage.json",
        f"{release}/{{resource}}.{{kind}}",
    } <= set(paths)


def test_no_two_operations_have_one_name():
    keys = [each.key for each in _operations()]
    assert len(keys) == len(set(keys)), sorted({key for key in keys if keys.count(key) > 1})


def test_a_door_that_only_reads_refuses_other_methods_without_speaking_of_sessions():
    for address in ("/api/v1/datasets/x/rows", "/catalog.ttl", "/healthz", "/api/v1/openapi.json"):
        answer = Client(enforce_csrf_checks=True).put(address)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD"), address


def test_the_description_names_every_action_and_the_parameters_of_its_help():
    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    search = told["paths"]["/api/3/action/datastore_search"]["get"]
    assert {"resource_id", "filters", "records_format"} <= {each["name"] for each in search["parameters"]}
    assert "get" not in told["paths"]["/api/3/action/package_create"]
    assert told["paths"]["/api/3/action/package_create"]["post"]["security"] == [{"key": []}]
    assert set(ckan.ckan.ACTIONS) | set(ckan.ckan.WRITES) == {
        path.rsplit("/", 1)[1] for path in told["paths"] if path.startswith("/api/3/action/")
    }


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_examples_of_the_page_answer(language, people, tmp_path):
    published(people, tmp_path)
    text = html.unescape(Client().get(f"{language}/api/v1/").content.decode())
    addresses = re.findall(r'curl (?:-o \S+ )?"?(http[^"\s<]+)', text)
    assert len(addresses) >= 6
    for address in addresses:
        parts = urlsplit(address)
        answer = Client().get(f"{parts.path}?{parts.query}")
        assert answer.status_code == 200 or "/log/" in parts.path, address
