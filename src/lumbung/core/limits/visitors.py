"""Whose bucket a request draws from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

IPV6_NETWORK = 64  # one household or phone owns a whole /64


def address_of(request: HttpRequest) -> str:
    """The visitor's network address; behind our one proxy, the address the proxy saw."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.LUMBUNG_BEHIND_PROXY:
        # The proxy appends the peer it saw; whatever stands before it was written by the visitor.
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip() or address
    return _network(address)


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False))
    return str(parsed)


def visitor_of(request: HttpRequest) -> str:
    """The account when signed in, else the address: an office behind one address is not one visitor."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return f"account:{request.user.pk}"
    return f"address:{address_of(request)}"
