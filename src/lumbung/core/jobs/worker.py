"""The worker process: the library's loop plus our clock tick."""

import os
import time

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from lumbung.core.base import clock
from lumbung.core.jobs import actions

TICK_SECONDS = 15.0
POLL_SECONDS = 1.0


class TickingWorker(Worker):
    """Between two looks at the queue: reclaim abandoned jobs and enqueue what the schedule asks for."""

    def run(self) -> None:
        while self.running:
            close_old_connections()
            actions.reclaim_abandoned(now=clock.now())
            actions.enqueue_scheduled(now=clock.now())
            self._drain_until(time.monotonic() + TICK_SECONDS)

    def _drain_until(self, deadline: float) -> None:
        self.batch = True
        while self.running and time.monotonic() < deadline:
            super().run()
            if self.running:
                time.sleep(self.interval)


def run_forever() -> None:
    """Work until SIGTERM or SIGINT; the job in hand is finished first."""
    worker = TickingWorker(
        queue_names=["default"],
        interval=POLL_SECONDS,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"lumbung-{os.getpid()}",
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()
