"""Neighbours who have the same problem."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock, sealing
from lumbung.core.base.errors import NotFound
from lumbung.modules.reports import queries
from lumbung.modules.reports.models import AlsoAffected, Report


def also_affected(*, report: Report, session_key: str, now: datetime) -> bool:
    """Count a neighbour once a session; whether this press was new.

    No event: a press is no act of government, and anybody could fill the log, which never forgets, by pressing.
    """
    if not queries.is_public(report, day=clock.local_day(now)):
        raise NotFound("report-not-public", _("This report is not public, so nobody can join it."))
    index = sealing.blind_index(session_key, purpose=f"reports-also-affected:{report.pk}")
    with transaction.atomic():
        _press, is_new = AlsoAffected.objects.get_or_create(report=report, session_index=index)
    return is_new
