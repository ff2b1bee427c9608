"""Work that happens after the answer: once, again after a failure, and after a kill."""

import signal
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from lumbung.core.base import clock
from lumbung.core.base.declarations import JobType
from lumbung.core.jobs import actions, queries, registry, runner
from lumbung.core.jobs.models import Job, ScheduleMark

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SECRET = "Baiq Sari 081234567890"
ran: list[dict] = []


def note(**ids):
    ran.append(ids)


def fail(**_ids):
    raise ValueError(SECRET)


@pytest.fixture(autouse=True)
def job_types():
    before = dict(registry._types)
    ran.clear()
    registry._types.clear()
    registry.register(JobType("tests.note", note))
    registry.register(JobType("tests.fail", fail, max_attempts=3))
    registry.register(JobType("tests.tick", note, every_seconds=60))
    Job.objects.all().delete()
    DBTaskResult.objects.all().delete()  # the cast's calendar asked for work of its own
    ScheduleMark.objects.all().delete()
    yield
    registry._types.clear()
    registry._types.update(before)


def test_a_job_runs_with_its_ids_and_is_done():
    job = actions.enqueue("tests.note", report_id="r1", now=NOW)
    runner.run_due()
    job.refresh_from_db()
    assert ran == [{"report_id": "r1"}]
    assert (job.state, job.attempts, job.lease_until) == (Job.DONE, 1, None)
    assert job.finished_at is not None


def test_the_same_work_waits_once():
    first = actions.enqueue("tests.note", report_id="r1", now=NOW)
    assert actions.enqueue("tests.note", report_id="r1", now=NOW) == first
    assert actions.enqueue("tests.note", report_id="r2", now=NOW) != first
    runner.run_due()
    assert actions.enqueue("tests.note", report_id="r1", now=NOW) != first  # finished work may come again


def test_the_database_refuses_a_second_unfinished_job_of_a_key():
    job = actions.enqueue("tests.note", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(name="tests.note", key=job.key)


def test_a_running_job_has_a_lease():
    job = actions.enqueue("tests.note", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state=Job.RUNNING, lease_until=None)


@pytest.mark.parametrize("wrong", ["x" * 81, 1.5, None, ["a"]])
def test_words_are_no_ids(wrong):
    with pytest.raises(ValueError, match="argument note"):
        actions.enqueue("tests.note", note=wrong, now=NOW)


def test_an_unknown_job_is_refused_at_once():
    with pytest.raises(LookupError, match=r"tests\.nothing"):
        actions.enqueue("tests.nothing", now=NOW)


def test_a_name_belongs_to_one_function():
    with pytest.raises(ValueError, match="twice"):
        registry.register(JobType("tests.note", fail))


def test_a_change_rolled_back_takes_its_job_with_it():
    def change_and_fail():
        with transaction.atomic():
            actions.enqueue("tests.note", now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_failed_job_comes_back_later_and_later_and_then_gives_up():
    job = actions.enqueue("tests.fail", now=NOW)
    pauses = []
    for attempt in range(1, 4):
        moment = NOW + timedelta(hours=attempt)
        claimed = actions.claim(job_id=job.pk, now=moment)
        actions.postpone_or_give_up(job=claimed, error=ValueError(SECRET), now=moment)
        job.refresh_from_db()
        pauses.append((job.state, job.run_after - moment))
    assert pauses == [
        (Job.QUEUED, timedelta(seconds=15)),
        (Job.QUEUED, timedelta(seconds=30)),
        (Job.FAILED, timedelta(seconds=60)),
    ]
    assert job.finished_at is not None
    assert actions.claim(job_id=job.pk, now=NOW + timedelta(days=1)) is None


def test_a_pause_is_never_longer_than_an_hour():
    job = actions.enqueue("tests.note", now=NOW)
    Job.objects.filter(pk=job.pk).update(attempts=20, max_attempts=99)
    actions.postpone_or_give_up(job=Job.objects.get(pk=job.pk), error=ValueError(), now=NOW)
    job.refresh_from_db()
    assert job.run_after - NOW == timedelta(hours=1)


def test_an_error_is_kept_by_its_type_only(caplog):
    job = actions.enqueue("tests.fail", now=NOW)
    with caplog.at_level("INFO"):
        runner.run_due(limit=1)
    job.refresh_from_db()
    assert job.error == "ValueError"
    assert SECRET not in caplog.text
    for carried in DBTaskResult.objects.all():
        assert SECRET not in f"{carried.args_kwargs}{carried.exception_class_path}{carried.traceback}"


def test_a_job_in_other_hands_is_left_alone_until_its_lease_ends():
    job = actions.enqueue("tests.note", now=NOW)
    assert actions.claim(job_id=job.pk, now=NOW) is not None
    assert actions.claim(job_id=job.pk, now=NOW + actions.LEASE - timedelta(seconds=1)) is None
    assert actions.reclaim_abandoned(now=NOW + actions.LEASE - timedelta(seconds=1)) == 0
    assert actions.reclaim_abandoned(now=NOW + actions.LEASE + timedelta(seconds=1)) == 1
    again = actions.claim(job_id=job.pk, now=NOW + actions.LEASE + timedelta(seconds=2))
    assert again.attempts == 2


def test_a_job_forgotten_by_the_carrier_is_carried_again():
    job = actions.enqueue("tests.note", now=NOW)
    DBTaskResult.objects.all().delete()
    assert actions.reclaim_abandoned(now=NOW + actions.LEASE + timedelta(seconds=1)) == 1
    assert DBTaskResult.objects.count() == 1
    job.refresh_from_db()
    assert job.state == Job.QUEUED


def test_a_job_carried_too_early_waits_for_its_time():
    job = actions.enqueue("tests.note", report_id="r1", now=NOW, run_after=NOW + timedelta(hours=1))
    assert actions.claim(job_id=job.pk, now=NOW + timedelta(minutes=59)) is None
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.QUEUED, 0)
    assert actions.claim(job_id=job.pk, now=NOW + timedelta(hours=1)) is not None


def test_a_job_carried_twice_is_not_tried_again_before_its_pause_is_over():
    job = actions.enqueue("tests.fail", report_id="r1", now=NOW)
    claimed = actions.claim(job_id=job.pk, now=NOW)
    actions.postpone_or_give_up(job=claimed, error=ValueError(SECRET), now=NOW)
    assert actions.claim(job_id=job.pk, now=NOW) is None
    assert actions.claim(job_id=job.pk, now=NOW + actions.FIRST_RETRY) is not None


def test_a_done_job_is_not_run_again():
    job = actions.enqueue("tests.note", now=NOW)
    runner.run_due()
    runner.run(job_id=job.pk)
    assert len(ran) == 1


def test_a_job_that_is_gone_is_no_error():
    runner.run(job_id=999_999)


def test_the_schedule_asks_once_in_its_time():
    assert actions.enqueue_scheduled(now=NOW) == ["tests.tick"]
    assert actions.enqueue_scheduled(now=NOW + timedelta(seconds=59)) == []
    assert actions.enqueue_scheduled(now=NOW + timedelta(seconds=60)) == ["tests.tick"]
    assert Job.objects.filter(name="tests.tick").count() == 1  # the first still waits


def in_wita(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=clock.WITA)


@pytest.fixture
def nightly():
    """One job at one in the morning, done last night."""
    registry._types.clear()
    registry.register(JobType("tests.nightly", note, daily_at=time(1, 0)))
    assert actions.enqueue_scheduled(now=in_wita(2, 1)) == ["tests.nightly"]


@pytest.mark.parametrize(("moment", "is_due"), [((2, 23, 59), False), ((3, 0, 59), False), ((3, 1, 0), True)])
def test_a_nightly_job_waits_for_its_time_of_day_in_wita(nightly, moment, is_due):
    assert bool(actions.enqueue_scheduled(now=in_wita(*moment))) is is_due


def test_a_nightly_job_begun_late_comes_back_at_its_time_and_not_a_day_later(nightly):
    assert actions.enqueue_scheduled(now=in_wita(3, 9, 30))  # the machine was off at night
    assert not actions.enqueue_scheduled(now=in_wita(3, 23))
    assert actions.enqueue_scheduled(now=in_wita(4, 1))


def test_nights_missed_while_the_machine_was_off_are_made_up_once(nightly):
    assert actions.enqueue_scheduled(now=in_wita(9, 14))
    assert not actions.enqueue_scheduled(now=in_wita(9, 14, 1))


def test_a_nightly_job_never_done_is_done_at_the_first_start():
    registry.register(JobType("tests.nightly", note, daily_at=time(1, 0)))
    assert "tests.nightly" in actions.enqueue_scheduled(now=in_wita(2, 14))


def test_a_job_has_one_kind_of_schedule():
    with pytest.raises(ValueError, match="one of them"):
        JobType("tests.both", note, every_seconds=60, daily_at=time(1, 0))


# Real processes


PREPARE = """
import os, signal, sys
from django.db import transaction
from lumbung.core.base import clock
from lumbung.core.base.declarations import JobType
from lumbung.core.jobs import actions, registry, runner
from lumbung.core.jobs.models import Job
from lumbung.core.limits.models import Bucket

def work(subject_id):
    with transaction.atomic():
        Bucket.objects.get_or_create(key=subject_id, defaults={"kind": "effect", "full_at_us": 0})
        if how == "before": os.kill(os.getpid(), signal.SIGKILL)
    if how == "after": os.kill(os.getpid(), signal.SIGKILL)

how, name = sys.argv[1], sys.argv[2]
registry.register(JobType("tests.work", work))
"""
START = (
    PREPARE
    + """
job = actions.enqueue("tests.work", subject_id=name, now=clock.now())
runner.run(job_id=job.pk)
"""
)
FINISH = (
    PREPARE
    + """
from datetime import timedelta
job = Job.objects.get(arguments={"subject_id": name})
print(job.state, job.attempts, actions.reclaim_abandoned(now=clock.now()))
Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - timedelta(seconds=1))  # five minutes later
actions.reclaim_abandoned(now=clock.now())
runner.run_due()
job.refresh_from_db()
print(job.state, job.attempts, Bucket.objects.filter(key=name).count())
"""
)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_killed_workers_job_is_taken_over_and_its_effect_happens_once(house, moment):
    killed = house.start(START, moment, f"effect-{moment}")
    assert killed.wait(timeout=60) == -signal.SIGKILL
    assert house.run(FINISH, "", f"effect-{moment}").splitlines() == ["running 1 0", "done 2 1"]


WORKER = """
import sys
from lumbung.core.jobs import worker
worker.run_forever()
"""
ENQUEUE = """
import sys
from lumbung.core.base import clock
from lumbung.core.jobs import actions
print(actions.enqueue("limits.purge", key="tests:purge", now=clock.now()).pk)
"""
LOOK = """
import sys, time
from lumbung.core.jobs.models import Job
for _ in range(300):
    if Job.objects.get(pk=sys.argv[1]).state == "done": break
    time.sleep(0.1)
print(Job.objects.get(pk=sys.argv[1]).state)
"""


def test_a_real_worker_does_the_work_and_stops_when_asked(house):
    job_id = house.run(ENQUEUE)
    working = house.start(WORKER)
    try:
        assert house.run(LOOK, job_id) == "done"
    finally:
        working.send_signal(signal.SIGTERM)
    assert working.wait(timeout=60) == 0


def test_jobs_that_gave_up_are_tried_again_with_all_their_attempts():
    Job.objects.create(key="k", name="tests.note", state=Job.FAILED, attempts=8, error="ValueError", finished_at=NOW)
    assert actions.try_again(now=NOW) == 1
    runner.run_due()
    assert (Job.objects.get().state, Job.objects.get().attempts) == (Job.DONE, 1)
    assert actions.try_again(now=NOW) == 0


def test_a_job_that_gave_up_while_its_work_waits_anew_is_taken_off_the_list():
    Job.objects.create(key="tests.note:report_id=r1", name="tests.note", state=Job.FAILED, finished_at=NOW)
    actions.enqueue("tests.note", report_id="r1", now=NOW)
    assert actions.try_again(now=NOW) == 0
    assert queries.queue(now=NOW).given_up == ()


def test_the_queue_tells_what_is_due_since_when_and_what_gave_up():
    actions.enqueue("tests.note", report_id="r1", now=NOW - timedelta(hours=1))
    actions.enqueue("tests.note", report_id="r2", now=NOW, run_after=NOW + timedelta(hours=1))
    for key in "ab":
        Job.objects.create(key=key, name="tests.fail", state=Job.FAILED, error="ValueError", finished_at=NOW)
    told = queries.queue(now=NOW)
    assert (told.waiting, told.due_since) == (1, NOW - timedelta(hours=1))
    assert told.given_up == (queries.GivenUp("tests.fail", 2, "ValueError", NOW),)
