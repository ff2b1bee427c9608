"""What is served was in the log before, proves itself, and is found when somebody changes it."""

import uuid

import pytest

from lumbung.core.events.models import EventRecord
from lumbung.core.federation import actions, feeds, queries, registry
from lumbung.core.federation.models import Published
from lumbung.core.federation.tests.other_feed import FEED, wall
from lumbung.core.log import actions as log
from lumbung.core.log import claims, signing, watching
from lumbung.core.log.tests.conftest import NOW

pytestmark = pytest.mark.django_db
ADDRESS = f"/log/{feeds.DOCUMENT}"


@pytest.fixture
def told(stones_are_told, people):
    stones_are_told.append(wall())
    actions.publish_all(now=NOW)
    return stones_are_told


def served(client) -> dict:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=60"
    return answer.json()


def stones(document) -> list[int]:
    return [each["record"]["body"]["stones"] for each in document["items"]]


def test_a_record_is_served_once_its_fingerprint_is_in_the_log(told, client):
    log.extend(now=NOW)
    assert stones(served(client)) == [3]
    told[0] = wall(stones=4)
    actions.publish_all(now=NOW)
    assert stones(served(client)) == [3]
    log.extend(now=NOW)
    assert stones(served(client)) == [4]


def test_what_is_served_proves_itself_to_a_reader(told, client):
    log.extend(now=NOW)
    content = client.get(ADDRESS).content
    read = feeds.read(content, origin=signing.origin())
    seen = watching.read(read.checkpoint, signing.log_key())
    (proven,) = [feeds.prove(each, origin=signing.origin(), size=seen.size, root=seen.root) for each in read.items]
    assert (proven.feed, proven.item) == (FEED, "wall")


def test_what_did_not_change_is_not_told_again(told):
    assert actions.publish_all(now=NOW) == 0
    assert EventRecord.objects.filter(key="federation.item_published").count() == 1


def test_versions_nobody_asks_for_are_forgotten(told):
    for number in range(4, 8):
        log.extend(now=NOW)
        told[0] = wall(stones=number)
        actions.publish_all(now=NOW)
    assert Published.objects.count() == 2


def test_a_record_too_large_to_be_read_is_not_published(told):
    told[0] = wall(stones="x" * feeds.MAX_RECORD_BYTES)
    with pytest.raises(ValueError, match="at most 1048576"):
        actions.publish_all(now=NOW)
    assert Published.objects.count() == 1


def test_who_changes_a_published_record_is_found(told):
    assert all(each.matches for each in claims.compare("federation.item_published"))
    Published.objects.update(record=b"{}")
    (found,) = claims.compare("federation.item_published")
    assert (found.name, found.matches) == ("item:stones/wall", False)


def test_a_record_nobody_told_is_found(told):
    row = Published.objects.get()
    row.pk, row.item, row.event_id = None, "menara", uuid.uuid4()
    Published.objects.bulk_create([row])
    found = {each.name: each.matches for each in claims.compare("federation.item_published")}
    assert found == {"item:stones/wall": True, "item:stones/menara": False}


def test_before_the_first_checkpoint_there_is_no_feed(client):
    assert client.get(ADDRESS).status_code == 404


def test_the_page_says_what_is_told_and_of_whom_something_is_read(told, client):
    log.extend(now=NOW)
    page = client.get("/catatan-publik/pemasangan-lain/").content.decode()
    assert "wall" in page
    assert queries.newest_version(FEED, "wall").sha256 in page


def test_what_is_no_longer_told_is_withdrawn_with_its_reason_once_the_log_says_so(told, client):
    log.extend(now=NOW)
    told.clear()
    assert actions.publish_all(now=NOW) == 1
    assert stones(served(client)) == [3]
    log.extend(now=NOW)
    document = served(client)
    assert document["items"] == []
    (gone,) = document["withdrawn"]
    assert gone["record"]["withdrawn"] == {
        "on": "2026-03-05",
        "reason": {"id": "Tembok dibongkar.", "en": "The wall was taken down."},
    }
    assert "body" not in gone["record"]
    assert actions.publish_all(now=NOW) == 0


def test_a_withdrawal_proves_itself_to_a_reader(told, client):
    told.clear()
    actions.publish_all(now=NOW)
    log.extend(now=NOW)
    read = feeds.read(client.get(ADDRESS).content, origin=signing.origin())
    seen = watching.read(read.checkpoint, signing.log_key())
    under = {"origin": signing.origin(), "size": seen.size, "root": seen.root}
    (gone,) = [feeds.prove_withdrawal(each, **under) for each in read.withdrawn]
    assert (gone.feed, gone.item, gone.why_id) == (FEED, "wall", "Tembok dibongkar.")


def test_what_comes_back_is_told_again_and_every_claim_still_fits(told, client):
    for number in (4, 5):
        told.clear()
        actions.publish_all(now=NOW)
        log.extend(now=NOW)
        told.append(wall(stones=number))
        actions.publish_all(now=NOW)
        log.extend(now=NOW)
    document = served(client)
    assert (stones(document), document["withdrawn"]) == ([5], [])
    for key in ("federation.item_published", "federation.item_withdrawn"):
        assert all(each.matches for each in claims.compare(key))


def test_who_changes_the_reason_of_a_withdrawal_is_found(told):
    told.clear()
    actions.publish_all(now=NOW)
    Published.objects.filter(is_withdrawal=True).update(record=b"{}")
    (found,) = claims.compare("federation.item_withdrawn")
    assert (found.name, found.matches) == ("item:stones/wall", False)


def test_a_feed_this_version_does_not_know_withdraws_nothing(told):
    registry._feeds.clear()
    assert actions.publish_all(now=NOW) == 0
    assert not Published.objects.filter(is_withdrawal=True).exists()
