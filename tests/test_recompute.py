"""Whoever doubts a figure downloads data and script from the site and gets the same figure, for every indicator."""

import json
import subprocess
import sys
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from lumbung.core.datasets import actions as datasets
from lumbung.core.indicators import actions as indicators
from lumbung.core.indicators import queries, registry
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.actions import declared
from lumbung.modules.open_data.tests import planning, publishing
from lumbung.site import demo_story
from tests import cast, shared_rows
from tests.cast import NOW

pytestmark = pytest.mark.django_db

STORIES = 80
# How many rows each figure rests on at least.
RESTS_ON = {
    "reports.on_time_share": 30,
    "reports.promise_kept_share": 30,
    "reports.median_days_to_finish": 30,
    "open_data.up_to_date_share": 1,
    "open_data.released_in_time_share": 1,
    "open_data.open_datasets": 1,
}


def download(address: str) -> bytes:
    answer = Client().get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture(scope="module")
def eighty_stories(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("played")
    with shared_rows.written(django_db_blocker, lambda: _play(folder), LUMBUNG_DATASETS=folder / "datasets"):
        yield


@pytest.fixture
def played(eighty_stories, people):
    """Eighty stories and what is published of them."""
    return people


def _play(folder):
    people = cast.named()
    demo_story.play(count=STORIES, now=NOW, progress=lambda _done: None)
    planning.agreed(people, _list_of(people))
    publishing.published(people, folder)
    for portal in Portal.objects.all():
        for key in ("reports_public", "catalogue_public", "data_list_public"):
            version = datasets.publish_on_schedule(dataset_key=key, place=portal.region_id, now=NOW)
            indicators.compute_for_version(version=version, now=NOW)
    declared.take_in_all(now=NOW)


def _list_of(people):
    made = planning.opened(people)
    planning.proposed(people, made)
    return made


def run(folder, script: bytes, data: bytes, *given: str):
    name = uuid.uuid4().hex
    (folder / f"{name}.py").write_bytes(script)
    (folder / f"{name}.csv").write_bytes(data)
    command = [sys.executable, "-I", f"{name}.py", f"{name}.csv", *given]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("key", RESTS_ON)
def test_the_downloaded_script_gives_the_published_figure_and_each_month(played, tmp_path, key):
    script = download(f"/ntb/indikator/{key}/hitung-ulang.py")
    data = download(f"/ntb/data/{registry.get(key).dataset_key}/v1/data.csv")
    figure = queries.figures([(key, "52")])[(key, "52")]
    for result in (figure.newest, *figure.months[-2:]):
        told = run(tmp_path, script, data, result.period)
        value = None if told["value"] is None else Decimal(told["value"])
        assert (value, told["n"], told["excluded"]) == (result.value, result.n, result.excluded)
        assert told["sha256"] == result.snapshot_sha256
        assert told["as_of"] == result.as_of.isoformat()
    assert figure.newest.n >= RESTS_ON[key]


def test_every_indicator_is_among_those_recomputed_here():
    """A new indicator joins the list above."""
    assert {each.key for each in registry.all_indicators()} == set(RESTS_ON)


def test_the_same_stories_give_the_same_bytes_and_a_quiet_night_no_new_version(played):
    before = datasets.queries.newest_version("reports_public", "52")
    again = datasets.publish_on_schedule(dataset_key="reports_public", place="52", now=NOW + timedelta(minutes=5))
    assert again.pk == before.pk


def test_a_night_in_which_open_reports_grow_older_is_a_new_version(played):
    """An office that does nothing must see its figure fall, not freeze."""
    later = datasets.publish_on_schedule(dataset_key="reports_public", place="52", now=NOW + timedelta(days=40))
    assert later.number == 2
    indicators.compute_for_version(version=later, now=NOW)
    values = [row.value for row in queries.history("reports.on_time_share", "52")]
    assert values[1] < values[0]


def test_the_script_without_a_file_says_how_to_use_it(played, tmp_path):
    (tmp_path / "s.py").write_bytes(download("/ntb/indikator/reports.on_time_share/hitung-ulang.py"))
    done = subprocess.run([sys.executable, "-I", "s.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "data.csv" in done.stderr
