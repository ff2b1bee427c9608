"""Who follows what. Addresses are opened here for sending only; no page shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import QuerySet

from lumbung.core.base import ids, sealing
from lumbung.core.notices import queries
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.models import FollowerRow
from lumbung.core.notices.recipients import Recipient, Topic

Row = TypeVar("Row", bound=FollowerRow)


@dataclass(frozen=True, slots=True)
class Following(Generic[Row]):
    """How one part lets addresses follow its things.

    rows     every row, confirmed or not
    topic    declared key of the messages, which a reader can stop
    asked    kind of the mail that confirms; parts that share it share the brake on such mails
    told     kind of the mail that tells
    purpose  what the tokens of this part are fingerprinted for
    write    the letter that asks the owner of the address, given the row and its token
    """

    rows: Callable[[], QuerySet[Row]]
    topic: str
    asked: str
    told: str
    purpose: str
    write: Callable[[Row, str], Letter]

    def token_index(self, token: str) -> str:
        """What is stored of a token in a mail."""
        return sealing.blind_index(ids.tidy_access_code(token), purpose=self.purpose)

    def topic_of(self, row: Row) -> Topic:
        """What a stop link in a mail to this row stops."""
        return Topic(self.topic, row.topic_subject)

    def confirmed(self) -> QuerySet[Row]:
        """Rows whose owner has confirmed."""
        return self.rows().filter(confirmed_at__isnull=False)

    def with_token(self, token: str) -> QuerySet[Row]:
        """The row whose confirmation link this is, or none."""
        return self.rows().filter(token_index=self.token_index(token))

    def unconfirmed_since(self, moment: datetime) -> QuerySet[Row]:
        """Rows asked for before a moment and never confirmed."""
        return self.rows().filter(confirmed_at__isnull=True, asked_at__lt=moment)

    def stopped(self) -> list[Row]:
        """Rows whose reader has stopped since: their addresses are not needed any more."""
        stops = {(stop.recipient_index, stop.topic_subject) for stop in queries.stopped_subjects(self.topic)}
        known = self.rows().filter(email_index__in={index for index, _subject in stops})
        return [row for row in known if (row.email_index, row.topic_subject) in stops]


def contact_of(row: FollowerRow) -> Recipient:
    """Whom to write to."""
    return Recipient(sealing.unseal(row.email, place=row.email_place), row.language)
