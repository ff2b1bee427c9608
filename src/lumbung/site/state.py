"""How the installation stands, for the engineer called at night: counts, times, names of jobs, never a record."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import lumbung
from lumbung.core.base import clock
from lumbung.core.datasets import queries as datasets
from lumbung.core.events import queries as events
from lumbung.core.federation import feeds
from lumbung.core.federation import queries as federation
from lumbung.core.jobs import queries as jobs
from lumbung.core.log import faults
from lumbung.core.log import queries as public_log
from lumbung.core.notices import queries as notices
from lumbung.core.notices.models import Message
from lumbung.core.web import formatting
from lumbung.modules.open_data.queries import row_copies
from lumbung.site.backups.checking import LOW_DISK_BYTES, QUIET_WORKER

PATIENCE = timedelta(minutes=5)
MAIL_DAYS = 7


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, and what to do when it is not good."""

    name: Promise
    found: str
    is_good: bool
    advice: Promise | str = ""


def installation(*, now: datetime) -> dict[str, Any]:
    """What the page shows."""
    queue = jobs.queue(now=now)
    return {
        "version": lumbung.VERSION,
        "database": connection.vendor,
        "environment": settings.LUMBUNG_ENV,
        "findings": [
            _disk(),
            _worker(queue, now),
            _waiting(queue, now),
            _log(now),
            _mail(now),
            _tables(now),
            _copies(),
            _feed(),
        ],
        "given_up": queue.given_up,
        "looked_at": now,
    }


def _disk() -> Finding:
    free = shutil.disk_usage(settings.LUMBUNG_HOME).free
    advice = _("Make room; below 4 MB nothing more is stored.")
    return Finding(_("Free storage"), formatting.file_size(free), free >= LOW_DISK_BYTES, advice)


def _worker(queue: jobs.Queue, now: datetime) -> Finding:
    seen = queue.worker_seen_at
    found = formatting.moment(seen) if seen else str(_("never seen"))
    advice = _("Start “lumbung serve” again on the server, or “lumbung worker” where it runs apart.")
    return Finding(_("Background worker, last sign"), found, seen is not None and now - seen <= QUIET_WORKER, advice)


def _waiting(queue: jobs.Queue, now: datetime) -> Finding:
    is_good = queue.due_since is None or now - queue.due_since <= PATIENCE
    advice = _("The worker is behind. Look at its output on the server.")
    return Finding(_("Jobs due and not done"), formatting.number(queue.waiting), is_good, advice)


def _log(now: datetime) -> Finding:
    log = events.log_standing(today=clock.local_day(now))
    found = _("%(events)s events, %(waiting)s wait for their place") % {
        "events": formatting.number(log.events),
        "waiting": formatting.number(log.waiting),
    }
    refusal = public_log.newest_refusal()
    is_good = not log.late and not refusal
    found = f"{found}; {faults.told(refusal)}" if refusal else found
    return Finding(_("Public log"), found, is_good, _("Run “lumbung doctor” on the server: it checks every hash."))


def _feed() -> Finding:
    room = federation.room(federation.own())
    found = _("%(told)s of %(records)s records, on %(pages)s of %(most)s pages") % {
        "told": formatting.number(room.told),
        "records": formatting.number(room.records),
        "pages": formatting.number(room.pages),
        "most": formatting.number(feeds.MAX_PAGES),
    }
    advice = _("What has no page is told to nobody. Ask whoever looks after this program for more pages.")
    return Finding(_("Told to other installations"), found, not room.left_out and not room.is_short, advice)


def _mail(now: datetime) -> Finding:
    states = notices.mails_by_state(since=now - timedelta(days=MAIL_DAYS))
    failed = states.get(Message.State.FAILED, 0)
    found = _("%(sent)s sent, %(waiting)s waiting, %(failed)s not delivered in 7 days") % {
        "sent": formatting.number(states.get(Message.State.SENT, 0)),
        "waiting": formatting.number(states.get(Message.State.QUEUED, 0)),
        "failed": formatting.number(failed),
    }
    return Finding(_("Mail"), found, not failed, _("Check the mail settings (docs/howto/send-mail.md)."))


def _tables(now: datetime) -> Finding:
    late = datasets.late_checks(today=clock.local_day(now))
    names = ", ".join(sorted({f"{shelf.dataset.key} {shelf.place}".strip() for shelf in late}))
    advice = _("Open the table and press “Publish a new version now”.")
    return Finding(_("Published tables behind"), names or str(_("none")), not late, advice)


def _copies() -> Finding:
    standing = row_copies.standing()
    found = _("%(there)s copies take %(size)s, %(missing)s missing") % {
        "there": formatting.number(standing.there),
        "size": formatting.file_size(standing.used_bytes),
        "missing": formatting.number(standing.missing),
    }
    advice = _("Run “lumbung copies” on the server. Pages of large tables are slower until then, and SQL waits.")
    return Finding(_("Copies of open tables for fast pages and SQL"), found, not standing.missing, advice)
