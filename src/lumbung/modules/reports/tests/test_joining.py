""" "Saya juga mengalami": one press a session, no account, nothing for reports that are not public."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from lumbung.core.base import clock
from lumbung.core.base.errors import NotFound
from lumbung.modules.reports.actions import joining
from lumbung.modules.reports.models import AlsoAffected
from lumbung.modules.reports.tests.stories import sent, verified

pytestmark = pytest.mark.django_db


def press(client: Client, report) -> int:
    return client.post(f"/ksb/laporan/{report.number}/saya-juga/").status_code


def test_each_session_counts_once(people):
    report = verified(people, now=clock.now() - timedelta(days=2))
    first, second = Client(), Client()
    assert [press(first, report), press(first, report), press(second, report)] == [302, 302, 302]
    assert AlsoAffected.objects.filter(report=report).count() == 2
    assert "Saya juga mengalami (2)" in first.get(f"/ksb/laporan/{report.number}/").content.decode()


def test_presses_of_one_session_cannot_be_joined(people):
    client = Client()
    for _turn in range(2):
        press(client, verified(people, now=clock.now() - timedelta(days=2)))
    assert AlsoAffected.objects.values("session_index").distinct().count() == 2


def test_the_database_refuses_a_second_press(people):
    report = verified(people, now=clock.now() - timedelta(days=2))
    AlsoAffected.objects.create(report=report, session_index="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        AlsoAffected.objects.create(report=report, session_index="x")


@pytest.mark.parametrize("hidden", [{"is_confidential": True}, {}])
def test_a_report_that_is_not_public_cannot_be_joined(people, hidden):
    make = verified if hidden else lambda *args, **kwargs: sent(*args, **kwargs).report
    report = make(people, now=clock.now() - timedelta(days=2), **hidden)
    assert press(Client(), report) == 404
    with pytest.raises(NotFound):
        joining.also_affected(report=report, session_key="s", now=clock.now())
    assert AlsoAffected.objects.count() == 0


def test_a_confidential_report_offers_no_text_to_share(people):
    sent_one = sent(people, now=clock.now() - timedelta(days=1), is_confidential=True)
    holder = Client()
    holder.get(f"/ksb/laporan/buka/{sent_one.code}/")
    page = holder.get(f"/ksb/laporan/{sent_one.report.number}/").content.decode()
    assert "Jalan berlubang." in page
    assert "WhatsApp" not in page


def test_the_text_to_share_tells_the_week_of_an_anonymous_report_and_no_day(people):
    report = verified(people, now=clock.now() - timedelta(days=30), is_anonymous=True)
    page = Client().get(f"/ksb/laporan/{report.number}/").content.decode()
    shared = page.split("<textarea", 1)[1].split("</textarea>", 1)[0]
    assert "pekan" in shared
    assert report.public_version.title in shared
    day = report.received_on
    assert day.weekday() == 0 or f"{day.day} " not in shared.split("pekan", 1)[0]
