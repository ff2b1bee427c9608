"""After a real loss the log begins anew, under another name and key; what it was before is told for ever."""

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction

from lumbung.core.base.errors import Refused
from lumbung.core.events import queries as events
from lumbung.core.events.models import EventRecord, LogLeaf
from lumbung.core.log import actions, eras, jobs, memory, queries, signing, verification
from lumbung.core.log.actions.extending import LogForked
from lumbung.core.log.models import Beginning, Checkpoint, Examination
from lumbung.core.log.standalone import lumbung_verify
from lumbung.core.log.tests.conftest import NOW
from lumbung.kernels import merkle, signed_notes

NEW_NAME = "log-2.example/log"


@pytest.fixture
def own_keys(settings, tmp_path) -> None:
    """Keys of this test alone: they are put away here."""
    settings.LUMBUNG_KEYS = tmp_path / "keys"


def lose_from(index: int, unguarded, *, checkpoints: bool = True) -> None:
    """An older database is restored: later entries and what signed them are gone."""
    with unguarded("events_logleaf", "log_checkpoint", "events_eventrecord", "log_tile"):
        if checkpoints:
            Checkpoint.objects.filter(size__gt=index).delete()
        lost = LogLeaf.objects.filter(index__gte=index)
        ids = list(lost.values_list("event_id", flat=True))
        lost.delete()
        EventRecord.objects.filter(pk__in=ids).delete()


@pytest.fixture
def lost(own_keys, grow, unguarded, settings) -> str:
    """Signed to 105, restored to 100, and a new name chosen; the root the old log signed last."""
    grow(100)
    root = bytes(grow(105).root).hex()
    lose_from(100, unguarded)
    with pytest.raises(LogForked, match="lumbung new-log"):
        actions.extend(now=NOW)
    settings.LUMBUNG_LOG_ORIGIN = NEW_NAME
    return root


def anew(reason: str = "Cakram rusak; cadangan terakhir dari hari sebelumnya.", **given) -> Beginning:
    return actions.begin_anew(reason=reason, now=NOW, **given)


def test_it_names_the_last_the_old_log_is_known_to_have_signed(lost, settings):
    old_key = signing.log_key_named("lumbung.localhost/log").text
    begun = anew()
    assert (begun.previous_size, begun.previous_root_hex, begun.boundary) == (105, lost, 100)
    assert begun.previous_key.endswith(old_key.rpartition("+")[2])
    told = events.history_of("log", str(begun.pk))[0]
    assert told.data["reason_hash"] == hashlib.sha256(begun.reason.encode()).hexdigest()
    assert (told.key, told.data["previous_size"], told.data["previous_root"]) == ("log.log_begun_anew", 105, lost)
    assert (told.data["origin"], told.data["log_key"]) == (NEW_NAME, signing.log_key().text)


def test_the_new_log_is_signed_with_a_new_key_and_goes_on(lost, grow):
    old = signing.log_key().public
    anew()
    newest = queries.newest_checkpoint()
    assert newest.size == 101
    signed_notes.check_signed(signed_notes.read_note(newest.note), signing.log_key(), signing.is_signed_by)
    assert signing.log_key().public != old
    assert grow(110).size == 110
    report = verification.verify(every_signature=True)
    assert (report.faults, report.earlier, report.signatures) == ([], [], 3)


def test_the_old_key_is_kept_and_never_signs_again(lost, settings):
    old_id = signing.log_key_named("lumbung.localhost/log").key_id.hex()
    anew()
    assert (settings.LUMBUNG_KEYS / f"log-signing.{old_id}.key").exists()
    settings.LUMBUNG_LOG_ORIGIN = "lumbung.localhost/log"
    with pytest.raises(LogForked, match="LUMBUNG_LOG_ORIGIN"):
        actions.extend(now=NOW)


def test_a_try_that_stopped_in_the_middle_is_made_again_and_knows_all_it_knew(lost):
    old = signing.log_key_named("lumbung.localhost/log")
    signing.put_key_away(old.key_id.hex())
    memory.put_away(old.key_id.hex())
    begun = anew()
    assert (begun.previous_size, begun.previous_root_hex, begun.previous_key) == (105, lost, old.text)


def test_proofs_are_made_with_the_new_key_also_of_entries_from_before(lost, laptop):
    anew()
    entry, checkpoint = queries.entry_at(7), queries.best_checkpoint_for(7)
    key = lumbung_verify.read_key(signing.log_key().text)
    lumbung_verify.check_proof(entry.body, queries.proof_text(entry, checkpoint), key, [])


def test_the_page_tells_it_for_ever(lost, client):
    anew("Kebakaran ruang server.")
    page = client.get("/catatan-publik/").content.decode()
    assert "Kebakaran ruang server." in page
    assert lost in page
    assert "lumbung.localhost/log" in page


@pytest.mark.parametrize("old_key_is_known", [True, False])
def test_after_losing_the_key_the_log_begins_anew_with_all_its_entries(
    own_keys, grow, settings, tmp_path, old_key_is_known
):
    root = bytes(grow(100).root).hex()
    old_key = signing.log_key().text
    memory.forget()
    settings.LUMBUNG_KEYS = tmp_path / "other-keys"
    with pytest.raises(LogForked, match="lumbung new-log"):
        grow(101)
    settings.LUMBUNG_LOG_ORIGIN = NEW_NAME
    begun = anew(old_key=old_key if old_key_is_known else "")
    assert (begun.previous_size, begun.previous_root_hex) == (100, root)
    report = verification.verify(every_signature=True)
    assert (report.faults, report.signatures) == ([], 2 if old_key_is_known else 1)


def test_a_newer_checkpoint_kept_outside_is_what_the_old_log_is_known_by(lost, grow, unguarded):
    # The memory beside the key is lost too; a witness has seen more than is left here.
    held = signed_notes.read_note(str(signing_of_old(120)))
    memory.forget()
    assert anew(held=held).previous_size == 120


def signing_of_old(size: int) -> signed_notes.Note:
    key = signing.log_key_named("lumbung.localhost/log")
    text = signed_notes.Checkpoint(key.name, size, bytes(32)).text
    value = signing._private().sign(text.encode())
    return signed_notes.Note(text, (signed_notes.Signature(key.name, key.key_id, value),))


def test_where_old_signatures_cover_more_than_is_left_it_waits_until_it_has_grown_beyond(
    own_keys, grow, unguarded, settings
):
    grow(100)
    lose_from(90, unguarded, checkpoints=False)
    settings.LUMBUNG_LOG_ORIGIN = NEW_NAME
    begun = anew()
    assert (begun.boundary, queries.newest_checkpoint().size) == (100, 100)
    assert grow(100) is None
    assert grow(101).size == 101
    report = verification.verify()
    assert (report.faults, [fault.where for fault in report.earlier]) == ([], ["checkpoint 100"])


def test_a_held_checkpoint_of_the_old_log_still_shows_what_is_lost(lost):
    held = signing_of_old(105)
    anew()
    assert [fault.code for fault in verification.verify([held]).faults] == ["lost-before"]


def test_a_changed_entry_is_no_loss_and_begins_nothing(own_keys, grow, unguarded, settings):
    grow(100)
    with unguarded("events_eventrecord"):
        EventRecord.objects.filter(leaf__index=7).update(body=b"{}", leaf_hash=merkle.leaf_hash(b"{}"))
    settings.LUMBUNG_LOG_ORIGIN = NEW_NAME
    key = signing.log_key().public
    with pytest.raises(Refused, match="entries-do-not-fit"):
        anew()
    assert (Beginning.objects.count(), signing.log_key().public) == (0, key)


def test_rewritten_entries_are_no_loss_either(own_keys, grow, unguarded, settings):
    grow(100)
    with unguarded("events_eventrecord", "events_logleaf"):
        EventRecord.objects.filter(leaf__index=7).update(body=b"{}", leaf_hash=merkle.leaf_hash(b"{}"))
        LogLeaf.objects.filter(index=7).update(leaf_hash=merkle.leaf_hash(b"{}"))
    settings.LUMBUNG_LOG_ORIGIN = NEW_NAME
    with pytest.raises(Refused, match="entries-do-not-fit"):
        anew()


@pytest.mark.parametrize(
    ("reason", "code"), [("", "reason-missing"), ("x" * 501, "reason-missing"), ("Rusak.", "same-name")]
)
def test_without_a_reason_or_a_new_name_nothing_begins(own_keys, grow, reason, code):
    grow(100)
    with pytest.raises(Refused, match=code):
        anew(reason)
    assert not Beginning.objects.exists()


def test_a_name_used_before_is_no_new_name(lost, settings):
    anew()
    settings.LUMBUNG_LOG_ORIGIN = "lumbung.localhost/log"
    with pytest.raises(Refused, match="same-name"):
        anew()


def test_it_can_begin_anew_once_more(lost, settings, grow):
    anew()
    settings.LUMBUNG_LOG_ORIGIN = "log-3.example/log"
    begun = anew("Kunci dicuri.")
    assert (begun.previous_origin, begun.boundary) == (NEW_NAME, 101)
    assert [(one.origin, one.first, one.last) for one in eras.eras()] == [
        ("lumbung.localhost/log", 1, 100),
        (NEW_NAME, 101, 101),
        ("log-3.example/log", 102, None),
    ]
    assert verification.verify(every_signature=True).faults == []


@pytest.mark.parametrize("statement", ["DELETE FROM log_beginning", "UPDATE log_beginning SET reason = 'x'"])
def test_the_database_refuses_to_change_a_beginning(lost, statement):
    anew()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_stops_the_signing_stands_on_the_page_at_once_and_once(own_keys, grow, settings, client):
    grow(100)
    settings.LUMBUNG_LOG_ORIGIN = "lain.example/log"
    for _ in range(3):
        with pytest.raises(LogForked):
            jobs.extend()
    assert Examination.objects.count() == 1
    assert "nama sebuah log tidak boleh berubah" in client.get("/catatan-publik/").content.decode()
    assert "may not change" in client.get("/en/catatan-publik/").content.decode()
    settings.LUMBUNG_LOG_ORIGIN = "lumbung.localhost/log"
    jobs.extend()
    assert queries.newest_refusal() == ""
    assert "tidak boleh berubah" not in client.get("/catatan-publik/").content.decode()
