"""Reports taken per second, each durable before it is acknowledged, against one bare durable insert."""

import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from django.conf import settings

from benchmarks.figures import Figure
from lumbung.core.access.viewers import NOBODY
from lumbung.core.base import clock
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.modules.reports.actions import submission
from lumbung.modules.reports.models import Category

COUNT = 300


def measure() -> Iterator[Figure]:
    """One writer. Number, sealed words, reporter, event and draft in one transaction."""
    ours = COUNT / _seconds(_submit_one())
    with closing(sqlite3.connect(Path(settings.LUMBUNG_HOME) / "peer.sqlite3")) as peer:
        peer.execute("PRAGMA journal_mode=WAL")
        peer.execute("PRAGMA synchronous=FULL")
        peer.execute("CREATE TABLE report (text TEXT)")
        bare = COUNT / _seconds(lambda: _insert(peer))
    peer_name = f"bare durable insert {bare:.0f} a second"
    yield Figure("reports taken", f"{ours:.0f} a second", peer_name, bare / ours)


def _seconds(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    for _time in range(COUNT):
        step()
    return time.perf_counter() - begun


def _insert(peer: sqlite3.Connection) -> None:
    with peer:
        peer.execute("INSERT INTO report VALUES (?)", ("x" * 400,))


def _submit_one() -> Callable[[], object]:
    portal = Portal.objects.get(pk="ksb")
    village = Region.objects.filter(level="village", code__startswith="52.07.").select_related("parent")[0]
    made = submission.Submission(
        category=Category.objects.get(pk="road"),
        village=village,
        text="Jalan berlubang di depan sekolah. " * 10,
        landmark="Depan SDN 1",
        latitude=None,
        longitude=None,
        is_anonymous=False,
        is_confidential=False,
        name="Warga",
        phone="",
        email="",
        shows_name=False,
        channel="web",
    )
    return lambda: submission.submit_report(
        submission=made, draft_id=uuid.uuid4(), portal=portal, by=NOBODY, now=clock.now()
    )
