"""The log takes facts in and lets nothing out or be changed, on both databases."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
import rfc8785
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from lumbung.core.base.actors import SYSTEM, Actor
from lumbung.core.base.declarations import EventType, JobType, Reaction
from lumbung.core.events import actions, queries, registry
from lumbung.core.events.models import AccessEvent, EventRecord, LogLeaf
from lumbung.core.events.types import MAX_BODY_BYTES, Event, JoinsLog
from lumbung.core.jobs import registry as jobs
from lumbung.core.jobs.models import Job

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 5, 15, 30, tzinfo=UTC)  # Thursday, 23.30 WITA
TODAY = date(2026, 3, 5)
MONDAY_AFTER = date(2026, 3, 9)


@dataclass(frozen=True, slots=True)
class StoneLaid(Event):
    key: ClassVar[str] = "tests.stone_laid"
    what: Any


@pytest.fixture(autouse=True)
def a_known_event():
    types, reactions, job_types = dict(registry._types), dict(registry._reactions), dict(jobs._types)
    registry.register(EventType(StoneLaid, "Stone %(what)s was laid"))
    yield
    for store, before in ((registry._types, types), (registry._reactions, reactions), (jobs._types, job_types)):
        store.clear()
        store.update(before)


def lay(what: Any = "1", **options: Any) -> EventRecord:
    return actions.record(
        StoneLaid(what), subject_type="wall", subject_id="w1", actor=options.pop("actor", SYSTEM), now=NOW, **options
    )


def test_the_stored_bytes_are_canonical_and_hashed_as_a_leaf():
    stored = lay({"b": 1, "a": [True, None, "é"]})
    body = bytes(stored.body)
    told = json.loads(body)
    assert rfc8785.dumps(told) == body
    assert bytes(stored.leaf_hash) == hashlib.sha256(b"\x00" + body).digest()
    assert set(told) == {"id", "type", "v", "on", "precision", "subject", "actor", "data"}
    assert told["on"] == "2026-03-05"
    assert told["id"] == str(stored.uid)


def test_the_bytes_never_hold_the_minute():
    body = bytes(lay().body).decode()
    assert "15:30" not in body
    assert "23:30" not in body


def test_a_week_shows_its_monday_only():
    stored = lay(precision="week")
    assert stored.on == date(2026, 3, 2)
    assert b"2026-03-05" not in bytes(stored.body)
    assert stored.uid.int >> 80 == int(datetime(2026, 3, 2, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        Decimal("1.0"),
        date(2026, 3, 2),
        NOW,
        2**53,
        -(2**53),
        b"x",
        {1, 2},
        object(),
        [1, [0.5]],
        {"a": 0.5},
    ],
)
def test_what_canonical_json_cannot_carry_is_refused_with_its_place(value):
    with pytest.raises(ValueError, match=r"tests\.stone_laid\.what"):
        lay(value)
    assert not EventRecord.objects.filter(subject_type="wall").exists()


@pytest.mark.parametrize("value", ["", "teks", True, None, 0, 2**53 - 1, -(2**53) + 1, [], {"a": {"b": [1]}}])
def test_what_it_can_carry_comes_back_the_same(value):
    assert json.loads(bytes(lay(value).body))["data"]["what"] == value


def test_a_body_has_at_most_65535_bytes():
    with pytest.raises(ValueError, match=str(MAX_BODY_BYTES)):
        lay("x" * MAX_BODY_BYTES)


def test_an_event_nobody_declared_is_refused():
    registry._types.pop(StoneLaid.key)
    with pytest.raises(LookupError, match=r"tests\.stone_laid"):
        lay()


def test_a_key_belongs_to_one_class():
    class Other(Event):
        key = StoneLaid.key

    with pytest.raises(ValueError, match="twice"):
        registry.register(EventType(Other, "x"))


OUTSIDE = """
from datetime import UTC, datetime
from lumbung.core.base.actors import SYSTEM
from lumbung.core.calendar.events import RulesLoaded
from lumbung.core.events import actions
try:
    actions.record(RulesLoaded("x", 1, "y"), subject_type="t", subject_id="1", actor=SYSTEM, now=datetime.now(UTC))
except RuntimeError as error:
    print(error)
"""


def test_an_event_outside_the_transaction_of_its_change_is_refused(house):
    assert "must run in the transaction" in house.run(OUTSIDE)


def test_a_change_rolled_back_takes_its_event_with_it():
    def change_and_fail():
        with transaction.atomic():
            lay()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert not EventRecord.objects.filter(subject_type="wall").exists()


def test_a_reaction_is_enqueued_with_the_event():
    jobs.register(JobType("tests.react", lambda subject_id: None))
    registry.register_reaction(Reaction(StoneLaid.key, "tests.react"))
    registry.register_reaction(Reaction(StoneLaid.key, "tests.react"))
    lay()
    assert [job.arguments for job in Job.objects.filter(name="tests.react")] == [{"subject_id": "w1"}]


def test_the_actor_is_a_role_and_a_pseudonym():
    body = json.loads(bytes(lay(actor=Actor("account", "coordinator", "ksb", "abc")).body))
    assert body["actor"] == {"kind": "account", "role": "coordinator", "organisation": "ksb", "id": "abc"}


def test_a_history_reads_oldest_first_in_sentences():
    lay("1")
    lay("2")
    assert [entry.sentence for entry in queries.history_of("wall", "w1")] == ["Stone 1 was laid", "Stone 2 was laid"]
    assert queries.history_of("wall", "other") == []


@pytest.mark.parametrize(
    ("told", "read"),
    [("2026-12-10", "Stone 10 December 2026 was laid"), ("2026-13-10", "Stone 2026-13-10 was laid")],
)
def test_a_date_in_a_sentence_is_read_as_people_say_it(told, read):
    lay(told)
    with translation.override("en"):
        assert queries.history_of("wall", "w1")[0].sentence == read


# Append-only, below Django


TABLES = ["events_eventrecord", "events_logleaf", "events_accessevent"]
COLUMN = {"events_eventrecord": "key", "events_logleaf": "index", "events_accessevent": "reason"}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["update", "delete", "truncate"])
def test_the_database_itself_refuses_to_change_the_log(table, verb):
    lay()
    actions.sequence(today=TODAY)
    opened()
    column = COLUMN[table]
    statement = {
        "update": f'UPDATE {table} SET "{column}" = "{column}"',
        "delete": f"DELETE FROM {table}",
        "truncate": f"TRUNCATE {table} CASCADE"
        if connection.vendor == "postgresql"
        else f"DELETE FROM {table} WHERE 1",
    }[verb]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE would stumble over waiting checks first
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement)


def test_django_is_refused_too():
    stored = lay()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        stored.delete()
    stored.key = "other"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        stored.save()


# The order of the log


def test_every_event_gets_one_place_without_gaps_whatever_its_id():
    lay("1")

    def lay_and_undo():
        with transaction.atomic():
            lay("lost")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        lay_and_undo()
    lay("2")
    actions.sequence(today=TODAY)
    indexes = list(LogLeaf.objects.order_by("index").values_list("index", flat=True))
    assert indexes == list(range(len(indexes)))
    first, second = (entry.leaf_index for entry in queries.history_of("wall", "w1"))
    assert second == first + 1
    assert actions.sequence(today=TODAY) == 0


def test_later_events_come_after_earlier_leaves_in_batches():
    while actions.sequence(today=TODAY):
        pass
    for number in range(5):
        lay(str(number))
    assert [actions.sequence(today=TODAY, limit=2) for _batch in range(4)] == [2, 2, 1, 0]
    places = [entry.leaf_index for entry in queries.history_of("wall", "w1")]
    assert places == sorted(places)


def test_an_event_told_by_the_week_gets_its_place_on_the_monday_after():
    hidden, shown = lay("hidden", precision="week"), lay("shown")
    actions.sequence(today=TODAY)
    assert [LogLeaf.objects.filter(event=event).exists() for event in (hidden, shown)] == [False, True]
    actions.sequence(today=date(2026, 3, 8))
    assert not LogLeaf.objects.filter(event=hidden).exists()
    actions.sequence(today=MONDAY_AFTER)
    assert LogLeaf.objects.filter(event=hidden).exists()


def test_the_order_of_a_week_is_that_of_the_random_ids_and_not_of_arrival():
    while actions.sequence(today=MONDAY_AFTER):
        pass
    stored = [lay(str(number), precision="week") for number in range(12)]
    actions.sequence(today=MONDAY_AFTER)
    placed = [leaf.event.uid for leaf in LogLeaf.objects.order_by("index").select_related("event")][-12:]
    assert placed == sorted(event.uid for event in stored)


def test_events_of_a_week_that_is_over_come_before_those_of_today():
    lay("shown")
    hidden = lay("hidden", precision="week")
    actions.sequence(today=MONDAY_AFTER)
    assert LogLeaf.objects.get(event=hidden).index < LogLeaf.objects.order_by("-index")[0].index


def test_a_leaf_carries_the_hash_of_its_event():
    stored = lay()
    actions.sequence(today=TODAY)
    assert bytes(LogLeaf.objects.get(event=stored).leaf_hash) == bytes(stored.leaf_hash)


WRITE = """
from datetime import UTC, datetime
from django.db import transaction
from lumbung.core.base.actors import SYSTEM
from lumbung.core.calendar.events import RulesLoaded
from lumbung.core.events import actions
for number in range(150):
    with transaction.atomic():
        told = RulesLoaded("x", number, "y")
        actions.record(told, subject_type="t", subject_id="s", actor=SYSTEM, now=datetime.now(UTC))
"""
SEQUENCE = """
from datetime import date
from django.db import IntegrityError
from lumbung.core.events import actions
failed = done = 0
while True:
    try:
        given = actions.sequence(today=date(2026, 4, 1), limit=7)
    except IntegrityError:
        failed += 1
        continue
    done += given
    if not given:
        break
print(done)
"""
COUNT = """
from lumbung.core.events.models import EventRecord, LogLeaf
indexes = list(LogLeaf.objects.order_by("index").values_list("index", flat=True))
print(indexes == list(range(EventRecord.objects.count())))
"""


def test_several_sequencers_at_once_give_every_event_exactly_one_place(house):
    house.run(WRITE)
    running = [house.start(SEQUENCE) for _number in range(3)]
    given = [int(process.communicate(timeout=120)[0]) for process in running]
    assert sum(given) >= 150
    assert house.run(COUNT) == "True"


# Who opened what


def opened(reason: str = "Perlu menghubungi pelapor", now: datetime = NOW) -> AccessEvent:
    return actions.record_access(
        account_id="a1",
        role="coordinator",
        subject_type="report",
        subject_id="r1",
        fields=("name", "phone"),
        channel="page",
        reason=reason,
        now=now,
    )


def test_the_chain_of_access_events_holds():
    first, second = opened(), opened("Kedua")
    assert bytes(second.previous_hash) == bytes(first.hash)
    assert actions.first_broken_access_event() is None
    assert [entry.reason for entry in queries.access_history_of("report", "r1")] == [
        "Kedua",
        "Perlu menghubungi pelapor",
    ]


def test_the_zone_of_the_clock_does_not_break_the_chain():
    from lumbung.core.base.clock import WITA  # noqa: PLC0415

    opened(now=NOW.astimezone(WITA))
    assert actions.first_broken_access_event() is None


def without_guard(statement: str) -> None:
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            on = " ON events_accessevent" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER events_accessevent_refuses_{verb}{on}")
        cursor.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        "reason = 'Alasan lain'",
        "account_id = 'a2'",
        "fields = 'name'",
        "role = 'administrator'",
        "subject_id = 'r2'",
        "channel = 'api'",
        "at = '2020-01-01 00:00:00+00:00'",
    ],
)
def test_an_altered_entry_is_found(change):
    opened()
    altered = opened("Kedua")
    opened("Ketiga")
    without_guard(f"UPDATE events_accessevent SET {change} WHERE id = {altered.pk}")
    assert actions.first_broken_access_event() == altered


def test_a_removed_entry_is_found_at_the_next_one():
    opened()
    removed, after = opened("Kedua"), opened("Ketiga")
    without_guard(f"DELETE FROM events_accessevent WHERE id = {removed.pk}")
    assert actions.first_broken_access_event() == after


OPEN_MANY = """
from datetime import UTC, datetime
from lumbung.core.events import actions
for number in range(25):
    actions.record_access(account_id="a", role="r", subject_type="t", subject_id="s", fields=("name",), channel="page",
                          reason=str(number), now=datetime.now(UTC))
"""
CHAIN = """
from lumbung.core.events import actions
from lumbung.core.events.models import AccessEvent
print(AccessEvent.objects.count(), actions.first_broken_access_event())
"""


def test_several_writers_never_fork_the_chain(house):
    writers = [house.start(OPEN_MANY) for _number in range(4)]
    assert [process.wait(timeout=120) for process in writers] == [0, 0, 0, 0]
    assert house.run(CHAIN) == "100 None"


@dataclass(frozen=True, slots=True)
class PebbleBrought(Event):
    key: ClassVar[str] = "tests.pebble_brought"
    joins_log: ClassVar[JoinsLog] = "the day after"
    what: str


def test_a_citizens_act_enters_the_log_the_day_after_and_tells_nothing_of_its_place_in_the_day():
    registry.register(EventType(PebbleBrought, "Pebble %(what)s was brought"))
    actions.sequence(today=TODAY)
    brought = [
        actions.record(PebbleBrought(str(number)), subject_type="wall", subject_id="w1", actor=SYSTEM, now=NOW)
        for number in range(20)
    ]
    assert actions.sequence(today=TODAY) == 0
    assert actions.sequence(today=TODAY + timedelta(days=1)) == len(brought)
    places = [LogLeaf.objects.get(event=event).index for event in brought]
    assert places == [sorted(places)[rank] for rank in ranks([event.uid for event in brought])]


def ranks(values: list[Any]) -> list[int]:
    return [sorted(values).index(value) for value in values]
