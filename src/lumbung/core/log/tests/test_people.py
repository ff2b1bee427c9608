"""What people read of the log: every entry with its proof, in words, and what is missing said plainly."""

import re

import pytest
from django.db import transaction

from lumbung.core.base.actors import SYSTEM
from lumbung.core.events import actions as events
from lumbung.core.events.models import LogLeaf
from lumbung.core.log import actions, queries, signing
from lumbung.core.log.models import Examination
from lumbung.core.log.standalone import lumbung_verify
from lumbung.core.log.tests.conftest import NOW, StoneLaid

pytestmark = pytest.mark.django_db


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_the_first_entry_the_page_stands(client):
    assert "Belum diawasi dari luar" in page(client, "/catatan-publik/")


def test_the_front_page_gives_the_key_to_keep(grow, client):
    grow(100)
    assert signing.log_key().text in page(client, "/catatan-publik/")


def test_a_witness_is_shown_with_what_it_signed(grow, laptop, people, client):
    actions.add_witness(
        key=laptop.key.text, title="Forum Warga", kind="civil_society", by=people.viewer("admin"), now=NOW
    )
    checkpoint = grow(100)
    actions.keep_cosignature(note_text=laptop.cosigned(checkpoint.note, at=NOW), now=NOW)
    assert "Forum Warga" in page(client, "/catatan-publik/")
    assert "Disaksikan oleh" in page(client, "/catatan-publik/7/")


def test_a_fault_found_at_night_stands_first(grow, client):
    grow(100)
    Examination.objects.create(at=NOW, size=100, fault="bytes-changed #7")
    told = page(client, "/catatan-publik/")
    assert "Catatan tidak cocok" in told
    assert "#7: isi dan sidik digitalnya berbeda" in told
    assert "#7: its bytes and its hash differ" in page(client, "/en/catatan-publik/")


def test_a_fault_kept_by_an_older_version_stays_in_its_own_words(grow, client):
    grow(100)
    Examination.objects.create(at=NOW, size=100, fault="#7: differs somehow")
    assert "#7: differs somehow" in page(client, "/catatan-publik/")


def test_an_entry_tells_role_and_kind_in_words_with_their_keys_beside(grow, client):
    grow(100)
    stone = LogLeaf.objects.filter(event__key=StoneLaid.key).first()
    told = page(client, f"/catatan-publik/{stone.index}/")
    assert "Pemasangan ini, dengan sendirinya" in told
    assert '<code class="small">system</code>' in told
    assert '<code class="small">tests.stone_laid</code>' in told


def test_the_page_to_keep_carries_the_keys_of_today(grow, laptop, people, client):
    actions.add_witness(
        key=laptop.key.text, title="Forum Warga", kind="civil_society", by=people.viewer("admin"), now=NOW
    )
    answer = client.get("/catatan-publik/periksa-bukti.html")
    assert answer["Content-Disposition"].startswith("attachment")
    assert signing.log_key().text in answer.content.decode()
    assert laptop.key.text in answer.content.decode()
    assert '<html lang="en">' in client.get("/en/catatan-publik/periksa-bukti.html").content.decode()


def test_an_entry_and_its_proof_are_enough_to_check_it_without_us(grow, client):
    grow(300)
    entry = client.get("/catatan-publik/290/catatan.json").content
    proof = client.get("/catatan-publik/290/bukti.tlog-proof").content.decode()
    key = lumbung_verify.read_key(signing.log_key().text)
    index, checkpoint = lumbung_verify.check_proof(entry, proof, key, [])
    assert (index, checkpoint.size) == (290, 300)
    with pytest.raises(lumbung_verify.Rejected):
        lumbung_verify.check_proof(entry + b" ", proof, key, [])


@pytest.mark.parametrize(("number", "first", "last"), [(1, 129, 80), (3, 29, 0), (99, 29, 0)])
def test_all_entries_are_paged_from_the_newest_to_the_first(grow, client, number, first, last):
    grow(130)
    text = page(client, f"/catatan-publik/isi/?page={number}")
    shown = [int(found) for found in re.findall(r'href="/catatan-publik/(\d+)/"', text)]
    assert (shown[0], shown[-1], len(shown)) == (first, last, first - last + 1)


def test_an_entry_is_listed_with_the_number_people_know(a_stone_is_an_event):
    body = (
        b'{"actor":{"organisation":"","role":"reporter"},"data":{"number":"NTB-2026-004512"},"on":"2026-03-05",'
        b'"precision":"day","subject":{"id":"1","type":"report"},"type":"tests.unknown"}'
    )
    entry = queries.Entry(0, "", "tests.unknown", NOW.date(), body, bytes(32))
    assert queries.tell(entry).number == "NTB-2026-004512"


def test_a_page_of_entries_counts_and_passes_over_none(grow, django_assert_num_queries):
    grow(130)
    with django_assert_num_queries(2):
        assert [leaf.index for leaf in queries.NewestFirst()[100:103]] == [29, 28, 27]


def test_an_entry_of_an_older_version_of_the_software_is_shown_in_its_own_words(grow, client):
    grow(100)
    index = LogLeaf.objects.filter(event__key=StoneLaid.key).latest("index").index
    from lumbung.core.events import registry  # noqa: PLC0415

    del registry._types["tests.stone_laid"]
    assert "tests.stone_laid" in page(client, f"/catatan-publik/{index}/")


@pytest.mark.parametrize("typed", ["{hash}", " {HASH} ", "7", "#7", "000 007"])
def test_an_entry_is_found_by_number_and_by_fingerprint(grow, client, typed):
    grow(100)
    fingerprint = queries.entry_at(7).leaf_hash.hex()
    answer = client.get("/catatan-publik/cari/", {"q": typed.format(hash=fingerprint, HASH=fingerprint.upper())})
    assert (answer.status_code, answer["Location"]) == (302, "/catatan-publik/7/")


@pytest.mark.parametrize(("typed", "status"), [("", 400), ("abc", 400), ("-1", 400), ("a" * 101, 400), ("\0", 400),
                                               ("9" * 30, 400), ("999999", 404), ("0" * 64, 404)])  # fmt: skip
def test_what_is_not_found_is_said_with_the_way_on(grow, client, typed, status):
    grow(100)
    answer = client.get("/catatan-publik/cari/", {"q": typed})
    assert answer.status_code == status
    assert 'name="q"' in answer.content.decode()


def test_a_receipt_leads_to_a_page_that_says_it_waits_and_later_to_the_entry(grow, client):
    grow(100)
    with transaction.atomic():
        waiting = events.record(StoneLaid(1), subject_type="wall", subject_id="w1", actor=SYSTEM, now=NOW)
    assert "Menunggu urutan" in page(client, f"/catatan-publik/peristiwa/{waiting.uid}/")
    actions.extend(now=NOW)
    answer = client.get(f"/catatan-publik/peristiwa/{waiting.uid}/")
    assert answer["Location"] == "/catatan-publik/100/"


def test_an_event_told_by_the_week_says_the_monday_and_nothing_else(grow, client):
    grow(100)
    with transaction.atomic():
        waiting = events.record(
            StoneLaid(1), subject_type="wall", subject_id="w1", actor=SYSTEM, now=NOW, precision="week"
        )
    text = page(client, f"/catatan-publik/peristiwa/{waiting.uid}/")
    assert "Senin, 9 Maret 2026" in text
    assert waiting.leaf_hash.hex() not in text


NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    "address",
    ["99999/", "9" * 40 + "/", "99999/catatan.json", "99999/bukti.tlog-proof", "program/x.py", f"peristiwa/{NOBODY}/"],
)
def test_what_is_not_there_is_not_found(grow, client, address):
    grow(100)
    assert client.get(f"/catatan-publik/{address}").status_code == 404


def test_the_programs_are_one_file_each_that_python_accepts(client):
    for name in ("lumbung_verify.py", "lumbung_witness.py"):
        answer = client.get(f"/catatan-publik/program/{name}")
        compile(answer.content.decode(), name, "exec")
        assert "from lumbung" not in answer.content.decode()
        assert name in answer["Content-Disposition"]


def test_the_verifier_stays_short_enough_to_be_read(client):
    assert client.get("/catatan-publik/program/lumbung_verify.py").content.count(b"\n") <= 300


def test_the_page_that_checks_carries_the_fingerprint_of_a_receipt_and_nothing_else(client, db):
    fingerprint = "0123456789abcdef" * 4
    page = client.get(f"/catatan-publik/periksa-bukti.html?sidik={fingerprint}").content.decode()
    assert f'"receipt": "{fingerprint}"' in page
    for wrong in ("", "abc", fingerprint.upper(), f"{fingerprint}0", f"{fingerprint}%0A", "</script><script>1"):
        assert '"receipt": ""' in client.get("/catatan-publik/periksa-bukti.html", {"sidik": wrong}).content.decode()
