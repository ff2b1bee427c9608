"""Addresses that were filed are looked at by a job alone: the first hash stays, and what failed is told."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.events.models import EventRecord
from lumbung.core.files.fetching import Fetched, NotFetched
from lumbung.core.jobs.models import Job
from lumbung.modules.action_plan.actions import addresses, filing, ogp_answers
from lumbung.modules.action_plan.actions.papers import Document
from lumbung.modules.action_plan.models import AddressCapture, OgpAnswer, Plan
from lumbung.modules.action_plan.queries import addresses as known
from lumbung.modules.action_plan.queries import filed

pytestmark = pytest.mark.django_db
URL = "https://www.opengovpartnership.org/laporan"


@pytest.fixture
def report(people):
    """The first report of KSB's monitoring body, at an address."""
    plan = Plan.objects.get(pk="ntb-ksb-2021-2023")
    member = plan.members.get(organisation_id="ksb")
    by = people.viewer("pemantau.ksb")
    return filing.file_inception_report(member=member, document=Document("Laporan awal", URL), by=by, now=NOW)


def look(report, found, *, now=NOW):
    def fetch(url):
        assert url == URL
        if isinstance(found, NotFetched):
            raise found
        return Fetched(found, "text/html", url)

    return addresses.capture(kind="report", subject=str(report.pk), now=now, fetch=fetch)


def told():
    keys = EventRecord.objects.filter(key__startswith="action_plan.filed_address").order_by("id")
    return [key.removeprefix("action_plan.filed_address_") for key in keys.values_list("key", flat=True)]


def test_the_first_capture_gives_the_hash_that_stays_and_what_changes_or_fails_is_told_once(report):
    first = look(report, b"<p>Laporan</p>")
    look(report, b"<p>Laporan</p>", now=NOW + timedelta(days=7))
    look(report, b"<p>Lain</p>", now=NOW + timedelta(days=14))
    look(report, NotFetched("gone", "not-there"), now=NOW + timedelta(days=21))
    look(report, NotFetched("gone", "not-there"), now=NOW + timedelta(days=28))
    assert told() == ["captured", "changed", "failed"]
    [row] = [each for each in filed.filed_on(report.plan) if each.pk == report.pk]
    assert (row.looked.kept, row.looked.failed) == (first, True)
    page = Client().get("/ksb/rencana-aksi/").content.decode()
    assert first.sha256 in page
    assert "not-there" in page
    with pytest.raises(DatabaseError), transaction.atomic():
        AddressCapture.objects.filter(pk=first.pk).update(sha256="0" * 64)


def test_filing_asks_a_job_and_the_page_opens_no_address(people, report):
    assert Job.objects.filter(name=addresses.CAPTURE).count() == 1
    assert AddressCapture.objects.count() == 0
    answer = ogp_answers.keep_ogp_answer(
        plan=report.plan,
        document=Document("Jawaban OGP", "https://www.opengovpartnership.org/jawaban"),
        received_on=clock.local_day(NOW),
        by=people.viewer("sekretariat.ntb"),
        now=NOW,
    )
    assert [each.subject for each in known.every_address() if each.kind == "answer"] == [str(answer.pk)]


def test_an_address_inside_our_own_net_is_refused_by_name(report):
    inside = OgpAnswer.objects.create(
        plan=report.plan,
        title="Alamat dalam",
        url="http://127.0.0.1/rahasia",
        received_on=clock.local_day(NOW),
        entered_at=NOW,
        entered_by=report.filed_by,
    )
    found = addresses.capture(kind="answer", subject=str(inside.pk), now=NOW)
    assert (found.outcome, found.reason, found.sha256) == ("refused", "host-not-public", "")


def test_what_failed_is_tried_the_next_day_and_what_was_captured_after_a_week(report):
    look(report, NotFetched("unreachable", "no-connection"))
    assert addresses.look_again(now=NOW + timedelta(hours=12)) == 0
    assert addresses.look_again(now=NOW + timedelta(hours=25)) == 1
    look(report, b"<p>Laporan</p>", now=NOW + timedelta(hours=26))
    assert addresses.look_again(now=NOW + timedelta(days=6)) == 0
    assert addresses.look_again(now=NOW + timedelta(days=9)) == 1
