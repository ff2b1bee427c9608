"""`lumbung doctor`: what an engineer looks at first when something is wrong."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import override

from lumbung.core.events.verification import event_count
from lumbung.core.jobs.models import Job, ScheduleMark
from lumbung.core.log import faults, queries, verification

LOW_DISK_BYTES = 512 * 1024 * 1024
LOG_ADVICE = (
    "stop writing, keep the database as evidence, restore a backup; if signed entries or the key are lost for good: "
    "`lumbung new-log` (docs/howto/begin-the-log-anew.md)"
)
QUIET_WORKER = timedelta(minutes=2)
KEY_NAMES = (
    "sealing.key",
    "pseudonym.key",
    "blind-index.key",
    "access-code.key",
    "numbering.key",
    "log-signing.key",
    "log-witness.key",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `advice` says what to do when it is not good."""

    name: str
    state: Literal["good", "warning", "bad"]
    found: str
    advice: str = ""


def examine(*, now: datetime) -> Iterator[Finding]:
    """Everything worth looking at, cheapest first."""
    yield Finding("LUMBUNG_ENV", "good", settings.LUMBUNG_ENV)
    yield _disk()
    yield _keys()
    for look in (_structure, _log, lambda: _worker(now), _failed_jobs):
        yield _or_unreachable(look)


def _or_unreachable(look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except DatabaseError as error:
        return Finding(
            "database",
            "bad",
            type(error).__name__,
            "check DATABASE_URL and that the server runs; then `lumbung migrate`",
        )


def _disk() -> Finding:
    home = Path(settings.LUMBUNG_HOME)
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    low = free < LOW_DISK_BYTES
    return Finding("disk", "bad" if low else "good", f"{free // 2**20} MiB free in {existing}", "make room" * low)


def _keys() -> Finding:
    folder = Path(settings.LUMBUNG_KEYS)
    missing = [name for name in KEY_NAMES if not (folder / name).exists()]
    if missing:
        return Finding("keys", "warning", f"{folder}: not yet {', '.join(missing)}", "made at first use, or copy yours")
    open_to_others = [name for name in KEY_NAMES if (folder / name).stat().st_mode & 0o077]
    if open_to_others:
        return Finding("keys", "bad", f"others may read {', '.join(open_to_others)}", f"chmod 600 {folder}/*.key")
    return Finding("keys", "good", f"{folder}; not part of a backup, keep a copy elsewhere")


def _structure() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding("database", "bad", f"{len(waiting)} migrations wait", "lumbung migrate")
    return Finding("database", "good", f"{connection.vendor}, structure current")


def _log() -> Finding:
    fault = next(verification.faults(), None) or _refusal()
    if fault:
        return Finding("public log", "bad", fault, LOG_ADVICE)
    return Finding("public log", "good", f"{event_count()} events, every hash fits")


def _refusal() -> str:
    with override("en"):
        return faults.told(queries.newest_refusal())


def _worker(now: datetime) -> Finding:
    newest = ScheduleMark.objects.order_by("-last_enqueued_at").first()
    if newest is None or now - newest.last_enqueued_at > QUIET_WORKER:
        seen = "never" if newest is None else f"{newest.last_enqueued_at:%Y-%m-%d %H:%M} UTC"
        return Finding("worker", "warning", f"last seen {seen}", "start `lumbung worker` (part of `lumbung serve`)")
    return Finding("worker", "good", "at work")


def _failed_jobs() -> Finding:
    failed = Job.objects.filter(state=Job.FAILED).values_list("name", flat=True)
    if failed:
        names = ", ".join(sorted(set(failed)))
        return Finding(
            "jobs",
            "warning",
            f"{len(failed)} gave up: {names}",
            "mend the cause (docs/reference/jobs.md), then `lumbung retry-jobs`",
        )
    return Finding("jobs", "good", "none gave up")
