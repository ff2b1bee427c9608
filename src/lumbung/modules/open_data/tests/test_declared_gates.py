"""Tables of services pass the gates of drafts: what looks personal waits for a person, what was public stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.base.declarations import Column, Dataset
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.datasets import actions as versions
from lumbung.core.datasets import queries as tables
from lumbung.core.datasets import registry, snapshots
from lumbung.core.jobs import runner
from lumbung.core.notices.models import Notice
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.actions import held
from lumbung.modules.open_data.models import DeclaredDecision
from lumbung.modules.open_data.queries import declared, releases
from lumbung.modules.open_data.queries.gates import declared as gate
from lumbung.modules.open_data.tests.test_declared import wells_of
from lumbung.modules.open_data.tests.test_pages import client_of

pytestmark = pytest.mark.django_db
NIK = "5207017001001001"
CELLS = {"text": "2026-Q1", "integer": 5, "decimal": "0.5", "date": "2026-01-05"}
DESK = "/ntb/data/kelola/"


def decide(people, who="walidata.ntb", **changed):
    told = {"key": "wells", "portal": people.ntb, "column": "code", "kind": "nik", "reason": "Nomor sumur, bukan NIK."}
    return held.decide_column(**{**told, **changed}, by=people.viewer(who), now=NOW)


@pytest.fixture
def held_back(people, publish, wells):
    """A release that is public, and after it rows whose codes look like NIK."""
    publish()
    wells.cells.append((NIK, 4))
    assert publish(NOW + timedelta(days=1)) is None
    return tables.held_back("wells", "52")


def test_a_table_that_looks_personal_waits_is_told_and_the_release_before_stays_public(people, held_back):
    assert held_back.code == "looks-like-personal-data"
    assert held_back.details["findings"] == [{"column": "code", "kind": "nik", "count": 1}]
    assert releases.newest_of(wells_of(people)).number == 1
    notice = Notice.objects.get(kind=held.TOPIC, account=people.account("walidata.ntb"))
    assert notice.path == f"{DESK}wells/tertahan/"
    desk = client_of(people, "walidata.ntb").get(DESK).content.decode()
    page = client_of(people, "walidata.ntb").get(f"{DESK}wells/tertahan/").content.decode()
    assert f"{DESK}wells/tertahan/" in desk
    assert NIK not in desk + page + notice.text + str(held_back.reason)
    assert f"{DESK}wells/tertahan/" not in client_of(people, "produsen.ntb").get(DESK).content.decode()


def test_a_steward_decides_with_a_reason_once_and_the_table_is_published_by_itself(people, held_back):
    with pytest.raises(NotPermitted):
        decide(people, "produsen.ntb")
    for wrong in ({"reason": " "}, {"column": "count"}):
        with pytest.raises(Refused):
            decide(people, **wrong)
    client = client_of(people, "walidata.ntb")
    posted = {"column": "code", "kind": "nik", "reason": "Nomor sumur, bukan NIK."}
    assert client.post(f"{DESK}wells/tertahan/", {**posted, "reason": ""}).status_code == 422
    assert client.post(f"{DESK}wells/tertahan/", posted).status_code == 302
    runner.run_due()
    assert tables.held_back("wells", "52") is None
    assert releases.newest_of(wells_of(people)).number == 2
    kept = DeclaredDecision.objects.get()
    assert (kept.decided_by, kept.reason) == (people.account("walidata.ntb"), "Nomor sumur, bukan NIK.")
    for change in ({}, {"kind": "phone", "reason": ""}):
        row = {"dataset_key": "wells", "place": "52", "column": "code", "kind": "nik", "reason": "x", **change}
        with pytest.raises(IntegrityError), transaction.atomic():
            DeclaredDecision.objects.create(**row, decided_by=kept.decided_by, decided_at=NOW)


@pytest.mark.parametrize(
    ("column", "title", "code"),
    [
        (Column("region_code", "Region"), "Springs", "declared-codes-without-list"),
        (Column("village", "Village"), "", "declared-metadata-missing"),
    ],
)
def test_a_declaration_that_lacks_what_drafts_must_say_is_held_back(people, settings, tmp_path, column, title, code):
    settings.LUMBUNG_DATASETS = tmp_path
    springs = Dataset(
        key="springs",
        title=title,
        summary="Public springs.",
        columns=(Column("as_of", "Day", "date"), column),
        rows=lambda _as_of, _place: [{"as_of": "2026-03-26", column.name: "52.10"}],
        places=lambda: {"52": "ntb"},
        disclosure="public_records",
    )
    registry.register(springs)
    try:
        assert versions.publish_on_schedule(dataset_key="springs", place="52", now=NOW) is None
        assert tables.held_back("springs", "52").code == code
    finally:
        registry._datasets.pop("springs")


def test_every_declared_table_describes_its_activity_and_every_column(people, tmp_path):
    """MS-Keg and MS-Var stand in the code; nothing a draft would have to say is missing."""
    for declaration in registry.all_datasets():
        if not declaration.key.startswith("reports"):
            continue
        place, publisher = next(iter(declaration.places().items()))
        row = {each.name: next(iter(each.codes), CELLS[each.kind]) for each in declaration.columns}
        files = {"csv_file": tmp_path / "one.csv", "parquet_file": tmp_path / "one.parquet"}
        snapshots.write(declaration.columns, [row], **files)
        metadata = declared.metadata_of(declaration, place, publisher, files["parquet_file"])
        assert list(shape.missing(metadata)) == []
        asked = {field.key for field in shape.fields_of("activity") if field.needed} - {
            "sample_design",
            "activity_year",
        }
        assert asked <= set(metadata["activity"])
        assert list(gate._codes(metadata)) == []
