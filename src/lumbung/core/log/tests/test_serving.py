"""What log tools read under /log/ is what C2SP says, and nothing beyond the newest checkpoint."""

import base64

import pytest

from lumbung.core.events.models import EventRecord, LogLeaf
from lumbung.core.log import queries, signing
from lumbung.kernels import merkle, signed_notes

pytestmark = pytest.mark.django_db


def entries_of(bundle: bytes) -> list[bytes]:
    found = []
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        found.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    return found


def test_before_the_first_checkpoint_there_is_none(client):
    assert client.get("/log/checkpoint").status_code == 404


def test_the_checkpoint_is_a_note_our_key_has_signed(grow, client):
    grow(100)
    answer = client.get("/log/checkpoint")
    note = signed_notes.read_note(answer.content.decode())
    signed_notes.check_signed(note, signing.log_key(), signing.is_signed_by)
    assert signed_notes.read_checkpoint(note.text).size == 100
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "public, no-cache"


def test_a_reader_of_tiles_and_entries_alone_arrives_at_the_signed_root(grow, client):
    newest = grow(600)
    hashes, entries = b"", []
    for number, part in (("000", ""), ("001", ""), ("002", ".p/88")):
        hashes += client.get(f"/log/tile/0/{number}{part}").content
        entries += entries_of(client.get(f"/log/tile/entries/{number}{part}").content)
    leaves = [hashes[place : place + 32] for place in range(0, len(hashes), 32)]
    assert [merkle.leaf_hash(entry) for entry in entries] == leaves
    assert merkle.root_of(leaves) == bytes(newest.root)


def test_a_tile_one_level_up_holds_the_roots_of_the_full_tiles_below(grow, client):
    grow(600)
    below = [client.get(f"/log/tile/0/00{number}").content for number in range(2)]
    roots = [merkle.root_of([tile[place : place + 32] for place in range(0, 8192, 32)]) for tile in below]
    assert client.get("/log/tile/1/000.p/2").content == b"".join(roots)


def test_tiles_may_be_kept_for_ever(grow, client):
    grow(256)
    answer = client.get("/log/tile/0/000")
    assert (answer["Content-Type"], len(answer.content)) == ("application/octet-stream", 8192)
    assert "immutable" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    [
        "tile/0/000",
        "tile/0/000.p/101",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/007",
        "tile/0/0",
        "tile/0/x000/000",
        "tile/0/001.p/1",
        "tile/1/000.p/1",
        "tile/64/000.p/1",
        "tile/99999999999999999999/000.p/1",
        "tile/0/x999/x999/x999/x999/x999/x999/999.p/1",
        "tile/-1/000.p/1",
        "tile/entries/000",
        "tile/entries/000.p/101",
        "tile/entries/..%2F000.p/1",
        "tile/0/",
        "unknown",
    ],
)
def test_what_no_checkpoint_covers_is_not_served(grow, client, address):
    grow(100)
    assert client.get(f"/log/{address}").status_code == 404


def test_an_entry_with_a_place_but_no_checkpoint_yet_is_not_served(grow, client):
    grow(100)
    waiting = EventRecord.objects.create(
        uid="00000000-0000-7000-8000-000000000000",
        key="tests.stone_laid",
        subject_type="wall",
        subject_id="w1",
        on="2026-03-05",
        body=b"{}",
        leaf_hash=merkle.leaf_hash(b"{}"),
    )
    LogLeaf.objects.create(index=100, event=waiting, leaf_hash=waiting.leaf_hash)
    assert client.get("/log/tile/entries/000.p/101").status_code == 404
    assert client.get("/log/tile/0/000.p/101").status_code == 404


@pytest.mark.parametrize("size", [100, 256, 513])
def test_every_entry_has_a_proof_that_leads_to_the_signed_root(grow, size):
    newest = grow(size)
    for index in {0, 1, 99, size // 2, size - 1}:
        entry = queries.entry_at(index)
        proof = queries.inclusion_proof(index, size)
        merkle.check_inclusion(entry.leaf_hash, index, size, proof, bytes(newest.root))


def test_a_proof_is_written_as_c2sp_writes_it(grow):
    newest = grow(100)
    entry = queries.entry_at(7)
    head, _, note = queries.proof_text(entry, newest).partition("\n\n")
    lines = head.split("\n")
    assert lines[0::2][:2] == ["c2sp.org/tlog-proof@v1", "index 7"]
    assert base64.b64decode(lines[1].removeprefix("extra ")) == entry.body
    assert len(lines) == 3 + len(queries.inclusion_proof(7, 100))
    assert note == queries.signed_note(newest)


@pytest.mark.parametrize("level", ["00", "+0", "٠", "64", "-1", "0x0", "999999999999999999999999"])
def test_a_tile_has_one_address(grow, client, level):
    grow(100)
    assert client.get("/log/tile/0/000.p/100").status_code == 200
    assert client.get(f"/log/tile/{level}/000.p/100").status_code == 404


def test_the_address_of_the_log_leads_a_person_to_the_page_that_explains_it(client):
    answer = client.get("/log/")
    assert (answer.status_code, answer["Location"]) == (302, "/catatan-publik/")
