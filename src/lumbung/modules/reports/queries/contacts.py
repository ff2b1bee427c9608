"""To whom mail about a report goes. Addresses are opened here for sending only; no page shows them."""

from lumbung.core.base import sealing
from lumbung.core.events import queries as log
from lumbung.core.events.models import AccessEvent, EventRecord
from lumbung.core.notices.followers import Following
from lumbung.core.notices.recipients import Recipient
from lumbung.modules.reports.events import IdentityOpened
from lumbung.modules.reports.letters import followers as letters
from lumbung.modules.reports.models import Follower, OneTimeLink, Report, Reporter
from lumbung.modules.reports.models.contacts import FOLLOW

# Tokens of the other links in mails to reporters are fingerprinted in the same way.
FOLLOWING = Following(
    rows=Follower.objects.all,
    topic=FOLLOW,
    asked="reports.follow_asked",
    told="reports.followed",
    purpose="report-mail-token",
    write=lambda row, token: letters.confirm(row.report, token),
)


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
    return FOLLOWING.token_index(token)


def link_by_token(token: str) -> OneTimeLink | None:
    """The one-time link of that token, used or not."""
    return (
        OneTimeLink.objects.filter(token_index=token_index(token))
        .select_related("report", "report__portal", "report__category")
        .first()
    )


def follower_by_token(token: str) -> Follower | None:
    """The follower whose confirmation link this is."""
    return FOLLOWING.with_token(token).select_related("report", "report__public_version").first()


def followers_of(report: Report) -> list[Follower]:
    """Confirmed followers."""
    return list(FOLLOWING.confirmed().filter(report=report))


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
