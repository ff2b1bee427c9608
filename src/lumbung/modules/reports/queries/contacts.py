"""To whom mail about a report goes. Addresses are opened here for sending only; no page shows them."""

from datetime import datetime

from django.db.models import QuerySet

from lumbung.core.base import ids, sealing
from lumbung.core.events import queries as log
from lumbung.core.events.models import AccessEvent, EventRecord
from lumbung.core.notices import queries as notices
from lumbung.core.notices.recipients import Recipient
from lumbung.modules.reports.events import IdentityOpened
from lumbung.modules.reports.models import Follower, OneTimeLink, Report, Reporter


def report_by_id(report_id: str) -> Report | None:
    """The report of that id, with what letters say of it."""
    return (
        Report.objects.filter(pk=report_id)
        .select_related("public_version", "category", "village", "district", "agency", "portal", "handling_portal")
        .first()
    )


def reporter_contact(report: Report) -> Recipient | None:
    """The reporter's address, if one was given."""
    reporter = Reporter.objects.filter(report=report).first()
    if reporter is None or reporter.email is None:
        return None
    address = sealing.unseal(reporter.email, place=f"reports_reporter.email:{report.pk}")
    return Recipient(address, reporter.language)


def reports_of_address(index: str, *, limit: int) -> list[Report]:
    """The newest reports whose reporter gave this address."""
    return list(Report.objects.filter(reporter__email_index=index).order_by("-received_at")[:limit])


def token_index(token: str) -> str:
    """What is stored of a token in a mail."""
    return sealing.blind_index(ids.tidy_access_code(token), purpose="report-mail-token")


def link_by_token(token: str) -> OneTimeLink | None:
    """The one-time link of that token, used or not."""
    return (
        OneTimeLink.objects.filter(token_index=token_index(token))
        .select_related("report", "report__portal", "report__category")
        .first()
    )


def follower_by_token(token: str) -> Follower | None:
    """The follower whose confirmation link this is."""
    return (
        Follower.objects.filter(token_index=token_index(token))
        .select_related("report", "report__public_version")
        .first()
    )


def followers_of(report: Report) -> list[Follower]:
    """Confirmed followers."""
    return list(Follower.objects.filter(report=report, confirmed_at__isnull=False))


def follower_contact(follower: Follower) -> Recipient:
    """A follower's address."""
    address = sealing.unseal(follower.email, place=f"reports_follower.email:{follower.pk}")
    return Recipient(address, follower.language)


def opening_of(event_id: str, report: Report) -> AccessEvent | None:
    """The access event behind an identity-opened event: the two are written together, so their order is the same."""
    openings = EventRecord.objects.filter(
        subject_type="report", subject_id=str(report.pk), key=IdentityOpened.key
    ).order_by("id")
    position = list(openings.values_list("uid", flat=True))
    accesses = reversed(log.access_history_of("report", str(report.pk)))
    looked = [entry for entry in accesses if entry.fields.startswith("name")]
    found = [access for uid, access in zip(position, looked, strict=False) if str(uid) == event_id]
    return found[0] if found else None


def unconfirmed_since(moment: datetime) -> QuerySet[Follower]:
    """Followers who asked before a moment and never confirmed."""
    return Follower.objects.filter(confirmed_at__isnull=True, asked_at__lt=moment)


def stopped_followers(topic_key: str) -> list[Follower]:
    """Followers who have stopped since: their addresses are not needed any more."""
    stops = {(stop.recipient_index, stop.topic_subject) for stop in notices.stopped_subjects(topic_key)}
    indexes = {index for index, _subject in stops}
    return [
        follower
        for follower in Follower.objects.filter(email_index__in=indexes)
        if (follower.email_index, str(follower.report_id)) in stops
    ]
