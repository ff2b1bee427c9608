"""The public list, its CSV and its feed: the same reports, whatever the filter, and nothing hidden shines through."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from django.test import Client

from lumbung.core.base import clock
from lumbung.core.datasets import actions as datasets
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.tests.stories import accepted, finished, sent, verified

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LIST = "/ksb/laporan/"


def days_ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def titles(address: str) -> list[str]:
    page = Client().get(address).content.decode()
    return re.findall(r"<h2><a href=\"[^\"]+\" lang=\"id\">([^<]+)</a></h2>", page)


def test_every_filter_narrows_the_list(people):
    other = people.village.parent.parent.children.exclude(pk=people.village.parent_id).first().children.first()
    accepted(people, now=days_ago(40), title="Di desa kita")
    finished(people, now=days_ago(20), after=timedelta(days=2), title="Di desa lain", village=other)
    assert titles(LIST) == ["Di desa lain", "Di desa kita"]
    assert titles(f"{LIST}?sort=oldest") == ["Di desa kita", "Di desa lain"]
    assert titles(f"{LIST}?place={other.parent_id}") == ["Di desa lain"]
    assert titles(f"{LIST}?state=in_progress") == ["Di desa kita"]
    assert titles(f"{LIST}?agency=ksb-pupr&category=road") == ["Di desa lain", "Di desa kita"]
    assert titles(f"{LIST}?category=aspiration") == []
    assert titles(f"{LIST}?since={days_ago(30):%Y-%m-%d}") == ["Di desa lain"]
    assert titles(f"{LIST}?until={days_ago(30):%Y-%m-%d}") == ["Di desa kita"]


def test_a_filter_that_cannot_be_read_is_named_and_changes_nothing(people):
    verified(people, now=days_ago(3), title="Masih terlihat")
    answer = Client().get(f"{LIST}?since=31-02-2026&state=rusak&page=abc")
    assert answer.status_code == 200
    assert "Masih terlihat" in answer.content.decode()
    assert "Tanggal ini tidak terbaca" in answer.content.decode()


@pytest.mark.parametrize("typed", ["x" * 10_000, "😀", "\u202eabc", "\x00", "<script>alert(1)</script>", "=1+1"])
@pytest.mark.parametrize("field", ["category", "place", "agency", "state", "since", "until", "sort", "page"])
def test_hostile_filters_are_answered_with_a_page(people, field, typed):
    for address in (LIST, f"{LIST}peta/", f"{LIST}unduh.csv", f"{LIST}umpan.atom"):
        answer = Client().get(address, {field: typed})
        assert answer.status_code == 200
        assert "<script>alert(1)" not in answer.content.decode()


def test_csv_and_feed_follow_the_filter(people):
    accepted(people, now=days_ago(9), title="Sedang dikerjakan")
    finished(people, now=days_ago(9), after=timedelta(days=1), title="Sudah selesai")
    table = Client().get(f"{LIST}unduh.csv?state=finished").content.decode()
    assert [row["title"] for row in csv.DictReader(io.StringIO(table))] == ["Sudah selesai"]
    feed = ET.fromstring(Client().get(f"{LIST}umpan.atom?state=finished").content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Sudah selesai"]


def test_the_feed_has_all_that_atom_requires(people):
    verified(people, now=days_ago(3))
    feed = ET.fromstring(Client().get(f"{LIST}umpan.atom").content)
    assert feed.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{needed}") is not None, needed
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    for needed in ("id", "title", "updated", "link"):
        assert entry.find(f"{ATOM}{needed}") is not None, needed
    datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "")


def test_cells_that_look_like_formulas_are_text_in_the_csv(people):
    for title in ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"):
        verified(people, now=days_ago(2), title=title)
    table = Client().get(f"{LIST}unduh.csv").content.decode()
    assert {row["title"][0] for row in csv.DictReader(io.StringIO(table))} == {"'"}


def test_the_csv_tells_of_an_anonymous_report_what_its_page_tells(people):
    report = verified(people, now=days_ago(30), is_anonymous=True)
    row = next(csv.DictReader(io.StringIO(Client().get(f"{LIST}unduh.csv").content.decode())))
    year, week, _day = report.received_on.isocalendar()
    assert (row["received_on"], row["due_on"]) == (f"{year}-W{week:02d}", "")
    assert row["village"] == people.village.name
    assert "channel" not in row


def test_filters_by_day_know_the_week_of_an_anonymous_report_and_no_more(people):
    received = days_ago(30)
    monday = clock.local_day(received) - timedelta(days=clock.local_day(received).weekday())
    verified(people, now=received, title="Tanpa nama", is_anonymous=True)
    shown = [
        day
        for day in (monday + timedelta(days=offset) for offset in range(-2, 9))
        if titles(f"{LIST}?since={day}&until={day}")
    ]
    assert shown == [monday]


def test_an_anonymous_report_joins_the_feed_once_its_week_is_over(people):
    verified(people, now=days_ago(8), title="Pekan lalu", is_anonymous=True)
    verified(people, now=clock.now() - timedelta(minutes=1), title="Baru saja", is_anonymous=True)
    feed = Client().get(f"{LIST}umpan.atom").content.decode()
    assert "Pekan lalu" in feed
    assert "Baru saja" not in feed


def test_confidential_reports_are_counted_as_the_published_table_counts_them(people):
    for turn in range(6):
        sent(people, now=days_ago(190 if turn else 400), is_confidential=True)
    assert "laporan rahasia" not in Client().get(LIST).content.decode(), "nothing was published yet"
    datasets.publish_on_schedule(dataset_key="reports_confidential", place="52.07", now=clock.now())
    page = Client().get(LIST).content.decode()
    assert "5 laporan rahasia" in page
    assert "laporan rahasia" not in Client().get(f"{LIST}?category=road").content.decode()


def test_the_number_of_reports_does_not_change_the_number_of_queries(people, django_assert_max_num_queries):
    for _turn in range(3):
        accepted(people, now=days_ago(6))
    with django_assert_max_num_queries(12) as few:
        Client().get(LIST)
    for _turn in range(12):
        accepted(people, now=days_ago(6))
    with django_assert_max_num_queries(len(few)):
        Client().get(LIST)


def test_a_report_nobody_verified_is_on_no_list(people):
    sent(people, now=days_ago(1), text="Belum diperiksa")
    assert titles(LIST) == []
    assert Report.objects.count() == 1


def test_the_list_without_reports_says_what_to_do(people):
    page = Client().get(LIST).content.decode()
    assert "Belum ada laporan" in page
    assert "/ksb/laporan/kirim/" in page
