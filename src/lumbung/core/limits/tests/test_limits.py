"""So many attempts and not one more, whoever counts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.utils import translation

from lumbung.core.base.errors import TooMany
from lumbung.core.limits import actions, jobs, visitors
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.models import Bucket

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # 14.00 WITA
THREE = Limit("three", count=3, per_seconds=60)


@pytest.fixture(autouse=True)
def plain_limits(settings):
    settings.LUMBUNG_LIMIT_FACTOR = 1


def take(times: int, *, subject: str = "address:192.0.2.1", now: datetime = NOW, limit: Limit = THREE) -> None:
    for _ in range(times):
        actions.take(limit, subject, now=now)


def test_the_limit_holds_and_says_when_to_come_back():
    take(3)
    with pytest.raises(TooMany) as refused:
        take(1)
    assert refused.value.status == 429
    assert refused.value.retry_after_seconds == 20
    with translation.override("id"):
        assert refused.value.sentence == "Terlalu banyak percobaan, coba lagi pukul 14.01 WITA."
    with translation.override("en"):
        assert refused.value.sentence == "Too many attempts. Try again at 14:01 WITA."


def test_coming_back_when_told_is_early_enough():
    take(3)
    with pytest.raises(TooMany) as refused:
        take(1)
    take(1, now=NOW + timedelta(seconds=refused.value.retry_after_seconds))


def test_a_token_comes_back_with_every_interval():
    take(3)
    take(1, now=NOW + timedelta(seconds=20))
    with pytest.raises(TooMany):
        take(1, now=NOW + timedelta(seconds=21))


def test_an_old_bucket_is_no_larger_than_a_full_one():
    take(1)
    later = NOW + timedelta(days=1)
    take(3, now=later)
    with pytest.raises(TooMany):
        take(1, now=later)


def test_a_refused_attempt_costs_nothing():
    take(3)
    for _ in range(10):
        with pytest.raises(TooMany):
            take(1)
    take(1, now=NOW + timedelta(seconds=20))


def test_one_visitor_does_not_use_up_another_ones_attempts():
    take(3)
    take(3, subject="address:192.0.2.2")


def test_kinds_are_counted_apart():
    take(3)
    take(3, limit=Limit("other", count=3, per_seconds=60))


def test_a_rightful_attempt_is_given_back():
    take(3)
    actions.give_back(THREE, "address:192.0.2.1", now=NOW)
    take(1)
    with pytest.raises(TooMany):
        take(1)


def test_giving_back_never_makes_more_than_a_full_bucket():
    take(1)
    for _ in range(5):
        actions.give_back(THREE, "address:192.0.2.1", now=NOW)
    take(3)
    with pytest.raises(TooMany):
        take(1)


def test_forgetting_empties_the_memory():
    take(3)
    actions.forget(THREE, "address:192.0.2.1")
    take(3)


def test_the_installation_may_raise_every_limit(settings):
    settings.LUMBUNG_LIMIT_FACTOR = 2
    take(6)
    with pytest.raises(TooMany):
        take(1)


def test_no_address_is_stored():
    take(1)
    bucket = Bucket.objects.get()
    assert "192.0.2.1" not in f"{bucket.key} {bucket.kind} {bucket.full_at_us}"
    assert len(bucket.key) == 64


def test_full_buckets_are_purged():
    take(1)
    take(1, subject="address:192.0.2.2", now=NOW + timedelta(hours=1))
    assert actions.purge(now=NOW + timedelta(hours=1)) == 1
    assert Bucket.objects.count() == 1


def test_the_scheduled_job_purges():
    take(1)
    jobs.purge()
    assert not Bucket.objects.exists()


FIFTY_THREADS = """
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from django.conf import settings
from django.db import connection
from lumbung.core.base.errors import TooMany
from lumbung.core.limits.actions import Limit, take
settings.LUMBUNG_LIMIT_FACTOR = 1
limit, now = Limit("threads", count=7, per_seconds=3600), datetime(2026, 3, 2, tzinfo=UTC)

def attempt(_number):
    try:
        take(limit, "area:52.07", now=now)
        return 1
    except TooMany:
        return 0
    finally:
        connection.close()

with ThreadPoolExecutor(50) as pool:
    print(sum(pool.map(attempt, range(50))))
"""


def test_fifty_threads_never_take_more_than_the_limit(house):
    assert house.run(FIFTY_THREADS) == "7"


def request_from(address: str, **headers: str):
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def test_a_phone_cannot_walk_through_its_ipv6_network():
    first = visitors.address_of(request_from("2001:db8:1:2::1"))
    assert first == visitors.address_of(request_from("2001:db8:1:2:ffff::9"))
    assert first != visitors.address_of(request_from("2001:db8:1:3::1"))


def test_an_ipv4_address_in_ipv6_clothes_is_the_ipv4_address():
    assert visitors.address_of(request_from("::ffff:192.0.2.1")) == "192.0.2.1"


def test_a_forged_forwarding_header_is_not_believed_without_a_proxy(settings):
    settings.LUMBUNG_BEHIND_PROXY = False
    assert visitors.address_of(request_from("192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.7")) == "192.0.2.1"


def test_behind_the_proxy_only_the_address_it_saw_counts(settings):
    settings.LUMBUNG_BEHIND_PROXY = True
    forged = request_from("127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.7, 192.0.2.9")
    assert visitors.address_of(forged) == "192.0.2.9"


def test_an_address_that_is_none_shares_one_bucket():
    assert visitors.address_of(request_from("unix:")) == "unknown"
