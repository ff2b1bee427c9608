"""Another installation is cosigned while it only grows; what does not fit is kept, told, and never cosigned."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as events
from lumbung.core.jobs.models import Job
from lumbung.core.log import actions, memory, queries, signing
from lumbung.core.log.models import Inconsistency, Peer, Witness
from lumbung.core.log.remote import is_address
from lumbung.core.log.tests.conftest import NOW, Laptop
from lumbung.core.log.tests.other_log import KEY, Log, leaves
from lumbung.kernels import merkle_tiles, signed_notes

HOUR = timedelta(hours=1)


@pytest.fixture
def peer(log: Log, people) -> Peer:
    return added(log, people)


def added(log: Log, people, **other) -> Peer:
    facts = {"title": "Kabupaten Sebelah", "address": log.address, "key": KEY.text, "witness_key": ""} | other
    return actions.add_peer(**facts, by=people.viewer("admin"), now=NOW)


@pytest.fixture
def looked(peer: Peer) -> Callable[..., Peer]:
    def look(*, now=NOW) -> Peer:
        return actions.watch(peer=queries.peer(peer.pk), now=now)

    return look


def standing(now=NOW) -> str:
    (state,) = queries.peer_states(now)
    return state.standing


@pytest.mark.parametrize("sizes", [(1, 2), (255, 256, 257), (256, 256), (3, 600), (512, 60_000)])
def test_what_only_grew_is_cosigned_each_time(log, looked, sizes):
    for size in sizes:
        log.says(leaves(size))
        assert looked().size == size
    notes = [signed_notes.read_note(text) for text in log.received]
    assert [signed_notes.read_checkpoint(note.text).size for note in notes] == list(sizes)
    key = signing.witness_key()
    assert all(signed_notes.cosigned_at(note, key, signing.is_signed_by) == NOW.timestamp() for note in notes)
    assert standing() == "fresh"


def test_a_proof_over_many_entries_asks_for_a_few_tiles_only(log, looked):
    log.says(leaves(60_000))
    looked()
    log.says(leaves(60_001))
    whole = {f"/log/tile/0/{merkle_tiles.path_of(number)}" for number in range(1, 200)}
    for path in whole:
        log.pages[path] = b""
    assert looked().size == 60_001


@pytest.mark.parametrize("size", [100, 101, 128, 300])
def test_a_second_history_is_kept_told_and_never_cosigned_again(log, looked, peer, size):
    log.says(leaves(100))
    first = log.pages["/log/checkpoint"].decode()
    looked()
    log.says(leaves(size, word=b"lain"))
    assert looked().trouble == "fork"
    log.says(leaves(101))
    assert looked().trouble == "fork"
    assert len(log.received) == 1
    kept = Inconsistency.objects.get()
    assert (kept.kind, kept.earlier) == ("fork", first)
    assert [one.key for one in events.history_of("peer", str(peer.pk))][-1] == "log.peer_found_inconsistent"
    assert standing() == "inconsistent"


def test_a_power_of_two_before_does_not_hide_a_fork(log, looked):
    log.says(leaves(256))
    looked()
    log.says(leaves(300, word=b"lain"))
    assert looked().trouble == "fork"


def test_a_smaller_log_is_evidence_and_is_forgiven_when_it_has_all_again(log, looked):
    log.says(leaves(100))
    looked()
    log.says(leaves(99))
    for _ in range(2):
        assert looked().trouble == "smaller"
    assert standing() == "inconsistent"
    assert Inconsistency.objects.count() == 1
    log.says(leaves(101))
    looked()
    assert (standing(), len(log.received)) == ("fresh", 2)


def test_damaged_tiles_are_no_fork(log, looked):
    log.says(leaves(100))
    looked()
    log.says(leaves(120), shows=leaves(110) + leaves(10, word=b"rusak"))
    assert looked().trouble == "malformed"
    assert not Inconsistency.objects.exists()
    log.says(leaves(120))
    assert looked().trouble == ""


@pytest.mark.parametrize("answer", [b"", b"no http", b"\xff", b"a\n1\n\n", b"x" * 20_000], ids=range(5))
def test_whatever_a_peer_answers_the_look_ends_and_nothing_is_signed(log, looked, answer):
    log.pages["/log/checkpoint"] = answer
    assert looked().trouble in {"unreachable", "malformed"}
    assert not log.received


def test_another_log_at_the_address_is_not_cosigned(log, looked):
    log.says(leaves(3), origin="lain.example/log")
    assert looked().trouble == "malformed"


@pytest.mark.parametrize("target", ["file:///etc/hostname", "{address}/elsewhere"])
def test_a_redirect_is_not_followed(log, looked, target):
    log.says(leaves(3))
    log.pages["/log/elsewhere"] = log.pages["/log/checkpoint"]
    log.redirects["/log/checkpoint"] = target.format(address=log.address)
    assert looked().trouble == "unreachable"


def test_a_peer_not_reached_for_an_hour_is_stale_and_everybody_sees_it(log, looked, client):
    log.says(leaves(3))
    looked()
    log.pages.clear()
    assert looked(now=NOW + HOUR).trouble == "unreachable"
    assert standing(NOW + HOUR) == "fresh"
    assert standing(NOW + HOUR + timedelta(seconds=1)) == "stale"
    (state,) = queries.verified_peers(NOW + 2 * HOUR)
    assert (state.is_warning, state.peer.size) == (True, 3)
    assert "tidak terjangkau" in client.get("/catatan-publik/").content.decode()


def test_a_peer_never_reached_waits_and_nothing_is_shown_of_it(log, looked):
    assert looked().trouble == "unreachable"
    assert standing(NOW + 5 * HOUR) == "waiting"
    assert queries.verified_peers(NOW + 5 * HOUR) == []


def test_a_restored_database_does_not_make_us_cosign_what_is_older(log, looked, peer):
    log.says(leaves(100))
    looked()
    Peer.objects.filter(pk=peer.pk).update(size=0, root=b"", note="")
    log.says(leaves(90))
    assert looked().trouble == "smaller"


def test_a_line_the_peer_does_not_take_is_told_to_the_administrator(log, looked, people, client):
    log.says(leaves(3))
    log.takes_lines = False
    assert looked().takes_our_line is False
    assert memory.peer_signed_last(KEY.name) == log.pages["/log/checkpoint"].decode()
    client.force_login(people.account("admin"))
    assert "belum menerima tanda tangan kita" in client.get("/kelola/saksi/").content.decode()


def test_evidence_can_be_downloaded_by_everybody(log, looked, client):
    log.says(leaves(100))
    looked()
    log.says(leaves(100, word=b"lain"))
    looked()
    kept = Inconsistency.objects.get()
    page = client.get("/catatan-publik/").content.decode()
    address = f"/catatan-publik/riwayat-ganda/{kept.pk}.txt"
    assert address in page
    assert "tidak cocok" in page
    assert client.get(address).content.decode() == f"{kept.earlier}\n----\n\n{kept.later}"


def test_an_ended_peer_is_looked_at_no_longer(log, looked, peer, people):
    log.says(leaves(3))
    actions.end_peer(peer=peer, by=people.viewer("admin"), now=NOW)
    assert looked().size == 0
    assert queries.verified_peers(NOW) == []
    with pytest.raises(Refused, match="peer-ended"):
        actions.end_peer(peer=peer, by=people.viewer("admin"), now=NOW)


def test_an_ended_peer_comes_back_at_another_address_and_is_still_remembered(log, looked, peer, people):
    log.says(leaves(100))
    looked()
    actions.end_peer(peer=peer, by=people.viewer("admin"), now=NOW)
    again = added(log, people, address=f"{log.address}/")
    assert (again.pk, again.size, standing()) == (peer.pk, 100, "fresh")
    log.says(leaves(100, word=b"lain"))
    assert looked().trouble == "fork"
    actions.end_peer(peer=peer, by=people.viewer("admin"), now=NOW)
    with pytest.raises(Refused, match="peer-known"):
        added(log, people)


def test_adding_a_peer_looks_at_once_and_lets_it_watch_us(log, people):
    other = Laptop("sebelah.example/saksi", b"p" * 32)
    one = added(log, people, witness_key=other.key.text)
    assert Witness.objects.get().kind == "installation"
    assert Job.objects.filter(name="log.watch_peer", arguments={"peer_id": one.pk}).exists()
    assert events.history_of("peer", str(one.pk))[0].data["peer"] == KEY.name


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"key": "bukan kunci"}, "peer-key-malformed", "key"),
        ({"key": Laptop("saksi.example", b"s" * 32).key.text}, "peer-key-of-a-witness", "key"),
        ({"address": "file:///etc/passwd"}, "address-malformed", "address"),
        ({"witness_key": "bukan kunci"}, "witness-key-malformed", "witness_key"),
    ],
    ids=["key", "a witness's", "address", "witness key"],
)
def test_what_is_filled_in_wrongly_is_refused_at_its_field_and_adds_nothing(log, people, facts, code, field):
    with pytest.raises(Refused, match=code) as refused:
        added(log, people, **facts)
    assert refused.value.field == field
    assert not Peer.objects.exists()


def test_ourselves_and_whom_we_watch_already_are_refused(log, peer, people):
    with pytest.raises(Refused, match="peer-is-ourselves"):
        added(log, people, key=signing.log_key().text)
    with pytest.raises(Refused, match="peer-known"):
        added(log, people)


@pytest.mark.parametrize("who", ["koordinator.ntb", "pupr.ksb", "kalender"])
def test_who_is_no_administrator_may_not_add_end_or_look(log, peer, people, who):
    viewer = people.viewer(who)
    with pytest.raises(NotPermitted):
        actions.add_peer(title="x", address=log.address, key=KEY.text, witness_key="", by=viewer, now=NOW)
    with pytest.raises(NotPermitted):
        actions.end_peer(peer=peer, by=viewer, now=NOW)
    with pytest.raises(NotPermitted):
        actions.look_now(peer=peer, by=viewer, now=NOW)


NO_ADDRESS = """ftp://a.example/log
https://
//a.example/log
https://a@b.example/log
https://a.example/log?x=1
https://a.example/log#x
https://a.example:x/log
https://a.example/a b
log"""


@pytest.mark.parametrize("text", [*NO_ADDRESS.split("\n"), "https://a.example/\n"])
def test_what_is_no_address_of_a_log_is_not_asked(text):
    assert not is_address(text)


def test_an_address_of_a_log_is_one():
    assert is_address("https://data.ntbprov.go.id/log")
    assert is_address("http://127.0.0.1:8000/log")


@pytest.mark.parametrize("statement", ["DELETE FROM log_inconsistency", "UPDATE log_inconsistency SET kind = kind"])
def test_the_database_refuses_to_change_evidence(log, looked, statement):
    log.says(leaves(10))
    looked()
    log.says(leaves(9))
    looked()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
