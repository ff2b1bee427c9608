"""Every route of the URL configuration, with its policy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from lumbung.core.access.policies import Policy
from tests.guards.tree import Problem


@dataclass(frozen=True)
class Route:
    """One address pattern: /<slug:portal_slug>/laporan/<str:number>/."""

    pattern: str
    name: str
    view: Any
    parameters: tuple[str, ...]

    @property
    def policy(self) -> Policy | None:
        """Its own policy, or that of a library's view as stated in LIBRARY."""
        own = getattr(self.view, "policy", None)
        return own or (LIBRARY[self.name][0] if self.name in LIBRARY else None)

    @property
    def is_ours(self) -> bool:
        return getattr(self.view, "policy", None) is not None


OPEN, OWN = Policy("public", methods=("GET", "HEAD", "POST")), Policy("signed_in", methods=("GET", "HEAD", "POST"))
SIGN_IN = "signing in and recovering a password are for people without a session"
ACCOUNT = "the sign-in library asks for a session itself (login_required)"

# Views of libraries carry no policy of ours. Each is listed with the policy it must behave by, and why it is here.
LIBRARY: dict[str, tuple[Policy, str]] = {
    "account_login": (OPEN, SIGN_IN),
    "account_signup": (OPEN, "closed by AccountAdapter: it says that accounts come by invitation"),
    "account_inactive": (OPEN, SIGN_IN),
    "account_logout": (OPEN, "signing out when signed out leads to the front page"),
    "account_reset_password": (OPEN, SIGN_IN),
    "account_reset_password_done": (OPEN, SIGN_IN),
    "account_reset_password_from_key": (OPEN, SIGN_IN),
    "account_reset_password_from_key_done": (OPEN, SIGN_IN),
    "mfa_authenticate": (OPEN, "second step of signing in, before there is a session"),
    "account_reauthenticate": (OWN, ACCOUNT),
    "account_change_password": (OWN, ACCOUNT),
    "account_set_password": (OWN, ACCOUNT),
    "mfa_index": (OWN, ACCOUNT),
    "mfa_reauthenticate": (OWN, ACCOUNT),
    "mfa_activate_totp": (OWN, ACCOUNT),
    "mfa_deactivate_totp": (OWN, ACCOUNT),
    "mfa_view_recovery_codes": (OWN, ACCOUNT),
    "mfa_generate_recovery_codes": (OWN, ACCOUNT),
    "mfa_download_recovery_codes": (OWN, ACCOUNT),
}


def all_routes() -> list[Route]:
    """Every route of the site, by pattern."""
    return sorted(routes_in(get_resolver().url_patterns), key=lambda route: route.pattern)


def routes_in(patterns: Iterable[Any], prefix: str = "/", namespace: str = "") -> Iterator[Route]:
    """Every route below some patterns, with the whole address and the whole name."""
    for pattern in patterns:
        step = "" if isinstance(pattern.pattern, LocalePrefixPattern) else _text(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes_in(pattern.url_patterns, prefix + step, inner)
        elif isinstance(pattern, URLPattern):
            address = prefix + step
            yield Route(address, f"{namespace}{pattern.name or ''}", pattern.callback, _parameters(address, pattern))


def _text(pattern: Any) -> str:
    return str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")


def _parameters(address: str, pattern: URLPattern) -> tuple[str, ...]:
    inside = [piece.split(">")[0].split(":")[-1] for piece in address.split("<")[1:] if ">" in piece]
    names = [name for name in inside if name.isidentifier()]
    return tuple(dict.fromkeys([*names, *pattern.pattern.converters, *_groups(pattern)]))


def _groups(pattern: URLPattern) -> list[str]:
    regex = getattr(pattern.pattern, "regex", None)
    return sorted(regex.groupindex) if regex is not None else []


def undeclared_problems(routes: Iterable[Route]) -> Iterator[Problem]:
    """Routes without a policy or without a name."""
    for route in routes:
        if route.policy is None:
            yield Problem(route.pattern, "has no policy: decorate its view with public, signed_in or needs")
        if route.name.endswith(":") or not route.name:
            yield Problem(route.pattern, "has no name")


def first_words(routes: Iterable[Route]) -> set[str]:
    """The literal first words of addresses: what no portal may be called."""
    words = {route.pattern.strip("/").split("/")[0] for route in routes}
    return {word for word in words if word and "<" not in word and "(" not in word}


def verbs_used(routes: Iterable[Route]) -> set[str]:
    """Every verb a route asks for."""
    return {route.policy.verb for route in routes if route.policy and route.policy.kind == "verb"}
