"""Canonical bytes and leaf hash of an event against json.dumps of the same fields."""

import json
from collections.abc import Iterator
from datetime import date

from benchmarks.figures import Figure, cpu_ms
from lumbung.core.base.actors import GUEST
from lumbung.core.events import actions
from lumbung.kernels import merkle
from lumbung.modules.reports.events import ReportSubmitted

TIMES = 2000


def measure() -> Iterator[Figure]:
    """The event of a new report."""
    event = ReportSubmitted("NTB-2026-000001", "0" * 64)

    def ours() -> bytes:
        body = actions.canonical_body(
            event, uid="0193", on=date(2026, 11, 25), precision="day", subject=("report", "1"), actor=GUEST
        )
        return merkle.leaf_hash(body)

    def plain() -> bytes:
        return json.dumps({"id": "0193", "type": event.key, "data": event.as_payload()}, sort_keys=True).encode()

    mine, peer = cpu_ms(ours, plain, times=TIMES)
    yield Figure(
        "canonical event with leaf hash",
        f"{mine * 1000:.0f} CPU-µs",
        f"json.dumps {peer * 1000:.0f} CPU-µs",
        mine / peer,
    )
