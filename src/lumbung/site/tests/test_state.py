"""What an engineer needs in an emergency stands on one page, and nothing about anyone does."""

import pytest

from lumbung.core.base import clock
from lumbung.core.federation import actions as federation
from lumbung.core.federation import feeds
from lumbung.core.jobs.models import Job, ScheduleMark
from lumbung.core.log import actions as public_log
from lumbung.modules.reports.tests.stage import signed_in
from lumbung.site import state

pytestmark = pytest.mark.django_db
PAGE = "/kelola/keadaan/"


def gave_up(**given: str) -> Job:
    told = {
        "key": "k",
        "name": "notices.send",
        "state": Job.FAILED,
        "error": "TimeoutError",
        "finished_at": clock.now(),
    }
    return Job.objects.create(**{**told, **given})


def test_only_an_administrator_opens_it(people):
    assert signed_in(people, "koordinator.ntb").get(PAGE).status_code == 403
    assert signed_in(people, "admin").get(PAGE).status_code == 200


def test_jobs_that_gave_up_are_named_with_the_kind_of_error_and_the_way_back(people):
    gave_up()
    page = signed_in(people, "admin").get(PAGE).content.decode()
    for said in ("notices.send", "TimeoutError", "lumbung retry-jobs"):
        assert said in page


def test_records_that_have_no_page_in_the_feed_are_said(people, monkeypatch):
    now = clock.now()
    federation.publish_all(now=now)
    public_log.extend(now=now)
    assert feed_finding().is_good
    monkeypatch.setattr(feeds, "MAX_PAGES", 0)
    assert not feed_finding().is_good


def feed_finding():
    found = state.installation(now=clock.now())["findings"]
    return next(each for each in found if str(each.name) == "Disampaikan kepada pemasangan lain")


def test_a_worker_that_gives_no_sign_is_noticed(people):
    ScheduleMark.objects.all().delete()
    assert "belum pernah terlihat" in signed_in(people, "admin").get(PAGE).content.decode()


def test_arguments_of_jobs_are_not_shown(people):
    gave_up(arguments={"report": "0198-0000"})
    assert "0198-0000" not in signed_in(people, "admin").get(PAGE).content.decode()
