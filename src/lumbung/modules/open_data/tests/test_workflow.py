"""From a file on a producer's machine to a release: every desk, every gate, and nobody checks what is their own."""

from datetime import timedelta

import pytest
from tests.cast import NOW

from lumbung.core.access import actions as access
from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.datasets import queries as versions
from lumbung.core.jobs import runner
from lumbung.core.notices.models import Notice
from lumbung.modules.open_data.actions import (
    clearing,
    datasets,
    draft_telling,
    drafting,
    publishing,
    rescheduling,
    workflow,
)
from lumbung.modules.open_data.models import Listing, Release
from lumbung.modules.open_data.queries import catalogue, gates, workplace
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.tests import bringing

pytestmark = pytest.mark.django_db
SCOPES = {
    "data_steward": {"region_code": "52"},
    "data_supervisor": {"region_code": "52"},
    "supporting_steward": {"organisation_code": "ntb-pupr"},
}


def submit(people, draft, **more):
    told = {"note": "", "release_on": None, **more}
    current = known.open_draft_of(draft.dataset)
    by = people.viewer("produsen.ntb")
    return workflow.submit(draft=current, seen=current.version, by=by, **{"now": NOW, **told})


def passed(people, draft, *names):
    for name in names:
        current = known.open_draft_of(draft.dataset)
        workflow.pass_draft(draft=current, seen=current.version, by=people.viewer(name), now=NOW)
    return known.open_draft_of(draft.dataset)


def published(people, tmp_path, **more):
    draft = bringing.ready(people, tmp_path, **more)
    submit(people, draft)
    ready = passed(people, draft, "pendukung.ntb", "walidata.ntb")
    return publishing.publish(draft=ready, by=people.viewer("walidata.ntb"), now=NOW)


def test_a_file_becomes_a_release_whose_cells_are_those_of_the_file(people, tmp_path):
    release = published(people, tmp_path)
    table = catalogue.tables_of(release)[0]
    csv = versions.path_of(table.version, "csv").read_text()
    assert csv.splitlines() == [
        "kode_kabupaten,kabupaten,panjang_km,kondisi_baik_km",
        "52.01,Lombok Barat,812.5,601.25",
        "52.07,Sumbawa Barat,640.0,498.5",
        "52.08,Lombok Utara,12.5,12.5",
    ]
    assert Listing.objects.get(dataset=release.dataset).row_count == 3


def test_a_code_that_is_no_region_is_told_with_its_row(people, tmp_path):
    draft = bringing.begin(people)
    table = bringing.read(people, bringing.bring(people, draft, tmp_path, text=bringing.ROADS))
    schema = {**table.schema}
    for field in schema["fields"]:
        if field["name"] == "kode_kabupaten":
            schema["foreignKeys"] = [
                {"fields": ["kode_kabupaten"], "reference": {"resource": "wilayah", "fields": ["kode"]}}
            ]
    checked = bringing.confirm(people, table, schema=schema)
    assert checked.report["error_count"] == 1
    assert checked.report["faults"][0]["value"] == "52.10"
    assert checked.report["faults"][0]["row"] == 7
    gap = next(gap for verdict in gates.verdicts(draft) for gap in verdict.gaps if "sel tidak sesuai" in str(gap))
    assert gap.place == "table:data"


def test_a_file_nobody_can_read_says_why_and_keeps_the_draft(people, tmp_path):
    table = bringing.bring(people, bringing.begin(people), tmp_path, text=b"\x00\x01\x02", name="x.xlsx")
    assert table.stage == "failed"
    assert table.failure["id"]
    assert table.failure["en"]


def test_each_gate_names_what_is_missing_and_where(people, tmp_path):
    draft = bringing.begin(people)
    assert "Belum ada tabel" in str(gates.first_gap(draft))
    with pytest.raises(Refused, match="gate-is-closed"):
        submit(people, draft)
    bringing.confirm(people, bringing.read(people, bringing.bring(people, draft, tmp_path)))
    places = {gap.place for verdict in gates.verdicts(known.open_draft_of(draft.dataset)) for gap in verdict.gaps}
    assert places == {"dataset"}


def test_a_column_of_phone_numbers_blocks_until_somebody_decides(people, tmp_path):
    text = "kode_kabupaten,no_hp\n52.01,081234567890\n52.07,081398765432\n"
    draft = bringing.begin(people)
    table = bringing.read(people, bringing.bring(people, draft, tmp_path, text=text))
    assert [each["column"] for each in table.findings] == ["no_hp"]
    bringing.confirm(people, table)
    bringing.describe(people, draft)
    with pytest.raises(Refused, match="gate-is-closed"):
        submit(people, draft)
    drafting.decide_personal(
        table=bringing.fresh(table),
        column="no_hp",
        kind="phone",
        choice="dropped",
        reason="Nomor petugas lapangan",
        by=people.viewer("produsen.ntb"),
        now=NOW,
    )
    bringing.runner.run_due()
    again = bringing.confirm(people, bringing.fresh(table))
    assert [field["name"] for field in again.schema["fields"]] == ["kode_kabupaten"]
    assert "0812" not in workplace.checked_of(again.pk)[0].read_text()


def test_nobody_passes_or_publishes_what_they_submitted(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    submit(people, draft)
    with pytest.raises(NotPermitted):
        passed(people, draft, "produsen.ntb")
    with pytest.raises(NotPermitted):
        passed(people, draft, "walidata.ntb")  # it is on the supporting steward's desk
    with pytest.raises(NotPermitted):
        publishing.publish(draft=draft, by=people.viewer("produsen.ntb"), now=NOW)


def give(people, name, role):
    """Another role for a person of the cast, who keeps their own."""
    told = {"organisation_code": "", "region_code": "", "until": None, "standing": "holder", **SCOPES[role]}
    since = clock.local_day(NOW)
    access.grant_role(account=people.account(name), role=role, since=since, by=None, actor=SYSTEM, now=NOW, **told)


def test_whoever_has_both_roles_neither_checks_nor_publishes_their_own_draft(people, tmp_path):
    for role in ("data_steward", "supporting_steward"):
        give(people, "produsen.ntb", role)
    draft = bringing.ready(people, tmp_path)
    submit(people, draft)
    for passing in ("pendukung.ntb", "walidata.ntb"):
        with pytest.raises(Refused, match="own-draft"):
            passed(people, draft, "produsen.ntb")
        passed(people, draft, passing)
    ready = known.open_draft_of(draft.dataset)
    with pytest.raises(Refused, match="own-draft"):
        publishing.publish(draft=ready, by=people.viewer("produsen.ntb"), now=NOW)
    assert publishing.publish(draft=ready, by=people.viewer("walidata.ntb"), now=NOW).number == 1


def test_nobody_does_both_checks_of_priority_data(people, tmp_path):
    give(people, "walidata.ntb", "data_supervisor")
    draft = bringing.ready(people, tmp_path)
    draft.dataset.is_priority = True
    draft.dataset.save(update_fields=["is_priority"])
    submit(people, draft)
    passed(people, draft, "pendukung.ntb", "walidata.ntb")
    with pytest.raises(Refused, match="both-checks"):
        passed(people, draft, "walidata.ntb")
    assert passed(people, draft, "pembina.ntb").state == "ready"


def test_column_names_other_programs_stumble_over_close_their_gate(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    table = draft.tables.get()
    table.schema["fields"][1]["name"] = "Nama Kabupaten (2025)"
    table.save(update_fields=["schema"])
    verdict = next(each for each in gates.verdicts(draft) if each.gate.key == "interoperability")
    assert not verdict.is_open
    (gap,) = verdict.gaps
    assert (gap.place, "Nama Kabupaten (2025)" in str(gap)) == ("table:data", True)


def test_priority_data_are_checked_a_second_time(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    draft.dataset.is_priority = True
    draft.dataset.save(update_fields=["is_priority"])
    submit(people, draft)
    assert passed(people, draft, "pendukung.ntb", "walidata.ntb").state == "second_check"
    assert passed(people, draft, "pembina.ntb").state == "ready"


def test_a_returned_draft_keeps_its_reasons_until_it_is_handed_in_again(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    submit(people, draft)
    current = known.open_draft_of(draft.dataset)
    workflow.return_draft(
        draft=current,
        reason="Satuan belum jelas",
        remarks={"panjang_km": "kilometer apa?"},
        by=people.viewer("pendukung.ntb"),
        now=NOW,
    )
    assert [remark.field for remark in known.open_remarks_of(current)] == ["panjang_km"]
    submit(people, draft)
    assert known.open_remarks_of(current) == []


def test_a_draft_saved_meanwhile_is_not_passed_unseen(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    submit(people, draft)
    with pytest.raises(Refused, match="draft-was-saved-meanwhile"):
        workflow.pass_draft(draft=draft, seen=1, by=people.viewer("pendukung.ntb"), now=NOW)


def test_a_release_day_is_waited_for_and_then_comes_by_itself(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    tomorrow = clock.local_day(NOW) + timedelta(days=1)
    submit(people, draft, release_on=tomorrow)
    ready = passed(people, draft, "pendukung.ntb", "walidata.ntb")
    with pytest.raises(Refused, match="release-day-has-not-come"):
        publishing.publish(draft=ready, by=people.viewer("walidata.ntb"), now=NOW)
    assert publishing.publish_due(now=NOW) == []
    assert [release.number for release in publishing.publish_due(now=NOW + timedelta(days=1))] == [1]


def test_a_release_day_a_gate_stops_is_told_and_the_steward_moves_it(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    today = clock.local_day(NOW)
    submit(people, draft, release_on=today)
    ready = passed(people, draft, "pendukung.ntb", "walidata.ntb")
    whole = dict(ready.metadata)
    ready.metadata = {**whole, "dataset": {**whole["dataset"], "contact": ""}}
    ready.save(update_fields=["metadata"])
    assert publishing.publish_due(now=NOW) == []
    for _morning in range(2):
        draft_telling.tell_of_stopped(now=NOW)
    assert sorted(told("stopped")) == ["produsen.ntb", "walidata.ntb"]
    ready.metadata = whole
    ready.save(update_fields=["metadata"])
    by, tomorrow = people.viewer("walidata.ntb"), today + timedelta(days=1)
    with pytest.raises(NotPermitted):
        rescheduling.move_release_day(draft=ready, day=tomorrow, by=people.viewer("produsen.ntb"), now=NOW)
    with pytest.raises(Refused, match="release-day-is-over"):
        rescheduling.move_release_day(draft=ready, day=today - timedelta(days=1), by=by, now=NOW)
    rescheduling.move_release_day(draft=ready, day=tomorrow, by=by, now=NOW)
    assert Notice.objects.get(kind=rescheduling.MOVED).account == people.account("produsen.ntb")
    assert publishing.publish_due(now=NOW) == []
    assert len(publishing.publish_due(now=NOW + timedelta(days=1))) == 1


def test_the_next_release_keeps_the_tables_nobody_brought_anew(people, tmp_path):
    first = published(people, tmp_path)
    draft = datasets.begin_draft(dataset=first.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    assert gates.first_gap(draft) is None
    submit(people, draft, note="Ringkasan diperjelas")
    ready = passed(people, draft, "pendukung.ntb", "walidata.ntb")
    second = publishing.publish(draft=ready, by=people.viewer("walidata.ntb"), now=NOW)
    assert second.number == 2
    assert second.tables.get().version_id == first.tables.get().version_id


def test_another_agency_sees_no_draft_of_this_one(people, tmp_path):
    draft = bringing.begin(people)
    assert draft not in known.visible_to(people.viewer("pupr.ksb"), people.ntb)
    with pytest.raises(NotPermitted):
        datasets.begin_draft(dataset=draft.dataset, by=people.viewer("walidata.ntb"), now=NOW)


@pytest.mark.parametrize("key", ["ab", "Jalan", "jalan raya", "kelola", "reports_public", "-jalan"])
def test_an_address_that_cannot_be_one_is_refused(people, key):
    with pytest.raises(Refused):
        bringing.begin(people, key=key)


def test_files_of_closed_drafts_are_swept(people, tmp_path):
    draft = bringing.begin(people)
    table = bringing.bring(people, draft, tmp_path)
    assert clearing.sweep() == 0
    datasets.discard_draft(draft=draft, by=people.viewer("produsen.ntb"), now=NOW)
    assert clearing.sweep() == 1
    assert not workplace.folder_of(table.pk).exists()
    assert not Release.objects.filter(dataset=draft.dataset).exists()


def told(kind):
    found = Notice.objects.filter(kind=f"open_data.draft_{kind}").order_by("made_at", "pk")
    return [notice.account.email.removesuffix("@contoh.id") for notice in found]


def test_each_desk_is_told_what_waits_and_the_producer_what_became_of_it(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    submit(people, draft)
    runner.run_due()
    assert told("waits") == ["pendukung.ntb"]
    passed(people, draft, "pendukung.ntb")
    runner.run_due()
    assert told("waits") == ["pendukung.ntb", "walidata.ntb"]
    assert told("moved") == []
    current = known.open_draft_of(draft.dataset)
    by = people.viewer("walidata.ntb")
    workflow.return_draft(draft=current, reason="Sebut bidangnya.", remarks={}, by=by, now=NOW)
    runner.run_due()
    assert told("moved") == ["produsen.ntb"]
    assert "Sebut bidangnya." in Notice.objects.get(kind="open_data.draft_moved").text
    submit(people, draft, now=NOW + timedelta(hours=1))
    ready = passed(people, draft, "pendukung.ntb", "walidata.ntb")
    publishing.publish(draft=ready, by=people.viewer("walidata.ntb"), now=NOW)
    runner.run_due()
    assert told("moved") == ["produsen.ntb", "produsen.ntb"], "what was passed over in between is no news"
