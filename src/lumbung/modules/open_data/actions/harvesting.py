"""A run over another portal, step by step: read its list, compare each dataset, look for what is missing.

Each step, and in it each dataset, is a short transaction of its own that also notes that it was done. Whoever is
killed in between leaves nothing half done, and whoever comes after goes on there: a job of a step that is over finds
nothing to do, and a dataset that was compared waits no longer.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.actors import SYSTEM
from lumbung.core.events import actions as events
from lumbung.core.jobs import actions as jobs
from lumbung.core.jobs import queries as waiting
from lumbung.modules.open_data.actions import harvest_gathering, harvest_taking
from lumbung.modules.open_data.actions.harvest_gathering import Broken
from lumbung.modules.open_data.events.harvest import HarvestRunEnded
from lumbung.modules.open_data.models import HarvestItem, HarvestPending, HarvestRun, HarvestSource
from lumbung.modules.open_data.queries import remote_pages
from lumbung.modules.open_data.remote.rules import rules

STEP = "open_data.harvest_step"
SUBJECT = "harvest_source"
AT_ONCE = 100
MOST_ATTEMPTS = 3
MOST_REVIVALS = 6
PAUSE = timedelta(minutes=2)
# A log is signed within a minute of its first entry: asked often, and not for long.
YOUNG = (10, timedelta(minutes=1))
BETWEEN_PAGES = timedelta(seconds=1)
EVERY = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
State, Stage = HarvestRun.State, HarvestRun.Stage


def begin_run(
    *, source: HarvestSource, by: Viewer | None, now: datetime, stage: HarvestRun.Stage = Stage.GATHER
) -> HarvestRun:
    """A new run; one that is under way is returned as it is. Permission was asked where somebody pressed."""
    with transaction.atomic():
        HarvestSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
        found = source.runs.filter(state=State.OPEN).first()
        if found is not None:
            return found
        last = source.runs.aggregate(last=Max("number"))["last"] or 0
        account = by.account if by else None
        run = HarvestRun.objects.create(source=source, number=last + 1, stage=stage, started_at=now, asked_by=account)
        _enqueue(run, now)
        return run


def begin_due(*, now: datetime) -> int:
    """Begin the runs whose time has come, and wake those nobody works on; returns how many that were."""
    due = HarvestSource.objects.filter(next_run_at__lte=now, ended_at__isnull=True, paused_at__isnull=True)
    begun = [begin_run(source=source, by=None, now=now) for source in due]
    idle = [run for run in HarvestRun.objects.filter(state=State.OPEN) if not waiting.is_waiting(_job_key(run))]
    for run in idle:
        _revive(run, now)
    return len(begun) + len(idle)


def _revive(run: HarvestRun, now: datetime) -> None:
    """Its job gave up or is lost. A run that fails again and again is ended: none stays open for ever."""
    with transaction.atomic():
        current = _locked(run)
        if current is None:
            return
        current.attempts += 1
        current.save(update_fields=["attempts"])
        if current.attempts > MOST_REVIVALS:
            _end(current, State.FAILED, now, trouble="internal")
        else:
            _enqueue(current, now)


def step(*, run_id: str, number: int, now: datetime) -> HarvestRun | None:
    """Do one step of a run and put the next on the queue; None where that step is over already."""
    run = HarvestRun.objects.select_related("source__portal__region", "source__producer").filter(pk=run_id).first()
    if run is None or run.state != State.OPEN or run.step != number:
        return None
    DOES[Stage(run.stage)](run, now)
    return HarvestRun.objects.select_related("source").get(pk=run.pk)


def break_off(*, source: HarvestSource, now: datetime) -> None:
    """End the run that is under way, in the caller's transaction. What it has done stays done."""
    run = source.runs.select_for_update().filter(state=State.OPEN).first()
    if run is not None:
        _end(run, State.FAILED, now, trouble="stopped")


def go_on(*, run: HarvestRun, by: Viewer, now: datetime) -> HarvestRun:
    """A run that asked goes on where it stopped, in the caller's transaction.

    What it counted as missing to ask about is counted anew by what becomes of it.
    """
    run.state, run.ended_at, run.confirmed_by, run.missing = State.OPEN, None, by.account, 0
    run.save(update_fields=["state", "ended_at", "confirmed_by", "missing"])
    _advance(run, now, Stage.CLOSE)
    return run


def _gather(run: HarvestRun, now: datetime) -> None:
    try:
        answer = harvest_gathering.page_of(run, now)
    except Broken as broken:
        _stumble(run, broken, now)
        return
    with transaction.atomic():
        current = _locked(run)
        if current is None:
            return
        if answer.is_same:
            _end_unchanged(current, now)
            return
        if not harvest_gathering.keep(current, answer):
            _end(current, State.FAILED, now, trouble="too-many-datasets")
        elif current.address:
            _advance(current, now, Stage.GATHER, after=BETWEEN_PAGES)
        else:
            _advance(current, now, Stage.TAKE)


def _stumble(run: HarvestRun, broken: Broken, now: datetime) -> None:
    """What may pass by itself is tried again and says so; everything else ends the run before anything is compared."""
    with transaction.atomic():
        current = _locked(run)
        if current is None:
            return
        current.attempts += 1
        current.save(update_fields=["attempts"])
        most, pause = YOUNG if broken.code == remote_pages.LOG_NOT_SIGNED else (MOST_ATTEMPTS, PAUSE * current.attempts)
        if broken.may_pass and current.attempts < most:
            current.trouble = broken.code
            _advance(current, now, Stage.GATHER, after=pause)
        else:
            _end(current, State.FAILED, now, trouble=broken.code)


def _take(run: HarvestRun, now: datetime) -> None:
    for pending in list(run.pending.values_list("pk", flat=True)[:AT_ONCE]):
        harvest_taking.take(run=run, pending_id=pending, now=now)
    with transaction.atomic():
        current = _locked(run)
        if current is not None:
            _advance(current, now, Stage.TAKE if current.pending.exists() else Stage.CLOSE)


def _close(run: HarvestRun, now: datetime) -> None:
    shown = HarvestItem.objects.filter(source=run.source, state=HarvestItem.State.SHOWN)
    left = shown.exclude(seen_in=run.number).exclude(missed_in=run.number)
    gone = left.filter(missing_runs__gte=rules().missing_runs - 1).count()
    if rules().asks(gone=gone, shown=shown.count()) and run.confirmed_by_id is None:
        with transaction.atomic():
            current = _locked(run)
            if current is not None:
                current.missing = gone
                _end(current, State.ASKS, now)
        return
    for pk in list(left.values_list("pk", flat=True)[:AT_ONCE]):
        harvest_taking.miss(run=run, item_id=pk, now=now)
    _go_on_or_end(run, now, is_over=not left.exists())


def _clear(run: HarvestRun, now: datetime) -> None:
    shown = HarvestItem.objects.filter(source=run.source, state=HarvestItem.State.SHOWN)
    for pk in list(shown.values_list("pk", flat=True)[:AT_ONCE]):
        harvest_taking.clear(run=run, item_id=pk, now=now)
    _go_on_or_end(run, now, is_over=not shown.exists())


def _go_on_or_end(run: HarvestRun, now: datetime, *, is_over: bool) -> None:
    with transaction.atomic():
        current = _locked(run)
        if current is None:
            return
        if is_over:
            _end(current, State.DONE, now)
        else:
            _advance(current, now, Stage(current.stage))


DOES = {Stage.GATHER: _gather, Stage.TAKE: _take, Stage.CLOSE: _close, Stage.CLEAR: _clear}


def _locked(run: HarvestRun) -> HarvestRun | None:
    """The run, if this step of it is still to be done."""
    rows = HarvestRun.objects.select_for_update(of=("self",)).select_related("source")
    return rows.filter(pk=run.pk, state=State.OPEN, step=run.step).first()


def _advance(run: HarvestRun, now: datetime, stage: HarvestRun.Stage, after: timedelta | None = None) -> None:
    run.step, run.stage = run.step + 1, stage
    counted = ["address", "pages", "etag", "modified", "refused", "seen", "attempts", "trouble"]
    run.save(update_fields=["step", "stage", *counted])
    _enqueue(run, now, after)


def _enqueue(run: HarvestRun, now: datetime, after: timedelta | None = None) -> None:
    run_after = now + after if after else None
    jobs.enqueue(STEP, key=_job_key(run), now=now, run_after=run_after, run_id=str(run.pk), number=run.step)


def _job_key(run: HarvestRun) -> str:
    return f"harvest:{run.pk}:{run.step}"


def _end_unchanged(run: HarvestRun, now: datetime) -> None:
    count = HarvestItem.objects.filter(source=run.source, state=HarvestItem.State.SHOWN).count()
    run.is_same, run.seen, run.unchanged, run.pages = True, count, count, 1
    run.etag, run.modified = run.source.etag, run.source.modified
    run.save(update_fields=["is_same", "seen", "unchanged", "pages", "etag", "modified"])
    _end(run, State.DONE, now)


def _end(run: HarvestRun, state: HarvestRun.State, now: datetime, *, trouble: str = "") -> None:
    """The end of a run, in the caller's transaction."""
    HarvestPending.objects.filter(run=run).delete()
    run.state, run.trouble, run.ended_at = state, trouble, now
    run.save(update_fields=["state", "trouble", "ended_at", "missing"])
    source = HarvestSource.objects.get(pk=run.source_id)
    if source.ended_at is None:
        pause = EVERY.get(source.every)
        source.next_run_at = run.started_at + pause if pause else None
        is_whole = state == State.DONE and run.pages == 1 and not run.missing
        # Of a Lumbung the proof is asked for each time: it may be watched since, or tell another history.
        is_whole = is_whole and source.kind != HarvestSource.Kind.LUMBUNG
        source.etag, source.modified = (run.etag, run.modified) if is_whole else ("", "")
        source.save(update_fields=["next_run_at", "etag", "modified"])
    event = HarvestRunEnded(
        source=source.key,
        run=run.number,
        outcome=state,
        new=run.new,
        changed=run.changed,
        unchanged=run.unchanged,
        refused=run.refused,
        gone=run.gone,
    )
    events.record(event, subject_type=SUBJECT, subject_id=str(source.pk), actor=SYSTEM, now=now)
