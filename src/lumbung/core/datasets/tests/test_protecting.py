"""Counts of persons: small numbers are hidden in every published row; a period changes by correction only."""

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest
from django.db import IntegrityError, transaction

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base.declarations import Column, Dataset
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.base.protections import Dimension, Protection
from lumbung.core.datasets import actions, protecting, queries, registry, suppression
from lumbung.core.datasets.models import HeldBack, PeriodCorrection, ProtectedVersion
from lumbung.core.datasets.tests.conftest import NOW
from lumbung.core.events.models import EventRecord
from lumbung.kernels import margins
from lumbung.kernels.disclosure import Problem, attack
from lumbung.kernels.recovery import Puzzle, ranges

PLACES = {"52": "", "52.07": "52", "52.10": "52", "52.07.01": "52.07", "52.07.02": "52.07", "52.10.01": "52.10"}
TOPICS = {"all": "", "birth": "all", "death": "all"}
MARCH = {("52.07.01", "birth"): 12, ("52.07.01", "death"): 3, ("52.07.02", "birth"): 9, ("52.07.02", "death"): 8}
MARCH |= {("52.10.01", "birth"): 30, ("52.10.01", "death"): 14}
COLUMNS = (
    Column("month", "Month"),
    Column("place", "Place"),
    Column("topic", "Topic"),
    Column("counted", "Counted", "integer"),
    Column("standing", "Shown or hidden", codes={"shown": "Shown", "hidden": "Hidden"}),
    Column("as_of", "Day", "date"),
)


class Families:
    """The records behind the table: counts by month."""

    def __init__(self):
        self.months = {"2026-01": dict(MARCH)}

    def rows(self, _as_of, _place):
        for month, counts in self.months.items():
            for (place, topic), count in counts.items():
                yield {"month": month, "place": place, "topic": topic, "counted": count}


def declared(rows, **more):
    dimensions = (
        Dimension("place", lambda _as_of, _place: PLACES),
        Dimension("topic", lambda _as_of, _place: TOPICS),
    )
    return Dataset(
        key="families",
        title="Families",
        summary="Births and deaths.",
        columns=COLUMNS,
        rows=rows,
        places=lambda: {"52": "ntb"},
        disclosure="person_aggregates",
        protection=Protection("month", dimensions, "counted", "standing", **more),
    )


@pytest.fixture
def families(settings, tmp_path):
    settings.LUMBUNG_DATASETS = tmp_path
    held = Families()
    registry.register(declared(held.rows))
    yield held
    registry._datasets.pop("families")


def publish(day=0):
    return actions.publish_on_schedule(dataset_key="families", place="52", now=NOW + timedelta(days=day))


def told(version):
    """What stands in the Parquet: month, place, topic to number or None."""
    path = str(queries.path_of(version, "parquet"))
    with duckdb.connect(":memory:") as connection:
        rows = connection.execute("SELECT month, place, topic, counted FROM read_parquet(?)", [path]).fetchall()
    return {tuple(key): count for *key, count in rows}


def correct(steward, period="2026-01", reason="Two registers were counted twice."):
    return actions.correct_period(
        dataset_key="families", place="52", period=period, reason=reason, by=steward, now=NOW + timedelta(days=3)
    )


@pytest.mark.django_db
def test_every_row_says_shown_or_hidden_and_totals_are_published_with_the_parts(families):
    version = publish()
    found = told(version)
    assert len(found) == len(PLACES) * len(TOPICS)
    assert found["2026-01", "52.07.01", "death"] is None
    assert found["2026-01", "52", "all"] == sum(MARCH.values())
    lines = queries.path_of(version, "csv").read_text().splitlines()
    assert "2026-01,52.07.01,death,,hidden,2026-03-26" in lines
    record = ProtectedVersion.objects.get(version=version)
    assert (record.cells, record.hidden) == (18, sum(count is None for count in found.values()))
    assert record.hidden >= 4  # one small number, and what subtraction would give it back from


@pytest.mark.django_db
def test_a_published_month_stays_as_it_is_while_a_new_one_joins(families):
    first = told(publish())
    families.months["2026-01"]["52.10.01", "birth"] = 99
    families.months["2026-02"] = dict(MARCH)
    second = told(publish(1))
    assert {key: count for key, count in second.items() if key[0] == "2026-01"} == first
    assert ("2026-02", "52", "all") in second
    families.months.pop("2026-01")
    assert told(publish(2)) == second


@pytest.mark.django_db
def test_a_correction_needs_a_steward_a_reason_and_a_change_and_shows_nothing_hidden_before(families, steward):
    before = told(publish())
    families.months["2026-01"] |= {("52.07.01", "death"): 40, ("52.10.01", "birth"): 60}
    with pytest.raises(NotPermitted):
        correct(NOBODY)
    for wrong in ({"reason": " "}, {"period": "2020-01"}):
        with pytest.raises(Refused):
            correct(steward, **wrong)
    version = correct(steward)
    after = told(version)
    assert after["2026-01", "52.10.01", "birth"] in (60, None)
    assert after["2026-01", "52", "all"] == sum(families.months["2026-01"].values())
    assert all(after[key] is None for key, count in before.items() if count is None)
    kept = PeriodCorrection.objects.get(version=version)
    assert (kept.period, kept.reason) == ("2026-01", "Two registers were counted twice.")
    assert EventRecord.objects.filter(key="datasets.period_corrected", subject_id=str(version.pk)).exists()
    with pytest.raises(Refused, match="nothing-to-correct"):
        correct(steward)


@pytest.mark.django_db
def test_a_correction_names_period_and_reason_once(families, steward):
    version = publish()
    for change in ({"reason": ""}, {"period": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PeriodCorrection.objects.create(
                **{"version": version, "period": "2026-01", "reason": "x", "corrected_at": NOW, **change}
            )


@pytest.mark.django_db
def test_a_table_anyone_could_solve_is_held_back_and_what_to_merge_is_said(families, steward):
    """Once a month was published with lower thresholds, its totals give away what a higher one would hide."""
    registry._datasets["families"] = declared(families.rows, threshold=1)
    first = publish()
    registry._datasets["families"] = declared(families.rows)
    families.months["2026-01"]["52.10.01", "birth"] = 60
    for _turn in range(2):
        with pytest.raises(actions.HeldBackNow):
            correct(steward)
    held = HeldBack.objects.get(dataset_key="families", released_at=None)
    assert held.code == "hidden-number-can-be-worked-out"
    assert "Place 52.07.01, Topic death" in held.reason["en"]
    assert "2026-01" in held.reason["en"]
    assert queries.newest_version("families", "52") == first
    assert EventRecord.objects.filter(key="datasets.publication_held", subject_id=str(held.pk)).count() == 1


@pytest.mark.django_db
def test_a_table_is_held_back_once_until_it_is_published(families):
    held = {"dataset_key": "families", "place": "52", "code": "x", "reason": {}, "held_at": NOW}
    HeldBack.objects.create(**held)
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldBack.objects.create(**held)
    publish()
    assert HeldBack.objects.get(dataset_key="families").released_at == NOW


@pytest.mark.django_db
def test_a_growing_table_tells_no_few_that_came_in_between(settings, tmp_path):
    settings.LUMBUNG_DATASETS = tmp_path
    held = Families()
    registry.register(declared(held.rows, is_growing=True))
    held.months["2026-02"] = {**MARCH, ("52.10.01", "death"): 16, ("52.07.02", "birth"): 29}
    try:
        found = told(publish())
    finally:
        registry._datasets.pop("families")
    for (month, place, topic), count in found.items():
        earlier = found["2026-01", place, topic]
        if month == "2026-02" and count is not None and earlier is not None:
            assert count == earlier or count - earlier >= 5


def random_table(seed):
    """A table as offices have: two to four regencies, up to twelve districts, two to six topics, many small numbers."""
    rng = np.random.default_rng(seed)
    regencies, topics = int(rng.integers(2, 5)), int(rng.integers(2, 7))
    districts = int(rng.integers(regencies, 13))
    places = {"all": "", **{f"r{number}": "all" for number in range(regencies)}}
    places |= {f"d{number}": f"r{number % regencies}" for number in range(districts)}
    kinds = {"every": "", **{f"t{number}": "every" for number in range(topics)}}
    often = rng.choice([0.5, 2, 5, 15]) * rng.gamma(1, 1, (districts, 1)) * rng.gamma(1, 1, (1, topics))
    numbers = rng.poisson(often)
    counted = {(f"d{d}", f"t{t}"): int(numbers[d, t]) for d in range(districts) for t in range(topics)}
    layout = margins.layout((places, kinds))
    counts = margins.filled(layout, (places, kinds), counted)
    return suppression.Counts((places, kinds), counts, (5,) * len(counts), zeros_shown=bool(seed % 2))


def recovered(table, hidden):
    """How many hidden cells can be worked out, by our attack on what is published alone."""
    shown = tuple(None if cell in hidden else count for cell, count in enumerate(table.counts))
    found = ranges(Puzzle(shown, margins.layout(table.hierarchies).sums), enough=1)
    assert set(found) == set(hidden)
    return sum(each.width == 0 for each in found.values())


def small(table):
    return {cell for cell, n in enumerate(table.counts) if n < 5 and (n or not table.zeros_shown)}


def grown(table, hidden, seed):
    """The same table a month later: more of everything, by a little."""
    layout = margins.layout(table.hierarchies)
    more = np.random.default_rng(seed).poisson(3, len(layout.keys))
    now = zip(layout.keys, table.counts, more, strict=True)
    added = {key: n + int(m) for key, n, m in now if key[0].startswith("d") and key[1].startswith("t")}
    before = {cell: None if cell in hidden else count for cell, count in enumerate(table.counts)}
    counts = margins.filled(layout, table.hierarchies, added)
    return replace(table, counts=counts, before=before, is_growing=True)


@pytest.mark.parametrize("tables", [20, pytest.param(200, marks=pytest.mark.heavy)])
def test_no_hidden_number_of_random_tables_can_be_worked_out_nor_from_two_months_together(tables):
    first = [random_table(seed) for seed in range(tables)]
    hidden = [found.cells for found in suppression.hide(first)]
    later = [grown(table, cells, seed) for seed, (table, cells) in enumerate(zip(first, hidden, strict=True))]
    answers = suppression.hide(later)
    assert sum(recovered(table, small(table)) for table in first) > tables
    assert sum(recovered(table, cells) for table, cells in zip(first, hidden, strict=True)) == 0
    for table, found in zip(later, answers, strict=True):
        layout = margins.layout(table.hierarchies)
        both = Problem(layout, table.counts, table.thresholds, table.zeros_shown, table.before, is_growing=True)
        assert [cell for cell, each in attack(both, found.cells).items() if each.width == 0] == []
        told = [(n, table.before[cell]) for cell, n in enumerate(table.counts) if cell not in found.cells]
        assert all(n == 0 or n >= 5 for n, _earlier in told)
        assert all(n - earlier not in range(1, 5) for n, earlier in told if earlier is not None)


def test_solvers_leave_nothing_behind_where_the_server_runs(tmp_path, monkeypatch):
    """Tau-Argus writes logs with the numbers of a table beside whatever started it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    logs = [place / name for place in (Path("/"), Path.cwd()) for name in ("CSPlogfile.txt", "FullJJ.log", "sdc.lp")]
    before = [path for path in logs if path.exists()]
    suppression.hide([random_table(0)])
    assert [path for path in logs if path.exists()] == before
    assert list(tmp_path.iterdir()) == []


def test_the_day_of_the_snapshot_is_the_only_thing_that_moves(families, db):
    first = publish()
    again = publish(1)
    assert again.pk == first.pk
    rows = protecting.prepared(registry.get("families"), "52", before=first, now=NOW + timedelta(days=9)).rows
    assert {row["as_of"] for row in rows} == {date(2026, 4, 4)}
