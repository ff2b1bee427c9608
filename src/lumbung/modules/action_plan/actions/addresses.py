"""A job looks at filed addresses, the safe way of the house: public hosts only, small, short, and never by a page."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from lumbung.core.base.actors import SYSTEM
from lumbung.core.events import actions as events
from lumbung.core.files import fetching
from lumbung.core.files.fetching import Fetched, NotFetched
from lumbung.core.jobs import actions as jobs
from lumbung.modules.action_plan.events.addresses import (
    FiledAddressCaptured,
    FiledAddressChanged,
    FiledAddressFailed,
)
from lumbung.modules.action_plan.models import AddressCapture, Plan
from lumbung.modules.action_plan.queries import addresses
from lumbung.modules.action_plan.queries.addresses import FOUND, Filed, Outcome

CAPTURE = "action_plan.capture_filed_address"
LOOK_AGAIN_AFTER, TRY_AGAIN_AFTER = timedelta(days=7), timedelta(days=1)
AT_ONCE = 50
Fetch = Callable[[str], Fetched]
Told = FiledAddressCaptured | FiledAddressChanged | FiledAddressFailed


def ask_for_capture(*, kind: str, subject: str, now: datetime) -> None:
    """Put an address on the queue, in the transaction of the change that filed it."""
    if addresses.filed_address(kind, subject) is not None:
        jobs.enqueue(CAPTURE, now=now, kind=kind, subject=subject)


def capture(*, kind: str, subject: str, now: datetime, fetch: Fetch = fetching.fetch) -> AddressCapture | None:
    """Look at what stands there now, and add what was found. No transaction is open while we wait for it."""
    filed = addresses.filed_address(kind, subject)
    if filed is None:
        return None
    try:
        found: Fetched | NotFetched = fetch(filed.url)
    except NotFetched as failure:
        found = failure
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=filed.plan_id)
        before = addresses.captures_of(filed)
        added = _added(filed, found, before, now)
        event = _news(filed, added, before)
        if event is not None:
            events.record(event, subject_type="plan", subject_id=filed.plan_id, actor=SYSTEM, now=now)
        return added


def _added(filed: Filed, found: Fetched | NotFetched, before: list[AddressCapture], now: datetime) -> AddressCapture:
    made = AddressCapture(plan_id=filed.plan_id, kind=filed.kind, subject=filed.subject, url=filed.url, captured_at=now)
    if isinstance(found, NotFetched):
        made.outcome, made.reason = found.kind, found.reason
    else:
        made.sha256, made.bytes = hashlib.sha256(found.content).hexdigest(), len(found.content)
        made.mime, made.outcome = found.mime[:100], _outcome(made.sha256, before)
    made.save(force_insert=True)
    return made


def _outcome(sha256: str, before: list[AddressCapture]) -> str:
    first = next((each for each in before if each.outcome == Outcome.KEPT), None)
    if first is None:
        return Outcome.KEPT
    return Outcome.SAME if first.sha256 == sha256 else Outcome.CHANGED


def _news(filed: Filed, added: AddressCapture, before: list[AddressCapture]) -> Told | None:
    """What is new; looking again and finding the same is no news, nor is failing again."""
    last, told = before[-1] if before else None, {"plan": filed.plan_id, "about": filed.kind, "record": filed.subject}
    if added.outcome == Outcome.KEPT:
        return FiledAddressCaptured(**told, sha256=added.sha256, bytes=added.bytes or 0)
    if added.outcome == Outcome.CHANGED:
        news = last is None or last.sha256 != added.sha256
        return FiledAddressChanged(**told, sha256=added.sha256) if news else None
    if added.outcome not in FOUND and (last is None or last.outcome in FOUND):
        return FiledAddressFailed(**told, failure=added.reason)
    return None


def look_again(*, now: datetime) -> int:
    """Put on the queue what nobody looked at for a week, or could not fetch yesterday; returns how many."""
    waiting = addresses.due(before=now - LOOK_AGAIN_AFTER, soon=now - TRY_AGAIN_AFTER, most=AT_ONCE)
    for filed in waiting:
        jobs.enqueue(CAPTURE, now=now, kind=filed.kind, subject=filed.subject)
    return len(waiting)
