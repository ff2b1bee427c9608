"""A table at an address: asked for by a person or a key, fetched by a job, then read as if it had been brought.

Address and day stay in the metadata under `sources`, and are frozen with the release.
"""

import hashlib
import uuid
from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.files import fetching
from lumbung.core.files.fetching import Fetched, Manner, NotFetched
from lumbung.core.jobs import actions as jobs
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import datasets, reading, tables
from lumbung.modules.open_data.actions.datasets import count_save
from lumbung.modules.open_data.models import Dataset, Draft, DraftTable
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries import fetch_words, remote_pages, sources, workplace

FETCH = "fetch"
MOST_BYTES, SECONDS = 50_000_000, 120.0
LONGEST = 500
AGENT = "Lumbung (table of a draft)"
PAGES = frozenset({"text/html", "application/xhtml+xml"})
Tell = Callable[[int], None]


def ask_for(*, draft: Draft, address: str, title: str, by: Viewer, now: datetime, slug: str = "") -> DraftTable:
    """A new table of the draft from an address, or new content of the table of that slug; it is fetched next."""
    permissions.required_in(by, permissions.PRODUCE, draft.dataset)
    typed = address.strip()
    _refuse(typed)
    with transaction.atomic():
        current = known.locked(draft)
        known.require_writable(current)
        table = tables.table_for(current, slug, title)
        table.source_url, table.source_name = typed, name_in(typed)
        # What the steps to come know the file by, until there is one.
        table.source_sha256, table.source_bytes = hashlib.sha256(f"{typed} {now}".encode()).hexdigest(), 0
        tables.begin_anew(table, DraftTable.Stage.RECEIVED, {"step": FETCH, "rows": 0})
        table.save()
        count_save(current)
        jobs.enqueue("open_data.fetch", now=now, table_id=str(table.pk), sha256=table.source_sha256)
        return table


def fetch_again(*, dataset: Dataset, by: Viewer, now: datetime) -> Draft:
    """The draft of the next release, each table that came from an address fetched from it once more."""
    draft = datasets.begin_draft(dataset=dataset, by=by, now=now)
    told = sources.of_metadata(draft.metadata)
    if not told:
        raise Refused("dataset-has-no-address", _("No table of this dataset came from an address. Bring a file."))
    for slug, source in told.items():
        ask_for(draft=draft, address=source.address, title=slug, slug=slug, by=by, now=now)
    draft.refresh_from_db()
    return draft


def fetch(*, table_id: uuid.UUID, sha256: str, now: datetime) -> None:
    """Fetch it, outside any transaction; taken only if nobody brought something else meanwhile."""
    table = reading.still(table_id, sha256)
    if table is None:
        return
    try:
        found = _found(table.source_url, reading.teller(table_id, FETCH))
    except NotFetched as error:
        reading.fail(table_id, sha256, Refused(f"not-fetched-{error.reason}", fetch_words.why(error.reason)))
        return
    _take(table_id, sha256, found, now)


def _found(address: str, tell: Tell) -> Fetched:
    manner = Manner(AGENT, tell=tell)
    found = fetching.fetch(
        address, is_allowed=remote_pages.is_allowed, most_bytes=MOST_BYTES, seconds=SECONDS, manner=manner
    )
    if found.mime in PAGES:
        raise NotFetched("refused", "page-not-file")
    if not found.content:
        raise NotFetched("unreachable", "nothing-there")
    return found


def _take(table_id: uuid.UUID, sha256: str, found: Fetched, now: datetime) -> None:
    with transaction.atomic():
        waiting = DraftTable.objects.select_for_update().filter(pk=table_id, source_sha256=sha256).first()
        if waiting is None:
            return
        source = workplace.source_of(table_id)
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(found.content)
        waiting.source_sha256, waiting.source_bytes = hashlib.sha256(found.content).hexdigest(), len(found.content)
        waiting.source_name = name_in(found.address)
        tables.begin_anew(waiting, DraftTable.Stage.RECEIVED, {"step": tables.LOOK, "rows": 0})
        waiting.save()
        draft = known.locked(waiting.draft)
        draft.metadata = sources.noted(draft.metadata, waiting.slug, waiting.source_url, clock.local_day(now))
        draft.save(update_fields=["metadata"])
        jobs.enqueue("open_data.look", now=now, table_id=str(table_id), sha256=waiting.source_sha256)


def _refuse(address: str) -> None:
    """Refuse what could never be fetched safely, by its form alone."""
    if len(address) > LONGEST:
        raise Refused("address-too-long", _("Shorten this to 500 characters."), field="address")
    try:
        remote_pages.refuse_address(address)
    except (NotFetched, ValueError) as error:
        reason = error.reason if isinstance(error, NotFetched) else "address-not-http"
        raise Refused(f"not-fetched-{reason}", fetch_words.why(reason), field="address") from error


def name_in(address: str) -> str:
    """What a file at an address is called: the last word of its path."""
    parts = urlsplit(address)
    return unquote(parts.path.rpartition("/")[2])[-200:] or (parts.hostname or "")[:200]
