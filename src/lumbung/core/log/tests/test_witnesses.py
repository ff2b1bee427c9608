"""Witnesses are added by an administrator, sign with their own key, and nothing else is needed of them."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as events
from lumbung.core.log import actions, queries, signing
from lumbung.core.log.actions.witnesses import _new_witness as new_witness
from lumbung.core.log.models import Cosignature, Witness
from lumbung.kernels import signed_notes

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)


@pytest.fixture
def witness(laptop, people):
    return actions.add_witness(
        key=laptop.key.text, title="Forum Warga", kind="civil_society", by=people.viewer("admin"), now=NOW
    )


def sent(client, text: str):
    return client.post("/log/cosignature", text.encode(), content_type="text/plain")


def test_adding_a_witness_is_written_in_the_log(witness, laptop):
    history = events.history_of("witness", str(witness.pk))
    assert [entry.key for entry in history] == ["log.witness_added"]
    assert history[0].data == {"witness": laptop.name, "witness_key": laptop.key.text}


@pytest.mark.parametrize("who", ["koordinator.ntb", "pupr.ksb", "kader.ksb", "kalender"])
def test_who_is_no_administrator_may_not_add_or_end_witnesses(laptop, witness, people, who):
    with pytest.raises(NotPermitted):
        actions.add_witness(key=laptop.key.text, title="x", kind="civil_society", by=people.viewer(who), now=NOW)
    with pytest.raises(NotPermitted):
        actions.end_witness(witness=witness, by=people.viewer(who), now=NOW)


def test_a_key_of_a_log_or_with_a_lost_character_is_refused(laptop, people):
    for text in (signing.log_key().text, laptop.key.text[:-2], "bukan kunci"):
        with pytest.raises(Refused):
            actions.add_witness(key=text, title="x", kind="civil_society", by=people.viewer("admin"), now=NOW)


def test_a_name_belongs_to_one_key_for_ever(witness, laptop, people):
    actions.end_witness(witness=witness, by=people.viewer("admin"), now=NOW)
    with pytest.raises(Refused, match="witness-known"):
        actions.add_witness(key=laptop.key.text, title="x", kind="civil_society", by=people.viewer("admin"), now=NOW)


def test_a_button_pressed_twice_at_once_is_a_refusal_and_no_fault(witness):
    # Both have passed the look for the name; the database lets one in.
    twin = Witness(name=witness.name, title="x", kind="civil_society", key=witness.key, since=NOW.date())
    with pytest.raises(Refused, match="witness-known"):
        new_witness(twin)


def test_a_cosignature_is_kept_and_served_under_the_checkpoint(grow, witness, laptop, client):
    checkpoint = grow(100)
    answer = sent(client, laptop.cosigned(checkpoint.note, at=NOW))
    assert answer.status_code == 200
    note = signed_notes.read_note(client.get("/log/checkpoint").content.decode())
    signed_notes.check_signed(note, signing.log_key(), signing.is_signed_by)
    assert signed_notes.cosigned_at(note, laptop.key, signing.is_signed_by) == int(NOW.timestamp())


def test_sending_a_cosignature_twice_keeps_it_once(grow, witness, laptop, client):
    text = laptop.cosigned(grow(100).note, at=NOW)
    assert [sent(client, text).status_code for _ in range(2)] == [200, 200]
    assert Cosignature.objects.count() == 1


def test_a_later_cosignature_of_the_same_size_replaces_the_line_shown(grow, witness, laptop, client):
    checkpoint = grow(100)
    for hours in (0, 1):
        sent(client, laptop.cosigned(checkpoint.note, at=NOW + timedelta(hours=hours)))
    note = signed_notes.read_note(queries.signed_note(checkpoint))
    assert len(note.signatures) == 2
    later = int((NOW + timedelta(hours=1)).timestamp())
    assert signed_notes.cosigned_at(note, laptop.key, signing.is_signed_by) == later


def test_a_witness_that_looks_every_minute_leaves_one_line_an_hour_and_checkpoint(grow, witness, laptop, client):
    checkpoint = grow(100)
    for minutes in range(0, 121, 20):
        assert sent(client, laptop.cosigned(checkpoint.note, at=NOW + timedelta(minutes=minutes))).status_code == 200
    assert Cosignature.objects.count() == 3
    sent(client, laptop.cosigned(grow(101).note, at=NOW + timedelta(minutes=121)))
    assert Cosignature.objects.count() == 4


def test_a_line_put_before_that_of_the_witness_is_not_kept_as_its_word(grow, witness, laptop, client):
    note = signed_notes.read_note(laptop.cosigned(grow(100).note, at=NOW))
    foreign = signed_notes.Signature(laptop.name, laptop.key.key_id, b"asing")
    text = str(signed_notes.Note(note.text, (foreign, *note.signatures)))
    assert sent(client, text).status_code == 400
    assert not Cosignature.objects.exists()


def test_one_key_under_two_names_is_one_witness(witness, laptop, people):
    for public in (laptop.key.public, signing.log_key().public):
        other = signed_notes.Key("lain.example", signed_notes.COSIGNATURE_KEY, public).text
        with pytest.raises(Refused, match="witness-key-in-use"):
            actions.add_witness(key=other, title="x", kind="civil_society", by=people.viewer("admin"), now=NOW)


def test_a_stranger_and_an_ended_witness_are_refused(grow, witness, laptop, client, people):
    checkpoint = grow(100)
    actions.end_witness(witness=witness, by=people.viewer("admin"), now=NOW)
    answer = sent(client, laptop.cosigned(checkpoint.note, at=NOW))
    assert answer.status_code == 400
    assert not Cosignature.objects.exists()


def test_a_checkpoint_we_never_signed_is_refused(grow, witness, laptop, client):
    note = grow(100).note
    assert sent(client, laptop.cosigned(note.replace("\n100\n", "\n99\n"), at=NOW)).status_code == 400


def test_a_cosignature_from_the_future_is_refused(grow, witness, laptop, client):
    year = datetime.now(tz=UTC) + timedelta(days=365)
    assert sent(client, laptop.cosigned(grow(100).note, at=year)).status_code == 400


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"teks", b"a" * 20_000, b"a\n1\n\n\x00",
                                  b"a\n" + b"9" * 5000 + b"\nAA==\n\n\xe2\x80\x94 a AAAAAAAA\n",
                                  b"a\n1\nAA==\n\n\xe2\x80\x94 a AAAAAAA\xc3\xa9\n"])  # fmt: skip
def test_what_is_not_a_note_is_refused_with_a_sentence(grow, witness, client, body):
    grow(100)
    answer = client.post("/log/cosignature", body, content_type="application/octet-stream")
    assert answer.status_code in {400, 413}
    assert answer.content.strip()


def test_a_witness_that_stopped_signing_is_shown_as_silent(grow, witness, laptop, client):
    checkpoint = grow(100)
    actions.keep_cosignature(note_text=laptop.cosigned(checkpoint.note, at=NOW), now=NOW)
    assert [state.is_silent for state in queries.witness_states(NOW + timedelta(hours=1))] == [False]
    assert [state.is_silent for state in queries.witness_states(NOW + timedelta(days=3))] == [True]


def test_a_proof_is_made_with_the_checkpoint_a_witness_signed(grow, witness, laptop):
    cosigned = grow(100)
    actions.keep_cosignature(note_text=laptop.cosigned(cosigned.note, at=NOW), now=NOW)
    newest = grow(105)
    assert queries.best_checkpoint_for(7) == cosigned
    assert queries.best_checkpoint_for(102) == newest


def test_kinds_of_witnesses_are_told_in_indonesian_where_one_is_added_and_to_everybody(witness, people, client):
    assert "Organisasi masyarakat sipil" in client.get("/catatan-publik/").content.decode()
    client.force_login(people.account("admin"))
    page = client.get("/kelola/saksi/tambah/").content.decode()
    assert "Pemerintah lain" in page
    assert "Installation" not in page


def test_an_administrator_changes_where_a_witness_is_called_and_a_wrong_address_comes_back(witness, people, client):
    client.force_login(people.account("admin"))
    page = f"/kelola/saksi/{witness.pk}/alamat/"
    assert page in client.get("/kelola/saksi/").content.decode()
    assert client.post(page, {"address": "ftp://x"}).status_code == 422
    assert client.post(page, {"address": "https://saksi.example/"}).status_code == 303
    assert Witness.objects.get().address == "https://saksi.example"
