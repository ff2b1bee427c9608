"""Reports as the public pages meet them, made through the real actions."""

import itertools
import uuid
from datetime import datetime, timedelta
from typing import Any

from lumbung.core.access.viewers import NOBODY
from lumbung.core.organisations.models import Organisation
from lumbung.modules.reports.actions import agency, reporter, responses, routing, submission, triage
from lumbung.modules.reports.models import Report, Response

_turn = itertools.count(1)


def sent(people: Any, *, now: datetime, **changed: Any) -> submission.Sent:
    """A report of the road in the cast's village, or with what is changed."""
    fields = {
        "category": people.road,
        "village": people.village,
        "text": "Jalan berlubang.",
        "landmark": "",
        "latitude": None,
        "longitude": None,
        "is_anonymous": False,
        "is_confidential": False,
        "name": "",
        "phone": "",
        "email": "",
        "shows_name": False,
        "channel": "web",
    }
    made = submission.Submission(**{**fields, **changed})
    return submission.submit_report(submission=made, draft_id=uuid.uuid4(), portal=people.ksb, by=NOBODY, now=now)


def verified(people: Any, *, now: datetime, title: str = "", **changed: Any) -> Report:
    """A report whose public version stands."""
    return triage.verify_report(
        report=sent(people, now=now, **changed).report,
        by=people.viewer("koordinator.ksb"),
        title=title or f"Jalan berlubang nomor {next(_turn)}",
        text="Perlu ditambal.",
        place="",
        urgency="important",
        hides_person="",
        hides_text="",
        now=now + timedelta(hours=1),
    )


def accepted(people: Any, *, now: datetime, **changed: Any) -> Report:
    """A report the agency works on."""
    report = routing.assign_report(
        report=verified(people, now=now, **changed),
        by=people.viewer("koordinator.ksb"),
        agency=Organisation.objects.get(pk="ksb-pupr"),
        now=now + timedelta(hours=2),
    )
    return agency.accept_report(report=report, by=people.viewer("pupr.ksb"), now=now + timedelta(hours=3))


def finished(people: Any, *, now: datetime, after: timedelta, score: int = 0, **changed: Any) -> Report:
    """A report finished so long after it came; with a score, its reporter rated it."""
    at = now + after
    report = accepted(people, now=now, **changed)
    responses.write_response(
        report=report, by=people.viewer("pupr.ksb"), kind="final", text="Lubang sudah ditambal.", now=at
    )
    answer = Response.objects.get(report=report)
    report = responses.approve_response(response=answer, by=people.viewer("kepala.pupr.ksb"), now=at)
    if score:
        holder = type(NOBODY)(opened=frozenset({str(report.pk)}))
        report = reporter.confirm_finished(report=report, by=holder, score=score, now=at)
    return report
