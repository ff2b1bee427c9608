"""Whatever is changed below a checkpoint somebody holds is found; what came after it is said to be uncovered."""

import pytest

from lumbung.core.events.models import EventRecord, LogLeaf, Waiting
from lumbung.core.log import actions, memory, queries, signing, verification
from lumbung.core.log.models import Checkpoint, Cosignature, Tile, Witness
from lumbung.core.log.tests.superuser import KINDS, NOW, Attack, found_by, hide_traces
from lumbung.kernels import merkle, signed_notes
from lumbung.kernels.signed_notes import Note

HELD, NOW_THERE = 270, 300
NOW_DAY = NOW.date()


@pytest.fixture
def held(grow) -> Note:
    """A checkpoint somebody outside keeps; the log has grown since."""
    kept = grow(HELD).note
    grow(NOW_THERE)
    return signed_notes.read_note(kept)


def test_a_log_nobody_touched_fits(held):
    report = verification.verify([held])
    assert (report.faults, report.size, report.not_covered) == ([], NOW_THERE, NOW_THERE - HELD)
    assert report.root == bytes(queries.newest_checkpoint().root)


def drill(held: Note, seeds: range) -> list[int]:
    """The attacks no verification noticed."""
    attacks = [Attack(seed, covered=HELD) for seed in seeds]
    return [one.seed for one in attacks if not found_by(one, lambda: bool(verification.verify([held]).faults))]


@pytest.mark.parametrize("kind", range(len(KINDS)), ids=KINDS)
def test_rewriting_what_a_held_checkpoint_covers_is_found(held, kind):
    assert drill(held, range(kind, len(KINDS) * 4, len(KINDS))) == []


@pytest.mark.heavy
def test_a_thousand_rewritings_by_a_superuser_with_the_key_are_found(held):
    assert drill(held, range(1000)) == []


def test_without_a_checkpoint_from_outside_a_rewriting_with_the_key_is_not_found(grow):
    # The reason witnesses exist. If this ever fails, the page promises too little.
    grow(NOW_THERE)
    attack = Attack(seed=KINDS.index("sign anew"), covered=HELD)
    assert not found_by(attack, lambda: bool(verification.verify().faults))


def test_what_came_after_the_held_checkpoint_is_counted_apart(held, unguarded):
    with unguarded("events_eventrecord", "events_logleaf", "log_tile", "log_checkpoint"):
        gone = LogLeaf.objects.filter(index__gte=290)
        events = list(gone.values_list("event_id", flat=True))
        gone.delete()
        EventRecord.objects.filter(pk__in=events).delete()
        hide_traces([bytes(leaf.leaf_hash) for leaf in LogLeaf.objects.order_by("index")])
    report = verification.verify([held])
    assert (report.faults, report.not_covered) == ([], 290 - HELD)


def test_a_changed_byte_is_found_with_the_event_it_belongs_to(grow, unguarded):
    grow(100)
    event = LogLeaf.objects.get(index=40).event
    with unguarded("events_eventrecord"):
        EventRecord.objects.filter(pk=event.pk).update(body=bytes(event.body) + b" ")
    assert str(event.uid) in str(verification.verify().faults[0])


def forged(leaf_hash: bytes) -> EventRecord:
    return EventRecord.objects.create(
        uid="00000000-0000-7000-8000-000000000000",
        key="tests.stone_laid",
        subject_type="wall",
        subject_id="w1",
        on=NOW.date(),
        body=b"{}",
        leaf_hash=leaf_hash,
    )


def test_a_changed_event_that_waits_for_its_place_is_found(grow):
    grow(100)
    event = forged(merkle.leaf_hash(b"[]"))
    Waiting.objects.create(event=event)
    assert [fault.where for fault in verification.verify().faults] == [f"{event.key} {event.uid}"]


def test_an_event_that_never_gets_its_place_is_found(grow):
    grow(100)
    event = forged(merkle.leaf_hash(b"{}"))
    assert [fault.where for fault in verification.verify().faults] == [f"{event.key} {event.uid}"]


def test_a_changed_tile_is_found(grow, unguarded):
    grow(300)
    with unguarded("log_tile"):
        Tile.objects.update(root=bytes(32))
    assert [fault.where for fault in verification.verify().faults] == ["tile 0/0"]


def test_a_changed_or_unsigned_checkpoint_is_found(grow, unguarded):
    note = grow(100).note
    grow(103)
    with unguarded("log_checkpoint"):
        Checkpoint.objects.filter(size=103).update(note=note)
    assert [fault.where for fault in verification.verify().faults] == ["checkpoint 103"]


def test_a_held_note_our_key_never_signed_is_no_proof_against_us(grow):
    grow(100)
    text = signed_notes.Checkpoint(signing.origin(), 50, bytes(32)).text
    forged = Note(text, signed_notes.read_note(queries.newest_checkpoint().note).signatures)
    report = verification.verify([forged])
    assert [fault.where for fault in report.faults] == ["held checkpoint"]
    assert report.held_size == 0


def test_an_examination_remembers_the_first_fault_for_the_page(grow, unguarded):
    grow(100)
    assert actions.examine(now=NOW).fault == ""
    with unguarded("events_logleaf"):
        LogLeaf.objects.filter(index=99).update(leaf_hash=bytes(32))
    assert actions.examine(now=NOW).fault


def test_without_the_key_a_held_checkpoint_is_not_judged_and_no_key_is_made(held, settings, tmp_path):
    settings.LUMBUNG_KEYS = tmp_path / "keys"
    assert "missing" in str(verification.verify([held]).faults[0])
    assert not signing.has_key()


@pytest.mark.parametrize("root", ["of these", "of others"])
@pytest.mark.parametrize("size", [100, 90, 110])
def test_what_the_key_has_signed_is_compared_with_what_stands_here(grow, size, root):
    grow(100)
    leaves = [bytes(leaf.leaf_hash) for leaf in LogLeaf.objects.order_by("index")][:size]
    memory.remember(size, merkle.root_of(leaves) if root == "of these" else bytes(32))
    fits = size <= 100 and root == "of these"
    assert [fault.where for fault in verification.verify().faults] == ([] if fits else [f"checkpoint {size}"])
    assert verification.verify(older_than_key=True).faults == []


@pytest.fixture
def many_damaged(grow, unguarded, monkeypatch) -> list[int]:
    """A hundred checkpoints, of which each night ten are due; the value of every signature is damaged."""
    monkeypatch.setattr(verification, "SIGNATURES_A_NIGHT", 10)
    sizes = [grow(size).size for size in range(100, 200)]
    with unguarded("log_checkpoint"):
        for one in Checkpoint.objects.all():
            text, _line = one.note.split("\n\n")
            broken = signed_notes.Signature(signing.origin(), signing.log_key().key_id, bytes(64))
            Checkpoint.objects.filter(size=one.size).update(note=f"{text}\n\n{broken.line}")
    return sizes


def test_every_signature_has_its_night_and_the_newest_is_checked_each_night(many_damaged):
    found = [{fault.where for fault in verification.verify(turn=night).faults} for night in range(10)]
    assert all(f"checkpoint {many_damaged[-1]}" in one for one in found)
    assert max(len(one) for one in found) <= 11
    assert set().union(*found) == {f"checkpoint {size}" for size in many_damaged}


def test_all_signatures_are_checked_when_asked_for(many_damaged):
    assert len(verification.verify(every_signature=True).faults) == len(many_damaged)


def test_what_a_witness_cosigned_is_checked_each_night(many_damaged, laptop):
    witness = Witness.objects.create(name="s", title="S", kind="civil_society", key=laptop.key.text, since=NOW_DAY)
    cosigned = Checkpoint.objects.get(size=many_damaged[3])
    Cosignature.objects.create(checkpoint=cosigned, witness=witness, at=NOW, line="—")
    for night in range(3):
        assert f"checkpoint {cosigned.size}" in {fault.where for fault in verification.verify(turn=night).faults}
