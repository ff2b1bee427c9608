"""Another portal's catalogue is shown here: each dataset once, unchanged when nothing changed, never silently gone."""

import pytest

from lumbung.modules.open_data.models import Release
from lumbung.modules.open_data.tests.remote_portal import counts, listed, run_to_its_end, source_of

pytestmark = pytest.mark.django_db
NOTHING = {"new": 0, "changed": 0, "refused": 0, "missing": 0, "gone": 0}


def test_a_second_run_over_the_same_list_changes_nothing(people, remote):
    remote.answer("/daftar.csv", listed("jalan", "sekolah", "pasar"))
    source = source_of(people, f"{remote.address}/daftar.csv")
    assert counts(run_to_its_end(source)) == NOTHING | {"seen": 3, "new": 3, "unchanged": 0}
    releases = Release.objects.count()
    source.refresh_from_db()
    type(source).objects.update(etag="")  # asked without the mark of the last time, everything is compared
    assert counts(run_to_its_end(source)) == NOTHING | {"seen": 3, "unchanged": 3}
    assert Release.objects.count() == releases
