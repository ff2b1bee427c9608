"""Each occasion is told once, sealed on the way, and the outbox knows what became of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext

from lumbung.core.base import clock
from lumbung.core.jobs import actions as jobs
from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.core.notices import actions, queries
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.models import Message, Notice
from lumbung.core.notices.recipients import Recipient, Topic
from lumbung.core.notices.tests import backends

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)
SECRET = "/ntb/laporan/buka/AAAABBBBCCCCDDDD/"
BARN = Topic("testing.barn")


def letter():
    return Letter("Padi masuk", ("Lumbung terisi.",), (("Buka", SECRET),))


def tell(**changes):
    given = {
        "to": Recipient("warga@contoh.test"),
        "kind": "testing.filled",
        "occasion": "harvest-1",
        "write": letter,
        "now": NOW,
        "topic": BARN,
    }
    return actions.tell(**given | changes)


def test_an_occasion_is_told_once_to_each_recipient():
    assert tell() is not None
    assert tell() is None
    assert tell(to=Recipient("Warga@Contoh.test")) is None
    assert tell(to=Recipient("tetangga@contoh.test")) is not None
    assert tell(occasion="harvest-2") is not None
    assert Message.objects.count() == 3
    assert Job.objects.filter(name="notices.send").count() == 3


def test_two_who_tell_the_same_at_one_moment_tell_it_once_and_neither_fails(monkeypatch):
    monkeypatch.setattr(actions.queries, "was_told", _first_asked_before_the_other_wrote())
    assert tell() is not None
    monkeypatch.setattr(actions.queries, "was_told", _first_asked_before_the_other_wrote())
    assert tell() is None
    assert Message.objects.count() == Job.objects.filter(name="notices.send").count() == 1


def _first_asked_before_the_other_wrote():
    asked = []

    def was_told(*, occasion, kind, index):
        asked.append(occasion)
        return len(asked) > 1 and Message.objects.filter(occasion=occasion, kind=kind, recipient_index=index).exists()

    return was_told


def test_the_database_refuses_the_same_message_twice():
    message = tell()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            occasion=message.occasion,
            kind=message.kind,
            recipient_index=message.recipient_index,
            language="id",
            subject="x",
            recipient=b"x",
            body=b"x",
            made_at=NOW,
        )


def test_neither_address_nor_secret_link_stands_in_the_outbox_table():
    row = Message.objects.filter(pk=tell().pk).values().get()
    stored = repr({name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()})
    for hidden in ("warga@contoh.test", "AAAABBBBCCCCDDDD", "terisi"):
        assert hidden not in stored
    assert "AAAABBBBCCCCDDDD" not in repr(list(Job.objects.values()))


def test_a_body_moved_to_another_row_does_not_open():
    first, second = tell(), tell(occasion="harvest-2")
    Message.objects.filter(pk=second.pk).update(body=bytes(Message.objects.get(pk=first.pk).body))
    with pytest.raises(Exception, match="altered or moved"):
        queries.letter_of(Message.objects.get(pk=second.pk))


def test_the_letter_is_written_in_the_language_of_its_reader():
    def greeting():
        return Letter(gettext("Notifications"), ())

    english = tell(to=Recipient("a@contoh.test", "en"), write=greeting)
    indonesian = tell(to=Recipient("b@contoh.test", "id"), write=greeting)
    assert (english.subject, indonesian.subject) == ("Notifications", "Notifikasi")


def test_without_a_transport_a_message_stays_in_the_outbox(settings):
    settings.LUMBUNG_MAIL_TRANSPORT = ""
    tell()
    runner.run_due()
    assert Message.objects.get().state == Message.State.KEPT
    assert mail.outbox == []


def test_a_mail_carries_its_link_in_full_and_two_ways_to_stop(mail_leaves, settings):
    settings.LUMBUNG_URL = "https://data.contoh.go.id"
    tell(now=clock.now())
    runner.run_due()
    [sent] = mail.outbox
    assert sent.to == ["warga@contoh.test"]
    assert f"https://data.contoh.go.id{SECRET}" in sent.body
    assert "&#39;" not in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop_url = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop_url in sent.body
    assert stop_url.startswith("https://data.contoh.go.id/notifikasi/berhenti/")
    assert Message.objects.get().state == Message.State.SENT


def test_a_message_that_protects_its_reader_offers_no_stop(mail_leaves):
    tell(topic=Topic(), now=clock.now())
    runner.run_due()
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_a_worker_killed_after_sending_sends_again_under_the_same_name_and_never_makes_a_second_message(settings):
    settings.LUMBUNG_MAIL_TRANSPORT = f"{backends.__name__}.DiesAfterAccepting"
    message = tell(now=clock.now())
    with pytest.raises(SystemExit):
        runner.run_due()
    assert Message.objects.get().state == Message.State.QUEUED
    tell(now=clock.now())
    settings.LUMBUNG_MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    Job.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    jobs.reclaim_abandoned(now=clock.now())
    runner.run_due()
    assert Message.objects.get().state == Message.State.SENT
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert str(message.pk) in first.extra_headers["Message-ID"]
    runner.run_due()
    assert len(mail.outbox) == 2


def test_a_mail_server_out_of_reach_is_tried_again(settings):
    settings.LUMBUNG_MAIL_TRANSPORT = f"{backends.__name__}.FailsTwice"
    tell(now=clock.now())
    for _attempt in range(3):
        runner.run_due()
        Job.objects.filter(state=Job.QUEUED).update(run_after=clock.now())
    message = Message.objects.get()
    assert (message.state, message.attempts) == (Message.State.SENT, 3)
    assert len(mail.outbox) == 1


def test_a_mailbox_that_does_not_exist_is_given_up_at_once(settings):
    settings.LUMBUNG_MAIL_TRANSPORT = f"{backends.__name__}.KnowsNobody"
    tell(now=clock.now())
    runner.run_due()
    assert Message.objects.get().state == Message.State.FAILED
    assert not Job.objects.filter(state=Job.QUEUED).exists()


def test_a_message_nobody_could_deliver_for_two_days_is_given_up(settings):
    settings.LUMBUNG_MAIL_TRANSPORT = f"{backends.__name__}.KnowsNobody"
    message = tell(now=clock.now() - timedelta(days=3))
    actions.count_attempt(message=message)
    runner.run_due()
    assert Message.objects.get().state == Message.State.FAILED


def test_mail_of_other_libraries_goes_through_the_outbox_too(settings):
    connection = mail.get_connection("lumbung.core.notices.backends.OutboxBackend")
    connection.send_messages([EmailMessage("Atur ulang\nkata sandi", "Satu.\n\nDua.", to=["a@contoh.test"])])
    message = Message.objects.get()
    assert message.subject == "Atur ulang kata sandi"
    assert queries.letter_of(message).paragraphs == ("Satu.", "Dua.")


def test_a_forgotten_password_can_be_mended_with_the_outbox_alone(people, client, settings):
    settings.EMAIL_BACKEND = "lumbung.core.notices.backends.OutboxBackend"
    client.post(reverse("account_reset_password"), {"email": "pupr.ksb@contoh.id"})
    message = Message.objects.get()
    letter = queries.letter_of(message)
    assert queries.address_of(message) == "pupr.ksb@contoh.id"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "x", "key": "y"}).split("x")[0]
    assert path in "\n".join(letter.paragraphs)
    assert message.topic == ""


def test_purging_destroys_body_and_address_and_still_remembers_the_occasion():
    kept, old = tell(occasion="new"), tell(occasion="old")
    actions.settle(message=old, state=Message.State.SENT, now=NOW)
    actions.settle(message=kept, state=Message.State.SENT, now=NOW + timedelta(days=20))
    assert actions.purge(now=NOW + actions.KEEP_SENT + timedelta(days=1)) == 1
    old.refresh_from_db()
    assert (old.body, old.recipient) == (None, None)
    assert queries.letter_of(old) is None
    assert queries.letter_of(Message.objects.get(pk=kept.pk)) is not None
    assert tell(occasion="old") is None


def test_a_message_that_waits_is_never_purged():
    tell()
    actions.purge(now=NOW + timedelta(days=400))
    assert Message.objects.get().body is not None


@pytest.mark.parametrize(
    "change",
    [
        {"state": "sent", "settled_at": None},
        {"state": "sent", "settled_at": NOW, "purged_at": NOW},
        {"state": "queued", "body": None},
    ],
)
def test_the_database_refuses_a_message_that_contradicts_itself(change):
    message = tell()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**change)


def test_an_account_is_told_on_its_page_and_by_mail_once(people):
    account = people.account("pupr.ksb")
    given = {"account": account, "kind": "testing.filled", "occasion": "harvest-1", "write": letter, "now": NOW}
    assert actions.tell_account(**given) is not None
    assert actions.tell_account(**given) is None
    assert Notice.objects.get().path == SECRET
    assert Message.objects.get().kind == "testing.filled"


def test_read_notices_leave_after_half_a_year_and_unread_ones_stay(people):
    account = people.account("pupr.ksb")
    for occasion in ("read", "unread"):
        actions.tell_account(account=account, kind="testing.filled", occasion=occasion, write=letter, now=NOW)
    Notice.objects.filter(occasion="read").update(read_at=NOW)
    actions.purge(now=NOW + actions.KEEP_READ + timedelta(days=1))
    assert Notice.objects.get().occasion == "unread"
