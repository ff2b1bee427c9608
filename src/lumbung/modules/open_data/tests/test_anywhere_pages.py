"""What is public may be read by pages of other sites, where their readers are."""

import csv
import io

import pytest
from django.db import OperationalError
from django.test import Client

from lumbung.modules.open_data.queries import found_lists

pytestmark = pytest.mark.django_db


ADDRESSES = [
    "/ntb/data/wells/v1/data.csv",
    "/ntb/data/daftar.json",
    "/ntb/data/daftar.csv",
    "/ntb/data/umpan.atom",
    "/api/3/action/package_list",
    "/api/3/action/package_show?id=nothing",
    "/datastore/dump/nothing",
    "/api/v1/datasets",
    "/api/v1/openapi.json",
    "/api/v1/datasets/nothing/rows",
    "/ntb/data/wells.ttl",
    "/ntb/data/wells/v1/grafik.svg",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_script_of_another_site_may_read_what_everybody_may_read(publish, address):
    publish()
    answer = Client().get(address)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Content-Range" in answer["Access-Control-Expose-Headers"]
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("address", ADDRESSES)
def test_whatever_a_script_may_read_its_browser_may_ask_about(publish, address):
    publish()
    answer = Client().options(address, headers={"origin": "https://kabar.example"})
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize(
    ("address", "methods"),
    [
        ("/api/3/action/datastore_search", "GET, POST, HEAD, OPTIONS"),
        ("/api/v1/datasets/nothing/rows", "GET, HEAD, OPTIONS"),
        ("/ntb/data/wells/v1/data.csv", "GET, HEAD, OPTIONS"),
        ("/ntb/data/wells.ttl", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_browser_that_asks_beforehand_is_told_what_a_script_may_send(publish, address, methods):
    publish()
    asked = {"origin": "https://kabar.example", "access-control-request-method": "POST"}
    answer = Client().options(address, headers=asked | {"access-control-request-headers": "content-type"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == answer["Allow"] == methods
    assert {"Content-Type", "If-None-Match", "Range"} <= {*answer["Access-Control-Allow-Headers"].split(", ")}
    assert "Authorization" not in answer["Access-Control-Allow-Headers"], "a key has no place in a page"


def test_no_script_of_another_site_asks_a_page_for_people(publish):
    publish()
    answer = Client().options("/ntb/data/wells/", headers={"origin": "https://kabar.example"})
    assert answer.status_code == 405
    assert "Access-Control-Allow-Origin" not in answer


def test_pages_for_people_stay_with_this_site(publish):
    publish()
    answer = Client().get("/ntb/data/wells/")
    assert "Access-Control-Allow-Origin" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_list_that_breaks_off_never_reads_as_whole(publish, monkeypatch):
    publish()

    def broken(portal, wanted):
        yield ("name", "title")
        raise OperationalError("the database went away")

    monkeypatch.setattr(found_lists, "lines", broken)
    sent = []
    with pytest.raises(OperationalError):
        sent.extend(Client().get("/ntb/data/daftar.csv").streaming_content)
    with pytest.raises(csv.Error):
        list(csv.reader(io.StringIO(b"".join(sent).decode(), newline=""), strict=True))
