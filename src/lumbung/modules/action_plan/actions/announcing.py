"""What is announced of a meeting: what, when, where; and what the log is told of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.modules.action_plan.actions import papers
from lumbung.modules.action_plan.models import Meeting
from lumbung.modules.action_plan.queries import told_words


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What is announced of a meeting: at a place, at an address, or both."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    online_url: str = ""
    agenda: str = ""


def refuse_impossible(facts: MeetingFacts) -> None:
    """Refuse a meeting that ends before it begins, or takes place nowhere."""
    if facts.ends_at <= facts.starts_at:
        raise Refused(
            "meeting-ends-before-it-begins", _("The meeting ends after it begins. Correct the times."), field="ends"
        )
    if not facts.place and not facts.online_url:
        raise Refused(
            "meeting-is-nowhere", _("Write where people meet: a place, an address on the net, or both."), field="place"
        )


def hashes(meeting: Meeting) -> dict[str, str]:
    """What the log is told of an announcement; gives the row the salts of its hashes."""
    announced_hash, meeting.announced_salt = papers.hashed(told_words.announced(meeting), meeting.announced_salt)
    agenda_hash, meeting.salt = papers.hashed(meeting.agenda, meeting.salt)
    return {"announced_hash": announced_hash, "agenda_hash": agenda_hash}


def write(meeting: Meeting, facts: MeetingFacts) -> None:
    """Put what is announced into the row."""
    meeting.kind, meeting.title, meeting.agenda = facts.kind, facts.title, facts.agenda
    meeting.starts_at, meeting.ends_at = facts.starts_at, facts.ends_at
    meeting.place, meeting.online_url = facts.place, facts.online_url
