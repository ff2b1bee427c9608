"""Steps of a report's story through the real actions, for tests that look at what people are told."""

import uuid
from datetime import UTC, datetime

from django.urls import reverse

from lumbung.core.access.viewers import NOBODY, Viewer
from lumbung.core.jobs import runner
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.models import Message, Notice
from lumbung.core.organisations.models import Organisation
from lumbung.modules.reports.actions import agency, submission, triage
from lumbung.modules.reports.models import Report, Response

NOW = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)
CITIZEN = "pelapor@warga.test"
CANARIES = ("Kenari Pelapor", "081234567890", CITIZEN, "kenari dalam uraian", "kenari patokan")


def sent(people, *, now=NOW, category=None, **changes):
    """A report with every hidden thing planted; (report, access code)."""
    given = {
        "category": category or people.road,
        "village": people.village,
        "text": "Jalan berlubang, kenari dalam uraian",
        "landmark": "kenari patokan",
        "latitude": None,
        "longitude": None,
        "is_anonymous": False,
        "is_confidential": False,
        "name": "Kenari Pelapor",
        "phone": "081234567890",
        "email": CITIZEN,
        "shows_name": False,
        "channel": "web",
    }
    made = submission.submit_report(
        submission=submission.Submission(**given | changes),
        draft_id=uuid.uuid4(),
        portal=people.ksb,
        by=NOBODY,
        now=now,
    )
    return made.report, made.code


def verified(people, report, now=NOW):
    return triage.verify_report(
        report=report,
        by=people.viewer("koordinator.ksb"),
        title="Jalan berlubang di dekat pasar",
        text="Jalan berlubang.",
        place="",
        urgency="important",
        hides_person="",
        hides_text="",
        now=now,
    )


def assigned(people, report, now=NOW, to="ksb-pupr"):
    office = Organisation.objects.get(pk=to)
    return triage.assign_report(report=report, by=people.viewer("koordinator.ksb"), agency=office, now=now)


def accepted(people, report, now=NOW):
    return agency.accept_report(report=fresh(report), by=people.viewer("pupr.ksb"), now=now)


def answered(people, report, kind=Response.Kind.FINAL, now=NOW):
    return agency.write_response(
        report=fresh(report), by=people.viewer("pupr.ksb"), kind=kind, text="Lubang sudah ditambal.", now=now
    )


def approved(people, response, now=NOW):
    waiting = Response.objects.select_related("report__handling_portal", "report__agency").get(pk=response.pk)
    return agency.approve_response(response=waiting, by=people.viewer("kepala.pupr.ksb"), now=now)


def finished(people, **changes):
    """A report all the way to finished; (report, access code)."""
    report, code = sent(people, **changes)
    verified(people, report)
    assigned(people, report)
    accepted(people, report)
    response = answered(people, report)
    runner.run_due()  # the head is told before deciding, as in life
    approved(people, response)
    return fresh(report), code


def fresh(report):
    return Report.objects.select_related("agency", "handling_portal", "portal").get(pk=report.pk)


def reporter_of(report):
    return Viewer(opened=frozenset({str(report.pk)}))


def told(address, kind=None):
    """The letters an address got, oldest first; pending jobs are run before looking."""
    runner.run_due()
    found = Message.objects.filter(recipient_index=outbox.address_index(address)).order_by("made_at", "pk")
    return [outbox.letter_of(message) for message in (found.filter(kind=kind) if kind else found)]


def everything_staff_got():
    """Every word that reached an account: notices and mail, subjects included."""
    runner.run_due()
    texts = [f"{notice.title}\n{notice.text}\n{notice.path}" for notice in Notice.objects.all()]
    for message in Message.objects.all():
        if outbox.address_of(message).endswith("@contoh.id"):
            letter = outbox.letter_of(message)
            texts.append("\n".join([letter.subject, *letter.paragraphs, *sum(letter.links, ())]))
    return texts


def token_in(letter, label_part=""):
    """The token in the first link of a letter whose label holds the words."""
    [address, *_more] = [path for label, path in letter.links if label_part in label]
    return address.split("?")[0].rstrip("/").rsplit("/", 1)[1]


def page(name, report, **kwargs):
    return reverse(f"reports:{name}", kwargs={"portal_slug": report.portal_id, **kwargs})
