"""Reports in any state, made with the real actions."""

import uuid
from datetime import datetime, timedelta

from django.test import Client
from tests.cast import NOW, Cast

from lumbung.core.access.viewers import Viewer
from lumbung.core.events.models import EventRecord
from lumbung.core.organisations.models import Organisation
from lumbung.modules.reports.actions import agency, responses, routing, submission, triage
from lumbung.modules.reports.models import Report, Response

TEXT = "Jalan di depan pasar berlubang sejak dua pekan, motor sering jatuh."
VERSION = {"title": "Jalan berlubang di depan pasar", "text": "Jalan berlubang, perlu ditambal.", "place": ""}
LATER = NOW + timedelta(hours=1)


def file(people: Cast, *, now: datetime = NOW, by: Viewer | None = None, **given) -> Report:
    """A report as a citizen sends it; `given` changes fields of the submission."""
    fields = {
        "category": people.road,
        "village": people.village,
        "text": TEXT,
        "landmark": "depan pasar",
        "latitude": None,
        "longitude": None,
        "is_anonymous": False,
        "is_confidential": False,
        "name": "",
        "phone": "",
        "email": "",
        "shows_name": False,
        "channel": "web",
    } | given
    sent = submission.submit_report(
        submission=submission.Submission(**fields),
        draft_id=uuid.uuid4(),
        portal=people.ksb,
        by=by or Viewer(),
        now=now,
    )
    return again(sent.report)


def again(report: Report) -> Report:
    """The report as it stands in the database."""
    return Report.objects.select_related("category", "agency", "handling_portal", "portal").get(pk=report.pk)


def reporter_of(report: Report) -> Viewer:
    return Viewer(opened=frozenset({str(report.pk)}))


def office(code: str) -> Organisation:
    return Organisation.objects.get(pk=code)


def verify(people: Cast, report: Report, *, now: datetime = LATER, **given) -> Report:
    fields = {**VERSION, "urgency": "important", "hides_person": "", "hides_text": ""} | given
    return triage.verify_report(report=report, by=people.viewer("koordinator.ksb"), now=now, **fields)


def assigned(people: Cast, **given) -> Report:
    report = verify(people, file(people, **given))
    return routing.assign_report(
        report=report, by=people.viewer("koordinator.ksb"), agency=office("ksb-pupr"), now=LATER
    )


def in_progress(people: Cast, **given) -> Report:
    return agency.accept_report(report=assigned(people, **given), by=people.viewer("pupr.ksb"), now=LATER)


def answered(people: Cast, report: Report, *, kind: str = "final", text: str = "Sudah ditambal.") -> Response:
    return responses.write_response(report=report, by=people.viewer("pupr.ksb"), kind=kind, text=text, now=LATER)


def finished(people: Cast, **given) -> Report:
    response = answered(people, in_progress(people, **given))
    return responses.approve_response(response=response, by=people.viewer("kepala.pupr.ksb"), now=LATER)


def routed(people: Cast, unit: str = "ksb-inspektorat", **given) -> Report:
    report = file(people, **{"category": people.levy, **given})
    return routing.route_report(
        report=report, by=people.viewer("koordinator.ksb"), agency=office(unit), reported_office=None, now=LATER
    )


def keys_of(report: Report) -> list[str]:
    """What the log tells of a report, in order."""
    rows = EventRecord.objects.filter(subject_type="report", subject_id=str(report.pk)).order_by("id")
    return [key.removeprefix("reports.") for key in rows.values_list("key", flat=True)]


def signed_in(people: Cast, email: str) -> Client:
    """A browser in which this account of the demonstration is signed in."""
    client = Client()
    client.force_login(people.account(email), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def opened_by(report: Report) -> Client:
    """A browser that opened the report with its code."""
    client = Client()
    session = client.session
    session["opened"] = [str(report.pk)]
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client
