"""Leaves one reporter of the demonstration waiting for a call back, through the real actions."""

from datetime import datetime

from django.urls import reverse

from lumbung.core.jobs import runner
from lumbung.core.jobs.models import Job
from lumbung.modules.reports.actions import call_backs
from lumbung.modules.reports.models import CallBack, Report
from lumbung.modules.reports.states import State

PORTAL = "ksb"


def play(*, now: datetime) -> str:
    """Ask to be called back about the newest report with a telephone number; the address of the asker's page.

    Empty when there is none, or when somebody waits already.
    """
    report = (
        Report.objects.filter(
            handling_portal_id=PORTAL,
            state__in=[State.VERIFIED, State.ASSIGNED, State.IN_PROGRESS],
            is_confidential=False,
            is_anonymous=False,
            reporter__phone__isnull=False,
        )
        .order_by("-received_on", "-number")
        .first()
    )
    if report is None or CallBack.objects.exists():
        return ""
    secret = call_backs.ask(number=report.number, now=now)
    for job in Job.objects.filter(name=call_backs.TAKE, state=Job.QUEUED):
        runner.run(job_id=job.pk)
    return reverse("reports:call-back", kwargs={"portal_slug": PORTAL, "secret": secret})
