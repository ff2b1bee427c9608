"""Conflict of interest and pressure: an officer steps back, a reporter asks for shelter."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer, role_for
from lumbung.core.base import clock, sealing
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.modules.reports import permissions, queries
from lumbung.modules.reports.actions import passages, routing
from lumbung.modules.reports.events import OfficerRecused, ReportRouted
from lumbung.modules.reports.models import Addition, Recusal, Report

OFFICER_VERBS = (permissions.VERIFY, permissions.ANSWER, permissions.APPROVE)


def recuse(*, report: Report, by: Viewer, reason: str, now: datetime) -> Recusal:
    """An officer withdraws from handling this report: it leaves their inbox and is closed to them.

    The reason is read by the coordinator only (UU 30/2014: conflict of interest).
    """
    with transaction.atomic():
        current = passages.locked(report)
        held = next(
            (role for verb in OFFICER_VERBS if (role := role_for(by, verb, permissions.scope_of(current)))), None
        )
        if held is None or by.account is None:
            raise NotPermitted("not-your-report", _("This report is not in your hands. Nothing was changed."))
        if permissions.has_recused(by, current):
            raise Refused("recused-already", _("You stepped back from this report already."))
        recusal = Recusal(
            report=current, account=by.account, role=held.role, organisation_id=held.organisation_code or None, at=now
        )
        recusal.reason = sealing.seal(reason, place=f"reports_recusal.reason:{recusal.pk}")
        recusal.save()
        passages.record(current, OfficerRecused(current.number), actor=by.acting_as(held), now=now)
    return recusal


def report_pressure(*, report: Report, by: Viewer, text: str, now: datetime) -> Report:
    """ "Saya mendapat tekanan": the Inspectorate takes over, and from now on only it reads what is written.

    Possible from the first assignment on, whatever state the report is in; the report becomes confidential.
    """
    with transaction.atomic():
        current, _face = passages.locked_for_reporter(report, by=by)
        passages.require_step(current, "press")
        if current.first_assigned_at is None or current.pressed_at is not None:
            raise Refused(
                "pressure-not-now",
                _("No agency has had this report yet, or the Inspectorate has it already. Add your words below."),
            )
        unit = queries.shelter_for(current, day=clock.local_day(now))
        if unit is None:
            raise Refused(
                "no-inspectorate", _("No Inspectorate is registered here. Call the Ombudsman of the province: 137.")
            )
        routing.return_waiting_answer(current, by=by, now=now)
        passages.add_words(report=current, side=Addition.Side.REPORTER, text=text, now=now)
        return passages.move(
            current,
            "press",
            # The log tells the same as of any routed report: who reads it must not learn who spoke up.
            event=lambda r: ReportRouted(r.number),
            actor=SYSTEM,
            now=now,
            changes={
                "reported_office": current.agency,
                "agency": unit,
                "is_confidential": True,
                "pressed_at": now,
                "finished_at": None,
            },
        )
