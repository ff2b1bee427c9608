"""How a message leaves the house."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from lumbung.core.notices import letters, queries
from lumbung.core.notices.models import Message


def hand_over(message: Message) -> None:
    """Give one message to the mail transport of the settings; any error is the caller's to retry."""
    with translation.override(message.language):
        mail = as_mail(message)
    mail.connection = get_connection(settings.LUMBUNG_MAIL_TRANSPORT)
    mail.send()


def as_mail(message: Message) -> EmailMultiAlternatives:
    """The mail itself, in the language active now.

    The Message-ID is the row's own: sent twice after a crash, it is one message to whoever receives it.
    """
    letter = queries.letter_of(message)
    if letter is None:
        raise LookupError(f"message {message.pk} was purged and cannot be sent (notices_message.body)")
    root = settings.LUMBUNG_URL
    stop_url = f"{root}{stop_path(message)}" if message.topic else ""
    context = {"letter": letters.absolute(letter, root), "stop_url": stop_url, "root": root}
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=render_to_string("notices/message.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[queries.address_of(message)],
        headers={"Message-ID": f"<{message.pk}@{urlsplit(root).hostname}>", **_headers(stop_url)},
    )
    mail.attach_alternative(render_to_string("notices/message.html", context), "text/html")
    return mail


def stop_path(message: Message) -> str:
    """Where the reader of this message can stop more of its kind."""
    return reverse("notices:stop", kwargs={"token": queries.stop_token(message)})


def _headers(stop_url: str) -> dict[str, str]:
    automatic = {"Auto-Submitted": "auto-generated"}
    if not stop_url:
        return automatic
    # RFC 8058: the mail program itself may post to the address, without a page in between.
    return {
        **automatic,
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
