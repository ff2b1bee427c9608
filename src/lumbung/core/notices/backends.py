"""How other libraries' mail gets into the outbox."""

import uuid
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation

from lumbung.core.base import clock
from lumbung.core.notices import actions, letters
from lumbung.core.notices.recipients import Recipient


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend of this house: whatever a library mails waits in the outbox like our own messages."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            letter = letters.from_plain_text(str(mail.subject), str(mail.body))
            for address in mail.recipients():
                actions.tell(
                    to=Recipient(address, (translation.get_language() or "id")[:2]),
                    kind="site.mail",
                    occasion=str(uuid.uuid4()),
                    write=lambda letter=letter: letter,  # type: ignore[misc]
                    now=clock.now(),
                )
        return len(email_messages)
