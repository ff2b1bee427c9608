"""Of another installation only what its log proves is taken over, all of a feed or nothing; doubt is said."""

import base64
import json
from datetime import timedelta

import pytest
import rfc8785
from django.db import IntegrityError, transaction

from lumbung.core.events import queries as events
from lumbung.core.federation import actions, feeds, queries, registry
from lumbung.core.federation.models import PeerFeed, RemoteItem
from lumbung.core.federation.tests.other_feed import ADDRESS, FEED, event_of, wall
from lumbung.core.log import actions as log_actions
from lumbung.core.log import queries as log_queries
from lumbung.core.log.models import Inconsistency, Peer
from lumbung.core.log.tests.conftest import NOW
from lumbung.core.log.tests.other_log import KEY

LATER = NOW + timedelta(minutes=5)


def fetched(peer, *, now=NOW) -> str:
    found = actions.fetch(peer=peer, now=now)
    assert found is not None
    return found.trouble


def stones() -> dict[str, int]:
    return {row.item: json.loads(bytes(row.record))["body"]["stones"] for row in RemoteItem.objects.all()}


def standing(now=NOW) -> str:
    (source,) = queries.sources(now)
    return source.standing


def test_what_is_proven_is_kept_with_its_place_and_checkpoint(neighbour, peer):
    assert fetched(peer) == ""
    row = RemoteItem.objects.get()
    assert (row.item, row.index, row.size, row.told_on.isoformat()) == ("wall", 9, 10, "2026-03-05")
    assert standing() == "fresh"
    (shown,) = queries.shown_items(FEED, NOW)
    assert shown.source.address_of(shown.record["path"]) == neighbour.log.address.removesuffix("/log") + "/ksb/tembok/"


def test_a_newer_record_replaces_the_older_and_one_no_longer_told_stays_with_the_day(neighbour, peer):
    neighbour.tells(wall("gate"))
    neighbour.answers()
    fetched(peer)
    neighbour.tells(wall(stones=4))
    del neighbour.told["gate"]
    neighbour.answers()
    assert fetched(peer, now=LATER) == ""
    assert stones() == {"wall": 4, "gate": 3}
    assert RemoteItem.objects.get(missing_since__isnull=False).item == "gate"


def altered_record(document):
    document["items"][0]["record"]["body"]["stones"] = 400


def record_of_another_log(document):
    document["items"][0]["record"]["origin"] = "lain.example/log"


def entry_that_was_never_written(document):
    entry = json.loads(base64.b64decode(document["items"][0]["entry"]))
    record = document["items"][0]["record"]
    record["body"]["stones"] = 400
    entry["data"]["objects"] = {feeds.name_of(FEED, "wall"): feeds.sha256_of(feeds.rfc8785.dumps(record))}
    document["items"][0]["entry"] = base64.b64encode(json.dumps(entry).encode()).decode()


def proof_of_another_place(document):
    document["items"][0]["index"] = 8


def shortened_proof(document):
    document["items"][0]["proof"].pop()


def proof_that_is_no_proof(document):
    document["items"][0]["proof"] = ["????"]


def the_same_record_twice(document):
    document["items"] *= 2


def too_many_records(document):
    document["items"] *= 101


def another_name(document):
    document["origin"] = "lain.example/log"


def unsigned_checkpoint(document):
    document["checkpoint"] = document["checkpoint"].replace("\n11\n", "\n12\n")


def a_name_that_is_none(document):
    document["items"][0]["id"] = "\ud800\x00" * 100


def a_record_without_a_body(document):
    del document["items"][0]["record"]["body"]


def no_list(document):
    document["items"] = 7


@pytest.mark.parametrize(
    ("harm", "trouble"),
    [
        (altered_record, "altered"),
        (record_of_another_log, "altered"),
        (entry_that_was_never_written, "unproven"),
        (proof_of_another_place, "unproven"),
        (shortened_proof, "unproven"),
        (proof_that_is_no_proof, "malformed"),
        (the_same_record_twice, "malformed"),
        (too_many_records, "malformed"),
        (another_name, "other_origin"),
        (unsigned_checkpoint, "malformed"),
        (a_name_that_is_none, "altered"),
        (a_record_without_a_body, "altered"),
        (no_list, "malformed"),
    ],
)
def test_a_feed_that_does_not_prove_itself_is_refused_whole_and_told_once(neighbour, peer, harm, trouble):
    fetched(peer)
    neighbour.tells(wall("gate"))
    neighbour.answers()
    document = neighbour.document()
    harm(document)
    neighbour.serves(document)
    assert fetched(peer, now=LATER) == trouble
    assert fetched(peer, now=LATER + timedelta(minutes=5)) == trouble
    assert stones() == {"wall": 3}
    assert (standing(LATER), PeerFeed.objects.get().since) == ("refused", LATER)
    told = [one.key for one in events.history_of("peer", str(peer.pk))]
    assert told.count("federation.peer_feed_refused") == 1


def test_a_record_signed_for_another_log_is_refused_even_with_its_proof(neighbour, peer):
    neighbour.tells(wall("gate"), origin="lain.example/log")
    neighbour.answers()
    assert fetched(peer) == "other_origin"
    assert stones() == {}


def test_a_record_this_version_cannot_show_is_refused(neighbour, peer):
    neighbour.tells(wall("gate", stones="many"))
    neighbour.answers()
    assert fetched(peer) == "malformed"


@pytest.mark.parametrize("objects", [["item:stones/gate"], "item:stones/gate", None, 7])
def test_a_signed_entry_of_another_shape_is_refused_and_the_feed_says_so(neighbour, peer, objects):
    record = feeds.record_of(KEY.name, FEED, wall("gate"))
    data = {"feed": FEED, "item": "gate", "objects": objects}
    entry = rfc8785.dumps({"type": "federation.item_published", "on": "2026-03-05", "data": data})
    neighbour.entries.append(entry)
    neighbour.told["gate"] = (len(neighbour.entries) - 1, record)
    neighbour.answers()
    assert fetched(peer) == "malformed"
    assert stones() == {}
    assert standing() != "fresh"


def test_a_path_that_would_lead_elsewhere_is_refused(neighbour, peer):
    item = wall("gate")
    neighbour.tells(type(item)(item.id, item.title, item.government, "//lain.example/", item.body))
    neighbour.answers()
    assert fetched(peer) == "malformed"


def test_an_answer_beyond_its_bound_is_not_read(neighbour, peer):
    fetched(peer)
    neighbour.log.pages[ADDRESS] = b" " * (feeds.MAX_BYTES + 1)
    assert fetched(peer, now=LATER) == "unreachable"
    assert stones() == {"wall": 3}


def test_a_record_that_goes_back_is_refused(neighbour, peer):
    first = neighbour.told["wall"]
    neighbour.tells(wall(stones=4))
    neighbour.answers()
    fetched(peer)
    neighbour.told["wall"] = first
    neighbour.answers()
    assert fetched(peer, now=LATER) == "older"
    assert stones() == {"wall": 4}


def test_a_feed_with_an_older_checkpoint_is_refused(neighbour, peer):
    older = neighbour.document()
    neighbour.tells(wall(stones=4))
    neighbour.answers()
    fetched(peer)
    neighbour.serves(older)
    assert fetched(peer, now=LATER) == "older"


def test_a_feed_a_minute_older_than_the_log_is_no_fault(neighbour, peer):
    kept = neighbour.document()
    neighbour.entries.append(b"more")
    neighbour.log.says(neighbour.leaves)
    log_actions.watch(peer=peer, now=NOW)
    neighbour.serves(kept)
    assert fetched(peer) == ""
    assert log_queries.peer(peer.pk).size == 11


def test_a_feed_with_a_second_history_is_evidence_and_nothing_new_is_taken_over(neighbour, peer):
    fetched(peer)
    neighbour.entries = [b"other" + entry for entry in neighbour.entries]
    neighbour.told.clear()
    neighbour.tells(wall(stones=7))
    neighbour.answers()
    assert fetched(peer, now=LATER) == "inconsistent"
    assert Inconsistency.objects.get().kind == "fork"
    assert log_queries.peer(peer.pk).trouble == "fork"
    neighbour.answers()
    fetched(peer, now=LATER)
    assert stones() == {"wall": 3}
    assert standing(LATER) == "inconsistent"


def test_who_was_never_compared_is_not_asked(neighbour, peer):
    Peer.objects.filter(pk=peer.pk).update(size=0, verified_at=None, trouble="unreachable")
    assert actions.fetch(peer=peer, now=NOW) is None
    assert queries.sources(NOW) == []


def test_what_is_not_reached_is_out_of_date_after_three_hours(neighbour, peer):
    fetched(peer)
    neighbour.log.pages.clear()
    assert fetched(peer, now=LATER) == "unreachable"
    assert standing(LATER) == "fresh"
    late = NOW + timedelta(hours=3, minutes=1)
    assert standing(late) == "stale"
    assert queries.sources(late)[0].since == NOW


def test_falling_silent_lifts_no_doubt(neighbour, peer):
    fetched(peer)
    document = neighbour.document()
    altered_record(document)
    neighbour.serves(document)
    fetched(peer, now=LATER)
    neighbour.log.pages.clear()
    assert fetched(peer, now=LATER + timedelta(minutes=5)) == "altered"
    assert standing(LATER) == "refused"


def test_a_signed_record_without_a_body_is_refused(neighbour, peer):
    record = feeds.rfc8785.dumps({"v": 1, "origin": KEY.name, "feed": FEED, "id": "gate", "path": "", "government": ""})
    neighbour.entries.append(event_of(record, "gate"))
    neighbour.told["gate"] = (len(neighbour.entries) - 1, record)
    neighbour.answers()
    assert fetched(peer) == "malformed"


def test_a_feed_this_version_does_not_know_is_proven_and_left(neighbour, peer):
    registry._feeds.clear()
    assert fetched(peer) == ""
    assert RemoteItem.objects.count() == 0


def test_a_remote_record_is_kept_once(neighbour, peer):
    fetched(peer)
    row = RemoteItem.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match=r"remote_item_is_kept_once|UNIQUE"), transaction.atomic():
        row.save()


def test_a_remote_record_lies_below_its_checkpoint(neighbour, peer):
    fetched(peer)
    with pytest.raises(IntegrityError, match="remote_item_is_covered_by_its_proof"), transaction.atomic():
        RemoteItem.objects.update(index=10)


def test_a_feed_in_trouble_says_since_when(neighbour, peer):
    fetched(peer)
    with pytest.raises(IntegrityError, match="peer_feed_in_trouble_says_since_when"), transaction.atomic():
        PeerFeed.objects.update(trouble="altered")
