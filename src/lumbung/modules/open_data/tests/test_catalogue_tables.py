"""The catalogue as a table about itself: true of its day, and quiet in nights in which nothing happened."""

from datetime import timedelta

import pytest
from tests.cast import NOW

from lumbung.core.datasets import actions, queries, registry
from lumbung.modules.open_data.actions import declared
from lumbung.modules.open_data.datasets import catalogue, planned
from lumbung.modules.open_data.models import Dataset
from lumbung.modules.open_data.tests import planning, publishing

pytestmark = pytest.mark.django_db
NIGHT = timedelta(days=1)
YEAR = timedelta(days=381)


def of_key(key, as_of=NOW):
    return {row["key"]: row for row in catalogue.rows(as_of, "52")}[key]


def night(moment):
    """Every table of the province as the nightly job publishes it, and the catalogue as it lists them."""
    for key in ("wells", catalogue.KEY):
        if registry.is_registered(key):
            version = actions.publish_on_schedule(dataset_key=key, place="52", now=moment)
            declared.take_in(version_id=version.pk, now=moment)
    return version


def test_nights_in_which_nothing_happened_make_no_new_version_although_other_tables_did(people, tmp_path, wells):
    release = publishing.published(people, tmp_path)
    first = night(NOW)
    for after in (1, 2):
        wells.cells = [("52.10", 3 + after)]
        assert night(NOW + after * NIGHT).pk == first.pk
    assert Dataset.objects.filter(key=catalogue.KEY).exists()
    assert queries.newest_version("wells", "52").number == 3
    assert [row["key"] for row in catalogue.rows(NOW + 2 * NIGHT, "52")] == [release.dataset.key, "wells"]


def test_the_night_in_which_a_dataset_becomes_late_makes_a_new_version(people, tmp_path):
    publishing.published(people, tmp_path)
    assert (of_key("panjang-jalan")["freshness"], of_key("panjang-jalan")["due_on"]) == (
        "up-to-date",
        NOW.date() + timedelta(days=380),
    )
    first = night(NOW)
    assert night(NOW + YEAR).number == first.number + 1
    assert of_key("panjang-jalan", NOW + YEAR)["freshness"] == "late"


def test_a_past_day_is_told_as_it_was(people, tmp_path):
    publishing.published(people, tmp_path)
    Dataset.objects.filter(key="panjang-jalan").update(withdrawn_at=NOW + NIGHT, withdrawn_reason="x")
    told = [[row["key"] for row in catalogue.rows(NOW + moment, "52")] for moment in (-NIGHT, 0 * NIGHT, 2 * NIGHT)]
    assert told == [[], ["panjang-jalan"], []]


def test_another_portals_dataset_and_one_without_frequency_are_rows_that_say_so(people, tmp_path):
    release = publishing.published(people, tmp_path)
    Dataset.objects.filter(pk=release.dataset_id).update(origin=Dataset.Origin.HARVESTED)
    row = of_key("panjang-jalan")
    assert (row["origin"], row["freshness"], row["due_on"]) == ("harvested", "", None)


def test_a_line_of_the_list_that_never_came_stays_in_the_table_of_planned_days(people):
    made = planning.opened(people)
    planning.proposed(people, made)
    assert list(planned.rows(NOW, "52")) == []
    planning.agreed(people, made)
    told = [(str(row["planned_on"]), row["outcome"], row["dataset_key"]) for row in planned.rows(NOW, "52")]
    assert told == [("2026-01-31", "waiting", ""), ("2026-07-31", "coming", "")]
