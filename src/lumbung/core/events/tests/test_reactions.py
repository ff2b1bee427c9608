"""What a reacting job is given, and the silence while history is told."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from django.db import transaction

from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.declarations import EventType, JobType, Reaction
from lumbung.core.events import actions, queries, registry
from lumbung.core.events.types import Event
from lumbung.core.jobs import registry as jobs
from lumbung.core.jobs.models import Job

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BarnClosed(Event):
    key: ClassVar[str] = "testing.barn_closed"
    name: str
    closed_on: str


KEY = BarnClosed.key


@pytest.fixture(autouse=True)
def reactions():
    registry.register(EventType(BarnClosed, "%(name)s closed on %(closed_on)s"))
    jobs.register(JobType("testing.subject", list))
    jobs.register(JobType("testing.event", list))
    registry.register_reaction(Reaction(KEY, "testing.subject"))
    registry.register_reaction(Reaction(KEY, "testing.event", passes="event"))
    yield
    for name in ("testing.subject", "testing.event"):
        registry.reactions_to(KEY).remove(name)
        jobs._types.pop(name)
    registry._reactions.pop(KEY)
    registry._passes_the_event.discard((KEY, "testing.event"))
    registry._types.pop(KEY)


def end_one():
    with transaction.atomic():
        return actions.record(BarnClosed("x", "2026-03-02"), subject_type="barn", subject_id="x", actor=SYSTEM, now=NOW)


def test_a_job_gets_the_subject_or_the_event_as_its_reaction_declares():
    stored = end_one()
    assert Job.objects.get(name="testing.subject").arguments == {"subject_id": "x"}
    assert Job.objects.get(name="testing.event").arguments == {"event_id": str(stored.uid)}


def test_an_event_is_found_by_its_id_with_its_subject():
    found = queries.entry_by_id(str(end_one().uid))
    assert (found.subject_type, found.subject_id, found.entry.key) == ("barn", "x", KEY)
    assert found.entry.data["closed_on"] == "2026-03-02"


def test_nothing_reacts_while_history_is_told_and_everything_does_afterwards():
    with registry.telling_history():
        end_one()
    assert not Job.objects.filter(name__startswith="testing.").exists()
    end_one()
    assert Job.objects.filter(name__startswith="testing.").count() == 2
