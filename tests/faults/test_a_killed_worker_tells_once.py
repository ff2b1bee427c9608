"""A real worker, a real SMTP conversation, a real kill -9 between "accepted" and "written down"."""

import os
import socketserver
import subprocess
import sys
import threading
import time
from email import message_from_bytes
from pathlib import Path

import pytest

pytestmark = [pytest.mark.fault, pytest.mark.heavy]  # most of a minute each

PUT_ONE_IN = """
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from lumbung.core.base import clock
from lumbung.core.notices import actions
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.recipients import Recipient
for _time in range(2):
    actions.tell(to=Recipient("warga@contoh.test"), kind="testing.once", occasion="one",
                 write=lambda: Letter("Satu", ("Satu kali.",)), now=clock.now())
"""
LET_THE_LEASE_END = """
from datetime import timedelta
from lumbung.core.base import clock
from lumbung.core.jobs.models import Job
print(Job.objects.filter(name="notices.send", state="running")
      .update(lease_until=clock.now() - timedelta(seconds=1)))
"""
WHAT_BECAME_OF_IT = """
from lumbung.core.notices.models import Message
print(list(Message.objects.filter(kind="testing.once").values_list("state", flat=True)))
"""


class MailServer(socketserver.ThreadingTCPServer):
    """Enough SMTP to receive; kills whoever `victim` names after taking a mail, before saying so."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.received: list[bytes] = []
        self.victim: subprocess.Popen[bytes] | None = None


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 contoh.test")
        while word := self.rfile.readline().strip().upper():
            if word == b"DATA":
                self.take()
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.server.received.append(b"".join(lines))
        if self.server.victim is not None:
            self.server.victim.kill()
            self.server.victim.wait()
            self.server.victim = None
        else:
            self.say("250 taken")


@pytest.fixture
def server():
    with MailServer() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def house(tmp_path, server):
    """The environment of a house of its own, with mail going to the server above."""
    source = Path(__file__).parents[2] / "src"
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("LUMBUNG_", "DATABASE_URL"))},
        "PYTHONPATH": str(source),
        "DJANGO_SETTINGS_MODULE": "lumbung.site.settings",
        "LUMBUNG_ENV": "test",
        "LUMBUNG_HOME": str(tmp_path),
        "LUMBUNG_EMAIL_URL": f"smtp://127.0.0.1:{server.server_address[1]}",
    }


def run(house, script):
    code = f"import django; django.setup()\n{script}"
    done = subprocess.run([sys.executable, "-c", code], env=house, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def worker(house):
    return subprocess.Popen([sys.executable, "-m", "lumbung", "worker"], env=house)


def wait_for(condition, seconds=600):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.2)


def test_killed_between_sending_and_writing_down_it_sends_the_same_message_again_and_no_second_one(house, server):
    run(house, PUT_ONE_IN)
    server.victim = worker(house)
    wait_for(lambda: len(server.received) == 1 and server.victim is None)
    assert run(house, WHAT_BECAME_OF_IT) == "['queued']"
    assert run(house, LET_THE_LEASE_END) == "1"
    second = worker(house)
    try:
        wait_for(lambda: run(house, WHAT_BECAME_OF_IT) == "['sent']")
        time.sleep(3)
    finally:
        second.terminate()
        second.wait(timeout=300)
    names = [message_from_bytes(mail)["Message-ID"] for mail in server.received]
    assert len(names) == 2
    assert len(set(names)) == 1
