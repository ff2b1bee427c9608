"""The log grows by checkpoints that each continue the one before, and by nothing else."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from lumbung.core.events.models import EventRecord, LogLeaf
from lumbung.core.log import actions, queries, signing
from lumbung.core.log.actions.extending import LogForked
from lumbung.core.log.models import Checkpoint, Cosignature, Examination, Tile, Witness
from lumbung.kernels import merkle, signed_notes

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)


def leaves() -> list[bytes]:
    return [bytes(value) for value in LogLeaf.objects.order_by("index").values_list("leaf_hash", flat=True)]


@pytest.mark.parametrize("sizes", [(100,), (103, 105), (255, 256, 257), (300, 600)])
def test_the_signed_root_is_the_root_over_all_leaves(grow, sizes):
    for size in sizes:
        signed = grow(size)
    assert (signed.size, bytes(signed.root)) == (sizes[-1], merkle.root_of(leaves()))


def test_a_checkpoint_is_signed_by_our_key(grow):
    note = signed_notes.read_note(grow(100).note)
    signed_notes.check_signed(note, signing.log_key(), signing.is_signed_by)
    assert signed_notes.read_checkpoint(note.text).origin == signing.origin()


def test_nothing_new_signs_nothing(grow):
    grow(100)
    assert actions.extend(now=NOW) is None
    assert Checkpoint.objects.count() == 1


def test_a_tile_is_closed_when_it_is_full(grow):
    grow(255)
    assert not Tile.objects.exists()
    grow(513)
    tiles = Tile.objects.order_by("number")
    assert [(tile.level, tile.number) for tile in tiles] == [(0, 0), (0, 1)]
    assert [bytes(tile.root) for tile in tiles] == [merkle.root_of(leaves()[:256]), merkle.root_of(leaves()[256:512])]


def test_every_older_checkpoint_is_the_beginning_of_the_newest(grow):
    older = [grow(count) for count in (100, 107, 256, 600)]
    newest = older[-1]
    for one in older:
        proof = queries.consistency_proof(one.size, newest.size)
        merkle.check_consistency(one.size, bytes(one.root), newest.size, bytes(newest.root), proof)


def test_a_log_that_no_longer_begins_with_its_checkpoint_is_not_signed(grow, unguarded):
    grow(100)
    with unguarded("events_logleaf"):
        LogLeaf.objects.filter(index=2).update(leaf_hash=merkle.leaf_hash(b"rewritten"))
    with pytest.raises(LogForked, match="lumbung verify"):
        grow(103)
    assert Checkpoint.objects.count() == 1


def test_the_name_of_a_log_may_not_change(grow, settings):
    grow(100)
    settings.LUMBUNG_LOG_ORIGIN = "lain.example/log"
    with pytest.raises(LogForked, match="LUMBUNG_LOG_ORIGIN"):
        grow(101)


def test_a_key_made_anew_signs_no_log_of_another_key(grow, settings, tmp_path):
    grow(100)
    settings.LUMBUNG_KEYS = tmp_path / "keys"
    with pytest.raises(LogForked, match=r"log-signing\.key"):
        grow(101)
    assert Checkpoint.objects.count() == 1


def test_a_database_restored_from_before_the_last_signature_signs_nothing(grow, unguarded):
    grow(100)
    grow(105)
    with unguarded("events_logleaf", "log_checkpoint", "events_eventrecord"):
        Checkpoint.objects.filter(size=105).delete()
        lost = LogLeaf.objects.filter(index__gte=100)
        events = list(lost.values_list("event_id", flat=True))
        lost.delete()
        EventRecord.objects.filter(pk__in=events).delete()
    for size in (103, 110):  # fewer entries than were signed, and others in their place
        with pytest.raises(LogForked, match="Restore a newer backup"):
            grow(size)
    assert [one.size for one in Checkpoint.objects.all()] == [100]


def test_a_signature_remembered_but_never_stored_is_made_again(grow, unguarded):
    grow(100)
    with unguarded("log_checkpoint"):
        Checkpoint.objects.all().delete()
    assert grow(100).size == 100


def test_a_log_cut_off_below_its_checkpoint_is_not_signed(grow, unguarded):
    grow(100)
    with unguarded("events_logleaf"):
        LogLeaf.objects.filter(index__gte=90).delete()
    with pytest.raises(LogForked, match="lumbung verify"):
        actions.extend(now=NOW)


@pytest.mark.parametrize("table", ["log_tile", "log_checkpoint", "log_cosignature", "log_examination"])
@pytest.mark.parametrize("statement", ["DELETE FROM {0}", "UPDATE {0} SET {1} = {1}"])
def test_the_database_refuses_to_change_what_was_written(grow, laptop, table, statement):
    grow(256)
    witness = Witness.objects.create(
        name=laptop.name, title="Saksi", kind="civil_society", key=laptop.key.text, since=NOW.date()
    )
    Cosignature.objects.create(checkpoint=queries.newest_checkpoint(), witness=witness, at=NOW, line="—")
    Examination.objects.create(at=NOW, size=256)
    column = {"log_tile": "root", "log_checkpoint": "root", "log_cosignature": "line", "log_examination": "fault"}[
        table
    ]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column))
