"""Asked to cosign (C2SP tlog-witness), we cosign what continues what we cosigned last, and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lumbung.core.base import clock
from lumbung.core.limits import actions as limits
from lumbung.core.log import actions, queries, signing
from lumbung.core.log.models import Inconsistency, Peer
from lumbung.core.log.pages.programs import CHECKPOINTS
from lumbung.core.log.tests.conftest import NOW
from lumbung.core.log.tests.other_log import KEY, leaves
from lumbung.kernels import merkle, merkle_tiles, signed_notes, witness_requests
from lumbung.kernels.witness_requests import Request

pytestmark = pytest.mark.django_db
ADDRESS = "/log/add-checkpoint"


@pytest.fixture
def peer(people, log):
    facts = {"title": "Provinsi", "address": log.address, "key": KEY.text, "witness_key": ""}
    return actions.add_peer(**facts, by=people.viewer("admin"), now=NOW)


def note(log, tree, **more):
    log.says(tree, **more)
    return log.pages["/log/checkpoint"].decode()


def proof(tree, old):
    def hashes(level, first, count):
        assert level == 0
        return tree[first : first + count]

    return tuple(merkle_tiles.consistency_proof(old, len(tree), hashes)) if old else ()


def ask(client, body):
    return client.post(ADDRESS, str(body), content_type="text/plain")


def grown(client, log, size, *, old=0):
    tree = leaves(size)
    return ask(client, Request(old, proof(tree, old), note(log, tree)))


def standing():
    found = Peer.objects.get()
    return (found.size, bytes(found.root), found.trouble)


def test_what_only_grew_is_cosigned_with_a_line_that_fits_under_the_note(client, log, peer):
    assert reverse("log-files:add-checkpoint") == ADDRESS
    for old, size in ((0, 3), (3, 3), (3, 100), (100, 255)):
        answer = grown(client, log, size, old=old)
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
        whole = signed_notes.read_note(log.pages["/log/checkpoint"].decode() + answer.content.decode())
        assert signed_notes.cosigned_at(whole, signing.witness_key(), signing.is_signed_by)
        assert standing() == (size, merkle.root_of(leaves(size)), "")


def test_another_old_size_is_answered_with_the_one_cosigned_last(client, log, peer):
    grown(client, log, 100)
    for old in (0, 50, 101):
        answer = grown(client, log, 200, old=old)
        assert (answer.status_code, answer.content, answer["Content-Type"]) == (409, b"100\n", "text/x.tlog.size")
    assert standing()[0] == 100


def test_an_older_checkpoint_sent_again_by_anybody_rolls_nothing_back(client, log, peer):
    first = str(Request(0, (), note(log, leaves(100))))
    assert ask(client, first).status_code == 200
    later = str(Request(100, proof(leaves(200), 100), note(log, leaves(200))))
    assert ask(client, later).status_code == 200
    before = Peer.objects.get().verified_at
    assert [ask(client, sent).content for sent in (first, later)] == [b"200\n"] * 2
    assert ask(client, Request(200, (), note(log, leaves(200)))).status_code == 200
    assert (standing()[0], Peer.objects.get().verified_at) == (200, before)


def test_a_second_tree_of_the_same_size_is_evidence_and_ends_the_trust(client, log, peer):
    grown(client, log, 100)
    other = leaves(100, word=b"lain")
    answer = ask(client, Request(100, (), note(log, other)))
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (409, "text/plain")
    [kept] = Inconsistency.objects.all()
    assert (kept.kind, kept.later) == ("fork", note(log, other))
    assert grown(client, log, 200, old=100).status_code == 403
    assert standing() == (100, merkle.root_of(leaves(100)), "fork")


def test_a_proof_that_does_not_lead_there_is_refused_and_blames_nobody(client, log, peer):
    grown(client, log, 100)
    tree, other = leaves(200), leaves(200, word=b"lain")
    bad = [
        Request(100, proof(other, 100), note(log, other)),
        Request(100, proof(other, 100), note(log, tree)),
        Request(100, proof(tree, 100)[:-1], note(log, tree)),
        Request(100, (*proof(tree, 100), bytes(32)), note(log, tree)),
        Request(100, (), note(log, tree)),
        Request(100, (bytes(32),), note(log, leaves(100))),
    ]
    assert [ask(client, each).status_code for each in bad] == [422] * len(bad)
    assert (standing()[0], Inconsistency.objects.count()) == (100, 0)


def test_a_first_checkpoint_comes_without_a_proof(client, log, peer):
    assert ask(client, Request(0, (bytes(32),), note(log, leaves(9)))).status_code == 422


def test_only_a_log_we_watch_is_cosigned_and_only_with_its_signature(client, log, peer):
    text = note(log, leaves(9))
    assert ask(client, Request(0, (), text.replace("log.example/log", "lain.example/log"))).status_code == 404
    forged = signed_notes.read_note(text).text.replace("\n9\n", "\n8\n") + "\n" + text.split("\n\n")[1]
    stranger = text.split("\n\n")[0] + "\n\n— saksi.lain " + text.rsplit(" ", 1)[1]
    assert [ask(client, Request(0, (), sent)).status_code for sent in (forged, stranger)] == [403, 403]
    Peer.objects.update(ended_on=NOW.date())
    assert ask(client, Request(0, (), text)).status_code == 404


def test_what_is_not_of_the_form_is_refused_in_both_languages(client, log, peer):
    text = note(log, leaves(9))
    bad = ["", "old 10", "old 0\n\nnote", f"old 10\n\n{text}", f"old 00\n\n{text}", f"old 0\n{'x' * 44}\n\n{text}"]
    answers = [ask(client, each) for each in bad]
    assert [each.status_code for each in answers] == [400] * len(bad)
    assert answers[0].content.decode().count("\n") == 2
    assert client.post(ADDRESS, b"\xff", content_type="text/plain").status_code == 400
    assert ask(client, "x" * (witness_requests.MAX_BYTES + 1)).status_code == 413
    assert client.get(ADDRESS).status_code == 405
    assert standing()[0] == 0


def test_nobody_asks_without_end(client, log, peer, settings):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    assert ask(client, "").status_code == 400
    for _time in range(CHECKPOINTS.count):
        limits.take(CHECKPOINTS, "127.0.0.1", now=clock.now() + timedelta(hours=1))
    assert ask(client, "").status_code == 429


def test_a_restored_database_does_not_make_us_cosign_what_is_older(client, log, peer):
    grown(client, log, 100)
    Peer.objects.update(size=0, root=b"", note="", verified_at=None)
    assert grown(client, log, 50).content == b"100\n"
    assert grown(client, log, 200, old=100).status_code == 200


def test_polling_goes_on_from_what_was_pushed(client, log, peer):
    grown(client, log, 100)
    log.says(leaves(150))
    actions.watch(peer=queries.peer(peer.pk), now=NOW)
    assert standing() == (150, merkle.root_of(leaves(150)), "")
    assert grown(client, log, 200, old=150).status_code == 200
