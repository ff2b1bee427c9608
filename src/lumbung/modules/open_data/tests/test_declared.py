"""Tables of services become datasets by themselves, and what happens to them there happens here."""

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.cast import NOW

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.datasets import actions as versions
from lumbung.core.events import queries as history
from lumbung.core.jobs import runner
from lumbung.core.search import queries as search
from lumbung.modules.open_data.actions import declared, withdrawing
from lumbung.modules.open_data.models import Dataset, Listing, Release, ReleaseTable
from lumbung.modules.open_data.queries import catalogue, releases

pytestmark = pytest.mark.django_db


def wells_of(people):
    return Dataset.objects.get(portal=people.ntb, key="wells")


def test_a_published_table_is_listed_with_what_its_declaration_says(people, publish):
    version = publish()
    dataset = wells_of(people)
    release = releases.newest_of(dataset)
    assert (dataset.name, dataset.producer_id, dataset.origin) == ("wells-ntb", "ntb", "declared")
    assert releases.metadata_of(release)["dataset"]["title"] == {"id": "Wells", "en": "Wells"}
    assert [table.version for table in catalogue.tables_of(release)] == [version]
    assert Listing.objects.get(dataset=dataset).row_count == 1
    assert search.ranked_ids("dataset", "wells", most=5) == [str(dataset.pk)]


def test_taking_in_twice_makes_one_release(people, publish):
    version = publish()
    assert declared.take_in(version_id=version.pk, now=NOW) == []
    assert Release.objects.filter(dataset=wells_of(people)).count() == 1


def test_what_the_queue_lost_is_taken_in_later(people, wells):
    versions.publish_on_schedule(dataset_key="wells", place="52", now=NOW)
    versions.publish_on_schedule(dataset_key="wells", place="52.07", now=NOW)
    assert declared.take_in_all(now=NOW) == 2
    assert declared.take_in_all(now=NOW) == 0


def test_a_changed_table_is_a_new_release_and_the_old_one_stays(people, publish, wells):
    publish()
    wells.cells.append(("52.07", 9))
    publish(NOW + timedelta(days=1))
    numbers = list(wells_of(people).releases.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2]
    assert Listing.objects.get(dataset=wells_of(people)).release.number == 2


def test_the_hash_in_the_log_is_the_hash_of_the_metadata_kept(people, publish):
    publish()
    release = releases.newest_of(wells_of(people))
    assert hashlib.sha256(release.metadata.encode()).hexdigest() == release.metadata_sha256
    trace = history.trace_of("dataset_release", str(release.pk), "open_data.release_published")
    assert trace is not None


def test_a_version_withdrawn_at_its_service_is_withdrawn_in_the_catalogue(people, publish):
    version = publish()
    versions.withdraw_at_the_console(version=version, reason="Satu orang dapat dikenali", now=NOW)
    runner.run_due()
    release = releases.last_of(wells_of(people))
    assert release.withdrawn_reason == "Satu orang dapat dikenali"
    assert not Listing.objects.filter(dataset=wells_of(people)).exists()


def test_withdrawing_a_release_takes_the_bytes_only_it_holds(people, publish):
    version = publish()
    release = releases.newest_of(wells_of(people))
    withdrawing.withdraw_release(release=release, reason="Salah", by=people.viewer("admin"), now=NOW)
    version.refresh_from_db()
    assert version.is_withdrawn
    with pytest.raises(Refused):
        withdrawing.withdraw_release(release=release, reason="Salah", by=people.viewer("admin"), now=NOW)


def test_whoever_is_no_steward_withdraws_nothing(people, publish):
    publish()
    release = releases.newest_of(wells_of(people))
    with pytest.raises(NotPermitted):
        withdrawing.withdraw_release(release=release, reason="Salah", by=people.viewer("pupr.ntb"), now=NOW)


@pytest.mark.parametrize("change", [{"metadata": "{}"}, {"number": 9}, {"note": "diam-diam"}])
def test_a_release_is_never_altered(people, publish, change):
    publish()
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(dataset=wells_of(people)).update(**change)


def test_a_release_and_its_tables_are_never_deleted(people, publish):
    publish()
    for rows in (ReleaseTable.objects.filter(release__dataset=wells_of(people)), Release.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)
