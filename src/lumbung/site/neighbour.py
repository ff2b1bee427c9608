"""A second small installation beside the demonstration: KSB on a server of its own, which NTB harvests.

It has a home, a database, keys and a log of its own, and is a process of its own: what NTB shows of it came over HTTP
and was proven against a log NTB does not hold. See docs/adr/0043.
"""

import os
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from urllib.error import URLError

from django.conf import settings

from lumbung.core.access import queries as access
from lumbung.core.access.models import Account
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.datasets import jobs as published
from lumbung.core.events import actions as events
from lumbung.core.jobs import runner
from lumbung.core.log import actions as log
from lumbung.core.log import queries as logs
from lumbung.core.log import signing
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.actions import harvest_sources
from lumbung.modules.open_data.models import HarvestSource
from lumbung.site import demo, ports

FOLDER = "tetangga"
LOG_ORIGIN = "ksb.lumbung.localhost/log"
PORTAL, SOURCE = "ksb", "ksb"
TITLE = "Portal Satu Data KSB (server tersendiri)"
DATASETS = 12  # of both portals in turn, so six of this one
KEY_FILE, LOADED, MET = "log-key.txt", ".tetangga-loaded", ".tetangga-met"
POLITE = 10
LOOK_SECONDS = 2
GIVES_UP_SECONDS = 900
FROM_MAIN = ("LUMBUNG_", "DATABASE_URL", "PORT")
KEPT = ("LUMBUNG_NODE_MODULES", "LUMBUNG_ENV")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Where it lives and answers."""

    home: Path
    port: int

    @property
    def socket(self) -> str:
        return f"{ports.ADDRESS}:{self.port}"

    @property
    def address(self) -> str:
        return f"http://{self.socket}/{PORTAL}"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the first installation's but where the program's own parts lie."""
        kept = {name: value for name, value in os.environ.items() if name in KEPT or not name.startswith(FROM_MAIN)}
        own = {"LUMBUNG_HOME": str(self.home), "LUMBUNG_LOG_ORIGIN": LOG_ORIGIN, "LUMBUNG_WORKERS": "1"}
        return kept | own | {"PORT": str(self.port)}

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "lumbung", "demo-neighbour", "--port", str(self.port)]


def beside(port: int) -> Neighbour:
    """The neighbour of this installation: on the port it always had, since NTB knows its address; first the next."""
    home = settings.LUMBUNG_HOME / FOLDER
    kept = home / ".port"
    if kept.exists():
        return Neighbour(home, int(kept.read_text()))
    free = next(each for each in range(port + 1, port + 100) if ports.is_free(each))
    home.mkdir(parents=True, exist_ok=True)
    kept.write_text(str(free))
    return Neighbour(home, free)


def load(*, now: datetime, say: Say) -> None:
    """What the second installation holds: its region and agencies, its portal, some datasets its agencies brought."""
    os.nice(POLITE)
    loaded = settings.LUMBUNG_HOME / LOADED
    if loaded.exists():
        return
    demo.load_neighbour(portal=PORTAL, datasets=DATASETS, now=now)
    # What it publishes by itself every night stands in its catalogue before anybody comes to read it.
    for _again in ("the lists", "the list of these lists"):
        published.publish_all()
        runner.run_due()
    while events.sequence(today=clock.local_day(clock.now())):
        pass
    log.extend(now=clock.now())
    (settings.LUMBUNG_HOME / KEY_FILE).write_text(signing.log_key().text)
    loaded.touch()
    say("Pemasangan kedua (KSB) siap / the second installation (KSB) is ready")


def meet(neighbour: Neighbour, *, say: Say) -> None:
    """Let NTB harvest it: the source at once, so that its page says what is going on, its key as soon as it has one."""
    met = settings.LUMBUNG_HOME / MET
    if met.exists():
        return
    source = _source(neighbour)
    if not _wait_until_signed(neighbour):
        say(f"{TITLE} tidak menjawab / does not answer: {neighbour.address}")
        return
    _watch(neighbour)
    harvest_sources.run_now(source=source, by=_viewer("walidata.ntb"), now=clock.now())
    met.touch()


def _source(neighbour: Neighbour) -> HarvestSource:
    known = HarvestSource.objects.select_related("portal").filter(key=SOURCE).first()
    return known or harvest_sources.begin_source(
        portal=Portal.objects.get(pk="ntb"),
        producer=Organisation.objects.get(code="ksb"),
        key=SOURCE,
        title=TITLE,
        kind=HarvestSource.Kind.LUMBUNG,
        address=neighbour.address,
        every=HarvestSource.Every.DAY,
        by=_viewer("walidata.ntb"),
        now=clock.now(),
    )


def _wait_until_signed(neighbour: Neighbour) -> bool:
    """Whether its log shows a checkpoint, waited for while it loads."""
    until = time.monotonic() + GIVES_UP_SECONDS
    while time.monotonic() < until:
        if (neighbour.home / KEY_FILE).exists() and _answers(f"http://{neighbour.socket}/log/checkpoint"):
            return True
        time.sleep(LOOK_SECONDS)
    return False


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=LOOK_SECONDS) as answer:  # noqa: S310 - our own neighbour
            return bool(answer.status == HTTPStatus.OK)
    except (URLError, OSError):
        return False


def _watch(neighbour: Neighbour) -> None:
    """Its key came to us by the file beside it, as keys of neighbours come by hand."""
    if any(peer.origin == LOG_ORIGIN for peer in logs.peers_of_today()):
        return
    key = (neighbour.home / KEY_FILE).read_text()
    address = f"http://{neighbour.socket}/log"
    log.add_peer(title=TITLE, address=address, key=key, witness_key="", by=_viewer("admin"), now=clock.now())


def _viewer(name: str) -> Viewer:
    account = Account.objects.get(email=f"{name}@contoh.id")
    return access.viewer_for(account, day=clock.local_day(clock.now()))
