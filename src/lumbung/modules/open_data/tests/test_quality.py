"""Quality of a release is told rule by rule, with what was measured; never one number."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.tables.quality import JUDGES
from lumbung.modules.open_data.actions import datasets, restoring
from lumbung.modules.open_data.queries import catalogue, quality
from lumbung.modules.open_data.tests import bringing, charting, publishing

pytestmark = pytest.mark.django_db


def test_each_rule_says_what_was_measured_what_it_means_and_how_to_mend_it(people, tmp_path):
    text = charting.HEAD + "2025,52.01,L,12,1\n2025,52.02,P,,2\n2025,52.03,P,,3\n"
    release = charting.published(people, tmp_path, text=text)
    looked_on = clock.local_day(NOW)
    on_time = quality.told_of(release, [charting.table_of(release)], looked_on=looked_on, today=looked_on)
    told = {rule.key: rule for rule in on_time}
    assert set(told) == {*JUDGES, "fresh"} - quality.GATED
    assert all(rule.measured and rule.means for rule in on_time)
    assert (told["units"].outcome, told["units"].measured) == ("passed", "2 dari 2 kolom angka.")
    assert "penduduk" in told["filled"].measured
    assert (told["filled"].outcome, "33%" in told["filled"].measured) == ("failed", True)
    assert told["filled"].mend
    assert told["fresh"].outcome == "passed"
    late = quality.told_of(
        release, [charting.table_of(release)], looked_on=looked_on, today=looked_on + timedelta(days=500)
    )
    assert next(rule for rule in late if rule.key == "fresh").outcome == "failed"
    page = Client().get(f"/ntb/data/{charting.KEY}/").content.decode()
    section = page[page.index('id="mutu"') : page.index("Tentang dataset ini")]
    assert all(rule.measured in section for rule in on_time)
    assert not re.search(r"skor|\d+ ?/ ?100", section.lower())


def told_about(release):
    today = clock.local_day(NOW)
    rules = quality.told_of(release, catalogue.tables_of(release), looked_on=today, today=today)
    return {rule.key: rule for rule in rules}


FORMULAS = "kode_kabupaten,catatan\n52.01,=1+1\n52.07,baik\n"


def test_a_rule_that_was_broken_is_broken_as_long_as_the_bytes_are_the_same(people, tmp_path):
    first = publishing.published(people, tmp_path, text=FORMULAS)
    assert told_about(first)["formulas"].outcome == "failed"
    draft = datasets.begin_draft(dataset=first.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    second = publishing.release_of(people, draft)
    assert second.tables.get().version_id == first.tables.get().version_id
    assert told_about(second)["formulas"].outcome == "failed"
    draft = datasets.begin_draft(dataset=first.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    mended = bringing.bring(people, draft, tmp_path, text=FORMULAS.replace("=1+1", "satu"), slug="data")
    bringing.confirm(people, bringing.read(people, mended))
    assert told_about(publishing.release_of(people, draft))["formulas"].outcome == "passed"
    by = people.viewer("walidata.ntb")
    again = restoring.restore(release=second, reason="Catatan hilang", by=by, now=NOW)
    assert told_about(again)["formulas"].outcome == "failed"


def test_every_table_of_a_release_is_judged_and_the_one_that_breaks_a_rule_is_named(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    other = bringing.bring(people, draft, tmp_path, text=FORMULAS, title="Catatan lapangan")
    bringing.confirm(people, bringing.read(people, other))
    release = publishing.release_of(people, draft)
    rule = told_about(release)["formulas"]
    assert rule.outcome == "failed"
    assert rule.measured.startswith("Catatan lapangan: ")
    assert "Panjang jalan" not in rule.measured
    assert "Catatan lapangan: " in Client().get("/ntb/data/panjang-jalan/").content.decode()
