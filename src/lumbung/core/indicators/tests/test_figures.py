"""A figure is tied to its definition and its snapshot, computed once, by month and as a whole, and never altered."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from lumbung.core.base.declarations import Column, Dataset, Indicator
from lumbung.core.datasets import actions as datasets
from lumbung.core.datasets import queries as dataset_queries
from lumbung.core.datasets import registry as dataset_registry
from lumbung.core.events.models import EventRecord
from lumbung.core.indicators import actions, jobs, queries, registry, scripts
from lumbung.core.indicators.models import IndicatorResult
from lumbung.kernels.survival import median_days_to_finish

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)
PLACE = ("wells.deep_share", "52")


@dataclass(frozen=True)
class Answer:
    value: Decimal | None
    n: int
    excluded: dict[str, int]


def deep_share(rows, as_of, *, deeper_than):
    """Share of wells deeper than so many metres."""
    known = [int(row["depth"]) for row in rows if row["depth"]]
    deep = sum(depth > deeper_than for depth in known)
    value = round(Decimal(deep) / len(known), 4) if known else None
    return Answer(value, len(known), {"unknown": len(rows) - len(known)})


INDICATOR = Indicator(
    key="wells.deep_share",
    version=1,
    title="Deep wells",
    short="deep",
    definition="Wells deeper than 10 m.",
    unit="share",
    dataset_key="wells",
    function=deep_share,
    better="higher",
    source="test",
    period_column="dug_on",
    parameters={"deeper_than": 10},
)


class Wells:
    def __init__(self):
        self.dug = [("2026-01-05", 12), ("2026-01-20", 4), ("2026-03-01", 30), ("2026-03-02", None)]

    def rows(self, as_of, place):
        return [{"as_of": as_of.date(), "dug_on": day, "depth": depth} for day, depth in self.dug]


@pytest.fixture
def wells(settings, tmp_path):
    settings.LUMBUNG_DATASETS = tmp_path
    held = Wells()
    dataset_registry.register(
        Dataset(
            key="wells",
            title="Wells",
            summary="Wells.",
            columns=(
                Column("as_of", "Day", "date"),
                Column("dug_on", "Dug on", "date"),
                Column("depth", "Depth", "integer"),
            ),
            rows=held.rows,
            places=lambda: {"52": "ntb"},
            disclosure="public_records",
        )
    )
    registry.register(INDICATOR)
    yield held
    dataset_registry._datasets.pop("wells")
    registry._indicators.pop("wells.deep_share")


def published(now=NOW):
    return datasets.publish_on_schedule(dataset_key="wells", place="52", now=now)


def computed(now=NOW):
    version = published(now)
    actions.compute_for_version(version=version, now=now)
    return version


def test_a_new_version_brings_the_figure_of_the_whole_and_of_each_month(wells):
    version = published()
    jobs.compute(str(version.pk))
    found = {result.period: (result.value, result.n, result.excluded) for result in version.results.all()}
    assert found == {
        "": (Decimal("0.6667"), 3, {"unknown": 1}),
        "2026-01": (Decimal("0.5000"), 2, {"unknown": 0}),
        "2026-03": (Decimal("1.0000"), 1, {"unknown": 1}),
    }


def test_a_figure_names_its_definition_and_its_snapshot_and_is_told_in_the_log(wells):
    version = computed()
    whole = version.results.get(period="")
    assert whole.snapshot_sha256 == version.csv_sha256
    assert whole.definition_sha256 == registry.definition_sha256(INDICATOR)
    body = bytes(EventRecord.objects.get(key="indicators.indicator_computed", subject_id="wells.deep_share").body)
    assert b'"value":"0.6667"' in body
    assert version.csv_sha256.encode() in body


def test_a_duration_keeps_its_curve_for_the_whole_table_and_no_other_figure_does(wells, monkeypatch):
    rows = [{"number": "A", "state": "confirmed", "received_on": "2026-01-05", "finished_on": "2026-01-08"}]
    rows.append({"number": "B", "state": "assigned", "received_on": "2026-01-05", "finished_on": ""})
    lasting = replace(
        INDICATOR, version=3, parameters={}, function=lambda *_: median_days_to_finish(rows, "2026-01-15")
    )
    assert queries.curve_of(computed().results.get(period="")) == []
    monkeypatch.setitem(registry._indicators, INDICATOR.key, lasting)
    version = dataset_queries.newest_version("wells", "52")
    actions.compute_for_version(version=version, now=NOW)
    kept = version.results.filter(indicator_version=3)
    assert queries.curve_of(kept.get(period="")) == [queries.CurveStep(3, 2, 1, 0.5), queries.CurveStep(10, 1, 0, 0.5)]
    assert queries.curve_of(kept.get(period="2026-01")) == []


def test_computing_again_adds_nothing(wells):
    version = computed()
    assert actions.compute_for_version(version=version, now=NOW) == 0
    assert version.results.count() == 3


def test_another_parameter_is_another_definition_and_the_old_figures_stay(wells, monkeypatch):
    version = computed()
    changed = replace(INDICATOR, version=2, parameters={"deeper_than": 20})
    assert registry.definition_sha256(changed) != registry.definition_sha256(INDICATOR)
    monkeypatch.setitem(registry._indicators, INDICATOR.key, changed)
    actions.compute_for_version(version=version, now=NOW)
    figure = queries.figures([PLACE])[PLACE]
    assert (figure.newest.value, figure.newest.indicator_version) == (Decimal("0.3333"), 2)
    assert {month.definition_sha256 for month in figure.months} == {figure.newest.definition_sha256}
    assert version.results.filter(period="").count() == 2


def test_the_newest_figure_is_of_the_newest_snapshot_and_the_history_keeps_each(wells):
    computed()
    wells.dug.append(("2026-03-20", 2))
    computed(NOW + timedelta(days=1))
    figure = queries.figures([PLACE])[PLACE]
    assert (figure.newest.value, figure.newest.n) == (Decimal("0.5000"), 4)
    assert [row.value for row in queries.history(*PLACE)] == [Decimal("0.6667"), Decimal("0.5000")]


def test_figures_of_a_withdrawn_version_are_not_the_newest_and_none_is_computed_from_it(wells):
    computed()
    wells.dug.append(("2026-03-20", 2))
    second = computed(NOW + timedelta(days=1))
    withdrawn = datasets.withdraw_at_the_console(version=second, reason="One owner could be told apart", now=NOW)
    assert queries.figures([PLACE])[PLACE].newest.value == Decimal("0.6667")
    assert actions.compute_for_version(version=withdrawn, now=NOW) == 0


def test_nothing_is_computed_from_altered_bytes(wells):
    version = published()
    dataset_queries.path_of(version, "csv").write_text("as_of,dug_on,depth\n2026-03-26,2026-01-01,99\n")
    with pytest.raises(ValueError, match="published was"):
        actions.compute_for_version(version=version, now=NOW)
    assert not version.results.exists()


def test_an_unknown_pair_has_no_figure(wells):
    assert queries.figures([("wells.deep_share", "52.07"), ("nothing", "52")]) == {}


def test_the_database_refuses_to_alter_or_delete_a_figure(wells):
    result = computed().results.get(period="")
    with pytest.raises(DatabaseError), transaction.atomic():
        IndicatorResult.objects.filter(pk=result.pk).update(value=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        IndicatorResult.objects.filter(pk=result.pk)._raw_delete("default")


@pytest.mark.parametrize("change", [{}, {"period": "2026-02", "n": 0}])
def test_a_figure_is_computed_once_and_rests_on_rows(wells, change):
    result = computed().results.get(period="")
    result.pk = None
    for field, value in change.items():
        setattr(result, field, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorResult.objects.bulk_create([result])


def test_the_script_names_the_definition_it_carries(wells):
    assert registry.definition_sha256(INDICATOR) in scripts.script_of(INDICATOR)


def test_script_and_figures_are_downloaded_from_any_portal(wells, people, client):
    computed()
    script = client.get("/ntb/indikator/wells.deep_share/hitung-ulang.py")
    assert script["Content-Type"].startswith("text/x-python")
    rows = client.get("/ntb/indikator/wells.deep_share/angka.csv").content.decode().splitlines()
    assert len(rows) == 1 + 3
    assert client.get("/ntb/indikator/nothing/hitung-ulang.py").status_code == 404
