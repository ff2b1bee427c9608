"""The mail transport of LUMBUNG_EMAIL_URL, and the address links in mail begin with. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

# Far below the five minutes after which a job counts as abandoned.
TIMEOUT_SECONDS = 30
SMTP = "django.core.mail.backends.smtp.EmailBackend"
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
# Providers that need one secret; its name in django-anymail's settings.
PROVIDERS = {
    "brevo": "BREVO_API_KEY",
    "mailersend": "MAILERSEND_API_TOKEN",
    "mailgun": "MAILGUN_API_KEY",
    "postmark": "POSTMARK_SERVER_TOKEN",
    "resend": "RESEND_API_KEY",
    "sparkpost": "SPARKPOST_API_KEY",
}


@dataclass(frozen=True, slots=True)
class Transport:
    """What Django and django-anymail need to know. An empty backend: nothing leaves the outbox."""

    backend: str = ""
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    anymail: dict[str, str] = field(default_factory=dict)


def transport(url: str) -> Transport:
    """Read smtp://user:secret@host:25, smtp+tls://… (STARTTLS), smtps://… (TLS from the start), or brevo://KEY@.

    mailgun://KEY@mg.example.go.id also names the sending domain. ValueError for anything else.
    """
    if not url:
        return Transport()
    parts = urlsplit(url)
    if parts.scheme in PROVIDERS:
        return _provider(parts.scheme, unquote(parts.username or ""), parts.hostname or "")
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(url)
    return Transport(
        backend=SMTP,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )


def _provider(name: str, key: str, domain: str) -> Transport:
    if not key:
        raise ValueError(f"{name}:// needs its key before the @")
    known = {PROVIDERS[name]: key}
    if domain and name == "mailgun":
        known["MAILGUN_SENDER_DOMAIN"] = domain
    return Transport(backend=f"anymail.backends.{name}.EmailBackend", anymail=known)


def root_address(given: str, hosts: Sequence[str], port: int) -> str:
    """LUMBUNG_URL, else the first named host over https, else this machine."""
    if given:
        return given
    return f"https://{hosts[0]}" if hosts else f"http://127.0.0.1:{port}"
