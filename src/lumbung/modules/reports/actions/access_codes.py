"""A new access code takes the place of the old one, and every older way to the report ends with it."""

from datetime import datetime

from lumbung.core.base import ids
from lumbung.core.base.actors import GUEST
from lumbung.modules.reports import queries
from lumbung.modules.reports.actions import passages
from lumbung.modules.reports.events import AccessCodeRenewed
from lumbung.modules.reports.models import CallBack, OneTimeLink, Report, Reporter
from lumbung.modules.reports.queries import call_backs


def renew(report: Report, *, now: datetime) -> str:
    """Give a report that is held a new access code; call it in the transaction of what gave the right to it."""
    code = ids.new_access_code()
    Reporter.objects.filter(report=report).update(code_index=queries.code_index(code))
    # Links in older mail may be in the hands of whoever has the old code.
    OneTimeLink.objects.filter(report=report, used_at__isnull=True).delete()
    end_call_backs(report)
    passages.record(report, AccessCodeRenewed(report.number), actor=GUEST, now=now)
    return code


def end_call_backs(report: Report) -> int:
    """No request to be called back leads anywhere any more; returns how many did."""
    asked = CallBack.objects.filter(report=report, standing__in=list(call_backs.OPEN))
    return asked.update(standing=CallBack.Standing.CLOSED)
