"""Mail servers as they misbehave. Stand-ins for what is outside the house."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import ClassVar

from django.core.mail.backends.locmem import EmailBackend


class DiesAfterAccepting(EmailBackend):
    """The server said yes, and the worker is killed before it can write that down."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SystemExit


class FailsTwice(EmailBackend):
    """Out of reach two times, then well."""

    left: ClassVar[list[int]] = [2]

    def send_messages(self, messages):
        if self.left[0]:
            self.left[0] -= 1
            raise SMTPServerDisconnected
        return super().send_messages(messages)


class KnowsNobody(EmailBackend):
    """There is no such mailbox, and there will be none."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({"hilang@contoh.test": (550, b"no such mailbox")})
