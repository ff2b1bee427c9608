"""Following data: confirmed addresses only, one message an event, programs told with a signature they can check."""

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base.errors import Refused
from lumbung.core.datasets import actions as datasets
from lumbung.core.events.models import EventRecord
from lumbung.core.files import fetching
from lumbung.core.notices import actions as notices
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.models import Message
from lumbung.modules.open_data.actions import declared, following, hooks
from lumbung.modules.open_data.models import DataFollower, Dataset, Hook, HookMessage, Release
from lumbung.modules.open_data.queries.followers import FOLLOWING

pytestmark = pytest.mark.django_db
ADDRESS = "https://program.contoh.id/kait?kunci=rahasia-program"


class Program(BaseHTTPRequestHandler):
    """A program that notes what it is sent and answers as it was told to."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.headers["X-Lumbung-Signature"], body))
        self.send_response(self.server.answers)
        self.end_headers()

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture(scope="module")
def program():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Program)
    server.taken, server.answers = [], 200
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def dataset(publish):
    publish()
    return Dataset.objects.get(key="wells", portal="ntb")


def token_in(message):
    letter = outbox.letter_of(message)
    return next(address for _label, address in letter.links).rstrip("/").rsplit("/", 1)[-1]


def asked(people, dataset=None, email="warga@contoh.id"):
    told = {"portal": people.ntb, "dataset": dataset, "email": email, "language": "id"}
    following.ask_to_follow(now=NOW, **told)
    return token_in(Message.objects.filter(kind=FOLLOWING.asked).latest("made_at"))


def told_of():
    return Message.objects.filter(kind=FOLLOWING.told)


def registered(people, program, dataset=None):
    """A program of a confirmed owner; its address is that of the small program here."""
    hooks.ask(portal=people.ntb, dataset=dataset, address=ADDRESS, email="pemilik@contoh.id", language="id", now=NOW)
    token = token_in(Message.objects.filter(kind=FOLLOWING.asked).latest("made_at"))
    return hooks.confirm(token=token, now=NOW)


def told_to_programs(wells, count):
    """A new release, of which programs are told; nothing is sent yet, for no job runs here."""
    wells.cells = [("52.10", count)]
    version = datasets.publish_on_schedule(dataset_key="wells", place="52", now=NOW)
    declared.take_in(version_id=version.pk, now=NOW)
    event = EventRecord.objects.filter(key="open_data.release_published").latest("id")
    for _twice in range(2):
        hooks.tell_hooks(event_id=str(event.uid), now=NOW)


def sending(program):
    def send(address, body, **more):
        assert address == ADDRESS
        here = f"http://127.0.0.1:{program.server_port}/kait"
        allowed = {"is_allowed": lambda _address, _port: True, "schemes": frozenset({"http"})}
        return fetching.send(here, body, **more, **allowed)

    return send


def test_only_a_confirmed_address_is_told_and_of_each_release_once(people, wells, publish, dataset):
    token = asked(people, dataset)
    wells.cells = [("52.10", 4)]
    publish()
    assert not told_of().exists()
    following.confirm(token=token, now=NOW)
    wells.cells = [("52.10", 5)]
    publish()
    event = EventRecord.objects.filter(key="open_data.release_published").latest("id")
    following.tell_followers(event_id=str(event.uid), now=NOW)
    assert [message.topic_subject for message in told_of()] == [f"dataset:{dataset.pk}"]


def test_whoever_follows_the_portal_is_spared_the_nightly_releases(people, wells, publish):
    following.confirm(token=asked(people), now=NOW)
    publish()
    wells.cells = [("52.10", 4)]
    publish()
    assert told_of().count() == 1


def test_a_stop_ends_the_mail_and_the_address_is_destroyed(people, wells, publish, dataset):
    following.confirm(token=asked(people, dataset), now=NOW)
    wells.cells = [("52.10", 4)]
    publish()
    notices.stop(message=told_of().get(), now=NOW)
    assert following.discard_addresses(now=NOW) == 1
    assert not DataFollower.objects.exists()


def test_an_address_nobody_confirmed_is_destroyed_after_a_week(people):
    asked(people)
    assert following.discard_addresses(now=NOW + timedelta(days=6)) == 0
    assert following.discard_addresses(now=NOW + timedelta(days=8)) == 1


def test_a_program_is_told_with_a_signature_it_can_check(people, program, wells, dataset):
    _hook, secret = registered(people, program, dataset)
    told_to_programs(wells, 4)
    message = HookMessage.objects.get()
    program.answers = 204
    hooks.deliver(message_id=str(message.pk), now=NOW, send=sending(program))
    header, body = program.taken[-1]
    moment, signed = (part.split("=", 1)[1] for part in header.split(","))
    assert signed == hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    told = json.loads(body)
    assert (told["dataset"], told["release"]) == (dataset.name, 2)
    message.refresh_from_db()
    assert message.state == HookMessage.State.TAKEN
    before = len(program.taken)
    hooks.deliver(message_id=str(message.pk), now=NOW, send=sending(program))
    assert len(program.taken) == before


def test_a_program_that_never_answers_is_tried_again_given_up_and_stopped_with_a_word_to_its_owner(
    people, program, wells, dataset
):
    hook, _secret = registered(people, program, dataset)
    program.answers = 500
    for count in range(4, 4 + hooks.MOST_GIVEN_UP):
        told_to_programs(wells, count)
        message = HookMessage.objects.filter(state=HookMessage.State.WAITING).get()
        for _attempt in range(len(hooks.PAUSES) + 1):
            hooks.deliver(message_id=str(message.pk), now=NOW, send=sending(program))
        message.refresh_from_db()
        assert (message.state, message.attempts, message.last_answer) == ("given_up", len(hooks.PAUSES) + 1, "500")
    hook.refresh_from_db()
    assert hook.stopped_at == NOW
    assert Message.objects.filter(kind=hooks.STOPPED).count() == 1
    told_to_programs(wells, 99)
    assert not HookMessage.objects.filter(state=HookMessage.State.WAITING).exists()


@pytest.mark.parametrize(
    "address",
    [
        "http://program.contoh.id/",
        "https://127.0.0.1/",
        "https://10.0.0.8/x",
        "https://a:b@contoh.id/",
        "https://dalam",
    ],
)
def test_a_program_inside_our_own_net_or_without_encryption_is_refused(people, address):
    with pytest.raises(Refused) as refused:
        hooks.ask(portal=people.ntb, dataset=None, address=address, email="a@contoh.id", language="id", now=NOW)
    assert refused.value.field == "address"


def test_the_feed_tells_releases_and_withdrawals(people, publish, dataset):
    for address in ("/ntb/data/umpan.atom", "/ntb/data/wells/umpan.atom"):
        told = Client().get(address).content.decode()
        assert "/ntb/data/wells/v1/" in told
    assert Release.objects.get(dataset=dataset).number == 1


def test_the_secret_is_shown_once_and_a_program_is_stopped_on_its_page(people, dataset):
    told = {"address": ADDRESS, "email": "pemilik@contoh.id"}
    assert Client().post("/ntb/data/wells/ikuti/program/", told | {"address": "http://x.id/"}).status_code == 422
    assert Client().post("/ntb/data/wells/ikuti/program/", told).status_code == 200
    page = f"/ntb/data/langganan/{token_in(Message.objects.get(kind=FOLLOWING.asked))}/"
    assert Hook.objects.get().confirmed_at is None
    assert Client().get(page).status_code == 200
    assert Hook.objects.get().confirmed_at is None
    shown = Client().post(page, {"step": "confirm"}).content.decode()
    assert 'id="rahasia"' in shown
    again = Client().get(page).content.decode()
    assert 'id="rahasia"' not in again
    assert "rahasia-program" not in shown + again
    Client().post(page, {"step": "stop"})
    assert Hook.objects.get().stopped_at is not None
