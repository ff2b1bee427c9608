"""The demonstration leaves one reporter waiting for a call back, so that the officer's side can be tried."""

import pytest
from django.test import Client

from lumbung.core.base import clock
from lumbung.modules.reports.models import CallBack
from lumbung.modules.reports.tests.stories import verified
from lumbung.site import demo_calls

pytestmark = pytest.mark.django_db


def test_the_newest_report_with_a_number_waits_once_and_its_page_can_be_opened(people):
    report = verified(people, now=clock.now(), phone="0800-0000-0001")
    verified(people, now=clock.now())
    address = demo_calls.play(now=clock.now())
    assert CallBack.objects.get().report == report
    assert Client().get(address).status_code == 200
    assert demo_calls.play(now=clock.now()) == ""


def test_without_any_number_nobody_waits(people):
    verified(people, now=clock.now())
    assert demo_calls.play(now=clock.now()) == ""
