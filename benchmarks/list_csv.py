"""The list as CSV against Python's csv writer fed by the same rows."""

import csv
import io
from collections.abc import Iterator

from django.core.handlers.wsgi import WSGIHandler

from benchmarks.figures import Figure, cpu_ms
from benchmarks.requests import ask
from lumbung.core.base import clock
from lumbung.core.portals.models import Portal
from lumbung.modules.reports import queries
from lumbung.modules.reports.pages import public

FIELDS = ["number", "category_id", "urgency", "state", "district__name", "village__name", "agency__name_id"]
FIELDS += ["received_on", "due_on", "public_version__title"]


def measure() -> Iterator[Figure]:
    """As many rows as the page gives at most."""
    application, portal, today = WSGIHandler(), Portal.objects.get(pk="ntb"), clock.local_day(clock.now())

    def bare() -> str:
        out = io.StringIO()
        rows = queries.public_reports(portal, day=today).values_list(*FIELDS)[: public.CSV_LIMIT]
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows.iterator())
        return out.getvalue()

    rows = bare().count("\n")
    ours, peer = cpu_ms(lambda: ask(application, "/ntb/laporan/unduh.csv"), bare, times=1)
    yield Figure(
        f"CSV of {rows:,} reports", f"{ours:.0f} CPU-ms", f"csv.writer on the same rows {peer:.0f} CPU-ms", ours / peer
    )
