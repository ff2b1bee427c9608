"""The scheduled seeding, and the reaction other parts hang on it."""

from collections.abc import Iterator

import pytest

from lumbung.core.base.declarations import JobType, Reaction
from lumbung.core.calendar import actions, jobs, queries
from lumbung.core.calendar.tests.cast import NOW, keeper
from lumbung.core.events import registry as events_registry
from lumbung.core.jobs import registry as jobs_registry
from lumbung.core.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def reaction() -> Iterator[None]:
    """A part that recomputes its deadlines whenever a day changes."""
    jobs_registry.register(JobType("testing.recompute", list))
    events_registry.register_reaction(Reaction("calendar.day_changed", "testing.recompute"))
    yield
    events_registry.reactions_to("calendar.day_changed").remove("testing.recompute")
    jobs_registry._types.pop("testing.recompute")


def test_the_job_fills_the_years_around_now_and_does_nothing_the_second_time():
    jobs.seed_years()
    first = list(queries.days_in_force())
    jobs.seed_years()
    assert len({day.on.year for day in first}) == jobs.YEARS_BACK + 1 + jobs.YEARS_AHEAD
    assert list(queries.days_in_force()) == first


def test_a_changed_day_enqueues_what_reacts_to_it_with_the_year(reaction):
    actions.seed_from_library(years=[2026], now=NOW)
    assert not Job.objects.filter(name="testing.recompute").exists()
    day = queries.days_of_year(2026)[0]
    actions.remove_day(day_id=day.pk, source="SKB diubah", by=keeper(), now=NOW)
    assert Job.objects.get(name="testing.recompute").arguments == {"subject_id": "2026"}
