"""What the page of a dataset tells programmers to write does what it says, for this very table."""

import contextlib
import csv
import html
import io
import re
import shlex
import urllib.request

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<details[^>]*><summary>([^<]+)</summary><pre[^>]*><code>(.*?)</code></pre>", re.DOTALL)


@pytest.fixture
def examples(wells, publish):
    wells.cells = [("52.10", 3), ("52.07", 4), ('52.01"; $HOME', 5)]
    publish()
    page = Client().get("/ntb/data/wells/?column=count&op=gte&value=3&sort=code").content.decode()
    return {name: html.unescape(text) for name, text in CODE.findall(page)}


def fetched(address):
    answer = Client().get(address.removeprefix("http://testserver"))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_curl_example_asks_for_the_rows_of_the_view(examples):
    command, address = shlex.split(examples["curl"])
    assert command == "curl"
    assert [row["code"] for row in Client().get(address.removeprefix("http://testserver")).json()["rows"]] == [
        '52.01"; $HOME',
        "52.07",
        "52.10",
    ]


def test_the_python_example_keeps_codes_as_text(examples, monkeypatch):
    def opened(address):
        return contextlib.closing(io.BytesIO(fetched(address)))

    monkeypatch.setattr(urllib.request, "urlopen", opened)
    names: dict[str, object] = {}
    exec(examples["Python"], names)
    assert [row["code"] for row in names["rows"]] == ['52.01"; $HOME', "52.07", "52.10"]


def test_every_other_example_names_an_address_that_gives_the_same_csv(examples):
    for name in ("R", "Python (pandas)", "Lembar kerja"):
        address = re.search(r'"(http[^"]+)"', examples[name])[1]
        assert len(list(csv.reader(fetched(address).decode().splitlines()))) == 4
    assert examples["Lembar kerja"].startswith("=IMPORTDATA(")
    assert '"code": str' in examples["Python (pandas)"]
