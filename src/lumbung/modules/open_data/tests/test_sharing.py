"""Restricted data between agencies: asked with a purpose, opened only while granted, each time written down."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.access import queries as accounts
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as history
from lumbung.core.notices.models import Notice
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.actions import sharing
from lumbung.modules.open_data.models import Dataset, Release, Sharing
from lumbung.modules.open_data.tests.test_pages import client_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 26)
FILE = "/ntb/data/wells/akses/v2/data.csv"


@pytest.fixture
def release(people, wells, publish):
    """The second release of a table is restricted; bringing a file would cost each test its seconds."""
    publish()
    Dataset.objects.filter(key="wells", portal="ntb").update(access="restricted", producer="ntb-pupr")
    wells.cells = [("52.77", 8)]
    publish()
    return Release.objects.select_related("dataset__portal").get(dataset__key="wells", number=2)


def asked(people, release, by="komitmen.ntb", agency="ntb-diskominfotik"):
    return sharing.ask(
        dataset=release.dataset,
        agency=Organisation.objects.get(pk=agency),
        purpose="Menyusun rencana pemeliharaan jalan 2027.",
        by=people.viewer(by),
        now=NOW,
    )


def granted(people, release, *, since=TODAY, until=TODAY + timedelta(days=30)):
    told = {"conditions": "Tidak diteruskan.", "since": since, "until": until}
    return sharing.grant(sharing=asked(people, release), by=people.viewer("produsen.ntb"), now=NOW, **told)


def test_only_an_officer_asks_for_their_own_agency_and_once_a_time(people, release):
    for by, agency in (("komitmen.ntb", "ntb-dinkes"), ("oms.ntb", "somasi-ntb"), ("produsen.ntb", "ntb-pupr")):
        with pytest.raises(NotPermitted):
            asked(people, release, by, agency)
    asked(people, release)
    assert Notice.objects.filter(account=people.account("produsen.ntb"), kind=sharing.WAITS).count() == 1
    with pytest.raises(Refused):
        asked(people, release)


def test_only_the_producer_decides_for_a_year_at_most(people, release):
    found = asked(people, release)
    told = {"sharing": found, "conditions": "", "since": TODAY, "now": NOW}
    with pytest.raises(NotPermitted):
        sharing.grant(**told, until=TODAY, by=people.viewer("walidata.ntb"))
    for until in (TODAY - timedelta(days=1), TODAY + timedelta(days=400)):
        with pytest.raises(Refused):
            sharing.grant(**told, until=until, by=people.viewer("produsen.ntb"))
    sharing.grant(**told, until=TODAY, by=people.viewer("produsen.ntb"))
    assert Notice.objects.filter(account=people.account("komitmen.ntb"), kind=sharing.DECIDED).count() == 1


def test_rows_open_only_while_granted_and_each_opening_is_written_down(people, release):
    officer = people.viewer("komitmen.ntb")
    rows = {"release": release, "slug": "data", "by": officer}
    with pytest.raises(NotPermitted):
        sharing.open_rows(**rows, now=NOW)
    found = granted(people, release)
    sharing.open_rows(**rows, now=NOW)
    (trace,) = history.access_history_of(sharing.SUBJECT, str(found.pk))
    assert (trace.fields, trace.channel) == ("rows,v2,data", "download")
    with pytest.raises(NotPermitted):
        sharing.open_rows(**rows, now=NOW + timedelta(days=31))
    for other in ("pupr.ksb", "admin", "walidata.ntb"):
        with pytest.raises(NotPermitted):
            sharing.open_rows(release=release, slug="data", by=people.viewer(other), now=NOW)
    sharing.end(sharing=found, reason="Tugas selesai", by=people.viewer("produsen.ntb"), now=NOW)
    with pytest.raises(NotPermitted):
        sharing.open_rows(**rows, now=NOW)


def test_whoever_left_the_agency_left_its_access_too(people, release):
    granted(people, release)
    account = people.account("komitmen.ntb")
    account.grants.update(valid_to=TODAY)
    gone = accounts.viewer_for(account, day=TODAY + timedelta(days=1))
    with pytest.raises(NotPermitted):
        sharing.open_rows(release=release, slug="data", by=gone, now=NOW + timedelta(days=1))


def test_the_file_is_given_on_its_own_address_only_and_never_kept(people, release):
    Sharing.objects.filter(pk=granted(people, release).pk).update(until=date(2999, 1, 1))
    answer = client_of(people, "komitmen.ntb").get(FILE)
    assert b"52.77" in b"".join(answer.streaming_content)
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert client_of(people, "pupr.ksb").get(FILE).status_code == 403
    assert Client().get(FILE).status_code == 302
    assert client_of(people, "komitmen.ntb").get("/ntb/data/wells/v2/data.csv").status_code == 404
    name = release.dataset.name
    for channel in (f"/api/v1/datasets/{name}/rows", "/ntb/data/wells/v2/paket.zip"):
        assert b"52.77" not in client_of(people, "komitmen.ntb").get(channel).getvalue()


def test_asking_and_deciding_go_over_pages(people, release):
    officer, producer = client_of(people, "komitmen.ntb"), client_of(people, "produsen.ntb")
    page = "/ntb/data/wells/akses/"
    assert page in Client().get("/ntb/data/wells/").content.decode()
    assert officer.post(page, {"agency": "ntb-diskominfotik", "purpose": ""}).status_code == 422
    assert officer.post(page, {"agency": "ntb-diskominfotik", "purpose": "Rencana jalan"}).status_code == 302
    work = f"/ntb/data/kelola/akses/{Sharing.objects.get().pk}/"
    assert officer.get(work).status_code == 403
    assert producer.post(work, {"step": "grant", "grant-since": "2026-01-01"}).status_code == 422
    told = {"step": "grant", "grant-since": "2026-11-01", "grant-until": "2027-01-31"}
    assert producer.post(work, told).status_code == 302
    assert producer.get(work).status_code == 200
