"""A table at an address is fetched safely, read like an upload, and says for ever where it came from."""

import json

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base.errors import Refused
from lumbung.core.jobs import runner
from lumbung.modules.open_data.actions import addresses
from lumbung.modules.open_data.models import Dataset, DraftTable
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import gates
from lumbung.modules.open_data.tests import bringing, publishing

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PATH = "/berkas/jalan.csv"


def asked(people, address, *, draft=None):
    found = draft or bringing.begin(people)
    by = people.viewer("produsen.ntb")
    table = addresses.ask_for(draft=found, address=address, title="Panjang jalan", by=by, now=NOW)
    runner.run_due()
    return bringing.fresh(table)


def test_a_fetched_table_is_read_like_an_upload_and_its_release_says_where_it_came_from(people, remote, tmp_path):
    remote.answer(PATH, bringing.CLEAN)
    table = asked(people, f"{remote.address}{PATH}")
    assert (table.stage, table.source_name, table.source_bytes) == ("looked", "jalan.csv", len(bringing.CLEAN))
    bringing.confirm(people, bringing.read(people, table))
    release = publishing.release_of(people, bringing.describe(people, table.draft))
    told = json.loads(release.metadata)["sources"]["data"]
    assert told["address"] == f"{remote.address}{PATH}"
    assert set(told) == {"address", "fetched_on"}
    remote.answer(PATH, bringing.CLEAN.replace("812.5", "813.5").replace("1465.0", "1466.0"))
    again = addresses.fetch_again(dataset=release.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    runner.run_due()
    assert again.tables.get().stage == "looked"
    bringing.bring(people, again, tmp_path, slug="data")
    assert "sources" not in known.open_draft_of(release.dataset).metadata


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"status": 404, "content": ""}, "Tidak ada apa pun di alamat ini"),
        ({"status": 500, "content": ""}, "menjawab dengan galat"),
        ({"kind": "text/html", "content": "<p>Masuk dahulu</p>"}, "halaman web, bukan berkas"),
        ({"content": ""}, "kosong"),
    ],
)
def test_what_cannot_be_fetched_says_why_and_the_draft_stays(people, remote, answer, sentence):
    remote.answer(PATH, **answer)
    table = asked(people, f"{remote.address}{PATH}")
    assert (table.stage, table.is_busy) == ("failed", False)
    assert sentence in table.failure["id"]
    assert known.open_draft_of(table.draft.dataset).pk == table.draft_id
    judged = {each.gate.key for each in gates.verdicts(table.draft) if each.is_judged}
    assert "personal" not in judged


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://10.0.0.1/a.csv", "http://[::1]/a.csv", "http://127.1/a.csv", "berkas.csv"]
)
def test_an_address_that_leads_inside_is_refused_before_anything_is_asked(people, address):
    draft = bringing.begin(people)
    with pytest.raises(Refused) as refused:
        addresses.ask_for(draft=draft, address=address, title="x", by=people.viewer("produsen.ntb"), now=NOW)
    assert refused.value.field == "address"
    assert not DraftTable.objects.exists()


def test_whoever_brings_it_tries_the_address_again_with_one_press(people, remote):
    remote.answer(PATH, "", status=500)
    table = asked(people, f"{remote.address}{PATH}")
    page = Client()
    page.force_login(people.account("produsen.ntb"), backend=BACKEND)
    place = f"/ntb/data/kelola/{table.draft.dataset.key}/tabel/data/"
    assert "terbitan pertama" in page.get(f"/ntb/data/kelola/{table.draft.dataset.key}/").content.decode()
    failed = page.get(place).content.decode()
    assert "Berkas tidak dapat diambil" in failed
    assert "Coba lagi" in failed
    assert f'action="{place}alamat/"' in failed
    remote.answer(PATH, bringing.CLEAN)
    assert page.post(f"{place}alamat/", {"address": table.source_url}).status_code == 302
    runner.run_due()
    assert bringing.fresh(table).stage == "looked"
    assert "Coba lagi" not in page.get(place).content.decode()


def test_a_redirect_into_a_network_of_our_own_is_not_followed(people, remote):
    remote.answer(PATH, "", status=302)
    remote.server.moved = "http://10.0.0.1/rahasia.csv"
    assert "tidak terbuka untuk umum" in asked(people, f"{remote.address}{PATH}").failure["id"]


def test_the_desk_takes_an_address_and_shows_refusals_beside_it(people, remote):
    draft = bringing.begin(people)
    page = Client()
    page.force_login(people.account("produsen.ntb"), backend=BACKEND)
    desk = f"/ntb/data/kelola/{draft.dataset.key}/alamat/"
    refused = page.post(desk, {"address": "http://192.168.1.1/a.csv"})
    assert refused.status_code == 422
    assert "tidak terbuka untuk umum" in refused.content.decode()
    remote.answer(PATH, bringing.CLEAN)
    assert page.post(desk, {"address": f"{remote.address}{PATH}"}).status_code == 302
    assert f"{remote.address}{PATH}" in page.get(f"/ntb/data/kelola/{draft.dataset.key}/tabel/data/").content.decode()
    assert Dataset.objects.get(pk=draft.dataset_id).releases.count() == 0
