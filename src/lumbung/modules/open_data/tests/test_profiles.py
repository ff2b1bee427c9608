"""What a large table holds is counted at night, over every row, and told only while its rows are open."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.engines.opening import EngineFailed
from lumbung.core.engines.tests import spark_connect
from lumbung.core.jobs import runner
from lumbung.modules.open_data.actions import profiles, withdrawing
from lumbung.modules.open_data.models import Dataset, TableProfile
from lumbung.modules.open_data.tests import bringing, publishing

pytestmark = pytest.mark.django_db
HEAD = "kode_kabupaten,tahun,panjang_km,ruas\n"
ROWS = [
    (f"52.0{n % 8 + 1}", 2020 + n % 5, "" if n % 10 == 0 else f"{n % 7}.25", f"Ruas {n}" if n % 3 else "")
    for n in range(1_200)
]
TEXT = HEAD + "".join(",".join(map(str, row)) + "\n" for row in ROWS)


def large(people, tmp_path, *, access=Dataset.Access.OPEN):
    """A release of a table of 1,200 rows with lengths that may be added up."""
    draft = bringing.begin(people)
    table = bringing.read(people, bringing.bring(people, draft, tmp_path, text=TEXT))
    names = HEAD.strip().split(",")
    told = {name: bringing.variable(name, is_code=name.startswith("kode")) for name in names}
    told["panjang_km"]["combining"] = "sum"
    bringing.confirm(people, table, variables=told)
    ready = bringing.describe(people, draft)
    Dataset.objects.filter(pk=draft.dataset_id).update(access=access)
    return publishing.release_of(people, ready)


def night(moment=NOW):
    """What the job of the night does, and the jobs it asks for."""
    profiles.forget_closed()
    profiles.ask_for_missing(now=moment)
    runner.run_due()


def page():
    return Client().get(f"/ntb/data/{bringing.KEY}/").content.decode()


def test_a_profile_tells_of_each_column_what_all_its_rows_hold(people, tmp_path):
    large(people, tmp_path)
    assert 'id="hitungan-data"' not in page()
    night()
    told = TableProfile.objects.get().told
    columns = {column["name"]: column for column in told["columns"]}
    lengths = [Decimal(row[2]) for row in ROWS if row[2]]
    assert columns["panjang_km"] == {
        "name": "panjang_km",
        "filled": len(lengths),
        "distinct": 7,
        "least": "0.25",
        "greatest": "6.25",
        "total": str(sum(lengths)).rstrip("0").rstrip("."),
        "top": [[f"{cell}", count] for cell, count in ordered(Counter(row[2] for row in ROWS if row[2]))[:5]],
    }
    assert columns["ruas"]["top"] == []
    assert columns["ruas"]["filled"] == columns["ruas"]["distinct"] == 800
    assert columns["kode_kabupaten"]["total"] is None
    assert told["years"]["counts"] == [[str(year), 240] for year in range(2020, 2025)]
    assert told["places"]["counts"] == [[f"52.0{n}", 150] for n in range(1, 9)]
    assert 'id="hitungan-data"' in page()


def ordered(counts):
    return sorted(counts.items(), key=lambda each: (-each[1], Decimal(each[0])))


def test_rows_that_are_not_open_are_never_looked_through(people, tmp_path):
    large(people, tmp_path, access=Dataset.Access.RESTRICTED)
    night()
    assert not TableProfile.objects.exists()


def test_a_profile_goes_with_the_bytes_of_a_withdrawn_release(people, tmp_path):
    release = large(people, tmp_path)
    night()
    withdrawing.withdraw_release(
        release=release, reason="Memuat nama warga.", by=people.viewer("walidata.ntb"), now=NOW + timedelta(days=1)
    )
    runner.run_due()
    assert not TableProfile.objects.exists()
    night(NOW + timedelta(days=2))
    assert not TableProfile.objects.exists()


def test_a_cluster_named_by_the_installation_works_out_the_same_profile(people, tmp_path, settings, monkeypatch):
    spark_connect.a_program_not_a_doctest(monkeypatch)
    version = large(people, tmp_path).tables.get().version
    here = profiles.make(version_id=version.pk, now=NOW).told
    settings.LUMBUNG_ENGINE = "spark://127.0.0.1:9"
    with pytest.raises(EngineFailed):
        profiles.make(version_id=version.pk, now=NOW)
    profiles.forget(version_id=version.pk)
    with spark_connect.served() as settings.LUMBUNG_ENGINE:
        night()
    assert TableProfile.objects.get().told == here
