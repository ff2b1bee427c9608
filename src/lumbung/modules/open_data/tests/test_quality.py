"""Quality of a release is told rule by rule, with what was measured; never one number."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.tables.quality import JUDGES
from lumbung.modules.open_data.queries import quality
from lumbung.modules.open_data.tests import charting

pytestmark = pytest.mark.django_db


def test_each_rule_says_what_was_measured_what_it_means_and_how_to_mend_it(people, tmp_path):
    text = charting.HEAD + "2025,52.01,L,12,1\n2025,52.02,P,,2\n2025,52.03,P,,3\n"
    release = charting.published(people, tmp_path, text=text)
    looked_on = clock.local_day(NOW)
    on_time = quality.told_of(release, charting.table_of(release), looked_on=looked_on, today=looked_on)
    told = {rule.key: rule for rule in on_time}
    assert set(told) == {*JUDGES, "fresh"}
    assert all(rule.measured and rule.means for rule in on_time)
    assert (told["units"].outcome, told["units"].measured) == ("passed", "2 dari 2 kolom angka.")
    assert "penduduk" in told["filled"].measured
    assert (told["filled"].outcome, "33%" in told["filled"].measured) == ("failed", True)
    assert told["filled"].mend
    assert told["fresh"].outcome == "passed"
    late = quality.told_of(
        release, charting.table_of(release), looked_on=looked_on, today=looked_on + timedelta(days=500)
    )
    assert next(rule for rule in late if rule.key == "fresh").outcome == "failed"
    page = Client().get(f"/ntb/data/{charting.KEY}/").content.decode()
    section = page[page.index('id="mutu"') : page.index("Tentang dataset ini")]
    assert all(rule.measured in section for rule in on_time)
    assert not re.search(r"skor|\d+ ?/ ?100", section.lower())
