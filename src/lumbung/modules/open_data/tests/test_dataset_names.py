"""Programs find names, and are told in JSON where there is nothing or where they wrote something nobody knows."""

import pytest
from django.test import Client

from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.tests.publishing import published

pytestmark = pytest.mark.django_db
NAMES = "/api/v1/datasets"


def test_every_dataset_is_listed_by_the_name_its_rows_are_asked_by(publish):
    publish()
    told = Client().get(f"{NAMES}?portal=ntb").json()
    found = next(each for each in told["datasets"] if each["name"] == "wells-ntb")
    rows = Client().get(found["rows"].removeprefix("http://127.0.0.1:8000")).json()
    assert (rows["release"], rows["total"]) == (found["release"], found["row_count"])
    assert Client().get(told["search"]["ntb"].removeprefix("http://127.0.0.1:8000")).json()["total"] == told["total"]
    pages = [Client().get(f"{NAMES}?portal=ntb&per_page=1&page={number}").json() for number in (1, told["total"] + 1)]
    assert [len(page["datasets"]) for page in pages] == [1, 0]


@pytest.mark.parametrize("address", [NAMES, "/ntb/data/daftar.json", "/ntb/data/daftar.csv"])
@pytest.mark.parametrize(
    ("asked", "field"), [("topik=air", "address"), ("page=0", "page"), ("per_page=101", "per_page")]
)
def test_what_a_list_does_not_understand_is_refused_in_both_languages(publish, address, asked, field):
    answer = Client().get(f"{address}?{asked}")
    told = answer.json()["error"]
    is_paged = not address.endswith("csv") or field == "address"
    assert (answer.status_code, told["field"]) == (400, field if is_paged else "address")
    assert told["message_id"] != told["message_en"]


@pytest.mark.parametrize("asked", ["sort=besar", "exact=ya", f"q={'a' * 201}", "q=a&q=b"])
def test_an_order_or_a_way_of_reading_nobody_knows_is_refused(publish, asked):
    assert Client().get(f"/ntb/data/daftar.json?{asked}").status_code == 400


def test_links_from_the_catalogue_leave_out_what_only_the_page_knows(publish):
    publish()
    page = Client().get("/ntb/data/?utm_source=wa&q=&sort=title&page=1").content.decode()
    assert 'daftar.json?sort=title"' in page


def test_the_catalogue_says_what_its_number_is_made_of(publish, people, tmp_path):
    publish()
    published(people, tmp_path, access="restricted")
    page = Client().get("/ntb/data/").content.decode()
    assert "1 dataset terbuka milik portal ini · 1 hanya keterangannya" in page
    assert "hanya keterangannya" not in Client().get("/ntb/data/?q=sumur").content.decode()


@pytest.mark.parametrize(
    "address", ["/api/v1/nothing", "/api/v1/datasets/", "/api/v1/datasets/a/b", "/xyz/api/3/action/a"]
)
def test_an_unknown_address_of_programs_is_told_as_json_in_both_languages(publish, address):
    answer = Client().get(address)
    told = answer.json()["error"]
    assert (answer.status_code, told["code"]) == (404, "address-unknown")
    assert told["message_id"] != told["message_en"]
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["package_list/", "a/b", "tidak-ada"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_action_is_told_as_ckan_does(publish, path, method):
    for place in ("/api/3/action/", "/ntb/api/3/action/", "/api/action/"):
        answer = getattr(Client(enforce_csrf_checks=True), method)(f"{place}{path}")
        assert (answer.status_code, answer.json()) == (400, f"Bad request: Action name not known: {path}")


def test_a_list_that_did_not_change_is_not_sent_again(publish):
    publish()
    first = Client().get("/api/v1/datasets")
    again = Client().get("/api/v1/datasets", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    Listing.objects.update(title_id="Sumur bor")
    assert Client().get("/api/v1/datasets", headers={"if-none-match": first["ETag"]}).status_code == 200
