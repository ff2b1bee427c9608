"""What a phone on prepaid data must load: 100 kB for the first page, 250 kB for the report flow without the map."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from lumbung.core.base import clock
from lumbung.modules.reports.tests.stories import accepted

pytestmark = pytest.mark.django_db
FIRST_PAGE_BYTES, FLOW_BYTES = 100_000, 250_000
MAP_FILES = ("vendor/leaflet", "regions/map")


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def static_files(page: str) -> set[str]:
    """The static files a page names, and the font and pictures its style sheet asks for."""
    named = set(re.findall(r'(?:src|href)="/static/([^"]+)"', page))
    return named | ({"web/band.svg"} if "web/lumbung.css" in named else set())


def bytes_of(file: str) -> int:
    found = finders.find(file)
    assert found, file
    body = Path(str(found)).read_bytes()
    return len(body) if file.endswith("woff2") else len(gzip.compress(body))


def weight(pages: list[str]) -> int:
    """Pages as sent, plus each static file once, as the browser's cache does."""
    files = {file for page in pages for file in static_files(page) if not file.startswith(MAP_FILES)}
    return sum(len(page.encode()) for page in pages) + sum(bytes_of(file) for file in files)


@pytest.mark.parametrize(
    "address", ["/", "/ntb/", "/ksb/", "/ksb/laporan/", "/ksb/laporan/rekap/", "/ksb/laporan/kirim/"]
)
def test_the_first_page_weighs_at_most_100_kb(people, address):
    for _turn in range(25):
        accepted(people, now=clock.now() - timedelta(days=40))
    assert 20_000 < weight([Client().get(address).content.decode()]) <= FIRST_PAGE_BYTES


def test_the_report_flow_weighs_at_most_250_kb(people):
    citizen, send = Client(), "/ksb/laporan/kirim/"
    pages = [citizen.get(send).content.decode()]
    citizen.post(send, {"category": people.road.pk, "text": "Lampu mati"})
    pages.append(citizen.get(f"{send}lokasi/").content.decode())
    village = people.village
    citizen.post(f"{send}lokasi/", {"district": village.parent_id, "village": village.pk})
    pages += [citizen.get(f"{send}pelapor/").content.decode()]
    pages += [citizen.post(f"{send}pelapor/", {}, follow=True).content.decode()]
    assert len(pages) == 4
    assert 20_000 < weight(pages) <= FLOW_BYTES
