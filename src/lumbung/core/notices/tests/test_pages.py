"""Stopping in one click, one's own notices, and the outbox only the demonstration shows."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from lumbung.core.jobs import runner
from lumbung.core.notices import actions, queries, transport
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.models import Message, Notice, Stop
from lumbung.core.notices.recipients import Recipient, Topic

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)
BARN = Topic("testing.barn", "17")


def tell(occasion, topic=BARN):
    return actions.tell(
        to=Recipient("warga@contoh.test"),
        kind="testing.filled",
        occasion=occasion,
        write=lambda: Letter("Padi masuk", ("Lumbung terisi.",), (("Buka", "/rahasia/"),)),
        now=NOW,
        topic=topic,
    )


def notice_for(account):
    return actions.tell_account(
        account=account,
        kind="testing.filled",
        occasion=f"for {account.pk}",
        write=lambda: Letter("Padi masuk", ("Lumbung terisi.",), (("Buka", "/privasi/"),)),
        now=NOW,
    )


def signed_in(account):
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_looking_at_a_stop_link_stops_nothing(client):
    page = client.get(transport.stop_path(tell("a")))
    assert page.status_code == 200
    assert not Stop.objects.exists()


def test_a_mail_program_stops_in_one_click_without_a_session_or_token():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(transport.stop_path(tell("a")), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert tell("b") is None
    assert tell("c", Topic("testing.barn", "18")) is not None
    assert tell("d", Topic()) is not None


def test_a_stop_is_remembered_by_fingerprint_only_and_counts_for_what_waits_already(client):
    first, waiting = tell("a"), tell("b")
    client.post(transport.stop_path(first))
    client.post(transport.stop_path(first))
    assert Stop.objects.count() == 1
    assert "warga" not in repr(Stop.objects.values().get())
    runner.run_due()
    waiting.refresh_from_db()
    assert waiting.state == Message.State.STOPPED


def test_a_stop_can_be_taken_back_on_the_same_page(client):
    path = transport.stop_path(tell("a"))
    client.post(path)
    client.post(path, {"do": "resume"})
    assert tell("b") is not None


def test_a_stop_link_works_after_its_message_was_purged(client):
    message = tell("a")
    actions.settle(message=message, state=Message.State.SENT, now=NOW)
    actions.purge(now=NOW + 2 * actions.KEEP_SENT)
    client.post(transport.stop_path(message))
    assert tell("b") is None


@pytest.mark.parametrize("token", ["x", "0123:abc", "%00", "a" * 300])
def test_an_altered_stop_link_says_so(client, token):
    assert client.get(f"/notifikasi/berhenti/{token}/").status_code == 404


def test_a_message_that_cannot_be_stopped_has_no_stop_link(client):
    assert client.post(transport.stop_path(tell("a", Topic()))).status_code == 404
    assert not Stop.objects.exists()


def test_a_stop_without_a_topic_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        Stop.objects.create(recipient_index="x", topic="", stopped_at=NOW)


def test_my_notices_ask_a_guest_to_sign_in(client):
    assert "/akun/" in client.get("/notifikasi/").headers["Location"]


def test_an_account_reads_its_own_notices_and_nobody_elses(people):
    mine, theirs = people.account("pupr.ksb"), people.account("pupr.ntb")
    notice_for(mine)
    other = notice_for(theirs)
    client = signed_in(mine)
    page = client.get("/notifikasi/").text
    assert page.count("Padi masuk") == 2  # the title, and the hidden words of its button
    assert client.post(f"/notifikasi/{other.pk}/buka/").status_code == 404
    client.post("/notifikasi/dibaca/")
    assert Notice.objects.filter(read_at__isnull=True).get() == other


def test_opening_a_notice_marks_it_read_and_leads_to_what_it_is_about(people):
    account = people.account("pupr.ksb")
    notice = notice_for(account)
    client = signed_in(account)
    assert "(1" in client.get("/privasi/").text
    assert client.post(f"/notifikasi/{notice.pk}/buka/").headers["Location"] == "/privasi/"
    assert "(1<span" not in client.get("/privasi/").text


def test_counting_unread_costs_one_query_and_none_for_a_guest(people, django_assert_num_queries):
    viewer = people.viewer("pupr.ksb")
    with django_assert_num_queries(1):
        queries.unread_count(viewer)
    with django_assert_num_queries(0):
        queries.unread_count(type(viewer)())


def test_an_account_takes_back_its_own_stop_only(people):
    account = people.account("pupr.ksb")
    index = queries.address_index(account.email)
    own = Stop.objects.create(recipient_index=index, topic="testing.barn", stopped_at=NOW)
    other = Stop.objects.create(recipient_index="other", topic="testing.barn", stopped_at=NOW)
    client = signed_in(account)
    assert "The barn" in client.get("/notifikasi/").text
    client.post(f"/notifikasi/{own.pk}/mulai-lagi/")
    client.post(f"/notifikasi/{other.pk}/mulai-lagi/")
    assert Stop.objects.get() == other


def test_the_outbox_page_exists_only_in_the_demonstration(client, settings):
    message = tell("a")
    address = f"/contoh/kotak-keluar/{message.pk}/"
    settings.IS_DEMO = False
    assert client.get("/contoh/kotak-keluar/").status_code == 404
    assert client.get(address).status_code == 404
    settings.IS_DEMO = True
    assert "warga@contoh.test" in client.get("/contoh/kotak-keluar/").text
    assert "/rahasia/" in client.get(address).text


def test_the_outbox_page_says_when_a_content_was_destroyed(client, settings):
    settings.IS_DEMO = True
    message = tell("a")
    actions.settle(message=message, state=Message.State.SENT, now=NOW)
    actions.purge(now=NOW + 2 * actions.KEEP_SENT)
    assert client.get(f"/contoh/kotak-keluar/{message.pk}/").status_code == 200
    assert "warga@contoh.test" not in client.get("/contoh/kotak-keluar/").text
