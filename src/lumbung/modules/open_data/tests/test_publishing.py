"""What a release is made of: tables that come and go, days on which one draft fails, bytes that are gone."""

from datetime import timedelta

import pytest
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.notices.models import Notice
from lumbung.modules.open_data.actions import datasets, publishing, tables, withdrawing, workflow
from lumbung.modules.open_data.models import Draft, Release
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import gates, workplace
from lumbung.modules.open_data.states import DraftState
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests import publishing as steps

pytestmark = pytest.mark.django_db


def begin_next(people, release):
    return datasets.begin_draft(dataset=release.dataset, by=people.viewer("produsen.ntb"), now=NOW)


def add(people, draft, tmp_path, title, **more):
    table = bringing.read(people, bringing.bring(people, draft, tmp_path, title=title, **more))
    return bringing.confirm(people, table)


def ready_on(people, draft, day):
    current = known.open_draft_of(draft.dataset)
    by = people.viewer("produsen.ntb")
    workflow.submit(draft=current, seen=current.version, note="", release_on=day, by=by, now=NOW)
    for name in ("pendukung.ntb", "walidata.ntb"):
        current = known.open_draft_of(draft.dataset)
        workflow.pass_draft(draft=current, seen=current.version, by=people.viewer(name), now=NOW)
    return current


def test_a_new_table_comes_after_those_that_were_taken_out(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    add(people, draft, tmp_path, "Jembatan")
    first = steps.release_of(people, draft)
    draft = begin_next(people, first)
    gone = draft.tables.get(slug="jembatan")
    tables.remove_table(table=gone, by=people.viewer("produsen.ntb"), now=NOW)
    add(people, draft, tmp_path, "Terowongan")
    second = steps.release_of(people, draft)
    found = second.tables.values_list("resource__slug", "resource__position")
    assert list(found) == [("data", 1), ("terowongan", 3)]


def test_a_draft_that_fails_on_its_day_stops_no_other_and_is_told(people, tmp_path, caplog):
    today = clock.local_day(NOW)
    broken = ready_on(people, bringing.ready(people, tmp_path), today)
    whole = ready_on(people, bringing.ready(people, tmp_path, key="panjang-jembatan"), today)
    parquet = workplace.checked_of(broken.tables.get().pk)[1]
    parquet.unlink()
    released = publishing.publish_due(now=NOW)
    assert [each.dataset.key for each in released] == [whole.dataset.key]
    assert Draft.objects.get(pk=broken.pk).state == DraftState.READY
    assert f"{broken.pk} could not be published on its day: FileNotFoundError" in caplog.text
    publishing.publish_due(now=NOW + timedelta(days=1))
    told = Notice.objects.filter(kind="open_data.draft_stopped")
    assert sorted(each.account.email for each in told) == ["produsen.ntb@contoh.id", "walidata.ntb@contoh.id"]
    assert "kesalahan pada aplikasi" in told[0].text


def test_a_draft_whose_publication_fails_keeps_its_files_and_is_published_once_mended(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    other = add(people, draft, tmp_path, "Jembatan")
    day = clock.local_day(NOW)
    ready = ready_on(people, draft, day)
    parquet = workplace.checked_of(other.pk)[1]
    parquet.rename(tmp_path / "aside")
    assert publishing.publish_due(now=NOW) == []
    (tmp_path / "aside").rename(parquet)
    assert [each.dataset_id for each in publishing.publish_due(now=NOW)] == [ready.dataset_id]
    assert Release.objects.get().tables.count() == 2


def withdraw(people, release):
    by = people.viewer("walidata.ntb")
    withdrawing.withdraw_release(release=release, reason="Dapat dikenali", by=by, now=NOW)


def test_a_table_kept_from_a_release_that_was_withdrawn_has_to_be_brought_anew(people, tmp_path):
    first = steps.published(people, tmp_path)
    draft = begin_next(people, first)
    assert gates.first_gap(draft) is None
    withdraw(people, first)
    gap = gates.first_gap(known.open_draft_of(first.dataset))
    assert (gap.place, "ditarik" in str(gap)) == ("table:data", True)
    with pytest.raises(Refused, match="gate-is-closed"):
        steps.release_of(people, draft)
    brought = bringing.bring(people, draft, tmp_path, slug="data")
    bringing.confirm(people, bringing.read(people, brought))
    assert steps.release_of(people, draft).number == 2


def test_a_release_withdrawn_while_the_next_is_ready_is_not_published_empty(people, tmp_path):
    first = steps.published(people, tmp_path)
    day = clock.local_day(NOW)
    ready = ready_on(people, begin_next(people, first), day)
    withdraw(people, first)
    with pytest.raises(Refused, match="gate-is-closed"):
        publishing.publish(draft=ready, by=people.viewer("walidata.ntb"), now=NOW)
    assert publishing.publish_due(now=NOW) == []
    assert Release.objects.count() == 1
