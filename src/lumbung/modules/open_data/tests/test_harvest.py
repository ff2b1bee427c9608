"""Another portal's catalogue is shown here: each dataset once, unchanged when nothing changed, never silently gone."""

import json
from datetime import timedelta

import pytest
from tests.cast import NOW

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.actions import datasets, harvest_sources, harvesting, withdrawing
from lumbung.modules.open_data.models import Dataset, HarvestItem, HarvestRun, HarvestSource, Listing, Release
from lumbung.modules.open_data.queries import harvest_words
from lumbung.modules.open_data.tests.remote_portal import counts, listed, run_to_its_end, source_of

pytestmark = pytest.mark.django_db
NOTHING = {"new": 0, "changed": 0, "unchanged": 0, "refused": 0, "missing": 0, "gone": 0}
LIST = "/daftar.csv"


@pytest.fixture
def source(people, remote):
    """Three datasets, taken over."""
    remote.answer(LIST, listed("jalan", "sekolah", "pasar"))
    made = source_of(people, f"{remote.address}{LIST}")
    assert counts(run_to_its_end(made)) == NOTHING | {"seen": 3, "new": 3}
    return made


def told(run):
    return " ".join(harvest_words.report(run))


def shown():
    return sorted(Listing.objects.exclude(harvested_from="").values_list("dataset__key", flat=True))


def test_what_has_not_changed_is_asked_by_its_mark_and_compared_without_one(source, remote):
    assert told(run_to_its_end(source)) == "Portal asal menyatakan tidak ada perubahan sejak penarikan terakhir."
    assert remote.asked[-1][1]
    HarvestSource.objects.update(etag="")
    assert counts(run_to_its_end(source)) == NOTHING | {"seen": 3, "unchanged": 3}
    assert Release.objects.filter(dataset__origin="harvested").count() == 3


def test_a_change_over_there_is_a_new_release_here_and_the_old_one_stays(source, remote):
    remote.answer(LIST, listed("jalan", "pasar", "sekolah", "sumur", more=" desa"))
    assert counts(run_to_its_end(source)) == NOTHING | {"seen": 4, "new": 1, "changed": 3}
    road = Dataset.objects.get(key="tetangga-jalan")
    titles = [json.loads(each.metadata)["dataset"]["title"]["id"] for each in road.releases.order_by("number")]
    assert titles == ["Jumlah jalan", "Jumlah jalan desa"]


def test_what_is_missing_three_times_leaves_a_tombstone_and_may_come_back(people, remote):
    names = [f"d{number}" for number in range(11)]
    remote.answer(LIST, listed(*names))
    source = source_of(people, f"{remote.address}{LIST}")
    run_to_its_end(source)
    remote.answer(LIST, listed(*names[1:]))
    runs = [counts(run_to_its_end(source)) for _time in range(3)]
    assert [(run["missing"], run["gone"]) for run in runs] == [(1, 0), (1, 0), (0, 1)]
    gone = Dataset.objects.get(key="tetangga-d0")
    assert "Portal Data Tetangga" in gone.withdrawn_reason
    assert gone.key not in shown()
    remote.answer(LIST, listed(*names))
    assert counts(run_to_its_end(source))["changed"] == 1
    assert gone.key in shown()


def test_an_empty_portal_empties_nothing_until_a_steward_has_said_so(people, source, remote):
    remote.answer(LIST, listed())
    states = [run_to_its_end(source).state for _time in range(4)]
    assert states == ["done", "done", "asks", "asks"]
    assert len(shown()) == 3
    asking = source.runs.first()
    with pytest.raises(NotPermitted):
        harvest_sources.confirm_gone(run=asking, by=people.viewer("produsen.ntb"), now=NOW)
    harvest_sources.confirm_gone(run=asking, by=people.viewer("walidata.ntb"), now=NOW)
    done = run_to_its_end(source)
    assert (done.gone, done.missing) == (3, 0)
    assert shown() == []
    assert told(done).startswith(
        "0 dataset terlihat di portal asal. 3 dikeluarkan dari katalog; alasannya tercantum di alamatnya."
    )
    source.refresh_from_db()
    assert source.etag  # nothing of it is open any more, so the next run may ask by its mark


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ({"status": 500}, "answer-not-ok"),
        ({"status": 404}, "not-there"),
        ({"content": "nama;nilai\n"}, "not-csv-list"),
        ({"content": b"id,judul,berkas\n\xff\xfe"}, "not-utf8"),
    ],
)
def test_a_portal_that_fails_changes_nothing_and_the_report_says_why(source, remote, answer, trouble):
    remote.answer(LIST, **({"content": b""} | answer))
    run = run_to_its_end(source)
    assert (run.state, run.trouble) == ("failed", trouble)
    assert told(run).endswith("Tidak ada yang diubah di sini.")
    assert len(shown()) == 3
    source.refresh_from_db()
    assert source.next_run_at == NOW + timedelta(days=1)


def test_a_lumbung_whose_log_is_not_signed_yet_is_asked_again_by_itself_and_says_so(people, remote):
    told_there = '{"code": "not-signed-yet", "message": "…"}'
    remote.answer("/ksb/data/umpan.json", told_there, kind="application/json", status=503)
    source = source_of(people, f"{remote.address}/ksb", kind="lumbung")
    run = source.runs.get()
    for _time in range(3):
        run = harvesting.step(run_id=str(run.pk), number=run.step, now=NOW)
    assert (run.state, run.trouble) == ("open", "log-not-signed-yet")
    assert "belum ditandatangani" in told(run)
    assert "dengan sendirinya" in told(run)
    assert Job.objects.filter(name=harvesting.STEP, run_after=NOW + timedelta(minutes=1)).count() == 3
    remote.answer("/ksb/data/umpan.json", told_there, kind="application/json", status=500)
    assert run_to_its_end(source).state == "failed"


def test_what_cannot_be_shown_is_left_out_with_its_reason(people, remote, settings):
    ours = f"sendiri,Punya kami,{settings.LUMBUNG_URL}/ntb/data/x/,https://data.example/a.csv\n"
    rows = f"a,,,a.csv\nb,Benar,javascript:alert(1),javascript:alert(1)\n,Tanpa nama,,c.csv\n{ours}"
    remote.answer(LIST, f"id,judul,halaman,berkas\n{rows}")
    run = run_to_its_end(source_of(people, f"{remote.address}{LIST}"))
    assert counts(run) == NOTHING | {"seen": 4, "new": 1, "refused": 3}
    assert dict(HarvestItem.objects.values_list("identity", "why")) == {"a": "no-title", "b": "", "sendiri": "our-own"}
    assert Dataset.objects.get(key="tetangga-b").remote_files.count() == 0


def test_what_a_steward_took_out_stays_out_and_what_is_others_is_not_edited_here(people, source, remote):
    road = Dataset.objects.get(key="tetangga-jalan")
    with pytest.raises(Refused) as refused:
        datasets.require_brought(road)
    assert refused.value.code == "dataset-is-kept-elsewhere"
    withdrawing.withdraw_dataset(dataset=road, reason="Memuat nama orang.", by=people.viewer("walidata.ntb"), now=NOW)
    remote.answer(LIST, listed("jalan", "sekolah", "pasar", more=" baru"))
    assert counts(run_to_its_end(source)) == NOTHING | {"seen": 3, "changed": 2, "refused": 1}
    assert road.key not in shown()


def test_only_a_steward_of_the_portal_adds_a_source_and_only_where_the_public_net_is(people, remote, settings):
    with pytest.raises(NotPermitted):
        harvest_sources.begin_source(**facts(people, remote.address), by=people.viewer("produsen.ntb"), now=NOW)
    elsewhere = {"producer": Organisation(code="jateng", region_id="33")}
    with pytest.raises(Refused) as refused:
        harvest_sources.begin_source(
            **facts(people, remote.address) | elsewhere, by=people.viewer("walidata.ntb"), now=NOW
        )
    assert refused.value.code == "producer-of-another-region"
    settings.LUMBUNG_HARVEST_INSIDE = []
    for address in (
        remote.address,
        "http://169.254.169.254/latest",
        "https://[::1]/",
        "http://10.0.0.7/",
        "ftp://x.id/",
    ):
        with pytest.raises(Refused) as refused:
            source_of(people, address, key="dalam")
        assert refused.value.code == "source-address-unusable"
    assert not HarvestSource.objects.exists()


def facts(people, address):
    producer = Organisation.objects.get(pk="ksb")
    told = {"portal": people.ntb, "producer": producer, "key": "x1", "title": "X", "every": "day"}
    return told | {"kind": "csv_lists", "address": f"{address}/x.csv"}


def test_a_paused_source_is_not_asked_and_an_ended_one_leaves_tombstones(people, source, remote):
    steward = people.viewer("walidata.ntb")
    harvesting.begin_run(source=source, by=None, now=NOW)
    harvest_sources.pause(source=source, by=steward, now=NOW)
    assert source.runs.first().trouble == "stopped"
    asked = len(remote.asked)
    harvesting.begin_due(now=NOW + timedelta(days=9))
    runner.run_due()
    assert len(remote.asked) == asked
    harvest_sources.resume(source=source, by=steward, now=NOW)
    run_to_its_end(source)
    harvest_sources.end_source(source=source, reason="Portal itu ditutup.", by=steward, now=NOW)
    assert run_to_its_end(source).gone == 3
    assert shown() == []
    reasons = Dataset.objects.filter(origin="harvested").values_list("withdrawn_reason", flat=True)
    assert set(reasons) == {"Portal itu ditutup."}


def test_a_run_nobody_works_on_is_woken_and_one_that_never_ends_is_ended(people, source):
    run = harvesting.begin_run(source=source, by=None, now=NOW)
    for _time in range(harvesting.MOST_REVIVALS):
        Job.objects.update(state=Job.FAILED)
        harvesting.begin_due(now=NOW)
        assert Job.objects.filter(state=Job.QUEUED, name=harvesting.STEP).exists()
    Job.objects.update(state=Job.FAILED)
    harvesting.begin_due(now=NOW)
    run.refresh_from_db()
    assert (run.state, run.trouble) == (HarvestRun.State.FAILED, "internal")


def catalogue(remote, names):
    """The pages of a CKAN portal."""
    packages = [
        {
            "id": f"id-{name}",
            "name": name,
            "title": f"Judul {name}",
            "notes": "<p>Catatan&nbsp;<b>tebal</b></p>",
            "license_id": "CC-BY-4.0",
            "organization": {"title": "Dinas Contoh"},
            "metadata_modified": "2026-02-03T04:05:06.000001",
            "tracking_summary": {"total": len(remote.asked)},
            "resources": [{"name": "Tabel", "format": "CSV", "url": f"https://data.example/{name}.csv"}],
        }
        for name in names
    ]
    for start in range(0, max(len(names), 1), 100):
        body = {"success": True, "result": {"count": len(names), "results": packages[start : start + 100]}}
        path = f"/api/3/action/package_search?q=*:*&rows=100&start={start}&sort=name%20asc"
        remote.answer(path, json.dumps(body), kind="application/json")


@pytest.mark.parametrize("many", [101, pytest.param(1000, marks=pytest.mark.heavy)])
def test_a_thousand_datasets_twice_are_a_thousand_new_ones_and_then_no_change(people, remote, many):
    names = [f"data-{number:04}" for number in range(many)]
    catalogue(remote, names)
    source = source_of(people, f"{remote.address}/dataset", kind="ckan")
    assert counts(run_to_its_end(source)) == NOTHING | {"seen": many, "new": many}
    catalogue(remote, names)
    assert counts(run_to_its_end(source)) == NOTHING | {"seen": many, "unchanged": many}
    assert (len(shown()), Release.objects.filter(dataset__origin="harvested").count()) == (many, many)
    assert {path.partition("?")[0] for path, _etag in remote.asked} == {"/api/3/action/package_search"}
