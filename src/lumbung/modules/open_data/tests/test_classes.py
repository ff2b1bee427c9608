"""Classes of data, what is announced before its day, and what was made with data."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.modules.open_data.actions import classifying, publishing, reuses, workflow
from lumbung.modules.open_data.actions.classifying import Consequence
from lumbung.modules.open_data.actions.reuses import Made
from lumbung.modules.open_data.models import Dataset
from lumbung.modules.open_data.queries import announcements
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import reuses as shown
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.publishing import published, release_of
from lumbung.modules.open_data.tests.test_pages import client_of

pytestmark = pytest.mark.django_db
CLASS = Dataset.Access
TEST = Consequence(
    harm="Letak gudang obat terbuka bagi pencuri.",
    law="UU 14/2008 Pasal 17 huruf c",
    decided_by="PPID Utama",
    decided_on=date(2026, 3, 1),
    document="Uji konsekuensi 7/2026",
)
DAY = date(2026, 4, 30)


def waiting(people, tmp_path):
    """A checked draft that waits for its day."""
    draft = bringing.ready(people, tmp_path)
    current = known.open_draft_of(draft.dataset)
    told = {"seen": current.version, "note": "", "release_on": DAY}
    workflow.submit(draft=current, by=people.viewer("produsen.ntb"), now=NOW, **told)
    for name in ("pendukung.ntb", "walidata.ntb"):
        current = known.open_draft_of(draft.dataset)
        workflow.pass_draft(draft=current, seen=current.version, by=people.viewer(name), now=NOW)
    return known.open_draft_of(draft.dataset)


def test_excluding_needs_a_consequence_test_that_everybody_reads(people, tmp_path):
    draft = bringing.ready(people, tmp_path)
    told = {"dataset": draft.dataset, "access": CLASS.EXCLUDED, "now": NOW}
    with pytest.raises(NotPermitted):
        classifying.classify(**told, test=TEST, by=people.viewer("produsen.ntb"))
    with pytest.raises(Refused):
        classifying.classify(**told, by=people.viewer("walidata.ntb"))
    classifying.classify(**told, test=TEST, by=people.viewer("walidata.ntb"))
    release_of(people, draft)
    page = Client().get("/ntb/data/panjang-jalan/").content.decode()
    assert TEST.law in page
    assert TEST.harm in page
    assert "Lombok Barat" not in page


def test_what_is_open_is_withdrawn_before_its_class_is_closed(people, tmp_path):
    release = published(people, tmp_path)
    with pytest.raises(Refused) as refused:
        classifying.classify(
            dataset=release.dataset, access=CLASS.RESTRICTED, by=people.viewer("walidata.ntb"), now=NOW
        )
    assert refused.value.code == "releases-are-open"
    assert Dataset.objects.get(pk=release.dataset_id).access == CLASS.OPEN


def test_an_announced_release_is_described_and_its_rows_are_nowhere_until_its_day(people, tmp_path):
    draft = waiting(people, tmp_path)
    page = "/ntb/data/panjang-jalan/"
    assert Client().get(page).status_code == 404
    with pytest.raises(NotPermitted):
        classifying.announce(draft=draft, by=people.viewer("produsen.ntb"), now=NOW)
    classifying.announce(draft=draft, by=people.viewer("walidata.ntb"), now=NOW)
    told = Client().get(page).content.decode()
    assert "30 April 2026" in told
    assert "Lombok Barat" not in told
    assert page in Client().get("/ntb/data/").content.decode()
    for address in (f"{page}v1/", f"{page}v1/data.csv", "/api/v1/datasets/panjang-jalan/rows"):
        assert Client().get(address).status_code == 404
    assert publishing.publish_due(now=NOW + timedelta(days=30)) == []
    assert len(publishing.publish_due(now=NOW + timedelta(days=36))) == 1
    assert "Lombok Barat" in Client().get(page).content.decode()
    assert announcements.coming(people.ntb, today=clock.local_day(NOW)) == []


def test_a_reuse_is_shown_only_after_a_steward_looked_and_named_nobody(people, publish):
    publish()
    dataset = Dataset.objects.get(key="wells", portal="ntb")
    made = Made("Peta sumur", "Sumur per desa di atas peta.", "https://peta.contoh.id/sumur", "Universitas Contoh")
    key = uuid.uuid4()
    first, second = (reuses.hand_in(dataset=dataset, made=made, draft_key=key, now=NOW) for _press in range(2))
    assert first == second
    assert shown.shown_of(dataset) == []
    with pytest.raises(NotPermitted):
        reuses.show(reuse=first, by=people.viewer("produsen.ntb"), now=NOW)
    steward = client_of(people, "walidata.ntb")
    assert "Peta sumur" in steward.get("/ntb/data/kelola/pemanfaatan/").content.decode()
    assert steward.post(f"/ntb/data/kelola/pemanfaatan/{first.pk}/", {"step": "show"}).status_code == 302
    for address in ("/ntb/data/wells/", "/ntb/data/pemanfaatan/"):
        assert "https://peta.contoh.id/sumur" in Client().get(address).content.decode()
    assert steward.post(f"/ntb/data/kelola/pemanfaatan/{first.pk}/", {"step": "decline"}).status_code == 422
    named = Made("Peta", "Hubungi 0819 7700 1001", "https://peta.contoh.id/lain")
    other = reuses.hand_in(dataset=dataset, made=named, draft_key=uuid.uuid4(), now=NOW)
    with pytest.raises(Refused):
        reuses.show(reuse=other, by=people.viewer("walidata.ntb"), now=NOW)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://127.0.0.1/", "ftp://contoh.id/x"])
def test_a_reuse_at_no_public_web_address_is_refused(people, publish, address):
    publish()
    told = {"draft_key": str(uuid.uuid4()), "title": "Peta", "about": "Peta", "address": address}
    assert Client().post("/ntb/data/wells/pemanfaatan/", told).status_code == 422
