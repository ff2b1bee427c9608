"""A version is bytes first, then one row and one event; it never changes, and it can be withdrawn once."""

import os
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.datasets import actions, jobs, queries, registry, snapshots
from lumbung.core.datasets.models import DatasetVersion, LastCheck
from lumbung.core.datasets.tests.conftest import NOW
from lumbung.core.events.models import EventRecord
from lumbung.core.jobs.models import Job

pytestmark = pytest.mark.django_db


def publish(now=NOW, place="52"):
    return actions.publish_on_schedule(dataset_key="wells", place=place, now=now)


def files_of(version):
    return [queries.path_of(version, kind) for kind in ("csv", "parquet")]


def stored_files(settings):
    return sorted(file.name for file in settings.LUMBUNG_DATASETS.glob("wells/*"))


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.LUMBUNG_DATASETS = tmp_path


def test_a_version_tells_hash_size_and_rows_of_the_files_on_disk(table, settings):
    version = publish()
    csv_file, parquet_file = files_of(version)
    assert (version.number, version.row_count, version.publisher_code) == (1, 1, "ntb")
    assert (version.csv_sha256, version.csv_bytes) == (snapshots.sha256_of(csv_file), csv_file.stat().st_size)
    assert version.parquet_sha256 == snapshots.sha256_of(parquet_file)
    assert queries.path_of(version, "csv").read_text().splitlines() == ["as_of,code,count", "2026-03-26,52.10,3"]


def test_publishing_is_an_event_with_the_hashes_and_asks_for_the_indicators(table):
    version = publish()
    event = EventRecord.objects.get(key="datasets.version_published", subject_id=str(version.pk))
    assert version.csv_sha256.encode() in bytes(event.body)
    assert Job.objects.filter(name="indicators.compute", arguments={"subject_id": str(version.pk)}).exists()


def test_nothing_changed_is_no_new_version_only_a_later_check(table, settings):
    first = publish()
    again = publish(NOW + timedelta(days=1))
    assert again.pk == first.pk
    assert stored_files(settings) == sorted(file.name for file in files_of(first))
    assert LastCheck.objects.get(dataset_key="wells", place="52").checked_at == NOW + timedelta(days=1)


def test_a_change_is_the_next_number_and_each_place_counts_for_itself(table):
    publish()
    table.cells.append(("52.11", 4))
    assert publish().number == 2
    assert publish(place="52.07").number == 1


@pytest.mark.parametrize("fault", ["rows", "policy"])
def test_a_publication_that_fails_leaves_neither_file_nor_row(table, settings, fault, monkeypatch):
    def refuse(*_args):
        raise Refused("gate-closed", "No.")

    if fault == "rows":
        table.cells.append(("52.11", "many"))
        with pytest.raises(ValueError, match="many"):
            publish()
    else:
        monkeypatch.setattr(registry, "_policy", [refuse])
        assert publish() is None  # held back, and told (test_protecting)
    assert stored_files(settings) == []
    assert not DatasetVersion.objects.filter(dataset_key="wells").exists()


def test_a_place_without_such_a_table_is_refused(table):
    with pytest.raises(Refused):
        publish(place="52.08")


def test_only_a_steward_publishes_out_of_turn(table, steward):
    with pytest.raises(NotPermitted):
        actions.publish_on_demand(dataset_key="wells", place="52", by=NOBODY, now=NOW)
    assert actions.publish_on_demand(dataset_key="wells", place="52", by=steward, now=NOW).number == 1


def withdraw(version, steward, reason="A village of 12 people could be told apart."):
    return actions.withdraw_version(version=version, by=steward, reason=reason, now=NOW)


def test_withdrawing_removes_the_bytes_and_keeps_hash_and_reason(
    table, steward, settings, django_capture_on_commit_callbacks
):
    version = publish()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(version, steward)
    version.refresh_from_db()
    assert stored_files(settings) == []
    assert version.is_withdrawn
    assert version.withdrawn_reason.startswith("A village")
    assert len(version.csv_sha256) == 64
    assert EventRecord.objects.filter(key="datasets.version_withdrawn", subject_id=str(version.pk)).exists()


def test_a_withdrawal_needs_a_right_a_reason_and_happens_once(table, steward):
    version = publish()
    with pytest.raises(NotPermitted):
        withdraw(version, NOBODY)
    with pytest.raises(Refused, match="withdrawal-needs-a-reason"):
        withdraw(version, steward, reason="  ")
    withdraw(version, steward)
    with pytest.raises(Refused, match="version-already-withdrawn"):
        withdraw(version, steward)


def test_after_a_withdrawal_the_schedule_waits_for_a_person(table, steward):
    withdraw(publish(), steward)
    assert publish(NOW + timedelta(days=1)) is None
    assert queries.newest_version("wells", "52") is None
    resumed = actions.publish_on_demand(dataset_key="wells", place="52", by=steward, now=NOW)
    assert resumed.number == 2


@pytest.mark.parametrize(
    "change", [{"row_count": 7}, {"csv_sha256": "0" * 64}, {"number": 9}, {"published_at": NOW + timedelta(1)}]
)
def test_the_database_refuses_to_alter_a_published_version(table, change):
    version = publish()
    with pytest.raises(DatabaseError), transaction.atomic():
        DatasetVersion.objects.filter(pk=version.pk).update(**change)


def test_the_database_refuses_to_delete_a_version_or_to_undo_a_withdrawal(table, steward):
    version = withdraw(publish(), steward)
    with pytest.raises(DatabaseError), transaction.atomic():
        DatasetVersion.objects.filter(pk=version.pk).update(withdrawn_at=None, withdrawn_reason="")
    with pytest.raises(DatabaseError), transaction.atomic():
        DatasetVersion.objects.filter(pk=version.pk)._raw_delete("default")


def copied(version, **change):
    fields = {field.attname: getattr(version, field.attname) for field in DatasetVersion._meta.concrete_fields}
    return DatasetVersion(**{**fields, "id": None, **change})


@pytest.mark.parametrize("change", [{}, {"number": 0}, {"number": 2, "withdrawn_at": NOW}])
def test_a_number_is_given_once_begins_at_1_and_a_withdrawn_row_has_a_reason(table, change):
    version = publish()
    row = copied(version, **change)
    row.id = DatasetVersion().id
    with pytest.raises(IntegrityError), transaction.atomic():
        DatasetVersion.objects.bulk_create([row])


def test_one_last_check_is_kept_a_table_and_place(table):
    publish()
    with pytest.raises(IntegrityError), transaction.atomic():
        LastCheck.objects.create(dataset_key="wells", place="52", checked_at=NOW)


def test_altered_bytes_are_found_before_anything_is_computed_from_them(table):
    version = publish()
    with queries.path_of(version, "csv").open("a") as file:
        file.write("2026-03-26,52.99,1\n")
    with pytest.raises(ValueError, match="published was"):
        queries.verified_csv(version)


def test_the_sweep_takes_old_files_nothing_needs_and_leaves_the_others(table, settings):
    version = publish()
    folder = settings.LUMBUNG_DATASETS / "wells"
    old, young = folder / "0b1e.csv", folder / "9c2f.csv"
    for file in (old, young):
        file.write_text("x")
    week_ago = NOW.timestamp() - 7 * 86400
    os.utime(young, (NOW.timestamp(), NOW.timestamp()))
    for file in (old, *files_of(version)):
        os.utime(file, (week_ago, week_ago))
    assert actions.sweep_files(now=NOW) == 1
    assert not old.exists()
    assert young.exists()
    assert all(file.exists() for file in files_of(version))


def test_the_daily_job_puts_one_job_a_table_and_place_on_the_queue(table):
    jobs.publish_all()
    places = Job.objects.filter(name="datasets.publish", arguments__dataset_key="wells")
    assert sorted(job.arguments["place"] for job in places) == ["52", "52.07"]
    jobs.publish("wells", "52")
    assert queries.newest_version("wells", "52").number == 1
