"""Fetching an address somebody typed: http and https only, public hosts only, small, short, never inside our own net.

The name is resolved once and the connection goes to the very address that was judged, so that a name that answers
differently the second time (DNS rebinding) reaches nothing else. Every step of a redirect is judged anew.

source: OWASP Server-Side Request Forgery Prevention Cheat Sheet
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, quote, urljoin, urlsplit

MOST_BYTES = 5_000_000
SECONDS = 20.0
MOST_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
GONE = frozenset({404, 410})
AGENT = "Lumbung (evidence capture)"
# Names that lead nowhere in the public net (RFC 6761, RFC 6762, RFC 8375).
INSIDE = (".localhost", ".local", ".internal", ".home.arpa", ".lan")
MOST_MARK = 200
MOST_SAID = 1000
WRITTEN_AS_IS = "/%:@!$&'()*+,;=~?[]"

IsAllowed = Callable[[str, int], bool]
Tell = Callable[[int], None] | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at the address."""

    content: bytes
    mime: str
    address: str
    # What the server gives to ask by the next time.
    etag: str = ""
    modified: str = ""
    # Nothing has changed since; there is no content then.
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is asked: under which name, for which kinds, and what is known from the last time."""

    agent: str = AGENT
    accepts: str = "*/*"
    etag: str = ""
    modified: str = ""
    # Told how many bytes came so far.
    tell: Tell = None

    @property
    def headers(self) -> dict[str, str]:
        found = {"User-Agent": self.agent, "Accept": self.accepts, "Accept-Encoding": "identity"}
        found |= {"If-None-Match": self.etag} if self.etag else {}
        return found | ({"If-Modified-Since": self.modified} if self.modified else {})


USUAL = Manner()


@dataclass(frozen=True, slots=True)
class Post:
    """What is sent along instead of asking."""

    body: bytes
    headers: Mapping[str, str]


class NotFetched(Exception):  # noqa: N818 - reads as a sentence
    """It could not be fetched. `reason` is one of the codes below; `kind` says whether to try again.

    refused      address-not-http, address-not-https, address-has-a-password, host-not-public, port-not-usual,
                 redirected-too-often
    gone         not-there (404, 410)
    unreachable  name-unknown, no-connection, too-slow, too-large, answer-not-ok

    `said` is the beginning of what the server answered instead; it is not to be shown to anybody.
    """

    def __init__(self, kind: str, reason: str, said: bytes = b"") -> None:
        super().__init__(reason)
        self.kind, self.reason, self.said = kind, reason, said


def is_public(address: str, port: int) -> bool:
    """Whether an IP address belongs to the public net, and the port to the web."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        found = _inside(found) or found
    return found.is_global and not found.is_multicast and port in PORTS.values()


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address an IPv6 address stands for: mapped, 6to4, Teredo, or behind NAT64."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def refuse_address(url: str) -> None:
    """Raise NotFetched where an address is one we never fetch, by its form alone; no name is resolved."""
    host = (_parts(url).hostname or "").rstrip(".")
    if _is_inside(host):
        raise NotFetched("refused", "host-not-public")


def _is_inside(host: str) -> bool:
    """Whether a host is of a net of its own: an address that is not public, however it is written, or such a name."""
    with contextlib.suppress(ValueError):
        return not is_public(host, PORTS["http"])
    with contextlib.suppress(OSError, ValueError):
        # "127.1", "0x7f.1" and "2130706433" are addresses too.
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)), PORTS["http"])
    return "." not in host or host.endswith(INSIDE)


def fetch(
    url: str,
    *,
    is_allowed: IsAllowed = is_public,
    most_bytes: int = MOST_BYTES,
    seconds: float = SECONDS,
    manner: Manner = USUAL,
) -> Fetched:
    """The content behind an address, following a few redirects."""
    until = time.monotonic() + seconds
    for _step in range(MOST_REDIRECTS + 1):
        parts = _parts(url)
        status, headers, content = _once(parts, is_allowed, most_bytes, until, manner)
        if status not in REDIRECTS:
            return _found(status, headers, content, url)
        url = urljoin(url, headers.get("Location", ""))
    raise NotFetched("refused", "redirected-too-often")


def send(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    is_allowed: IsAllowed = is_public,
    schemes: frozenset[str] = frozenset({"https"}),
    seconds: float = SECONDS,
) -> int:
    """Post a body to an address somebody typed, by the same rules and encrypted; no redirect is followed.

    returns  the status of the answer; what else it says is not read
    """
    parts = _parts(url)
    if parts.scheme not in schemes:
        raise NotFetched("refused", "address-not-https")
    told = {**headers, "Content-Length": str(len(body))}
    status, _headers, _content = _once(parts, is_allowed, 0, time.monotonic() + seconds, Post(body, told))
    return status


def _found(status: int, headers: http.client.HTTPMessage, content: bytes, url: str) -> Fetched:
    if status in GONE:
        raise NotFetched("gone", "not-there")
    if status not in {http.client.OK, http.client.NOT_MODIFIED}:
        raise NotFetched("unreachable", "answer-not-ok", content[:MOST_SAID])
    found = Fetched(content, headers.get_content_type(), url, _kept(headers, "ETag"), _kept(headers, "Last-Modified"))
    return replace(found, is_same=status == http.client.NOT_MODIFIED)


def _kept(headers: http.client.HTTPMessage, name: str) -> str:
    """A mark of theirs that can be sent back as it is."""
    text = str(headers.get(name, ""))
    return text if text.isascii() and text.isprintable() and len(text) <= MOST_MARK else ""


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError as error:
        raise NotFetched("refused", "address-not-http") from error
    if parts.scheme not in PORTS or not parts.hostname or port is None:
        raise NotFetched("refused", "address-not-http")
    if parts.username or parts.password:
        raise NotFetched("refused", "address-has-a-password")
    if any(ord(letter) <= ord(" ") for letter in url):
        raise NotFetched("refused", "address-not-http")
    return parts


def _once(
    parts: SplitResult, is_allowed: IsAllowed, most_bytes: int, until: float, how: Manner | Post
) -> tuple[int, http.client.HTTPMessage, bytes]:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    address = _judged(host, port, is_allowed)
    connection = _Pinned(host, port, address=address, secure=parts.scheme == "https", timeout=_left(until))
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=WRITTEN_AS_IS)
    try:
        if isinstance(how, Post):
            connection.request("POST", path, body=how.body, headers={**USUAL.headers, **how.headers})
        else:
            connection.request("GET", path, headers=how.headers)
        answer = connection.getresponse()
        content = b""
        if isinstance(how, Manner) and answer.status not in REDIRECTS:
            content = _read(answer, connection, most_bytes, until, how.tell)
    except TimeoutError as error:
        raise NotFetched("unreachable", "too-slow") from error
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise NotFetched("unreachable", connection.why_broken) from error
    else:
        if connection.was_cut:
            raise NotFetched("unreachable", "too-slow")
        return answer.status, answer.headers, content
    finally:
        connection.close()


def _judged(host: str, port: int, is_allowed: IsAllowed) -> str:
    """One address of the host, if every address it has is allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched("unreachable", "name-unknown") from error
    addresses = [str(row[4][0]).partition("%")[0] for row in found]
    if not addresses or not all(is_allowed(address, port) for address in addresses):
        raise NotFetched("refused", "port-not-usual" if port not in PORTS.values() else "host-not-public")
    return addresses[0]


def _read(answer: http.client.HTTPResponse, pinned: "_Pinned", most_bytes: int, until: float, tell: Tell) -> bytes:
    kept = bytearray()
    while chunk := answer.read1(65_536):
        kept += chunk
        if tell is not None:
            tell(len(kept))
        if len(kept) > most_bytes:
            raise NotFetched("unreachable", "too-large")
        pinned.hurry(_left(until))
    if answer.length:  # more was announced than came
        raise NotFetched("unreachable", pinned.why_broken)
    return bytes(kept)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise NotFetched("unreachable", "too-slow")
    return left


class _Pinned(http.client.HTTPConnection):
    """A connection to one judged address, under the name of its host; cut when its time is over, whatever it sends."""

    def __init__(self, host: str, port: int, *, address: str, secure: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self.address, self.secure, self.seconds = address, secure, timeout
        self.default_port = PORTS["https" if secure else "http"]
        self.watch = threading.Timer(timeout, self._cut)
        self.watch.daemon = True
        self.was_cut = False

    def connect(self) -> None:
        """Connect to the address that was judged, not to what the name says now."""
        self.watch.start()
        plain = socket.create_connection((self.address, self.port), self.seconds)
        self.sock = plain
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)

    def close(self) -> None:
        """End it, and its watch."""
        self.watch.cancel()
        super().close()

    @property
    def why_broken(self) -> str:
        """Why it ended early: its time was over, or the other side went away."""
        return "too-slow" if self.was_cut else "no-connection"

    def hurry(self, seconds: float) -> None:
        """The time that is left for the next piece."""
        if self.sock is not None:
            self.sock.settimeout(seconds)

    def _cut(self) -> None:
        self.was_cut = True
        with contextlib.suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
