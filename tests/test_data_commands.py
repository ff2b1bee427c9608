"""What the operator does at the console with published tables."""

import pytest
import typer
from typer.testing import CliRunner

from lumbung.core.datasets import queries
from lumbung.core.indicators import queries as indicators
from lumbung.core.portals.models import Portal
from lumbung.site import data_commands, demo_story
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def console(people, settings, tmp_path):
    settings.LUMBUNG_DATASETS = tmp_path
    demo_story.play(count=5, now=NOW, progress=lambda _done: None)
    application = typer.Typer()
    data_commands.register(application)
    return lambda *words: CliRunner().invoke(application, list(words)).exit_code


def test_publish_brings_a_version_and_figures_of_every_table_and_place(console):
    assert console("publish") == 0
    for portal in Portal.objects.all():
        assert queries.newest_version("reports_public", portal.region_id).number == 1
        assert queries.newest_version("reports_confidential", portal.region_id).number == 1
        assert indicators.history("reports.on_time_share", portal.region_id)


def test_publish_of_one_table_and_place_leaves_the_others_alone(console):
    assert console("publish", "reports_public", "--place", "52.07") == 0
    assert queries.newest_version("reports_public", "52.07") is not None
    assert queries.newest_version("reports_public", "52") is None


def test_an_unknown_table_or_version_is_wrong_use(console):
    assert console("publish", "nothing") == 2
    assert console("withdraw", "reports_public", "52", "1", "--reason", "x") == 2


def test_a_withdrawn_version_is_withdrawn_once_and_publish_goes_on(console):
    console("publish")
    words = ("withdraw", "reports_public", "52.07", "1", "--reason", "Satu pelapor dapat dikenali")
    assert console(*words) == 0
    assert console(*words) == 1
    assert queries.newest_version("reports_public", "52.07") is None
    assert console("publish", "reports_public", "--place", "52.07") == 0
    assert queries.newest_version("reports_public", "52.07").number == 2
